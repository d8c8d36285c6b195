// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ad_samples.h"

#include "core/failure.h"
#include "core/sha256.h"
#include "nn/pixels.h"
#include "preference/preference_extractor.h"
#include "training/scene_images.h"
#include "weights/safetensors.h"

#include <adtailor/pad1m.h>

#include <span>
#include <unordered_map>

namespace adtailor {

namespace {

constexpr std::int64_t encodeBatch = 8;

// Gives every distinct path a row number.
class PathTable
{
public:
    std::int64_t row(const std::filesystem::path& path)
    {
        const auto [place, isNew]
            = m_rows.try_emplace(path.string(), static_cast<std::int64_t>(m_paths.size()));
        if (isNew)
            m_paths.push_back(path);
        return place->second;
    }
    const std::vector<std::filesystem::path>& paths() const { return m_paths; }

private:
    std::unordered_map<std::string, std::int64_t> m_rows;
    std::vector<std::filesystem::path> m_paths;
};

AdSample toSample(const Pad1mRecord& record, PathTable& pictures, PathTable& controls)
{
    AdSample sample{ .picture = pictures.row(record.targetImage),
                     .control = controls.row(record.cutout),
                     .wordList = record.wordList,
                     .description = record.description,
                     .titles = record.titles,
                     .historyTitles = record.historyTitles,
                     .similarities = record.similarities };
    for (const auto& path : record.historyImages)
        sample.historyPictures.push_back(pictures.row(path));
    if (sample.similarities.empty())
        sample.similarities.assign(sample.historyTitles.size(), 1.0F);
    return sample;
}

torch::Tensor encodeAll(UniAdGen& model, const torch::Tensor& pictures, const JobControl& job)
{
    const torch::NoGradGuard noGrad;
    std::vector<torch::Tensor> codes;
    for (const auto& part : pictures.split(encodeBatch)) {
        throwIfCancelled(job);
        codes.push_back(model->gen_vision_model->encode(normalizePixels(part)));
        if (job.report)
            job.report({ .stage = Stage::Data,
                         .done = static_cast<std::int64_t>(codes.size()) * encodeBatch,
                         .total = pictures.size(0) });
    }
    return torch::cat(codes);
}

torch::Tensor historyPictures(const std::vector<std::filesystem::path>& paths, std::int64_t side,
                              const TrainingImages& images)
{
    std::vector<torch::Tensor> pictures;
    for (const auto& path : paths)
        pictures.push_back(historyPicture(valueOrThrow(images.load(path)), side));
    return torch::stack(pictures);
}

// Names the codes: the same tokenizer weights over the same files give the same codes.
std::string fingerprint(UniAdGen& model, const std::vector<std::filesystem::path>& paths)
{
    std::string text;
    for (const auto& path : paths)
        text += path.string() + "\n";
    for (const auto& item : model->gen_vision_model->named_parameters()) {
        const auto sum = item.value().detach().to(torch::kFloat64).abs().sum().item<double>();
        text += item.key() + "=" + std::to_string(sum) + "\n";
    }
    return sha256Hex(std::as_bytes(std::span(text)));
}

void encodePictures(AdSamples& result, const PathTable& pictures, const AdSampleSource& source,
                    UniAdGen& model, const TrainingImages& images, const JobControl& job)
{
    const std::string key = fingerprint(model, pictures.paths());
    if (!source.cache.empty() && std::filesystem::exists(source.cache)) {
        const auto file = SafetensorsFile::open(source.cache);
        const auto found = file.metadata().find("fingerprint");
        if (found != file.metadata().end() && found->second == key) {
            result.imageCodes = file.read("image_codes");
            if (model->config.preference)
                result.historyCodes = file.read("history_codes");
            return;
        }
    }
    const auto side = model->config.imageSize;
    result.imageCodes = encodeAll(model, loadPictures(pictures.paths(), side, images, job), job);
    std::map<std::string, torch::Tensor> codes{ { "image_codes", result.imageCodes } };
    if (model->config.preference) {
        result.historyCodes = encodeAll(
            model, historyPictures(pictures.paths(), model->config.preference->imageSize, images),
            job);
        codes["history_codes"] = result.historyCodes;
    }
    if (!source.cache.empty())
        writeSafetensors(source.cache, codes, { { "fingerprint", key } });
}

} // namespace

AdSamples loadAdSamples(const AdSampleSource& source, UniAdGen& model, const TrainingImages& images,
                        const JobControl& job)
{
    AdSamples result;
    PathTable pictures, controls;
    const Pad1mOptions options{ .root = source.root, .needTarget = true };
    const auto summary = valueOrThrow(readPad1m(
        source.records, options,
        [&](Pad1mRecord&& record) {
            result.samples.push_back(toSample(record, pictures, controls));
            return source.limit == 0 || result.samples.size() < source.limit;
        },
        job));
    if (result.samples.empty())
        throw Failure(ErrorCode::InvalidInput,
                      source.records.string() + ": no record can be trained on"
                          + (summary.issues.empty()
                                 ? "."
                                 : "; the first reason: " + summary.issues.front().reason));
    encodePictures(result, pictures, source, model, images, job);
    if (model->config.control)
        result.controls = loadPictures(controls.paths(), model->config.imageSize, images, job);
    return result;
}

} // namespace adtailor
