// SPDX-License-Identifier: GPL-3.0-or-later
// Equality with transformers' BertModel in the published layouts; hostile folders; the fallback.
#include "core/failure.h"
#include "core/input_file.h"
#include "engine/fixture.h"
#include "preference/sentence_encoder.h"
#include "preference/title_similarity.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

using namespace adtailor;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

fs::path encoderFolder(const std::string& name)
{
    return fs::path(ADTAILOR_FIXTURES) / ("encoder_" + name);
}

json readJson(const fs::path& file)
{
    return json::parse(readTextFile(file, 1U << 20U));
}

Brief makeBrief(const std::string& product, const std::vector<std::string>& titles)
{
    Brief brief;
    brief.product.title = product;
    for (const std::string& title : titles)
        brief.history.push_back({ .image = {}, .title = title });
    return brief;
}

} // namespace

class TestSentenceEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTransformers_data();
    void equalsTransformers();
    void remembersTitles();
    void comparesByVectors();
    void fallsBackToWords();
    void refuses_data();
    void refuses();
};

void TestSentenceEncoder::equalsTransformers_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : { "chinese", "english", "text2vec" })
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestSentenceEncoder::equalsTransformers()
{
    QFETCH(QString, name);
    const fs::path folder = encoderFolder(name.toStdString());
    const json expected = readJson(folder / "expected.json");
    SentenceEncoder encoder(folder, torch::kCPU);
    QCOMPARE(encoder.name(), "encoder_" + name.toStdString());
    const auto texts = expected["texts"].get<std::vector<std::string>>();
    const auto rows = expected["embeddings"].get<std::vector<std::vector<float>>>();
    std::vector<torch::Tensor> vectors;
    for (const auto& row : rows)
        vectors.push_back(torch::tensor(row));
    COMPARE_TENSORS(encoder.embed(texts), torch::stack(vectors)); // one padded batch
    for (std::size_t i = 0; i < texts.size(); ++i) { // and one by one
        SentenceEncoder fresh(folder, torch::kCPU);
        COMPARE_TENSORS(fresh.embed({ texts[i] })[0], vectors[i]);
    }
}

void TestSentenceEncoder::remembersTitles()
{
    SentenceEncoder encoder(encoderFolder("english"), torch::kCPU);
    const auto first = encoder.embed({ "sofa", "chair", "sofa" });
    QVERIFY(torch::equal(first[0], first[2]));
    QVERIFY(torch::equal(encoder.embed({ "chair" })[0], first[1]));
    QCOMPARE(encoder.embed({}).size(0), 0);
    const std::vector<std::string> many(70, "table");
    QCOMPARE(encoder.embed(many).size(0), 70);
}

void TestSentenceEncoder::comparesByVectors()
{
    const auto encoder = std::make_shared<SentenceEncoder>(encoderFolder("english"), torch::kCPU);
    const auto vectors = encoder->embed({ "modern sofa", "oak table", "running shoes" });
    const auto scores = TitleSimilarity(encoder).compare(
        makeBrief("modern sofa", { "oak table", "running shoes", "modern sofa" }));
    QCOMPARE(scores.method, std::string("encoder_english"));
    QCOMPARE(scores.values.size(), 3U);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto cosine = (vectors[0] * vectors[static_cast<std::int64_t>(i) + 1]).sum();
        QVERIFY(std::abs(scores.values[i] - cosine.item<float>()) < 1e-5F);
    }
    QVERIFY(std::abs(scores.values[2] - 1) < 1e-5F);
    QVERIFY(TitleSimilarity(encoder).compare(makeBrief("sofa", {})).values.empty());
}

void TestSentenceEncoder::fallsBackToWords()
{
    const auto encoder = std::make_shared<SentenceEncoder>(encoderFolder("english"), torch::kCPU);
    const Brief foreign = makeBrief("ഒരു പുതിയ കസേര", { "ഒരു കസേര", "പുതിയ വിളക്ക്" });
    QVERIFY(encoder->unknownShare({ foreign.product.title }) > 0.5);
    const auto scores = TitleSimilarity(encoder).compare(foreign);
    QCOMPARE(scores.method, std::string("words and letters"));
    QCOMPARE(scores.values, TitleSimilarity().compare(foreign).values);
}

void TestSentenceEncoder::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content"); // null: the file is removed
    QTest::addColumn<QByteArray>("reason");
    const json config = readJson(encoderFolder("english") / "config.json");
    const auto changed
        = [&](const char* name, const char* key, const json& value, const char* reason) {
              json bad = config;
              bad[key] = value;
              QTest::newRow(name) << QStringLiteral("config.json")
                                  << QByteArray::fromStdString(bad.dump()) << QByteArray(reason);
          };
    changed("other model", "model_type", "roberta", "model_type");
    changed("other activation", "hidden_act", "relu", "hidden_act");
    changed("relative positions", "position_embedding_type", "relative_key", "position_embedding");
    changed("no layers", "num_hidden_layers", 0, "num_hidden_layers");
    changed("layer bomb", "num_hidden_layers", 1'000'000'000, "num_hidden_layers");
    changed("negative size", "hidden_size", -32, "hidden_size");
    changed("size is text", "hidden_size", "32", "hidden_size");
    changed("heads", "num_attention_heads", 5, "multiple");
    changed("other shape", "intermediate_size", 64, "do not fit");
    changed("small vocabulary", "vocab_size", 100, "more tokens");
    const auto file
        = [](const char* name, const char* path, const QByteArray& content, const char* reason) {
              QTest::newRow(name) << QString::fromUtf8(path) << content << QByteArray(reason);
          };
    file("no config", "config.json", {}, "config.json");
    file("config is a number", "config.json", "7", "not an object");
    file("no weights", "model.safetensors", {}, "model.safetensors");
    file("weights are a web page", "model.safetensors", "<html></html>", "model.safetensors");
    file("no tokenizer", "tokenizer.json", {}, "neither a tokenizer.json nor a vocab.txt");
    file("other pooling", "1_Pooling/config.json",
         R"({"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false})", "pooling");
    file("no length", "sentence_bert_config.json", R"({"max_seq_length":0})", "max_seq_length");
    file("length is text", "sentence_bert_config.json", R"({"max_seq_length":"x"})",
         "max_seq_length");
    file("limits are a list", "sentence_bert_config.json", "[1]", "not an object");
}

void TestSentenceEncoder::refuses()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, reason);
    QTemporaryDir folder;
    fs::copy(encoderFolder("english"), folder.path().toStdString(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    QFile target(folder.filePath(file));
    target.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (content.isNull()) {
        QVERIFY(target.remove());
    } else {
        QVERIFY(target.open(QIODevice::WriteOnly));
        target.write(content);
        target.close();
    }
    const Error error
        = guarded([&] { SentenceEncoder(folder.path().toStdString(), torch::kCPU); }).error();
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
    QVERIFY(error.code != ErrorCode::Internal);
}

QTEST_GUILESS_MAIN(TestSentenceEncoder)
#include "tst_sentence_encoder.moc"
