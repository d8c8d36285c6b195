// SPDX-License-Identifier: GPL-3.0-or-later
// Published layouts: every name and shape of Janus-Pro-1B and 7B, values through both layouts,
// files in folders, caches and shards; and what is refused.
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "engine/published_model.h"
#include "models/licence_line.h"
#include "models/model_source.h"
#include "weights/checkpoint_files.h"
#include "weights/named_weights.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace adtailor;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

template<typename Work> Error errorOf(Work&& work)
{
    return guarded([&] { work(); }).error();
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestModelSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void knowsEveryPublishedName_data()
    {
        QTest::addColumn<QString>("size");
        QTest::addColumn<QString>("layout");
        QTest::addColumn<bool>("sharded");
        for (const char* size : { "1b", "7b" }) {
            for (const char* layout : { "deepseek", "transformers" }) {
                for (const bool sharded : { false, true })
                    QTest::addRow("%s %s %s", size, layout, sharded ? "sharded" : "single")
                        << size << layout << sharded;
            }
        }
    }
    void knowsEveryPublishedName()
    {
        QFETCH(QString, size);
        QFETCH(QString, layout);
        QFETCH(bool, sharded);
        const auto shapes = publishedShapes(size.toStdString(), layout.toStdString());
        const json names = janusNames().at(size.toStdString());
        QCOMPARE(shapes.size(), names.at(layout.toStdString() + "_tensors").get<std::size_t>());
        writeConfig(publishedConfig(size.toStdString(), layout.toStdString()));
        if (sharded)
            writeHollowShards(folder(), shapes);
        else
            writeHollow(folder() / "model.safetensors", shapes);
        const auto source = ModelSource::open(folder());
        QCOMPARE(source.mismatch(), std::string());
        QCOMPARE(source.weights.size(), std::size_t(sharded ? 2 : 1));
        QVERIFY(source.layout
                == (layout == "deepseek" ? ModelLayout::DeepSeek : ModelLayout::Transformers));
        QCOMPARE(source.config.imageTokens(), 576);
        QVERIFY(!source.config.control && !source.config.preference);
        for (const std::string& name : source.tensors.names())
            QVERIFY2(!mentions(name, "vision_tower") && !name.starts_with("aligner"), name.c_str());
        // 2,089,232,011 and 7,420,368,523 with the understanding tower and its aligner.
        std::int64_t parameters = 0;
        for (const auto& [name, tensor] : source.tensors.tensors())
            parameters += tensor.elements();
        QCOMPARE(parameters, size == "1b" ? 1'766'652'555 : 7'083'104'907);
    }

    void listsWhatDoesNotFit()
    {
        auto shapes = publishedShapes("1b", "transformers");
        shapes.erase("model.language_model.norm.weight");
        shapes["model.generation_embeddings.weight"] = { 16384, 9 };
        shapes["model.surplus.weight"] = { 1 };
        writeConfig(publishedConfig("1b", "transformers"));
        writeHollow(folder() / "model.safetensors", shapes);
        const std::string text = ModelSource::open(folder()).mismatch();
        QVERIFY2(mentions(text, "1 missing (language_model.model.norm.weight)"), text.c_str());
        QVERIFY2(mentions(text, "gen_embed.weight is [16384, 9], not [16384, 8]"), text.c_str());
        QVERIFY2(mentions(text, "(model.surplus.weight)"), text.c_str());
        const Error error = errorOf(
            [&] { loadModel(ModelSource::open(folder()), torch::kBFloat16, torch::kCPU); });
        QCOMPARE(error.code, ErrorCode::ModelMismatch);
        QCOMPARE(error.detail, text);
    }

    void loadsValues_data()
    {
        QTest::addColumn<bool>("transformers");
        QTest::addColumn<int>("stored");
        QTest::addColumn<int>("wanted");
        for (const bool transformers : { false, true }) {
            for (const auto stored : { torch::kFloat32, torch::kBFloat16, torch::kHalf }) {
                for (const auto wanted : { torch::kFloat32, torch::kBFloat16, torch::kHalf })
                    QTest::addRow("%s %s as %s", transformers ? "transformers" : "deepseek",
                                  torch::toString(stored), torch::toString(wanted))
                        << transformers << int(stored) << int(wanted);
            }
        }
    }
    // Values and shapes from the names of this program, written under the oracle's.
    void loadsValues()
    {
        QFETCH(bool, transformers);
        QFETCH(int, stored);
        QFETCH(int, wanted);
        const auto expected = writeTiny(transformers, torch::ScalarType(stored));
        const auto source = ModelSource::open(folder());
        QCOMPARE(source.mismatch(), std::string());
        const auto network = loadModel(source, torch::ScalarType(wanted), torch::kCPU);
        const auto tensors = stateDict(*network);
        QCOMPARE(tensors.size(), expected.size());
        for (const auto& [name, tensor] : tensors) {
            const auto type = name.starts_with("gen_vision_model.") ? torch::kFloat32
                                                                    : torch::ScalarType(wanted);
            QVERIFY2(tensor.scalar_type() == type && tensor.is_cpu(), name.c_str());
            const auto once = expected.at(name).to(torch::ScalarType(stored)).to(type);
            QVERIFY2(tensor.equal(once), name.c_str());
        }
    }

    void sharesATiedHead()
    {
        auto expected = writeTiny(true, torch::kFloat32, "lm_head.weight");
        json config = janusNames().at("tiny").at("config");
        QVERIFY(!ModelSource::open(folder()).mismatch().empty());
        config["tie_word_embeddings"] = true;
        writeConfig(config);
        const auto network = loadModel(ModelSource::open(folder()), torch::kFloat32, torch::kCPU);
        const auto& head = network->language_model->lm_head->weight;
        QVERIFY(head.equal(expected.at("language_model.model.embed_tokens.weight")));
        QCOMPARE(head.data_ptr(), network->language_model->model->embed_tokens->weight.data_ptr());
    }

    void opensACacheEntryAndASingleFile()
    {
        writeTiny(true, torch::kFloat32);
        const fs::path entry = folder() / "hub" / "models--acme--tiny";
        fs::create_directories(entry / "snapshots" / "abc");
        fs::create_directories(entry / "snapshots" / "old");
        fs::create_directories(entry / "blobs");
        fs::rename(folder() / "model.safetensors", entry / "blobs" / "1");
        fs::rename(folder() / "config.json", entry / "blobs" / "2");
        fs::create_symlink("../../blobs/1", entry / "snapshots" / "abc" / "model.safetensors");
        fs::create_symlink("../../blobs/2", entry / "snapshots" / "abc" / "config.json");
        QVERIFY(mentions(errorOf([&] { ModelSource::open(entry); }).detail, "2 snapshots"));
        fs::create_directories(entry / "refs");
        writeFileAtomically(entry / "refs" / "main", std::string_view("abc\n"));
        for (const fs::path& path : { entry, entry / "snapshots" / "abc",
                                      entry / "snapshots" / "abc" / "model.safetensors" }) {
            const auto source = ModelSource::open(path);
            QCOMPARE(source.mismatch(), std::string());
            QCOMPARE(source.config.name, std::string("acme/tiny"));
        }
        // Shards of a cache are links out of their folder, but not out of their entry.
        const fs::path shard = entry / "snapshots" / "old";
        fs::create_symlink("../../blobs/1", shard / "one.safetensors");
        fs::create_symlink("../../blobs/2", shard / "config.json");
        writeIndex(shard, "one.safetensors");
        QCOMPARE(ModelSource::open(shard).mismatch(), std::string());
    }

    void refusesIndexes_data()
    {
        QTest::addColumn<QString>("shard");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("way up") << "../outside.safetensors"
                                << "does not lie in its own folder";
        QTest::newRow("absolute") << "/etc/passwd"
                                  << "does not lie in its own folder";
        QTest::newRow("sub-folder") << "a/b.safetensors"
                                    << "does not lie in its own folder";
        QTest::newRow("itself") << ".."
                                << "does not lie in its own folder";
        QTest::newRow("address") << "https://example.org/x"
                                 << "does not lie in its own folder";
        QTest::newRow("missing") << "gone.safetensors"
                                 << "is missing";
        QTest::newRow("link") << "link.safetensors"
                              << "a link out of its folder";
    }
    void refusesIndexes()
    {
        QFETCH(QString, shard);
        QFETCH(QString, sentence);
        writeTiny(true, torch::kFloat32);
        const fs::path inner = folder() / "inner";
        fs::create_directories(inner);
        fs::rename(folder() / "model.safetensors", folder() / "outside.safetensors");
        fs::rename(folder() / "config.json", inner / "config.json");
        fs::create_symlink("../outside.safetensors", inner / "link.safetensors");
        writeIndex(inner, shard.toStdString());
        const Error error = errorOf([&] { ModelSource::open(inner); });
        QVERIFY2(mentions(error.detail, sentence.toStdString()), error.detail.c_str());
    }

    void comparesIndexAndShards()
    {
        writeConfig(publishedConfig("1b", "deepseek"));
        auto shapes = publishedShapes("1b", "deepseek");
        writeHollowShards(folder(), shapes);
        const fs::path index = folder() / "model.safetensors.index.json";
        const json good = json::parse(readTextFile(index, 1 << 20));
        const auto sentence = [&](const json& content) {
            writeFileAtomically(index, content.dump());
            return errorOf([&] { openCheckpoint(folder()); }).detail;
        };
        json bad = good;
        bad["weight_map"]["gen_embed.weight"] = "model-00002-of-00002.safetensors";
        QVERIFY(mentions(sentence(bad), "says that tensor gen_embed.weight lies in"));
        bad = good;
        bad["weight_map"].erase("gen_embed.weight");
        QVERIFY(mentions(sentence(bad), "does not know tensor gen_embed.weight"));
        for (const json& broken : { json::object(), json::array(), json{ { "weight_map", 1 } },
                                    json{ { "weight_map", json::object() } } })
            QVERIFY(mentions(sentence(broken), "has no \"weight_map\""));
        QVERIFY(mentions(sentence({ { "weight_map", { { "a", 1 } } } }), "names no file"));
        fs::copy_file(folder() / "model-00002-of-00002.safetensors",
                      folder() / "model-00003-of-00003.safetensors");
        bad = good;
        bad["weight_map"]["again"] = "model-00003-of-00003.safetensors";
        QVERIFY(mentions(sentence(bad), " lies in "));
    }

    void refusesFolders()
    {
        QCOMPARE(errorOf([&] { ModelSource::open(folder() / "nowhere"); }).code,
                 ErrorCode::FileNotFound);
        QVERIFY(mentions(errorOf([&] { ModelSource::open(folder()); }).detail, "no config.json"));
        writeConfig(publishedConfig("1b", "deepseek"));
        QVERIFY(mentions(errorOf([&] { ModelSource::open(folder()); }).detail, "has no weights"));
        for (const char* name : { "a.safetensors", "b.safetensors" })
            writeSafetensors(folder() / name, { { "x", torch::ones({ 1 }) } });
        QVERIFY(mentions(errorOf([&] { ModelSource::open(folder()); }).detail, "several weights"));
        fs::remove(folder() / "b.safetensors");
        QVERIFY(!ModelSource::open(folder()).mismatch().empty()); // one loose file is taken
    }

    void refusesVariants_data()
    {
        QTest::addColumn<QString>("layout");
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* layout, const char* change, const char* sentence) {
            QTest::addRow("%s %s", layout, change) << layout << change << sentence;
        };
        row("transformers", R"({"text_config":{"model_type":"gemma"}})", "other than LLaMA");
        row("transformers", R"({"text_config":{"mlp_bias":true}})", "biases in its feed-forward");
        row("transformers", R"({"text_config":{"attention_bias":true}})",
            "biases in its attention");
        row("transformers", R"({"text_config":{"head_dim":64}})", "heads of a size of their own");
        row("transformers", R"({"text_config":{"rope_parameters":{"rope_type":"yarn"}}})",
            "rope_type");
        row("transformers", R"({"vq_config":{"double_latent":true}})", "variational");
        row("transformers", R"({"vq_config":{"base_channels":48}})", "vq.norm_groups");
        row("deepseek", R"({"language_config":{"rope_scaling":{"type":"linear"}}})",
            "rope_scaling");
        row("deepseek", R"({"gen_vision_config":{"cls":"SDXL"}})", "VQ-16");
        row("deepseek", R"({"gen_aligner_config":{"params":{"depth":3}}})", "image aligner");
        row("deepseek", R"({"language_config":{"num_attention_heads":0}})", "evenly");
        row("deepseek", R"({"language_config":{"num_hidden_layers":"many"}})", "num_hidden_layers");
        row("deepseek", R"({"language_config":{"hidden_size":-1}})", "out of range");
        row("deepseek", R"({"language_config":7})", "not an object");
        row("deepseek", R"({"model_type":"janus_flow"})", "is missing");
    }
    void refusesVariants()
    {
        QFETCH(QString, layout);
        QFETCH(QString, change);
        QFETCH(QString, sentence);
        json config = publishedConfig("7b", layout.toStdString());
        config.merge_patch(json::parse(change.toStdString()));
        writeConfig(config);
        writeSafetensors(folder() / "model.safetensors", { { "x", torch::ones({ 1 }) } });
        const Error error = errorOf([&] { ModelSource::open(folder()); });
        QVERIFY2(mentions(error.detail, sentence.toStdString()), error.detail.c_str());
    }

    void refusesNotFinite()
    {
        auto tensors = writeTiny(true, torch::kFloat32);
        tensors.at("gen_head.vision_head.bias")[7] = std::numeric_limits<float>::infinity();
        write(tensors, true, torch::kFloat32);
        const Error error = errorOf(
            [&] { loadModel(ModelSource::open(folder()), torch::kBFloat16, torch::kCPU); });
        QCOMPARE(error.code, ErrorCode::FileCorrupt);
        QVERIFY2(mentions(error.detail, "gen_head.vision_head.bias"), error.detail.c_str());
        tensors.at("gen_head.vision_head.bias")[7] = 1e30;
        write(tensors, true, torch::kFloat32);
        loadModel(ModelSource::open(folder()), torch::kBFloat16, torch::kCPU);
        const Error overflow
            = errorOf([&] { loadModel(ModelSource::open(folder()), torch::kHalf, torch::kCPU); });
        QVERIFY2(mentions(overflow.detail, "too large for float16"), overflow.detail.c_str());
    }

    void findsTheLicence()
    {
        writeTiny(true, torch::kFloat32);
        const auto licence = [&] { return licenceLine(folder()); };
        QCOMPARE(licence(), std::string());
        writeFileAtomically(folder() / "LICENSE", std::string_view("\n  DEEPSEEK LICENSE\nv1\n"));
        QCOMPARE(licence(), std::string("DEEPSEEK LICENSE"));
        writeFileAtomically(
            folder() / "README.md",
            std::string_view("---\nlicense: other\nlicense_name: \"deepseek\"\n---\n"));
        QCOMPARE(licence(), std::string("deepseek"));
        writeFileAtomically(folder() / "README.md", std::string_view("# license: mit\n"));
        QCOMPARE(licence(), std::string("DEEPSEEK LICENSE"));
    }

