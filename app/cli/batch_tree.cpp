// SPDX-License-Identifier: GPL-3.0-or-later
#include "batch_tree.h"

#include "console.h"
#include "core/atomic_file.h"
#include "core/csv_cell.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"

#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <cstring>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

// The reference records the task under these words; its summary script looks for them.
constexpr const char* dataName = "hico";
constexpr const char* taskName = "p2i";

void makeFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Failure(ErrorCode::InvalidInput,
                      "The folder " + folder.string() + " cannot be made: " + error.message()
                          + ".");
}

std::string jsonList(const std::vector<std::string>& texts)
{
    std::string list = "[";
    for (const std::string& text : texts)
        list += (list.size() > 1 ? ", " : "") + jsonQuoted(text);
    return list + "]";
}

std::string tagged(const std::string& title)
{
    return "<prompt>" + title + "</prompt>";
}

// One object, every value a list with one entry an ad, under the reference's keys.
std::string layoutJson(const Pad1mRecord& record, const std::vector<Ad>& ads)
{
    const std::string target = record.titles.empty() ? record.caption : record.titles.front();
    const std::vector<std::string> targets(ads.size(), target);
    const std::vector<std::string> taggedTargets(ads.size(), tagged(target));
    std::vector<std::string> titles;
    std::vector<std::string> taggedTitles;
    for (const Ad& ad : ads) {
        titles.push_back(ad.title);
        taggedTitles.push_back(tagged(ad.title));
    }
    return "{\n \"base_caption\": " + jsonList(targets)
        + ",\n \"gt_grounding\": " + jsonList(std::vector<std::string>(ads.size()))
        + ",\n \"prompt\": " + jsonList(taggedTargets) + ",\n \"pr_grounding\": "
        + jsonList(taggedTitles) + ",\n \"pr_title\": " + jsonList(titles)
        + ",\n \"gt_title\": " + jsonList(targets) + "\n}\n";
}

Image whiteSquare(int side)
{
    return Image(side, side, 3,
                 std::vector<std::uint8_t>(static_cast<std::size_t>(side) * side * 3, 255));
}

// Square RGB pictures of one size, row by row.
Image sheet(const std::vector<std::vector<Image>>& rows)
{
    const int side = rows.front().front().width();
    const std::size_t columns = rows.front().size();
    const std::size_t stride = columns * side * 3;
    std::vector<std::uint8_t> pixels(stride * side * rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t column = 0; column < columns; ++column)
            for (int y = 0; y < side; ++y)
                std::memcpy(pixels.data() + (row * side + y) * stride + column * side * 3,
                            rows[row][column].row(y), static_cast<std::size_t>(side) * 3);
    return Image(static_cast<int>(columns) * side, static_cast<int>(rows.size()) * side, 3,
                 std::move(pixels));
}

void save(const Image& image, const fs::path& path)
{
    valueOrThrow(imaging::savePng(image, path));
}

} // namespace

BatchTree::BatchTree(const fs::path& out, std::int64_t records, std::int64_t step)
    : m_root(out / "test"
             / (std::string(dataName) + '_' + taskName + '_' + std::to_string(records)))
    , m_step(std::to_string(step))
{
}

void BatchTree::open(const std::string& settings)
{
    const fs::path file = m_root / "batch.json";
    constexpr std::size_t largestSettings = 1U << 20U;
    if (fs::exists(file) && readTextFile(file, largestSettings) != settings)
        throw Failure(ErrorCode::InvalidInput,
                      m_root.string()
                          + " holds a batch with other settings or another model; "
                            "choose another --out folder.");
    for (const char* kind : { "gt_image", "pr_image", "trans_image", "fusion_image", "image_ids" })
        makeFolder(m_root / m_step / kind);
    makeFolder(m_root / (m_step + "_batch"));
    if (!fs::exists(file))
        writeFileAtomically(file, settings);
}

fs::path BatchTree::layoutFile(std::int64_t number) const
{
    return m_root / (m_step + "_batch") / (std::to_string(number - 1) + "_layout.json");
}

bool BatchTree::isDone(std::int64_t number) const
{
    return fs::exists(layoutFile(number));
}

void BatchTree::write(const Pad1mRecord& record, const Image& cutout, const std::vector<Ad>& ads)
{
    const int side = ads.front().image.width();
    const std::string base = std::to_string(record.number - 1);
    const Image target = record.targetImage.empty()
        ? whiteSquare(side)
        : imaging::onWhite(
            imaging::resize(valueOrThrow(imaging::load(record.targetImage)), side, side));
    const Image product = imaging::resize(cutout, side, side);
    std::vector<std::vector<Image>> rows(3); // target, generated, control
    for (std::size_t i = 0; i < ads.size(); ++i) {
        const std::string name = (ads.size() > 1 ? base + '_' + std::to_string(i) : base) + ".png";
        save(target, m_root / m_step / "gt_image" / name);
        save(ads[i].image, m_root / m_step / "pr_image" / name);
        save(product, m_root / m_step / "trans_image" / name);
        save(imaging::compose(ads[i].image, cutout, side), m_root / m_step / "fusion_image" / name);
        rows[0].push_back(target);
        rows[1].push_back(ads[i].image);
        rows[2].push_back(imaging::onWhite(product));
    }
    writeSheet(base, rows);
    writeFileAtomically(layoutFile(record.number), layoutJson(record, ads));
}

void BatchTree::writeSheet(const std::string& name, const std::vector<std::vector<Image>>& rows)
{
    const fs::path folder = m_root / (m_step + "_batch");
    makeFolder(folder / name);
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t column = 0; column < rows[row].size(); ++column)
            save(rows[row][column],
                 folder / name / (std::to_string(row) + '_' + std::to_string(column) + ".png"));
    save(sheet(rows), folder / (name + ".png"));
}

std::string BatchTree::titleOf(std::int64_t number) const
{
    constexpr std::size_t largestLayout = 4U << 20U;
    const auto title = guarded([&] {
        const auto layout = readJsonFile(layoutFile(number), largestLayout);
        return layout.at("pr_title").at(0).get<std::string>();
    });
    return title ? *title : std::string();
}

void BatchTree::writeResults(const std::vector<BatchResult>& results) const
{
    std::string text = "\xEF\xBB\xBFnumber,user,product,state,title_or_reason,picture\r\n";
    for (const BatchResult& result : results) {
        const bool there = result.state != "failed";
        const std::string picture
            = there ? m_step + "/fusion_image/" + std::to_string(result.number - 1) + ".png" : "";
        text += std::to_string(result.number);
        for (const std::string& cell :
             { result.user, result.product, result.state, result.text, picture })
            text += ',' + csvQuoted(withoutFormula(cell));
        text += "\r\n";
    }
    writeFileAtomically(m_root / "results.csv", text);
}

void BatchTree::writeReport(const std::string& json)
{
    writeFileAtomically(m_root / "report.json", json);
}

} // namespace adtailor::cli
