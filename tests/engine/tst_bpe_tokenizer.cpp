// SPDX-License-Identifier: GPL-3.0-or-later
// Equality with the `tokenizers` library, hostile files, run-time tokens, and linear time.
#include "core/failure.h"
#include "core/input_file.h"
#include "core/utf8.h"
#include "text/bpe_tokenizer.h"
#include "text/byte_alphabet.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <ctime>

using namespace adtailor;
using nlohmann::json;

namespace {

std::string fixture(const std::string& name)
{
    return readTextFile(std::string(ADTAILOR_FIXTURES "/tokenizer_") + name, 1U << 20U);
}

const std::vector<std::string> fixtures{ "gpt2",           "gpt2_prefix", "mini",  "deepseek_llm",
                                         "deepseek_coder", "llama3",      "qwen2", "clip" };

BpeTokenizer tokenizer(const std::string& name)
{
    return BpeTokenizer::fromJson(fixture(name + ".json"));
}

// A valid file with the 256 bytes, "ab" and "<s>", to break one thing in at a time.
json smallFile()
{
    json file = json::parse(R"({"model":{"type":"BPE","merges":["a b"]},"added_tokens":
        [{"id":257,"content":"<s>","special":true}],"normalizer":null,"pre_tokenizer":{"type":"ByteLevel",
        "add_prefix_space":false},"post_processor":null,"decoder":{"type":"ByteLevel"}})");
    for (int byte = 0; byte < 256; ++byte)
        file["model"]["vocab"][toByteAlphabet(std::string(1, static_cast<char>(byte)))] = byte;
    file["model"]["vocab"]["ab"] = 256;
    return file;
}

Error loadError(const std::string& text)
{
    return guarded([&] { (void)BpeTokenizer::fromJson(text); }).error();
}

} // namespace

class TestBpeTokenizer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repairsUtf8_data();
    void repairsUtf8();
    void equalsTheLibrary_data();
    void equalsTheLibrary();
    void roundTrips();
    void smallFileWorks();
    void addsTokensAtRunTime();
    void breaksUpForeignSpecialTokens();
    void wholeWords();
    void refuses_data();
    void refuses();
    void longTextsTakeLinearTime_data();
    void longTextsTakeLinearTime();
};

void TestBpeTokenizer::repairsUtf8_data() // the Unicode standard's tables 3-8 to 3-11, and edges
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("repaired");
    const QByteArray r = "\xEF\xBF\xBD";
    QTest::newRow("good")
        << QByteArray("a\xC2\x80\xE0\xA0\x80\xED\x9F\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF")
        << QByteArray("a\xC2\x80\xE0\xA0\x80\xED\x9F\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82") + "A"
                              << r.repeated(8) + "A";
    QTest::newRow("surrogates") << QByteArray("\xED\xA0\x80\xED\xBF\xBF") + "A"
                                << r.repeated(6) + "A";
    QTest::newRow("too large") << QByteArray("\xF4\x91\x92\x93\xFF") + "A" << r.repeated(5) + "A";
    QTest::newRow("truncated") << QByteArray("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF") + "A"
                               << r.repeated(4) + "A";
    QTest::newRow("end") << QByteArray("a\xF0\x9F\x98") << "a" + r;
    QTest::newRow("continuation") << QByteArray("\x80\xBF") << r + r;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("a\0b", 3);
}

void TestBpeTokenizer::repairsUtf8()
{
    QFETCH(QByteArray, bytes);
    QTEST(QByteArray::fromStdString(repairedUtf8(bytes.toStdString())), "repaired");
}

