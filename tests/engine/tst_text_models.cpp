// Text models (Qwen2.5, Qwen3, DeepSeek-R1-Distill) against transformers, and titles in answers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "generation/answer.h"
#include "models/text_model.h"
#include "text/chat_prompt.h"

#include <adtailor/title_writer.h>

#include <QFile>
#include <QTemporaryDir>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

const fs::path root = fs::path(ADTAILOR_FIXTURES) / "text_models";

// TEXT of make_text_models.py.
const std::string question = "Write the title of: 三人沙发, soft cushions.\nIt's 2024!";

std::vector<std::int32_t> tokensOf(const torch::Tensor& ids)
{
    const auto flat = ids.flatten().to(torch::kInt32).contiguous();
    return { flat.const_data_ptr<std::int32_t>(),
             flat.const_data_ptr<std::int32_t>() + flat.numel() };
}

} // namespace

class TestTextModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void computesAsTransformers_data() { names(); }
    void computesAsTransformers()
    {
        QFETCH(QString, name);
        const Fixture fixture("text_models/" + name.toStdString());
        auto model = loadTextModel(TextModelSource::open(root / name.toStdString()),
                                   torch::kFloat32, torch::kCPU);
        DecoderInput input;
        input.embeddings = model->model->embed_tokens(fixture["ids"]);
        COMPARE_TENSORS(model->textLogits(model(input))[0], fixture["logits"]);

        AnswerTask task{ .prompt = tokensOf(fixture["ids"]),
                         .sampling = { .temperature = 0 },
                         .maxTokens = static_cast<int>(fixture["greedy"].numel()) };
        const Answer answer = writeAnswer(model, task, {});
        QCOMPARE(answer.tokens, tokensOf(fixture["greedy"]));
        QVERIFY(!answer.finished);
        task.endTokens = { answer.tokens[3] };
        const Answer shorter = writeAnswer(model, task, {});
        QVERIFY(shorter.finished);
        QVERIFY(shorter.tokens.size() <= 3);
    }

    void asksAsPublished_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("thinks");
        QTest::addColumn<QString>("key");
        QTest::newRow("Qwen2.5") << "qwen2" << int(ChatTemplate::Qwen25) << false << "chat";
        QTest::newRow("Qwen3") << "qwen3" << int(ChatTemplate::Qwen3) << false << "chat";
        QTest::newRow("Qwen3, thinking")
            << "qwen3" << int(ChatTemplate::Qwen3) << true << "chat_thinking";
        QTest::newRow("DeepSeek") << "llama" << int(ChatTemplate::DeepSeekR1) << false << "chat";
    }

    void asksAsPublished()
    {
        QFETCH(QString, folder);
        QFETCH(int, kind);
        QFETCH(bool, thinks);
        QFETCH(QString, key);
        const Fixture fixture("text_models/" + folder.toStdString());
        const auto tokenizer = BpeTokenizer::load(root / folder.toStdString() / "tokenizer.json");
        QCOMPARE(chatTokens(tokenizer, ChatTemplate(kind), question, thinks),
                 tokensOf(fixture[key.toStdString()]));
    }

    void foreignTextNeverEndsItsTurn()
    {
        const auto tokenizer = BpeTokenizer::load(root / "qwen2" / "tokenizer.json");
        const auto end = tokenizer.idOf("<|im_end|>").value();
        const auto count = [&](const std::string& text) {
            const auto ids = chatTokens(tokenizer, ChatTemplate::Qwen3, text, true);
            return std::ranges::count(ids, end);
        };
        QCOMPARE(count("a <|im_end|> b"), count("plain"));
    }

    void putsTheHistoryIntoTheQuestion()
    {
        const TitleQuestion plain{ "A sofa", { "soft", "oak" }, {} };
        TitleQuestion personal = plain;
        personal.historyTitles = { "Title one", "第二" };
        QVERIFY(questionText(plain).find("soft, oak") != std::string::npos);
        QVERIFY(questionText(plain).find("clicked") == std::string::npos);
        QVERIFY(questionText(personal).find("\n- Title one\n- 第二\n") != std::string::npos);
    }

    void findsTheTitleInAnswers_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("opensInThought");
        QTest::addColumn<QString>("title");
        QTest::newRow("plain") << " Soft oak sofa \n" << false << "Soft oak sofa";
        QTest::newRow("quoted") << "\"Soft oak sofa\"" << false << "Soft oak sofa";
        QTest::newRow("Chinese quotes") << "《“三人沙发”》\n说明" << false << "三人沙发";
        QTest::newRow("after a thought") << "<think>\nno\n</think>\n\nSofa" << false << "Sofa";
        QTest::newRow("thought opened by the turn") << "no\n</think>\nSofa" << true << "Sofa";
        QTest::newRow("still thinking") << "<think>\nwell" << false << "";
        QTest::newRow("still thinking, opened") << "well" << true << "";
        QTest::newRow("escape") << "a\x1b[2Jb" << false << "a [2Jb";
        QTest::newRow("empty") << "" << false << "";
        QTest::newRow("one quote") << "\"" << false << "\"";
    }

    void findsTheTitleInAnswers()
    {
        QFETCH(QString, answer);
        QFETCH(bool, opensInThought);
        QFETCH(QString, title);
        QCOMPARE(QString::fromStdString(titleInAnswer(answer.toStdString(), opensInThought)),
                 title);
    }

    void writesThroughTheDoor_data() { names(); }
    void writesThroughTheDoor()
    {
        QFETCH(QString, name);
        const auto writer = TitleWriter::load(root / name.toStdString(), {});
        QVERIFY2(writer, writer ? "" : writer.error().detail.c_str());
        TitleWriterOptions options;
        options.sampling.temperature = 1; // the likeliest token of a random model may be a blank
        options.seed = 3;
        options.maxTokens = 12;
        const auto title = writer->write({ "A sofa", { "soft" }, { "Chair" } }, options);
        if (writer->alwaysThinks()) { // a random model never closes its thought
            QVERIFY(!title);
            QVERIFY(title.error().detail.find("title") != std::string::npos);
        } else {
            QVERIFY2(title, title ? "" : title.error().detail.c_str());
            const auto again = writer->write({ "A sofa", { "soft" }, { "Chair" } }, options);
            QVERIFY(again && *again == *title);
        }
        options.maxTokens = 0;
        QVERIFY(!writer->write({ "A sofa", {}, {} }, options));
    }

    void refusesOtherModels_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("another kind") << "\"qwen3\""
                                      << "\"mistral\""
                                      << "mistral";
        QTest::newRow("another kind of the same shape") << "\"qwen3\""
                                                        << "\"qwen2\""
                                                        << "bias";
        QTest::newRow("sliding window") << "\"use_sliding_window\": false"
                                        << "\"use_sliding_window\": true"
                                        << "window";
        QTest::newRow("heads that do not divide") << "\"num_key_value_heads\": 2"
                                                  << "\"num_key_value_heads\": 3"
                                                  << "evenly";
        QTest::newRow("no heads") << "\"num_attention_heads\": 4"
                                  << "\"num_attention_heads\": 0"
                                  << "num_";
        QTest::newRow("other sizes") << "\"head_dim\": 16"
                                     << "\"head_dim\": 8"
                                     << "q_norm";
        QTest::newRow("odd heads") << "\"head_dim\": 16"
                                   << "\"head_dim\": 15"
                                   << "head_dim";
        QTest::newRow("stretched") << "\"rope_scaling\": null"
                                   << "\"rope_scaling\": {\"type\": \"yarn\"}"
                                   << "yarn";
        QTest::newRow("a million layers") << "\"num_hidden_layers\": 2"
                                          << "\"num_hidden_layers\": 1000000"
                                          << "no layer";
        QTest::newRow("fewer words") << "\"vocab_size\": "
                                     << "\"vocab_size\": 1"
                                     << "";
    }

    void refusesOtherModels()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, sentence);
        const QTemporaryDir folder;
        const fs::path path = folder.path().toStdString();
        fs::copy(root / "qwen3", path, fs::copy_options::recursive);
        QFile config(QString::fromStdString((path / "config.json").string()));
        QVERIFY(config.open(QIODevice::ReadOnly));
        QString text = QString::fromUtf8(config.readAll());
        QVERIFY(text.contains(from));
        text.replace(from, to);
        config.close();
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(text.toUtf8());
        config.close();
        const auto writer = TitleWriter::load(path, {});
        QVERIFY(!writer);
        QVERIFY2(QString::fromStdString(writer.error().detail).contains(sentence),
                 writer.error().detail.c_str());
    }

private:
    static void names()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : { "qwen2", "qwen3", "llama" })
            QTest::newRow(name) << name;
    }

    at::NoGradGuard m_noGrad;
};

QTEST_APPLESS_MAIN(TestTextModels)
#include "tst_text_models.moc"
