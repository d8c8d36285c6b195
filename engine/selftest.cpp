// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/strict_json.h"
#include "engine_error.h"
#include "generation/image_decoder.h"
#include "generation/title_decoder.h"
#include "weights/named_weights.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <adtailor/selftest.h>

#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace adtailor {

namespace {

constexpr double cpuTolerance = 1e-5;
// Matrix products of a GPU add in another order, and so do its convolutions.
constexpr double otherTolerance = 1e-4;

// One file of inputs, weights and expected results.
class FixtureFile
{
public:
    FixtureFile(const std::filesystem::path& folder, std::string name, const std::string& device)
        : m_name(std::move(name))
        , m_file(SafetensorsFile::open(folder / (m_name + ".safetensors")))
        , m_device(device)
    {
    }

    const std::string& name() const { return m_name; }
    torch::Device device() const { return m_device; }

    UniAdGenConfig config() const
    {
        const auto found = m_file.metadata().find("config");
        if (found == m_file.metadata().end())
            throw Failure(ErrorCode::FileCorrupt,
                          m_file.path().string() + " has no \"config\"; it is not a fixture.");
        return parseUniAdGenConfig(parseStrictJson(found->second, m_file.path().string()));
    }

    torch::Tensor operator[](const std::string& name) const
    {
        const torch::Tensor tensor = m_file.read(name);
        return (tensor.is_floating_point() ? tensor.to(torch::kFloat32) : tensor).to(m_device);
    }

    template<typename Module>
    Module withStoredWeights(Module module, const std::string& prefix) const
    {
        StateDictRules rules;
        rules.prefix = "weights." + prefix;
        loadStateDict(*module, m_file, rules);
        module->eval();
        module->to(m_device);
        return module;
    }

private:
    std::string m_name;
    SafetensorsFile m_file;
    torch::Device m_device;
};

class Report
{
public:
    explicit Report(const std::string& device)
        : m_tolerance(torch::Device(device).is_cpu() ? cpuTolerance : otherTolerance)
    {
    }

    void compare(const FixtureFile& fixture, const std::string& what, const torch::Tensor& actual,
                 const torch::Tensor& expected)
    {
        double apart = std::numeric_limits<double>::infinity();
        if (actual.sizes() == expected.sizes()) {
            const auto a = actual.to(torch::kCPU, torch::kFloat64);
            const auto e = expected.to(torch::kCPU, torch::kFloat64);
            const double largest = ((a - e).abs() / (1 + e.abs())).max().item<double>();
            if (largest == largest) // not NaN
                apart = largest;
        }
        results.push_back({ fixture.name(), what, apart, m_tolerance });
    }

    std::vector<SelfTestResult> results;

private:
    double m_tolerance;
};

void checkVq(const FixtureFile& fixture, Report& report)
{
    auto vq = fixture.withStoredWeights(VqModel(fixture.config().vq), "gen_vision_model.");
    const auto ids = vq->encode(fixture["pixels64"] / 127.5 - 1);
    report.compare(fixture, "codes", ids, fixture["ids64"]);
    const auto pixels = vq->decode(fixture["ids64"], 4, 4);
    report.compare(fixture, "decoded pixels",
                   pixels.slice(2, 0, pixels.size(2), 4).slice(3, 0, pixels.size(3), 4),
                   fixture["decoded64_every4"]);
}

void checkLanguageModel(const FixtureFile& fixture, Report& report)
{
    auto model
        = fixture.withStoredWeights(LanguageModel(fixture.config().language), "language_model.");
    const auto mask = fixture["mask"].to(torch::kBool);
    const auto ids = fixture["ids"];
    KvCache cache = model->makeCache(ids.size(0), mask.size(1));
    std::vector<torch::Tensor> logits;
    const auto read = [&](const torch::Tensor& tokens) {
        return model(DecoderInput{ .embeddings = model->model->embed_tokens(tokens),
                                   .keyMask = mask.narrow(1, 0, cache.length() + tokens.size(1)),
                                   .cache = &cache });
    };
    const auto valid = mask.narrow(1, 0, ids.size(1)).unsqueeze(-1);
    report.compare(fixture, "prompt", read(ids) * valid, fixture["prefill_hidden"]);
    const auto next = fixture["next_ids"];
    for (std::int64_t i = 0; i < next.size(1); ++i)
        logits.push_back(model->textLogits(read(next.narrow(1, i, 1))));
    report.compare(fixture, "steps", torch::cat(logits, 1), fixture["step_logits"]);
}

void checkDinov2(const FixtureFile& fixture, Report& report)
{
    auto model = fixture.withStoredWeights(Dinov2(fixture.config().control->encoder),
                                           "language_model.model.adapter.model.");
    report.compare(fixture, "features", model(fixture["pixels"]), fixture["features_scale_factor"]);
}

std::vector<std::int32_t> rowOf(const torch::Tensor& tokens, std::int64_t row)
{
    const auto values = tokens[row].to(torch::kCPU, torch::kInt32).contiguous();
    return { values.const_data_ptr<std::int32_t>(),
             values.const_data_ptr<std::int32_t>() + values.numel() };
}

torch::Tensor tensorOf(const std::vector<std::int32_t>& tokens)
{
    return torch::tensor(std::vector<std::int64_t>(tokens.begin(), tokens.end()));
}

// The whole network: history in, greedy title and picture out, through our own decoding loops.
class WholeNetwork
{
public:
    WholeNetwork(const FixtureFile& fixture, Report& report, const JobControl& job)
        : m_fixture(fixture)
        , m_report(report)
        , m_job(job)
        , m_network(fixture.config())
    {
        fillByName(*m_network, "");
        m_network->to(fixture.device());
    }