void TestBpeTokenizer::equalsTheLibrary_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string& name : fixtures)
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestBpeTokenizer::equalsTheLibrary()
{
    QFETCH(QString, name);
    const BpeTokenizer ours = tokenizer(name.toStdString());
    const json lines = json::parse(fixture(name.toStdString() + ".lines.json"));
    QVERIFY(lines.size() > 100);
    for (const json& line : lines) {
        const auto text = line["text"].get<std::string>();
        const auto ids = line["ids"].get<std::vector<std::int32_t>>();
        const auto found = ours.encode(text);
        QVERIFY2(found == ids,
                 (text + "\n" + json(found).dump() + "\n" + json(ids).dump()).c_str());
        // The library takes the added token "ö" for the byte that the letter stands for.
        if (text.find("ö") == std::string::npos)
            QCOMPARE(ours.decode(ids), line["decoded"].get<std::string>());
    }
    const char* first = name == "clip" ? "<|startoftext|>" : "<bos>";
    QCOMPARE(ours.prefixIds(), std::vector<std::int32_t>{ *ours.idOf(first) });
}

void TestBpeTokenizer::roundTrips()
{
    for (const std::string& name : fixtures) {
        const bool normalizes = name == "clip" || name == "qwen2";
        if (name == "gpt2_prefix" || normalizes)
            continue;
        const BpeTokenizer ours = tokenizer(name);
        for (const json& line : json::parse(fixture(name + ".lines.json"))) {
            const auto text = line["text"].get<std::string>();
            const bool losesSpaces = text.find("<left>") != std::string::npos
                || text.find("<right>") != std::string::npos
                || text.find("<both>") != std::string::npos;
            if (!losesSpaces)
                QCOMPARE(ours.decode(ours.encode(text)), text);
        }
        QCOMPARE(ours.decode(ours.encode("half \xE4\xB8")), std::string("half \uFFFD"));
        QCOMPARE(ours.decode(std::vector<std::int32_t>{ -1, 1 << 30 }), std::string());
    }
}

void TestBpeTokenizer::smallFileWorks()
{
    const BpeTokenizer ours = BpeTokenizer::fromJson(smallFile().dump());
    QCOMPARE(ours.encode("abc<s>"), (std::vector<std::int32_t>{ 256, 'c', 257 }));
    QCOMPARE(ours.vocabularySize(), std::size_t{ 258 });
    QVERIFY(ours.idOf("ab") == 256 && ours.idOf(" ") == 32 && !ours.idOf("abc"));
    QVERIFY(ours.prefixIds().empty());
}

void TestBpeTokenizer::addsTokensAtRunTime()
{
    BpeTokenizer ours = BpeTokenizer::fromJson(smallFile().dump());
    QCOMPARE(ours.addToken("<title_placeholder>"), 258);
    QCOMPARE(ours.addToken("<grounding>"), 259);
    QCOMPARE(ours.addToken("<title_placeholder>"), 258);
    QCOMPARE(ours.addToken("<s>"), 257);
    QCOMPARE(ours.vocabularySize(), std::size_t{ 260 });
    QCOMPARE(ours.encode("x<title_placeholder><grounding>"),
             (std::vector<std::int32_t>{ 'x', 258, 259 }));
    QCOMPARE(ours.decode(std::vector<std::int32_t>{ 258 }), std::string("<title_placeholder>"));
}

void TestBpeTokenizer::breaksUpForeignSpecialTokens()
{
    BpeTokenizer ours = BpeTokenizer::fromJson(smallFile().dump());
    ours.addToken("ö");
    QCOMPARE(ours.withoutAddedTokens("<s> schön <<s>s>"), std::string("< s> schön << s>s>"));
    for (const auto id : ours.encode(ours.withoutAddedTokens("<s><<s>s><s")))
        QVERIFY(id != 257);
}

void TestBpeTokenizer::wholeWords()
{
    json file = smallFile();
    file["model"]["vocab"]["xyz"] = 257; // no merges lead there
    file["added_tokens"][0]["id"] = 258;
    QCOMPARE(BpeTokenizer::fromJson(file.dump()).encode("xyz"),
             (std::vector<std::int32_t>{ 'x', 'y', 'z' }));
    file["model"]["ignore_merges"] = true;
    QCOMPARE(BpeTokenizer::fromJson(file.dump()).encode("xyz ab"),
             (std::vector<std::int32_t>{ 257, ' ', 256 }));
}

