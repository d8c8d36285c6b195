// SPDX-License-Identifier: GPL-3.0-or-later
// Equality with the `tokenizers` library, from tokenizer.json and vocab.txt; hostile files; time.
#include "core/failure.h"
#include "core/input_file.h"
#include "text/wordpiece_file.h"
#include "text/wordpiece_tokenizer.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace adtailor;
using nlohmann::json;

namespace {

const std::vector<std::string> fixtures{ "uncased", "cased", "plain", "accents" };

std::string path(const std::string& name)
{
    return std::string(ADTAILOR_FIXTURES "/wordpiece_") + name;
}

std::string fixture(const std::string& name)
{
    return readTextFile(path(name), 1U << 20U);
}

WordPieceTokenizer fromText(const std::string& vocabulary, const std::string& config = {})
{
    return WordPieceTokenizer(
        parseVocabulary(vocabulary, "vocab.txt", config, "tokenizer_config.json"));
}

const std::string smallVocabulary = "[UNK]\n[CLS]\n[SEP]\na\n##b\n##bb\n.\nHi\nhi\n";

// A valid file to break one thing in at a time.
json smallFile()
{
    return json::parse(R"({"added_tokens":[{"id":0,"content":"[UNK]","special":true}],
        "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
        "strip_accents":null,"lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},
        "post_processor":{"type":"BertProcessing","sep":["[SEP]",2],"cls":["[CLS]",1]},
        "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
        "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100,"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"a":3,"##b":4}}})");
}

void compareLines(const WordPieceTokenizer& ours, const std::string& name)
{
    const json lines = json::parse(fixture(name + ".lines.json"));
    QVERIFY(lines.size() > 80);
    for (const json& line : lines) {
        const auto text = line["text"].get<std::string>();
        const auto ids = line["ids"].get<std::vector<std::int32_t>>();
        const auto found = ours.encode(text);
        QVERIFY2(found == ids,
                 (text + "\n" + json(found).dump() + "\n" + json(ids).dump()).c_str());
        QCOMPARE(ours.decode(ids), line["decoded"].get<std::string>());
        QCOMPARE(ours.encodeSentence(text, 100'000),
                 line["sentence"].get<std::vector<std::int32_t>>());
    }
}

} // namespace

class TestWordPieceTokenizer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheLibrary_data();
    void equalsTheLibrary();
    void vocabularyTextEqualsTheLibrary();
    void configIsRead();
    void sentencesAreCut();
    void ignoresForeignIds();
    void loadsFromFolder();
    void refuses_data();
    void refuses();
    void refusesVocabularies_data();
    void refusesVocabularies();
    void longTextsTakeLinearTime_data();
    void longTextsTakeLinearTime();
};

void TestWordPieceTokenizer::equalsTheLibrary_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string& name : fixtures)
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestWordPieceTokenizer::equalsTheLibrary()
{
    QFETCH(QString, name);
    compareLines(WordPieceTokenizer::load(path(name.toStdString() + ".json")), name.toStdString());
}

void TestWordPieceTokenizer::vocabularyTextEqualsTheLibrary()
{
    compareLines(WordPieceTokenizer::load(path("vocab.txt")), "uncased");
    QString windows = QString::fromStdString(fixture("vocab.txt"));
    windows.replace(u'\n', QStringLiteral("\r\n"));
    compareLines(fromText(windows.toStdString()), "uncased");
}

void TestWordPieceTokenizer::configIsRead()
{
    QCOMPARE(fromText(smallVocabulary).encode("Hi ABB."),
             (std::vector<std::int32_t>{ 8, 3, 5, 6 }));
    const auto cased = fromText(smallVocabulary, R"({"do_lower_case":false,"unk_token":
        {"content":"[UNK]","lstrip":false},"tokenize_chinese_chars":false})");
    QCOMPARE(cased.encode("Hi ABB a[SEP]"), (std::vector<std::int32_t>{ 7, 0, 3, 2 }));
    QCOMPARE(cased.unknownId(), 0);
}

