// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ad_samples.h"

#include "core/failure.h"
#include "core/sha256.h"
#include "models/control_image.h"
#include "nn/pixels.h"
#include "preference/preference_extractor.h"
#include "text/text_similarity.h"
#include "training/scene_images.h"
#include "weights/safetensors.h"

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
    AdSample sample{ .number = record.number,
                     .picture = pictures.row(record.targetImage),
                     .control = controls.row(record.cutout),
                     .wordList = record.wordList,
                     .description = record.description,
                     .titles = record.titles,
                     .historyTitles = record.historyTitles,
                     .similarities = record.similarities };
    for (const auto& path : record.historyImages)
        sample.historyPictures.push_back(pictures.row(path));
    if (sample.similarities.empty()) {
        const TextVector product(record.description);
        for (const std::string& title : record.historyTitles)
            sample.similarities.push_back(product.similarity(TextVector(title)));
    }
    return sample;
}

using Unreadable = std::map<std::int64_t, std::string>; // row -> why

// The codes of every picture, at the size of an ad and at that of a history item. A picture that
// cannot be read has the codes of black.
class PictureEncoder
{
public:
    PictureEncoder(UniAdGen& model, const TrainingImages& images, const JobControl& job)
        : m_model(model)
        , m_images(images)
        , m_job(job)
    {
    }

    void encode(const std::vector<std::filesystem::path>& paths, AdSamples& result)
    {
        const torch::NoGradGuard noGrad;
        const auto total = static_cast<std::int64_t>(paths.size());
        std::vector<torch::Tensor> large, small;
        for (std::int64_t start = 0; start < total; start += encodeBatch) {
            encodeRows(paths, start, std::min(total, start + encodeBatch));
            large.push_back(codes(m_large));
            if (m_model->config.preference)
                small.push_back(codes(m_small));
            if (m_job.report)
                m_job.report({ .stage = Stage::Data, .done = start, .total = total });
        }
        result.imageCodes = torch::cat(large);
        if (!small.empty())
            result.historyCodes = torch::cat(small);
    }

    const Unreadable& unreadable() const { return m_unreadable; }

private:
    void encodeRows(const std::vector<std::filesystem::path>& paths, std::int64_t begin,
                    std::int64_t end)
    {
        m_large.clear();
        m_small.clear();
        for (std::int64_t row = begin; row < end; ++row) {
            throwIfCancelled(m_job);
            const Image image = load(row, paths[static_cast<std::size_t>(row)]);
            m_large.push_back(pictureTensor(image, m_model->config.imageSize));
            if (m_model->config.preference)
                m_small.push_back(historyPicture(image, m_model->config.preference->imageSize));
        }
    }

    Image load(std::int64_t row, const std::filesystem::path& path)
    {
        auto image = m_images.load(path);
        if (image || !isBadPicture(image.error().code))
            return valueOrThrow(std::move(image));
        m_unreadable[row] = image.error().detail;
        return Image(1, 1, 3, { 0, 0, 0 });
    }

    torch::Tensor codes(const std::vector<torch::Tensor>& pictures)
    {
        return m_model->gen_vision_model->encode(normalizePixels(torch::stack(pictures)));
    }

    UniAdGen& m_model;
    const TrainingImages& m_images;
    const JobControl& m_job;
    std::vector<torch::Tensor> m_large, m_small; // of the rows at hand
    Unreadable m_unreadable;
};

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

bool readCache(const AdSampleSource& source, const std::string& key, bool history,
               AdSamples& result)
{
    if (source.cache.empty() || !std::filesystem::exists(source.cache))
        return false;
    const auto file = SafetensorsFile::open(source.cache);
    const auto found = file.metadata().find("fingerprint");
    if (found == file.metadata().end() || found->second != key)
        return false;
    result.imageCodes = file.read("image_codes");
    if (history)
        result.historyCodes = file.read("history_codes");
    return true;
}