void TestBpeTokenizer::refuses_data()
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
    const auto raw = [](const char* name, const QByteArray& text, const char* reason) {
        QTest::newRow(name) << text << true << QByteArray(reason);
    };
    raw("empty", "", "not valid JSON");
    raw("HTML", "<html>", "not valid JSON");
    raw("list", "[]", "not an object");
    raw("no model", "{}", "\"model\"");
    raw("deep", QByteArray(100'000, '['), "levels deep");
    raw("duplicate key", R"({"model":{"vocab":{"a":0,"a":1}}})", "appears twice");
    row("WordPiece", false, "WordPiece", [](json& f) { f["model"]["type"] = "WordPiece"; });
    row("no type", true, "\"type\"", [](json& f) { f["model"].erase("type"); });
    row("dropout", false, "dropout", [](json& f) { f["model"]["dropout"] = 0.1; });
    row("suffix without its tokens", false, "byte",
        [](json& f) { f["model"]["end_of_word_suffix"] = "</w>"; });
    row("prefix", false, "marks", [](json& f) { f["model"]["continuing_subword_prefix"] = "##"; });
    row("byte fallback", false, "byte fallback",
        [](json& f) { f["model"]["byte_fallback"] = true; });
    row("flag is text", true, "true or false", [](json& f) { f["model"]["ignore_merges"] = "no"; });
    row("vocabulary is list", true, "\"vocab\"",
        [](json& f) { f["model"]["vocab"] = json::array(); });
    row("negative id", true, "small whole", [](json& f) { f["model"]["vocab"]["ab"] = -1; });
    row("fractional id", true, "small whole", [](json& f) { f["model"]["vocab"]["ab"] = 1.5; });
    row("id 2^31", true, "small whole", [](json& f) { f["model"]["vocab"]["ab"] = 1LL << 31; });
    row("id 2^64", true, "small whole",
        [](json& f) { f["model"]["vocab"]["ab"] = 1.8446744073709552e19; });
    row("id gap", true, "gaps", [](json& f) { f["added_tokens"][0]["id"] = 300; });
    row("same id", true, "given twice", [](json& f) { f["model"]["vocab"]["abc"] = 65; });
    row("added takes an id", true, "given twice",
        [](json& f) { f["added_tokens"][0]["id"] = 256; });
    row("added twice", true, "appears twice",
        [](json& f) { f["added_tokens"].push_back(f["added_tokens"][0]); });
    row("two ids", true, "two ids", [](json& f) { f["added_tokens"][0]["content"] = "ab"; });
    row("added is text", true, "not an object", [](json& f) { f["added_tokens"][0] = "<s>"; });
    row("added is empty", true, "empty or too long",
        [](json& f) { f["added_tokens"][0]["content"] = ""; });
    row("added is long", true, "empty or too long",
        [](json& f) { f["added_tokens"][0]["content"] = std::string(257, 'x'); });
    row("lstrip is number", true, "true or false",
        [](json& f) { f["added_tokens"][0]["lstrip"] = 1; });
    row("byte missing", false, "byte 65", [](json& f) {
        f["model"]["vocab"].erase("A");
        f["model"]["vocab"]["A2"] = 65;
    });
    row("no merges", true, "\"merges\"", [](json& f) { f["model"].erase("merges"); });
    row("merge of one", true, "pair", [](json& f) { f["model"]["merges"] = { "ab" }; });
    row("merge of three", true, "pair", [](json& f) { f["model"]["merges"] = { "a b c" }; });
    row("merge is number", true, "pair", [](json& f) { f["model"]["merges"] = { 1 }; });
    row("merge list of three", true, "pair",
        [](json& f) { f["model"]["merges"] = json::parse(R"([["a","b","c"]])"); });
    row("merge part unknown", true, "not in the vocabulary",
        [](json& f) { f["model"]["merges"] = { "ab zz" }; });
    row("merge result unknown", true, "\"ba\"", [](json& f) { f["model"]["merges"] = { "b a" }; });
    row("normalizer", false, "normalisation", [](json& f) {
        f["normalizer"] = { { "type", "NFKC" } };
    });
    row("no pre-tokenizer", true, "pre_tokenizer", [](json& f) { f["pre_tokenizer"] = nullptr; });
    row("Whitespace", false, "ByteLevel", [](json& f) {
        f["pre_tokenizer"] = { { "type", "Whitespace" } };
    });
    row("empty sequence", true, "short list", [](json& f) {
        f["pre_tokenizer"] = json::parse(R"({"type":"Sequence","pretokenizers":[]})");
    });
    const auto withSplit = [&row](const char* name, const char* reason, const char* step) {
        row(name, false, reason, [step](json& f) {
            f["pre_tokenizer"] = { { "type", "Sequence" },
                                   { "pretokenizers", { json::parse(step), f["pre_tokenizer"] } } };
        });
    };
    withSplit("foreign expression", "(a+)+$",
              R"({"type":"Split","behavior":"Isolated","pattern":{"Regex":"(a+)+$"}})");
    withSplit("removing split", "another split",
              R"({"type":"Split","behavior":"Removed","pattern":{"Regex":"\\s+$"}})");
    withSplit(
        "inverted split", "another split",
        R"({"type":"Split","behavior":"Isolated","invert":true,"pattern":{"Regex":"\\s+$"}})");
    withSplit("other step", "Metaspace", R"({"type":"Metaspace"})");
    row("decoder", false, "decoder", [](json& f) { f["decoder"] = { { "type", "Metaspace" } }; });
    row("no decoder", false, "decoder", [](json& f) { f["decoder"] = nullptr; });
    row("post-processor", false, "BertProcessing", [](json& f) {
        f["post_processor"] = { { "type", "BertProcessing" } };
    });
    row("template token", true, "\"<x>\"", [](json& f) {
        f["post_processor"] = json::parse(
            R"({"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<x>"}}]})");
    });
    row("nested processors", false, "inside each other", [](json& f) {
        f["post_processor"] = json::parse(
            R"({"type":"Sequence","processors":[{"type":"Sequence","processors":[]}]})");
    });
}

void TestBpeTokenizer::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isDamaged);
    QFETCH(QByteArray, reason);
    const Error error = loadError(text.toStdString());
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
    QCOMPARE(error.code, isDamaged ? ErrorCode::FileCorrupt : ErrorCode::ModelMismatch);
}

