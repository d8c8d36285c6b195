// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ad_samples.h"

#include "core/failure.h"
#include "core/sha256.h"
#include "models/control_image.h"
#include "nn/pixels.h"
#include "preference/preference_extractor.h"
#include "text/text_similarity.h"
#include "training/scene_images.h"
#include "training/shard_cache.h"

#include <span>
#include <unordered_map>

namespace adtailor {

namespace {

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

// The codes of every picture, at the size of an ad and at that of a history item. A picture that
// cannot be read has the codes of black.
class PictureEncoder
{
public:
    PictureEncoder(UniAdGen& model, const TrainingImages& images)
        : m_model(model)
        , m_images(images)
    {
    }

    NamedTensors encode(std::span<const std::filesystem::path> files, Unreadable& unreadable) const
    {
        const torch::NoGradGuard noGrad;
        const auto& preference = m_model->config.preference;
        std::vector<torch::Tensor> large, small;
        for (std::size_t row = 0; row < files.size(); ++row) {
            const Image image = load(files[row], static_cast<std::int64_t>(row), unreadable);
            large.push_back(pictureTensor(image, m_model->config.imageSize));
            if (preference)
                small.push_back(historyPicture(image, preference->imageSize));
        }
        NamedTensors codes{ { imageCodes, codesOf(large) } };
        if (preference)
            codes[historyCodes] = codesOf(small);
        return codes;
    }

    // The same tokenizer weights over the same files give the same codes.
    std::string key() const
    {
        Sha256 hash;
        for (const auto& item : m_model->gen_vision_model->named_parameters()) {
            const auto weight = item.value().detach().cpu().contiguous();
            hash.update(std::as_bytes(std::span(item.key())));
            hash.update(
                { static_cast<const std::byte*>(weight.const_data_ptr()), weight.nbytes() });
        }
        const auto& config = m_model->config;
        return hash.hex() + " codes " + std::to_string(config.imageSize) + " "
            + std::to_string(config.preference ? config.preference->imageSize : 0);
    }

    static constexpr const char* imageCodes = "image_codes";
    static constexpr const char* historyCodes = "history_codes";

private:
    Image load(const std::filesystem::path& path, std::int64_t row, Unreadable& unreadable) const
    {
        auto image = m_images.load(path);
        if (image || !isBadPicture(image.error().code))
            return valueOrThrow(std::move(image));
        unreadable[row] = image.error().detail;
        return Image(1, 1, 3, { 0, 0, 0 });
    }
    torch::Tensor codesOf(const std::vector<torch::Tensor>& pictures) const
    {
        return m_model->gen_vision_model->encode(normalizePixels(torch::stack(pictures)));
    }

    UniAdGen& m_model;
    const TrainingImages& m_images;
};

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
    const auto add = [&](Pad1mRecord&& record) {
        if (source.takes(record))
            data.samples.push_back(toSample(record, pictures, controls));
        return source.limit == 0 || data.samples.size() < source.limit;
    };
    const auto summary = valueOrThrow(readPad1m(source.records, source.options(), add, job));
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
    ShardCache cache(source.cache);
    const PictureEncoder encoder(model, images);
    Unreadable badPictures, badProducts;
    auto codes = cache.rows(
        pictures.paths(), encoder.key(),
        [&](auto files, Unreadable& bad) { return encoder.encode(files, bad); }, badPictures, job);
    result.imageCodes = codes[PictureEncoder::imageCodes];
    result.historyCodes = codes[PictureEncoder::historyCodes];
    if (model->config.control) {
        const auto side = controlSourceSide(model->config);
        const auto load = [&](auto files, Unreadable& bad) {
            LoadedPictures loaded
                = loadPictures({ files.begin(), files.end() }, side, images, { .stop = job.stop });
            bad = std::move(loaded.unreadable);
            return NamedTensors{ { "pixels", loaded.pixels } };
        };
        result.controls = cache.rows(controls.paths(), "pixels " + std::to_string(side), load,
                                     badProducts, job)["pixels"];
    }
    cache.removeOthers();
    leaveOut(result, badPictures, badProducts);
    requireSamples(result, source);
    return result;
}

} // namespace adtailor
