// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "engine_error.h"
#include "engine_model.h"
#include "network_check.h"
#include "text_model_check.h"

#include <adtailor/selftest.h>

#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

constexpr double tolerance = 1e-4; // of float32 sums in another order

NetworkCheckOptions readOptions(const ExpectedValues& cases)
{
    const nlohmann::json stored = cases.json("options");
    NetworkCheckOptions options;
    options.imagePlaceholder = stored.value("image_placeholder", std::int64_t{ -1 });
    options.titlePlaceholder = stored.value("title_placeholder", std::int64_t{ -1 });
    options.guidanceScale = stored.value("guidance", options.guidanceScale);
    options.controlStrength = stored.value("strength", options.controlStrength);
    return options;
}

SelfTestReport makeReport(const ExpectedValues& cases)
{
    SelfTestReport report(tolerance);
    report.setFixture(cases.file().path().stem().string());
    std::map<std::string, std::optional<double>> limits;
    const nlohmann::json stored = cases.json("limits");
    for (const auto& [name, limit] : stored.items())
        limits[name] = limit.is_null() ? std::nullopt : std::optional(limit.get<double>());
    report.setLimits(std::move(limits));
    return report;
}

// A device that knows shapes only: every name and shape of the model is compared.
void requireFit(const ModelSource& source)
{
    if (const std::string mismatch = source.mismatch(); !mismatch.empty())
        throw Failure(ErrorCode::ModelMismatch, mismatch);
}

} // namespace

Result<std::vector<SelfTestResult>> checkModel(const std::filesystem::path& model,
                                               const std::filesystem::path& expected,
                                               const EngineOptions& options, const JobControl& job)
{
    return guarded(
        [&] {
            const c10::InferenceMode inference;
            if (options.device == "meta") {
                requireFit(openModel(model, options));
                return std::vector<SelfTestResult>();
            }
            makeDeterministic(options);
            const torch::Device device = parseDevice(options.device);
            const ExpectedValues cases(expected, device);
            SelfTestReport report = makeReport(cases);
            if (cases.contains(answerPrompt)) {
                checkTextModel(model, options, cases, report, job);
                return report.results;
            }
            const ModelSource source = openModel(model, options);
            UniAdGen network = loadModel(source, scalarType(options.precision), device, job,
                                         quantizedType(options.precision, device));
            checkNetwork(network, cases, readOptions(cases), report, job);
            return report.results;
        },
        engineError);
}

} // namespace adtailor