void TestBpeTokenizer::longTextsTakeLinearTime_data()
{
    QTest::addColumn<QByteArray>("text");
    constexpr int million = 1'000'000;
    QTest::newRow("letters") << QByteArray(million, 'a');
    QTest::newRow("alternating") << QByteArray("ab").repeated(million / 2);
    QTest::newRow("spaces") << QByteArray(million, ' ') + "x";
    QTest::newRow("newlines") << QByteArray(million, '\n');
    QTest::newRow("spaces and newlines") << QByteArray(" \n").repeated(million / 2) + "x";
    QTest::newRow("ideographs") << QByteArray("沙发").repeated(million / 6);
    QTest::newRow("punctuation") << QByteArray("'").repeated(million);
    QTest::newRow("digits") << QByteArray(million, '7');
    QTest::newRow("angle brackets") << QByteArray(million, '<');
    QTest::newRow("special tokens") << QByteArray("<pad>").repeated(million / 5);
    QTest::newRow("broken UTF-8") << QByteArray(million / 3, '\xE4');
    QTest::newRow("sentence")
        << QByteArray("A quiet kitchen, bright and new. ").repeated(million / 33);
}

void TestBpeTokenizer::longTextsTakeLinearTime()
{
    QFETCH(QByteArray, text);
    for (const std::string& name : fixtures) {
        const BpeTokenizer ours = tokenizer(name);
        const std::clock_t start = std::clock();
        const auto ids = ours.encode(text.toStdString());
        // Processor time, because the machine may be busy. A quadratic step would take minutes.
        const auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 20, (name + " took " + std::to_string(seconds) + " s").c_str());
        const bool isBlank = text.trimmed().isEmpty(); // which CLIP drops
        QVERIFY(ids.empty() == (name == "clip" && isBlank));
    }
}

QTEST_GUILESS_MAIN(TestBpeTokenizer)
#include "tst_bpe_tokenizer.moc"
