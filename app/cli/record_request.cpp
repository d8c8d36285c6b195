// SPDX-License-Identifier: GPL-3.0-or-later
#include "record_request.h"

#include "core/failure.h"
#include "product_file.h"

#include <adtailor/history_selector.h>
#include <adtailor/imaging.h>

#include <algorithm>

namespace adtailor::cli {

namespace {

// The answer itself: training does not read it either.
bool isTarget(const Pad1mRecord& record, std::size_t item)
{
    return record.historyImages[item] == record.targetImage
        || std::ranges::find(record.titles, record.historyTitles[item]) != record.titles.end();
}

// Places in the record's history.
std::vector<std::size_t> readItems(const Pad1mRecord& record, const PreferenceOptions& options,
                                   int historyLength)
{
    std::vector<std::size_t> usable;
    for (std::size_t item = 0; item < record.historyImages.size(); ++item) {
        if (!isTarget(record, item))
            usable.push_back(item);
    }
    if (record.similarities.empty())
        return usable;
    std::vector<float> similarities;
    std::vector<std::string> titles;
    for (const std::size_t item : usable) {
        similarities.push_back(record.similarities[item]);
        titles.push_back(record.historyTitles[item]);
    }
    const int count = options.count > 0 ? options.count : historyLength;
    std::vector<std::size_t> chosen;
    for (const int place : selectHistory(similarities, titles, options, count))
        chosen.push_back(usable[static_cast<std::size_t>(place)]);
    return chosen;
}

} // namespace

GenerationRequest requestOf(const Pad1mRecord& record, const GenerationRequest& pattern,
                            int historyLength, Console* console)
{
    GenerationRequest request = pattern;
    request.seed += static_cast<std::uint64_t>(record.number);
    request.brief.product.title = record.description;
    request.brief.product.sellingPoints = record.sellingPoints;
    request.brief.product.cutout = placedCutout(record, console);
    for (const std::size_t item : readItems(record, pattern.preference, historyLength))
        request.brief.history.push_back(
            { .image = valueOrThrow(imaging::load(record.historyImages[item])),
              .title = record.historyTitles[item] });
    if (!record.similarities.empty())
        request.preference.selection = HistorySelection::InOrder; // they are chosen already
    return request;
}

std::vector<std::string> readTitles(const Pad1mRecord& record, PreferenceOptions options, int count)
{
    options.count = count;
    std::vector<std::string> titles;
    if (count < 1)
        return titles;
    for (const std::size_t item : readItems(record, options, count))
        titles.push_back(record.historyTitles[item]);
    if (std::ssize(titles) > count)
        titles.erase(titles.begin(), titles.end() - count);
    return titles;
}

Image placedCutout(const Pad1mRecord& record, Console* console)
{
    return readProduct(record.cutout, { .maxRatio = record.maxRatio, .asPlaced = true }, console);
}

std::string requestSettings(const std::filesystem::path& input, const ModelInfo& model,
                            const GenerationRequest& pattern)
{
    const auto sampling = [](const SamplingOptions& options) {
        return "[" + std::to_string(options.temperature) + ", " + std::to_string(options.topK)
            + ", " + std::to_string(options.topP) + "]";
    };
    return "{\n \"input\": " + jsonQuoted(std::filesystem::absolute(input).string())
        + ",\n \"model\": " + jsonQuoted(model.hash) + ",\n \"seed\": "
        + std::to_string(pattern.seed) + ",\n \"count\": " + std::to_string(pattern.count)
        + ",\n \"guidance\": " + std::to_string(pattern.guidanceScale)
        + ",\n \"control\": " + std::to_string(pattern.controlStrength)
        + ",\n \"text\": " + sampling(pattern.text) + ",\n \"image\": " + sampling(pattern.image)
        + ",\n \"selection\": " + std::to_string(static_cast<int>(pattern.preference.selection))
        + ",\n \"masks\": " + std::to_string(static_cast<int>(pattern.preference.masks))
        + ",\n \"history\": " + std::to_string(pattern.preference.count)
        + ",\n \"title\": " + jsonQuoted(pattern.title.value_or("")) + "\n}\n";
}

} // namespace adtailor::cli