    void check()
    {
        const auto expectedTitles = m_fixture["title_tokens"];
        const auto expectedImages = m_fixture["image_tokens"];
        const PreferenceTokens preferences = checkPreferences();
        const auto maps = m_network->control(m_fixture["control_pixels"]);
        m_report.compare(m_fixture, "control maps", torch::stack(maps), m_fixture["maps"]);
        for (std::int64_t sample = 0; sample < expectedTitles.size(0); ++sample) {
            checkTitle(sample, expectedTitles);
            checkImage(sample, preferences, maps, expectedImages);
        }
        const auto pixels = m_network->gen_vision_model->decode(expectedImages, 4, 4);
        m_report.compare(m_fixture, "decoded pixels",
                         pixels.slice(2, 0, pixels.size(2), 4).slice(3, 0, pixels.size(3), 4),
                         m_fixture["decoded_every4"]);
    }

private:
    PreferenceTokens checkPreferences()
    {
        const auto preferences
            = m_network->extractPreferences({ .imageIds = m_fixture["history_ids"],
                                              .titleIds = m_fixture["history_titles"],
                                              .titleReal = {},
                                              .imageNoise = m_fixture["visual_noise"],
                                              .titleNoise = m_fixture["text_noise"] });
        m_report.compare(m_fixture, "picture preferences", preferences.images,
                         m_fixture["image_preferences"]);
        m_report.compare(m_fixture, "title preferences", preferences.titles,
                         m_fixture["title_preferences"]);
        return preferences;
    }

    // Without its padding, as the title loop takes it.
    void checkTitle(std::int64_t sample, const torch::Tensor& expected)
    {
        const auto real = m_fixture["prompt_mask"][sample].to(torch::kBool);
        TitleTask task;
        task.prompt = m_fixture["prompt_embeddings"][sample].index({ real }).unsqueeze(0);
        task.sampling.temperature = 0;
        task.maxTokens = static_cast<int>(expected.size(1));
        task.seeds = { 0 };
        task.decode = [](const auto&) { return std::string(); };
        const auto titles = writeTitles(m_network, task, m_job, [](const auto&) {});
        m_report.compare(m_fixture, "title " + std::to_string(sample),
                         tensorOf(titles.front().tokens), tensorOf(rowOf(expected, sample)));
    }

    void checkImage(std::int64_t sample, const PreferenceTokens& preferences,
                    const std::vector<torch::Tensor>& maps, const torch::Tensor& expected)
    {
        constexpr std::int64_t imagePlaceholder = 5; // ids of the fixture's own vocabulary
        constexpr std::int64_t titlePlaceholder = 6;
        const auto rows = m_network->promptEmbeddings(m_fixture["image_prompt_ids"], &preferences,
                                                      imagePlaceholder, titlePlaceholder);
        const auto negative = m_network->embedText(m_fixture["negative_ids"]);
        ImageTask task;
        task.prompts = torch::stack({ rows[sample], negative[sample] });
        task.mask = torch::stack({ m_fixture["image_prompt_mask"][sample],
                                   m_fixture["negative_mask"][sample] })
                        .to(torch::kBool);
        task.promptOfAd = { 0 };
        task.negativePrompt = 1;
        task.guidanceScale = 5;
        for (const auto& map : maps)
            task.control.push_back(1.5 * map.narrow(0, sample, 1));
        task.sampling.temperature = 0;
        task.seeds = { 0 };
        const auto images = drawImages(m_network, task, m_job, [](const auto&) {});
        m_report.compare(m_fixture, "picture tokens " + std::to_string(sample),
                         tensorOf(images.front()), tensorOf(rowOf(expected, sample)));
        task.prefix.assign(images.front().begin(), images.front().begin() + 5);
        m_report.compare(m_fixture, "picture resumed " + std::to_string(sample),
                         tensorOf(drawImages(m_network, task, m_job, [](const auto&) {}).front()),
                         tensorOf(rowOf(expected, sample)));
    }

    const FixtureFile& m_fixture;
    Report& m_report;
    const JobControl& m_job;
    UniAdGen m_network;
};

} // namespace

Result<std::vector<SelfTestResult>> selfTest(const std::filesystem::path& fixtures,
                                             const std::string& device, const JobControl& job)
{
    return guarded(
        [&] {
            const c10::InferenceMode inference;
            Report report(device);
            checkVq({ fixtures, "vq", device }, report);
            throwIfCancelled(job);
            checkLanguageModel({ fixtures, "language_model", device }, report);
            checkDinov2({ fixtures, "dinov2", device }, report);
            const FixtureFile whole(fixtures, "uni_adgen", device);
            WholeNetwork(whole, report, job).check();
            return report.results;
        },
        engineError);
}

} // namespace adtailor
