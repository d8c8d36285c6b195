// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "study/plan_check.h"

#include <adtailor/evaluation.h>
#include <adtailor/study.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t adRecordBytes = 16U << 20U;
constexpr std::size_t titleFileBytes = 16'384;
constexpr std::size_t mostDraftIssues = 100;

void note(StudyDraft& draft, const std::string& issue)
{
    if (draft.issues.size() < mostDraftIssues)
        draft.issues.push_back(issue);
}

bool isPicture(const fs::path& file)
{
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".png" || ending == ".jpg" || ending == ".jpeg" || ending == ".webp";
}

std::map<std::string, fs::path> picturesIn(const fs::path& folder)
{
    std::error_code error;
    std::map<std::string, fs::path> pictures;
    fs::directory_iterator entry(folder, error);
    if (error)
        throw Failure(ErrorCode::FileNotFound,
                      "The source folder " + folder.string() + " cannot be read: " + error.message()
                          + '.');
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (!isPicture(entry->path()) || !entry->is_regular_file(error))
            continue;
        if (!pictures.emplace(entry->path().stem().string(), entry->path()).second)
            throw Failure(ErrorCode::InvalidInput,
                          folder.string() + " has two pictures called "
                              + entry->path().stem().string()
                              + " with different endings; keep one.");
        if (pictures.size() > mostStudyItems)
            throw Failure(ErrorCode::InvalidInput,
                          folder.string() + " has more than " + std::to_string(mostStudyItems)
                              + " pictures.");
    }
    return pictures;
}

std::string textOf(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

fs::path pathOf(const json& object, const char* name, const fs::path& folder)
{
    const std::string text = textOf(object, name);
    return text.empty() ? fs::path() : (folder / text).lexically_normal();
}

// What the record of a saved ad knows of its brief.
void readBrief(const json& brief, const fs::path& folder, StudyItem& item)
{
    const json product = brief.value("product", json::object());
    item.product = textOf(product, "title");
    item.cutout = pathOf(product, "cutout", folder);
    for (const json& point : product.value("selling_points", json::array())) {
        if (point.is_string())
            item.sellingPoints.push_back(point.get<std::string>());
    }
    for (const json& click : brief.value("history", json::array()))
        item.history.push_back({ pathOf(click, "image", folder), textOf(click, "title") });
}

std::string adTitle(const fs::path& picture, StudyItem& item)
{
    fs::path beside = picture;
    std::error_code error;
    if (fs::is_regular_file(beside.replace_extension(".json"), error)) {
        try {
            const json record = readJsonFile(beside, adRecordBytes);
            if (item.product.empty())
                readBrief(record.at("request").at("brief"), beside.parent_path(), item);
            return textOf(record.at("ad"), "title");
        } catch (const json::exception&) {
            throw Failure(ErrorCode::FileCorrupt,
                          beside.string() + " is not the record of an ad; move it elsewhere.");
        }
    }
    if (!fs::is_regular_file(beside.replace_extension(".txt"), error))
        return {};
    std::string title = readTextFile(beside, titleFileBytes);
    while (!title.empty() && (title.back() == '\n' || title.back() == '\r'))
        title.pop_back();
    return title;
}

StudyDraft folderDraft(const std::vector<LabelledFolder>& sources)
{
    StudyDraft draft;
    std::vector<std::map<std::string, fs::path>> pictures;
    std::map<std::string, std::size_t> counts; // by id: how many sources have it
    for (const LabelledFolder& source : sources) {
        draft.plan.sources.push_back(source.label);
        pictures.push_back(picturesIn(source.folder));
        for (const auto& [id, file] : pictures.back())
            ++counts[id];
    }
    for (const auto& [id, count] : counts) {
        if (count < sources.size()) {
            note(draft,
                 "\"" + id + "\" is left out: " + std::to_string(sources.size() - count)
                     + " of the sources have no picture of it.");
            continue;
        }
        StudyItem item{ .id = id };
        for (const auto& source : pictures)
            item.ads.push_back({ source.at(id), adTitle(source.at(id), item) });
        draft.plan.items.push_back(std::move(item));
    }
    return draft;
}

StudyItem itemOf(const Pad1mRecord& record)
{
    StudyItem item{ .product = record.description,
                    .id = std::to_string(record.number),
                    .person = record.user,
                    .sellingPoints = record.sellingPoints,
                    .cutout = record.cutout };
    for (std::size_t i = 0; i < record.historyImages.size(); ++i)
        item.history.push_back({ record.historyImages[i], record.historyTitles.at(i) });
    return item;
}

} // namespace

Result<StudyDraft> studyFromFolders(const std::vector<LabelledFolder>& sources)
{
    return guarded([&] { return folderDraft(sources); });
}

Result<StudyDraft>
studyFromRecords(const std::vector<Pad1mRecord>& records,
                 const std::vector<std::pair<std::string, SystemOutputs>>& sources)
{
    return guarded([&] {
        StudyDraft draft;
        for (const auto& [label, outputs] : sources)
            draft.plan.sources.push_back(label);
        for (const Pad1mRecord& record : records) {
            StudyItem item = itemOf(record);
            for (const auto& [label, outputs] : sources) {
                const auto found = outputs.items.find(record.number);
                if (found == outputs.items.end())
                    continue;
                const SystemOutput& made = found->second;
                const fs::path picture = made.composed.empty() ? made.drawn : made.composed;
                if (!picture.empty())
                    item.ads.push_back({ picture, made.title.value_or("") });
            }
            if (item.ads.size() == sources.size())
                draft.plan.items.push_back(std::move(item));
            else
                note(draft,
                     "Record " + std::to_string(record.number)
                         + " is left out: " + std::to_string(sources.size() - item.ads.size())
                         + " of the sources have no picture of it.");
        }
        return draft;
    });
}

} // namespace adtailor
