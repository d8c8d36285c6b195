// SPDX-License-Identifier: GPL-3.0-or-later
// LoRA adapters against the peft library, merged and live; what is refused; and the parts that are
// added to a base model: Uni-AdGen checkpoints, DINOv2, image tokenizers.
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "engine/fixture.h"
#include "models/model_parts.h"
#include "weights/state_dict.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

using namespace adtailor;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const fs::path adapters = fs::path(ADTAILOR_FIXTURES) / "lora";

template<typename Work> Error errorOf(Work&& work)
{
    return guarded([&] { work(); }).error();
}

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestLora : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void computesWhatPeftComputes_data()
    {
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("live");
        for (const char* expected : { "none", "plain", "stabilized", "both" }) {
            for (const bool live : { false, true })
                QTest::addRow("%s %s", expected, live ? "live" : "merged") << expected << live;
        }
    }
    void computesWhatPeftComputes()
    {
        QFETCH(QString, expected);
        QFETCH(bool, live);
        const Fixture fixture("lora");
        UniAdGen network = build(fixture);
        const auto before = network->language_model->lm_head->weight.clone();
        const auto apply = [&](const char* name, double weight) {
            applyLora(network, LoraAdapter::open(adapters / name), weight,
                      live ? LoraMode::Live : LoraMode::Merged);
        };
        if (expected == "plain" || expected == "both")
            apply("plain", expected == "both" ? 0.5 : 1);
        if (expected == "stabilized" || expected == "both")
            apply("stabilized", expected == "both" ? -1.5 : 1);
        const torch::NoGradGuard noGrad;
        const DecoderInput input{ .embeddings = network->embedText(fixture["ids"]) };
        const auto hidden = network->language_model(input);
        COMPARE_TENSORS(network->language_model->textLogits(hidden),
                        fixture[expected.toStdString()]);
        QVERIFY(network->language_model->lm_head->weight.equal(before)); // not one of its targets
    }

    void livePathsFollowTheType()
    {
        UniAdGen network = build(Fixture("lora"));
        network->to(torch::kBFloat16);
        applyLora(network, LoraAdapter::open(adapters / "plain"), 1, LoraMode::Live);
        const auto tensors = stateDict(*network);
        const auto layer
            = tensors.lower_bound("language_model.model.layers.0.self_attn.q_proj.lora_0.lora_A");
        QCOMPARE(layer->first,
                 std::string("language_model.model.layers.0.self_attn.q_proj.lora_0.lora_A"));
        QCOMPARE(layer->second.scalar_type(), torch::kBFloat16);
    }

    void refusesAdapters_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* change, const char* sentence) {
            QTest::newRow(change) << change << sentence;
        };
        row(R"({"peft_type":"LOHA"})", "another kind than LoRA");
        row(R"({"use_dora":true})", "use_dora");
        row(R"({"fan_in_fan_out":true})", "fan_in_fan_out");
        row(R"({"bias":"all"})", "changes biases");
        row(R"({"modules_to_save":["embed_tokens"]})", "modules_to_save");
        row(R"({"rank_pattern":{".*q_proj":4}})", "regular expressions");
        row(R"({"r":1000000000})", "no sensible number");
        row(R"({"r":0})", "no sensible number");
        row(R"({"r":5})", "has rank 4 for");
        row(R"({"lora_alpha":"big"})", "no sensible number");
        row(R"({"lora_alpha":-1})", "no sensible number");
        row(R"({"peft_type":null})", "another kind than LoRA");
    }
    void refusesAdapters()
    {
        QFETCH(QString, change);
        QFETCH(QString, sentence);
        copyAdapter("plain");
        const fs::path file = folder() / "adapter_config.json";
        json config = json::parse(readTextFile(file, 1 << 20));
        config.merge_patch(json::parse(change.toStdString()));
        writeFileAtomically(file, config.dump());
        const Error error = errorOf([&] { LoraAdapter::open(folder()); });
        QVERIFY2(mentions(error.detail, sentence.toStdString()), error.detail.c_str());
    }

    void refusesMatrices_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("alone") << "alone"
                               << "no tensor";
        QTest::newRow("surplus") << "surplus"
                                 << "no low-rank matrix";
        QTest::newRow("embedding") << "embedding"
                                   << "no low-rank matrix";
        QTest::newRow("bomb") << "bomb"
                              << "has rank 64 for";
        QTest::newRow("apart") << "apart"
                               << "do not go together";
        QTest::newRow("empty") << "empty"
                               << "does not hold pairs";
    }
    void refusesMatrices()
    {
        QFETCH(QString, fault);
        QFETCH(QString, sentence);
        copyAdapter("plain");
        const std::string layer = "base_model.model.model.layers.0.self_attn.q_proj.";
        auto tensors = adapterTensors();
        if (fault == "alone")
            tensors.erase(layer + "lora_B.weight");
        if (fault == "surplus")
            tensors["base_model.model.lm_head.weight"] = torch::ones({ 96, 48 });
        if (fault == "embedding")
            tensors["base_model.model.model.embed_tokens.lora_embedding_A"]
                = torch::ones({ 4, 96 });
        if (fault == "apart")
            tensors[layer + "lora_B.weight"] = torch::ones({ 48, 3 });
        if (fault == "empty")
            tensors.clear();
        if (fault == "bomb") { // wider than the layer, and the config agrees
            for (auto& [name, tensor] : tensors)
                tensor
                    = mentions(name, "lora_A") ? torch::ones({ 64, 48 }) : torch::ones({ 48, 64 });
            writeConfig({ { "r", 64 } });
        }
        writeSafetensors(folder() / "adapter_model.safetensors", tensors);
        const Error error = errorOf([&] { LoraAdapter::open(folder()); });
        QVERIFY2(mentions(error.detail, sentence.toStdString()), error.detail.c_str());
    }

    void refusesAnAdapterOfAnotherBase()
    {
        UniAdGen network = build(Fixture("lora"));
        const auto before = network->language_model->model->embed_tokens->weight.clone();
        copyAdapter("plain");
        auto tensors = adapterTensors();
        const std::string layer = "base_model.model.model.layers.9.self_attn.q_proj.";
        tensors[layer + "lora_A.weight"] = torch::ones({ 4, 48 });
        tensors[layer + "lora_B.weight"] = torch::ones({ 48, 4 });
        const std::string wide = "base_model.model.model.layers.0.self_attn.v_proj.";
        tensors[wide + "lora_A.weight"] = torch::ones({ 4, 64 });
        writeSafetensors(folder() / "adapter_model.safetensors", tensors);
        writeConfig({ { "base_model_name_or_path", "acme/Janus-Pro-99B" } });
        const Error error = errorOf(
            [&] { applyLora(network, LoraAdapter::open(folder()), 1, LoraMode::Merged); });
        QCOMPARE(error.code, ErrorCode::ModelMismatch);
        for (const char* part : { "acme/Janus-Pro-99B", "lacks 1 of its layers", "layers.9",
                                  "1 have another shape", "[24, 48] here and [24, 64] there" })
            QVERIFY2(mentions(error.detail, part), error.detail.c_str());
        QVERIFY(network->language_model->model->embed_tokens->weight.equal(before));
    }

    // Base, DINOv2, first stage, final stage: the last word on a name wins, LoRA is merged.
    void addsPublishedPartsInOrder()
    {
        UniAdGenConfig whole = Fixture("control").config();
        whole.control->encoder.heads = 1; // as read off its width: one head for each 64
        whole.control->interval = 6;
        UniAdGenConfig bare = whole;
        bare.control.reset();
        bare.preference.reset();
        UniAdGen first(whole), final(whole), base(bare);
        fillByName(*first, "first.");
        fillByName(*final, "final.");
        fillByName(*base, "base.");
        const auto finals = stateDict(*final), firsts = stateDict(*first);
        writeModel(folder() / "base", bare, stateDict(*base));
        writeStage("first", firsts, {});
        const std::string query = "language_model.model.layers.1.self_attn.q_proj";
        const auto a = torch::randn({ 2, 48 }), b = torch::randn({ 48, 2 });
        writeStage(
            "final", finals,
            { { query + ".lora_A.default.weight", a }, { query + ".lora_B.default.weight", b } });
        writeEncoder(firsts);

        auto source = ModelSource::open(folder() / "base");
        QVERIFY(source.mismatch().empty());
        addPart(source, folder() / "dino");
        QVERIFY(!source.mismatch().empty()); // an encoder alone has nothing to work for
        addPart(source, folder() / "first");
        QCOMPARE(source.mismatch(), std::string());
        addPart(source, folder() / "final" / "trainable_model_parameters.pth");
        QCOMPARE(source.mismatch(), std::string());
        QCOMPARE(source.config.control->interval, 6);
        QCOMPARE(toJson(source.config).at("preference").at("title_tokens").get<int>(), 5);
        const auto loaded = stateDict(*loadModel(source, torch::kFloat32, torch::kCPU));
        const auto bases = stateDict(*base);
        for (const auto& [name, tensor] : loaded) {
            if (name == query + ".weight")
                COMPARE_TENSORS(tensor, bases.at(name) + 32.0 / 2 * torch::matmul(b, a));
            else if (isTrained(name))
                QVERIFY2(tensor.equal(finals.at(name)), name.c_str());
            else
                QVERIFY2(tensor.equal(bases.at(name)), name.c_str());
        }
    }

    void replacesTheImageTokenizer()
    {
        UniAdGenConfig bare = Fixture("control").config();
        bare.control.reset();
        bare.preference.reset();
        UniAdGen base(bare), other(bare);
        fillByName(*base, "base.");
        fillByName(*other, "other.");
        writeModel(folder() / "base", bare, stateDict(*base));
        auto tensors = stateDict(*other->gen_vision_model, "model.");
        tensors["model.quantize.codebook_used"] = torch::zeros({ 64 });
        writeSafetensors(folder() / "vq_ds16_t2i.pt", tensors);
        auto source = ModelSource::open(folder() / "base");
        addPart(source, folder() / "vq_ds16_t2i.pt");
        QCOMPARE(source.mismatch(), std::string());
        const auto network = loadModel(source, torch::kFloat32, torch::kCPU);
        QVERIFY(network->gen_vision_model->quantize->embedding->weight.equal(
            other->gen_vision_model->quantize->embedding->weight));
        QVERIFY(network->gen_embed->weight.equal(base->gen_embed->weight));
    }

    void refusesParts()
    {
        UniAdGenConfig bare = Fixture("control").config();
        bare.control.reset();
        bare.preference.reset();
        UniAdGen base(bare);
        writeModel(folder() / "base", bare, stateDict(*base));
        auto source = ModelSource::open(folder() / "base");
        writeSafetensors(folder() / "what.safetensors", { { "x", torch::ones({ 1 }) } });
        QVERIFY(mentions(errorOf([&] { addPart(source, folder() / "what.safetensors"); }).detail,
                         "none of the parts"));
        QCOMPARE(errorOf([&] { addPart(source, folder() / "gone"); }).code,
                 ErrorCode::FileNotFound);
        QCOMPARE(errorOf([&] { addPart(source, adapters / "plain", 1000); }).code,
                 ErrorCode::InvalidInput);
    }

