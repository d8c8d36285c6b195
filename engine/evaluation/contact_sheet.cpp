// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/contact_sheet.h"

#include "core/failure.h"

#include <adtailor/imaging.h>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int thumbnailSide = 128;

std::string dataUri(const Image& image)
{
    if (image.isEmpty())
        return {};
    const Image small = imaging::onWhite(imaging::thumbnail(image, thumbnailSide));
    return "data:image/png;base64," + base64(valueOrThrow(imaging::encodePng(small)));
}

// Empty for a picture that cannot be read: the row says why.
std::string pictureUri(const std::filesystem::path& file)
{
    if (file.empty())
        return {};
    const auto image = imaging::load(file);
    return image ? dataUri(*image) : std::string();
}

SheetItem sheetItem(const Pad1mRecord& record, std::size_t place, const EvaluationOptions& options,
                    const std::vector<std::vector<ScoreRow>>& rows)
{
    SheetItem item{ .number = record.number, .description = record.description };
    item.clicked = { pictureUri(record.targetImage),
                     record.titles.empty() ? std::string() : record.titles.front() };
    if (const auto placed = guarded([&] { return options.placedCutout(record); }))
        item.product = dataUri(*placed);
    for (const auto& system : rows) {
        const ScoreRow& row = system[place];
        item.systems.push_back({ pictureUri(row.composed.empty() ? row.drawn : row.composed),
                                 row.title.value_or("") });
    }
    return item;
}

} // namespace

std::vector<SheetItem> contactSheet(const std::vector<Pad1mRecord>& records,
                                    const EvaluationOptions& options,
                                    const std::vector<std::vector<ScoreRow>>& rows)
{
    const std::size_t count
        = std::min(records.size(), static_cast<std::size_t>(std::max(options.sheetItems, 0)));
    std::vector<SheetItem> sheet;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t place = i * records.size() / count;
        sheet.push_back(sheetItem(records[place], place, options, rows));
    }
    return sheet;
}

std::string base64(std::span<const std::byte> bytes)
{
    constexpr const char* letters
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U
                | (i + k < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k <= bytes.size() ? letters[group >> (18 - 6 * k) & 63U] : '=';
    }
    return text;
}

} // namespace adtailor
