// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "engine_error.h"
#include "engine_model.h"
#include "models/janus_names.h"
#include "network_check.h"
#include "weights/named_weights.h"
#include "weights/state_dict.h"

#include <adtailor/selftest.h>

#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

constexpr double cpuTolerance = 1e-5;
// Matrix products of a GPU add in another order, and so do its convolutions.
constexpr double otherTolerance = 1e-4;

// One file of inputs, weights and expected results.
class FixtureFile : public ExpectedValues
{
public:
    FixtureFile(const std::filesystem::path& folder, const std::string& name,
                const std::string& device, SelfTestReport& report)
        : ExpectedValues(folder / (name + ".safetensors"), parseDevice(device))
    {
        report.setFixture(name);
    }

    UniAdGenConfig config() const { return parseUniAdGenConfig(json("config")); }

    template<typename Module>
    Module withStoredWeights(Module module, const std::string& prefix) const
    {
        StateDictRules rules;
        rules.prefix = "weights." + prefix;
        loadStateDict(*module, file(), rules);
        module->eval();
        module->to(device());
        return module;
    }
};

void checkVq(const FixtureFile& fixture, SelfTestReport& report)
{
    auto vq = fixture.withStoredWeights(VqModel(fixture.config().vq), vqPrefix);
    const auto ids = vq->encode(fixture["pixels64"] / 127.5 - 1);
    report.compare("ids64", ids, fixture["ids64"]);
    const auto pixels = vq->decode(fixture["ids64"], 4, 4);
    report.compare("decoded64_every4",
                   pixels.slice(2, 0, pixels.size(2), 4).slice(3, 0, pixels.size(3), 4),
                   fixture["decoded64_every4"]);
}

void checkLanguageModel(const FixtureFile& fixture, SelfTestReport& report)
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
    report.compare("prefill_hidden", read(ids) * valid, fixture["prefill_hidden"]);
    const auto next = fixture["next_ids"];
    for (std::int64_t i = 0; i < next.size(1); ++i)
        logits.push_back(model->textLogits(read(next.narrow(1, i, 1))));
    report.compare("step_logits", torch::cat(logits, 1), fixture["step_logits"]);
}

void checkDinov2(const FixtureFile& fixture, SelfTestReport& report)
{
    auto model = fixture.withStoredWeights(Dinov2(fixture.config().control->encoder),
                                           "language_model.model.adapter.model.");
    report.compare("features", model(fixture["pixels"]), fixture["features_scale_factor"]);
}

void checkWholeNetwork(const FixtureFile& fixture, SelfTestReport& report, const JobControl& job)
{
    UniAdGen network(fixture.config());
    fillByName(*network, "");
    network->to(fixture.device());
    checkNetwork(network, fixture, {}, report, job);
}

} // namespace

Result<std::vector<SelfTestResult>> selfTest(const std::filesystem::path& fixtures,
                                             const std::string& device, const JobControl& job)
{
    return guarded(
        [&] {
            const c10::InferenceMode inference;
            SelfTestReport report(parseDevice(device).is_cpu() ? cpuTolerance : otherTolerance);
            const auto open
                = [&](const char* name) { return FixtureFile(fixtures, name, device, report); };
            checkVq(open("vq"), report);
            throwIfCancelled(job);
            checkLanguageModel(open("language_model"), report);
            checkDinov2(open("dinov2"), report);
            checkWholeNetwork(open("uni_adgen"), report, job);
            return report.results;
        },
        engineError);
}

} // namespace adtailor