private:
    fs::path folder() const { return m_temporary->path().toStdString(); }

    static UniAdGen build(const Fixture& fixture)
    {
        UniAdGen network(fixture.config());
        fixture.load(*network->language_model->model->layers, "language_model.model.layers.");
        fixture.load(*network->language_model->model->norm, "language_model.model.norm.");
        fixture.load(*network->language_model->model->embed_tokens,
                     "language_model.model.embed_tokens.");
        fixture.load(*network->language_model->lm_head, "language_model.lm_head.");
        return network;
    }

    void copyAdapter(const char* name) const
    {
        for (const char* file : { "adapter_config.json", "adapter_model.safetensors" })
            fs::copy_file(adapters / name / file, folder() / file);
    }

    std::map<std::string, torch::Tensor> adapterTensors() const
    {
        std::map<std::string, torch::Tensor> tensors;
        const auto file = SafetensorsFile::open(folder() / "adapter_model.safetensors");
        for (const std::string& name : file.names())
            tensors[name] = file.read(name);
        return tensors;
    }

    void writeConfig(const json& change) const
    {
        const fs::path file = folder() / "adapter_config.json";
        json config = json::parse(readTextFile(file, 1 << 20));
        config.update(change);
        writeFileAtomically(file, config.dump());
    }

    static void writeModel(const fs::path& where, const UniAdGenConfig& config,
                           const std::map<std::string, torch::Tensor>& tensors)
    {
        fs::create_directories(where);
        writeFileAtomically(where / "config.json", toJson(config).dump());
        writeSafetensors(where / "model.safetensors", tensors);
    }

    // What the public code trains besides LoRA: its own modules and the embedding table.
    static bool isTrained(const std::string& name)
    {
        return mentions(name, "language_model.model.adapter")
            || mentions(name, "language_model.model.condition_") || mentions(name, "mask_generator")
            || mentions(name, "dual_modality") || mentions(name, "embed_tokens");
    }

    void writeStage(const char* name, const std::map<std::string, torch::Tensor>& all,
                    const std::map<std::string, torch::Tensor>& lora) const
    {
        std::map<std::string, torch::Tensor> tensors;
        for (const auto& [key, tensor] : all) {
            if (isTrained(key))
                tensors["vl_gpt.base_model.model." + key] = tensor;
        }
        for (const auto& [key, tensor] : lora)
            tensors["vl_gpt.base_model.model." + key] = tensor;
        tensors["vl_gpt.base_model.model.language_model.model.condition_projection.newfc1.weight"]
            = torch::ones({ 48, 36 });
        fs::create_directories(folder() / name);
        writeSafetensors(folder() / name / "trainable_model_parameters.pth", tensors);
    }

    void writeEncoder(const std::map<std::string, torch::Tensor>& all) const
    {
        const std::string prefix = "language_model.model.adapter.model.";
        std::map<std::string, torch::Tensor> tensors;
        for (const auto& [key, tensor] : all) {
            if (!key.starts_with(prefix))
                continue;
            QString name = QString::fromStdString(key.substr(prefix.size()));
            name.replace(".attention.attention.query.", ".attention.q_proj."); // the newer names
            name.replace(".attention.output.dense.", ".attention.o_proj.");
            tensors[name.toStdString()] = tensor;
        }
        fs::create_directories(folder() / "dino");
        writeSafetensors(folder() / "dino" / "model.safetensors", tensors);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
};

QTEST_GUILESS_MAIN(TestLora)
#include "tst_lora.moc"
