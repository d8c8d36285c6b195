// SPDX-License-Identifier: GPL-3.0-or-later
#include "pbs_files.h"

#include "core/atomic_file.h"
#include "core/csv_cell.h"
#include "core/failure.h"

#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr double seenShare = 0.875; // of the shorter side: the model sees 224 of 256 pixels
constexpr float faintestRise = 0.02F; // what is coloured in full at least, so that noise stays grey

std::string sixDecimals(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", value);
    return text;
}

// File names need not be UTF-8, JSON must be.
std::string dumped(const json& value)
{
    return value.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::uint8_t mixed(double grey, double colour, double share)
{
    return static_cast<std::uint8_t>(grey + (colour - grey) * share + 0.5);
}

Image heatPicture(const Image& ad, const DifferenceMap& map)
{
    const Image picture = ad.hasAlpha() ? imaging::onWhite(ad) : ad;
    const double seen = seenShare * std::min(picture.width(), picture.height());
    const double left = (picture.width() - seen) / 2, top = (picture.height() - seen) / 2;
    const float strongest = std::max(faintestRise, *std::ranges::max_element(map.cells));
    std::vector<std::uint8_t> pixels;
    pixels.reserve(picture.byteCount());
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const std::uint8_t* rgb = picture.row(y) + static_cast<std::size_t>(x) * 3;
            const double grey = 0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2];
            const double column = (x + 0.5 - left) / seen * map.side;
            const double row = (y + 0.5 - top) / seen * map.side;
            double share = 0;
            if (column >= 0 && row >= 0 && column < map.side && row < map.side) {
                const auto cell
                    = static_cast<std::size_t>(row) * map.side + static_cast<std::size_t>(column);
                share = 0.8 * std::clamp(map.cells[cell] / strongest, 0.0F, 1.0F);
            }
            pixels.push_back(mixed(grey, 214, share));
            pixels.push_back(mixed(grey, 39, share));
            pixels.push_back(mixed(grey, 40, share));
        }
    }
    return { picture.width(), picture.height(), 3, std::move(pixels) };
}

} // namespace

void writeScores(const fs::path& file, const std::vector<PbsScore>& scores)
{
    std::string text = "filename,pbs\n";
    for (const auto& [id, score] : scores)
        text += csvQuotedIfNeeded(id) + "," + sixDecimals(score) + "\n";
    writeFileAtomically(file, std::string_view(text));
}

void writeMatrix(const fs::path& folder, const std::string& name, const PbsTable& rows,
                 const PbsTable& columns)
{
    std::string csv = "filename";
    for (const std::string& id : columns.ids)
        csv += "," + csvQuotedIfNeeded(id);
    json table = json::array();
    for (std::size_t i = 0; i < rows.ids.size(); ++i) {
        csv += "\n" + csvQuotedIfNeeded(rows.ids[i]);
        json line = json::array();
        for (const BackgroundFeature& column : columns.features) {
            const double score = backgroundScore(rows.features[i], column);
            csv += "," + sixDecimals(score);
            line.push_back(score);
        }
        table.push_back(std::move(line));
    }
    writeFileAtomically(folder / (name + ".csv"), std::string_view(csv + "\n"));
    const json whole = { { "rows", rows.ids }, { "columns", columns.ids }, { "pbs", table } };
    writeFileAtomically(folder / (name + ".json"), std::string_view(dumped(whole)));
}

void writeSummary(const fs::path& file, const MeanEstimate& s, const BackgroundModelInfo& model,
                  bool savedAsJpeg)
{
    const json whole = { { "pairs", s.count },
                         { "mean", s.mean },
                         { "standard_deviation", s.deviation },
                         { "minimum", s.smallest },
                         { "maximum", s.largest },
                         { "jpeg", savedAsJpeg },
                         { "model",
                           { { "sha256", model.hash },
                             { "image_size", model.imageSize },
                             { "feature_size", model.featureSize },
                             { "parameters", model.parameters } } } };
    writeFileAtomically(file, std::string_view(dumped(whole)));
}

void writeMap(const fs::path& folder, const std::string& id, const Image& ad,
              const DifferenceMap& map)
{
    fs::create_directories(folder);
    valueOrThrow(imaging::savePng(heatPicture(ad, map), folder / (id + ".png")));
    json cells = json::array();
    for (int row = 0; row < map.side; ++row) {
        const auto first = map.cells.begin() + std::ptrdiff_t(row) * map.side;
        cells.push_back(std::vector<float>(first, first + map.side));
    }
    const json whole = { { "filename", id }, { "pbs", map.score }, { "rise", cells } };
    writeFileAtomically(folder / (id + ".json"), std::string_view(dumped(whole)));
}

} // namespace adtailor::cli