private:
    fs::path folder() const { return m_temporary->path().toStdString(); }

    void writeConfig(const json& config) const
    {
        writeFileAtomically(folder() / "config.json", config.dump());
    }

    // One shard with all the tensors of tests' small model.
    void writeIndex(const fs::path& where, const std::string& shard) const
    {
        json map;
        const json pairs = janusNames().at("tiny").at("pairs");
        for (const auto& [ours, theirs] : pairs.items())
            map[theirs.get<std::string>()] = shard;
        writeFileAtomically(where / "model.safetensors.index.json",
                            json{ { "weight_map", map } }.dump());
    }

    // A small model with weights made from their names; answers them under our names.
    std::map<std::string, torch::Tensor> writeTiny(bool transformers, torch::ScalarType type,
                                                   const std::string& without = {}) const
    {
        const json config = janusNames().at("tiny").at("config");
        UniAdGen network(parseJanusConfig(config));
        fillByName(*network, "");
        auto tensors = stateDict(*network);
        for (auto& [name, tensor] : tensors)
            tensor = tensor.detach();
        write(tensors, transformers, type, without);
        writeConfig(transformers ? config : tinyDeepSeekConfig(config));
        return tensors;
    }

    void write(const std::map<std::string, torch::Tensor>& tensors, bool transformers,
               torch::ScalarType type, const std::string& without = {}) const
    {
        std::map<std::string, torch::Tensor> published;
        const json pairs = janusNames().at("tiny").at("pairs");
        for (const auto& [theirs, name] : pairs.items()) {
            const auto found = tensors.find(theirs);
            const std::string key = transformers ? name.get<std::string>() : theirs;
            if (key != without)
                published[key]
                    = found == tensors.end() ? torch::ones({ 2 }) : found->second.to(type);
        }
        writeSafetensors(folder() / "model.safetensors", published);
    }

    // DeepSeek's file cannot tell the sizes of a small tokenizer, so it is given in our own.
    static json tinyDeepSeekConfig(const json& config) { return toJson(parseJanusConfig(config)); }

    std::unique_ptr<QTemporaryDir> m_temporary;
};

QTEST_GUILESS_MAIN(TestModelSource)
#include "tst_model_source.moc"