void TestWordPieceTokenizer::sentencesAreCut()
{
    const auto ours = fromText(smallVocabulary);
    QCOMPARE(ours.encodeSentence("a a a a", 5), (std::vector<std::int32_t>{ 1, 3, 3, 3, 2 }));
    QCOMPARE(ours.encodeSentence("a", 5), (std::vector<std::int32_t>{ 1, 3, 2 }));
    QCOMPARE(ours.encodeSentence("a", 1), (std::vector<std::int32_t>{ 1, 2 }));
}

void TestWordPieceTokenizer::ignoresForeignIds()
{
    const auto ours = fromText(smallVocabulary);
    QCOMPARE(ours.decode(std::vector<std::int32_t>{ -1, 3, 4, 1 << 30, 6 }), std::string("ab."));
    QCOMPARE(ours.encode("\xFF\xE4 a\xC3"), (std::vector<std::int32_t>{ 3 }));
}

void TestWordPieceTokenizer::loadsFromFolder()
{
    QTemporaryDir folder;
    const auto loadError = [&] {
        return guarded([&] { (void)WordPieceTokenizer::load(folder.path().toStdString()); })
            .error();
    };
    QCOMPARE(loadError().code, ErrorCode::FileNotFound);
    QVERIFY(QFile::copy(QString::fromStdString(path("vocab.txt")), folder.filePath("vocab.txt")));
    const auto ours = WordPieceTokenizer::load(folder.path().toStdString());
    QVERIFY(ours.vocabularySize() > 300);
    // A tokenizer.json goes before it; a broken one is not passed over in silence.
    QVERIFY(
        QFile::copy(QString::fromStdString(path("vocab.txt")), folder.filePath("tokenizer.json")));
    QCOMPARE(loadError().code, ErrorCode::FileCorrupt);
}

