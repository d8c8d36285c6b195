// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/atomic_folder.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"
#include "study/rater_check.h"
#include "study/study_state.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t preferencePictureBytes = 64U << 20U;

struct PairTally
{
    double first = 0, second = 0, votes = 0; // ties are for neither
};

// By item, then the two sources, the smaller first.
using PairTallies = std::map<std::tuple<int, int, int>, PairTally>;

PairTallies tallied(const std::vector<Compared>& comparisons)
{
    PairTallies tallies;
    for (const Compared& one : comparisons) {
        const bool swapped = one.first > one.second;
        PairTally& tally = tallies[{ one.item, std::min(one.first, one.second),
                                     std::max(one.first, one.second) }];
        tally.first += one.won == (swapped ? 0 : 1);
        tally.second += one.won == (swapped ? 1 : 0);
        ++tally.votes;
    }
    return tallies;
}

class PreferenceWriter
{
public:
    PreferenceWriter(const StudyPlan& plan, fs::path folder)
        : m_plan(plan)
        , m_folder(std::move(folder))
    {
        fs::create_directories(m_folder / studyPictureFolder);
    }

    void add(int itemNumber, int chosen, int rejected, double margin, double votes)
    {
        const StudyItem& item = m_plan.items[static_cast<std::size_t>(itemNumber)];
        const StudyAd &won = item.ads[static_cast<std::size_t>(chosen)],
                      &lost = item.ads[static_cast<std::size_t>(rejected)];
        std::string words;
        for (const std::string& point : item.sellingPoints)
            words += (words.empty() ? "" : ",") + point;
        nlohmann::ordered_json line{ { "f_path", copied(won.picture) },
                                     { "gt_title_cn", won.title },
                                     { "sku_title_cn", item.product },
                                     { "word_list", words } };
        if (const auto cutout = copied(item.cutout); !cutout.empty())
            line["f_path_trans"] = cutout;
        addHistory(item, line);
        line["rejected_f_path"] = copied(lost.picture);
        line["rejected_title"] = lost.title;
        line["votes"] = votes;
        line["margin"] = margin;
        line["prompt"] = item.product + (words.empty() ? "" : " | " + words);
        line["chosen"] = won.title;
        line["rejected"] = lost.title;
        m_lines
            += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
        ++m_count;
    }

    std::int64_t finish() const
    {
        writeFileAtomically(m_folder / "preferences.jsonl", m_lines);
        return m_count;
    }

private:
    // History pictures may have been deleted since; the clicks without one are left out.
    void addHistory(const StudyItem& item, nlohmann::ordered_json& line)
    {
        auto images = nlohmann::ordered_json::array(), titles = images;
        for (const StudyAd& click : item.history) {
            if (const auto picture = copied(click.picture); !picture.empty()) {
                images.push_back(picture);
                titles.push_back(click.title);
            }
        }
        line["history_images"] = images;
        line["history_titles"] = titles;
    }

    // The path in the set, under the picture's hash; empty when there is none.
    std::string copied(const fs::path& picture)
    {
        std::error_code error;
        if (picture.empty() || !fs::is_regular_file(picture, error))
            return {};
        std::string& path = m_copies[picture.native()];
        if (path.empty()) {
            const auto bytes = readFile(picture, preferencePictureBytes);
            path = std::string(studyPictureFolder) + '/' + sha256Hex(bytes)
                + picture.extension().string();
            if (!fs::exists(m_folder / path))
                writeFileAtomically(m_folder / path, bytes);
        }
        return path;
    }

    const StudyPlan& m_plan;
    fs::path m_folder;
    std::map<std::string, std::string> m_copies;
    std::string m_lines;
    std::int64_t m_count = 0;
};

std::int64_t writePreferences(const StudyPlan& plan, const PairTallies& tallies,
                              const fs::path& folder)
{
    PreferenceWriter writer(plan, folder);
    for (const auto& [key, tally] : tallies) {
        const auto& [item, first, second] = key;
        const double margin = (tally.first - tally.second) / tally.votes;
        if (tally.first > tally.votes / 2)
            writer.add(item, first, second, margin, tally.votes);
        else if (tally.second > tally.votes / 2)
            writer.add(item, second, first, -margin, tally.votes);
    }
    const std::int64_t count = writer.finish();
    if (count == 0)
        throw Failure(ErrorCode::InvalidInput,
                      "No pair has a clear majority, so there is nothing to train on yet; collect "
                      "more votes.");
    return count;
}

} // namespace

Result<std::int64_t> exportPreferences(const StudyFolder& study, const fs::path& folder,
                                       bool leaveOutFlagged)
{
    return guarded([&] {
        const StudyPlan& plan = study.plan();
        if (plan.question == StudyQuestion::Rating)
            throw Failure(ErrorCode::InvalidInput,
                          "Ratings of single ads name no winner; a preference set needs pairs or "
                          "best and worst.");
        requireEmptyFolder(folder, "a preference set gets a folder of its own; name a new one.");
        std::vector<std::string> notes;
        const auto raters = readRaters(study, notes);
        std::set<int> leftOut;
        for (std::size_t r = 0; leaveOutFlagged && r < raters.size(); ++r) {
            if (!raterResult(plan, raters[r]).flags.empty())
                leftOut.insert(static_cast<int>(r));
        }
        const auto tallies = tallied(comparisonsOf(plan.question, countedVotes(raters, leftOut)));
        std::int64_t count = 0;
        writeFolderAtomically(folder, [&](const fs::path& unfinished) {
            count = writePreferences(plan, tallies, unfinished);
        });
        return count;
    });
}

} // namespace adtailor