void writeCache(const AdSampleSource& source, const std::string& key, const AdSamples& result)
{
    std::map<std::string, torch::Tensor> codes{ { "image_codes", result.imageCodes } };
    if (result.historyCodes.defined())
        codes["history_codes"] = result.historyCodes;
    // A data folder that cannot be written in only costs the time to encode again.
    static_cast<void>(guarded([&] {
        writeSafetensors(source.cache, codes, { { "fingerprint", key } });
    }));
}

Unreadable encodePictures(AdSamples& result, const PathTable& pictures,
                          const AdSampleSource& source, UniAdGen& model,
                          const TrainingImages& images, const JobControl& job)
{
    const std::string key = fingerprint(model, pictures.paths());
    if (readCache(source, key, model->config.preference.has_value(), result))
        return {};
    PictureEncoder encoder(model, images, job);
    encoder.encode(pictures.paths(), result);
    if (!source.cache.empty() && encoder.unreadable().empty()) // else it is tried again next time
        writeCache(source, key, result);
    return encoder.unreadable();
}

// Takes out records without a readable ad or product, and unreadable items of histories.
void leaveOut(AdSamples& data, const Unreadable& pictures, const Unreadable& controls)
{
    for (const auto& [row, reason] : pictures)
        data.skipped.push_back(reason);
    for (const auto& [row, reason] : controls)
        data.skipped.push_back(reason);
    std::erase_if(data.samples, [&](AdSample& sample) {
        for (auto i = static_cast<std::ptrdiff_t>(sample.historyPictures.size()) - 1; i >= 0; --i) {
            if (!pictures.contains(sample.historyPictures[static_cast<std::size_t>(i)]))
                continue;
            sample.historyPictures.erase(sample.historyPictures.begin() + i);
            sample.historyTitles.erase(sample.historyTitles.begin() + i);
            sample.similarities.erase(sample.similarities.begin() + i);
        }
        const bool unusable
            = pictures.contains(sample.picture) || controls.contains(sample.control);
        if (unusable)
            data.skipped.push_back("Record " + std::to_string(sample.number)
                                   + " is left out: its ad or its product cannot be read.");
        return unusable;
    });
}

void requireSamples(const AdSamples& data, const AdSampleSource& source)
{
    if (data.samples.empty())
        throw Failure(ErrorCode::InvalidInput,
                      source.records.string() + ": no record can be trained on"
                          + (data.skipped.empty() ? ". Add records."
                                                  : "; the first reason: " + data.skipped.front()));
}

void readRecords(const AdSampleSource& source, AdSamples& data, PathTable& pictures,
                 PathTable& controls, const JobControl& job)
{
    const Pad1mOptions options{ .columns = source.columns,
                                .root = source.root,
                                .needTarget = true };
    const auto summary = valueOrThrow(readPad1m(
        source.records, options,
        [&](Pad1mRecord&& record) {
            data.samples.push_back(toSample(record, pictures, controls));
            return source.limit == 0 || data.samples.size() < source.limit;
        },
        job));
    for (const Pad1mIssue& issue : summary.issues)
        data.skipped.push_back("Record " + std::to_string(issue.number) + ": " + issue.reason);
    requireSamples(data, source);
}

} // namespace

AdDataSize measureAdData(const AdSampleSource& source, const JobControl& job)
{
    AdSamples data;
    PathTable pictures, controls;
    readRecords(source, data, pictures, controls, job);
    return { .records = static_cast<std::int64_t>(data.samples.size()),
             .pictures = static_cast<std::int64_t>(pictures.paths().size()),
             .controls = static_cast<std::int64_t>(controls.paths().size()),
             .skipped = std::move(data.skipped) };
}

AdSamples loadAdSamples(const AdSampleSource& source, UniAdGen& model, const TrainingImages& images,
                        const JobControl& job)
{
    AdSamples result;
    PathTable pictures, controls;
    readRecords(source, result, pictures, controls, job);
    const Unreadable badPictures = encodePictures(result, pictures, source, model, images, job);
    LoadedPictures products;
    if (model->config.control)
        products = loadPictures(controls.paths(), controlSourceSide(model->config), images, job);
    result.controls = products.pixels;
    leaveOut(result, badPictures, products.unreadable);
    requireSamples(result, source);
    return result;
}

} // namespace adtailor