void TestWordPieceTokenizer::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isDamaged"); // else it is of an unsupported kind
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, bool isDamaged, const char* reason, auto&& change) {
        json file = smallFile();
        change(file);
        QTest::newRow(name) << QByteArray::fromStdString(file.dump()) << isDamaged
                            << QByteArray(reason);
    };
    QTest::newRow("empty") << QByteArray() << true << QByteArray("not valid JSON");
    QTest::newRow("deep") << QByteArray(100'000, '[') << true << QByteArray("levels deep");
    QTest::newRow("values") << "[" + QByteArray("0,").repeated(4'100'000) + "0]" << true
                            << QByteArray("more than 4000000 values");
    row("BPE", false, "BPE", [](json& f) { f["model"]["type"] = "BPE"; });
    row("no unknown token", true, "unk_token", [](json& f) { f["model"].erase("unk_token"); });
    row("unknown token unknown", true, "lacks \"<unk>\"",
        [](json& f) { f["model"]["unk_token"] = "<unk>"; });
    row("endless words", true, "small whole number",
        [](json& f) { f["model"]["max_input_chars_per_word"] = 1'000'000'000; });
    row("negative words", true, "small whole number",
        [](json& f) { f["model"]["max_input_chars_per_word"] = -1; });
    row("huge id", true, "small whole number",
        [](json& f) { f["model"]["vocab"]["a"] = 2147483648U; });
    row("id gap", true, "gaps", [](json& f) { f["model"]["vocab"]["a"] = 9; });
    row("same id", true, "given twice", [](json& f) { f["model"]["vocab"]["c"] = 3; });
    row("two ids", true, "two ids", [](json& f) { f["added_tokens"][0]["id"] = 5; });
    row("long added", true, "too long",
        [](json& f) { f["added_tokens"][0]["content"] = std::string(257, 'x'); });
    row("no normalizer", true, "normalizer", [](json& f) { f["normalizer"] = nullptr; });
    row("other normalizer", false, "NFKC", [](json& f) { f["normalizer"]["type"] = "NFKC"; });
    row("flag", true, "lowercase", [](json& f) { f["normalizer"]["lowercase"] = "yes"; });
    row("other words", false, "Whitespace",
        [](json& f) { f["pre_tokenizer"]["type"] = "Whitespace"; });
    row("other decoder", false, "decoder", [](json& f) { f["decoder"]["prefix"] = "@@"; });
    row("no processor", true, "post_processor", [](json& f) { f.erase("post_processor"); });
    row("processor", false, "ByteLevel",
        [](json& f) { f["post_processor"]["type"] = "ByteLevel"; });
    row("processor token", true, "lacks \"[X]\"",
        [](json& f) { f["post_processor"]["cls"][0] = "[X]"; });
    row("processor pair", true, "\"sep\"", [](json& f) { f["post_processor"]["sep"] = 2; });
    row("template", true, "no place", [](json& f) {
        f["post_processor"] = json::parse(R"({"type":"TemplateProcessing","single":[]})");
    });
}

void TestWordPieceTokenizer::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isDamaged);
    QFETCH(QByteArray, reason);
    const Error error
        = guarded([&] {
              (void)WordPieceTokenizer(parseWordPieceFile(text.toStdString(), "tokenizer.json"));
          }).error();
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
    QCOMPARE(error.code, isDamaged ? ErrorCode::FileCorrupt : ErrorCode::ModelMismatch);
}

void TestWordPieceTokenizer::refusesVocabularies_data()
{
    QTest::addColumn<QByteArray>("vocabulary");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray good = QByteArray::fromStdString(smallVocabulary);
    QTest::newRow("empty") << QByteArray() << QByteArray() << QByteArray("lacks \"[UNK]\"");
    QTest::newRow("gap") << good + "\n\nx\n" << QByteArray() << QByteArray("line 10 is empty");
    QTest::newRow("duplicate") << good + "a\n" << QByteArray() << QByteArray("line 10 repeats");
    QTest::newRow("binary") << good + "\xFF\xFE\n" << QByteArray() << QByteArray("is not text");
    QTest::newRow("NUL") << good + QByteArray("x\0y\n", 4) << QByteArray()
                         << QByteArray("is not text");
    QTest::newRow("web page") << QByteArray("<html>\n<body>\n") << QByteArray()
                              << QByteArray("lacks");
    QTest::newRow("config is list") << good << QByteArray("[]") << QByteArray("not an object");
    QTest::newRow("config flag") << good << QByteArray(R"({"do_lower_case":1})")
                                 << QByteArray("do_lower_case");
    QTest::newRow("config token") << good << QByteArray(R"({"cls_token":"<s>"})")
                                  << QByteArray("lacks \"<s>\"");
    QTest::newRow("config token is number")
        << good << QByteArray(R"({"cls_token":7})") << QByteArray("\"cls_token\"");
}

void TestWordPieceTokenizer::refusesVocabularies()
{
    QFETCH(QByteArray, vocabulary);
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, reason);
    const Error error
        = guarded([&] { (void)fromText(vocabulary.toStdString(), config.toStdString()); }).error();
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
    QCOMPARE(error.code, ErrorCode::FileCorrupt);
}

void TestWordPieceTokenizer::longTextsTakeLinearTime_data()
{
    QTest::addColumn<QByteArray>("text");
    constexpr int million = 1'000'000;
    QTest::newRow("letters") << QByteArray(million, 'a');
    QTest::newRow("words") << (QByteArray(99, 'q') + ' ').repeated(million / 100);
    QTest::newRow("spaces") << QByteArray(million, ' ') + "x";
    QTest::newRow("ideographs") << QByteArray("沙发").repeated(million / 6);
    QTest::newRow("punctuation") << QByteArray(million, '\'');
    QTest::newRow("brackets") << QByteArray(million, '[');
    QTest::newRow("special tokens") << QByteArray("[PAD]").repeated(million / 5);
}

void TestWordPieceTokenizer::longTextsTakeLinearTime()
{
    QFETCH(QByteArray, text);
    const auto ours = WordPieceTokenizer::load(path("uncased.json"));
    const std::clock_t start = std::clock();
    QVERIFY(!ours.encode(text.toStdString()).empty());
    // Processor time, because the machine may be busy. A quadratic step would take minutes.
    const auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    QVERIFY2(seconds < 10, std::to_string(seconds).c_str());
}

QTEST_GUILESS_MAIN(TestWordPieceTokenizer)
#include "tst_wordpiece_tokenizer.moc"
