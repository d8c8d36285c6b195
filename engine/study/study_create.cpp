// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/atomic_folder.h"
#include "core/counter_rng.h"
#include "core/failure.h"
#include "core/sha256.h"
#include "core/strict_json.h"
#include "study/broken_ad.h"
#include "study/plan_check.h"
#include "study/plan_json.h"
#include "study/study_state.h"

#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t catchAds = 10; // different broken ads; they come round again after that
constexpr std::uint64_t catchStream = 0x202;

// Copies pictures under the hash of what they show, so that name, age, text and format tell
// nothing. Each file is read once, however often the plan names it.
class PictureCopies
{
public:
    PictureCopies(fs::path folder, std::int64_t total, const JobControl& job)
        : m_folder(std::move(folder))
        , m_total(total)
        , m_job(job)
    {
    }

    fs::path copy(const fs::path& from)
    {
        throwIfCancelled(m_job);
        auto& name = m_names[from.native()];
        if (name.empty())
            name = save(valueOrThrow(imaging::load(from)));
        if (m_job.report)
            m_job.report({ .stage = Stage::Data, .done = ++m_done, .total = m_total });
        return fs::path(studyPictureFolder) / name;
    }

    fs::path copyBroken(const fs::path& from, std::uint64_t seed)
    {
        throwIfCancelled(m_job);
        return fs::path(studyPictureFolder)
            / save(brokenPicture(valueOrThrow(imaging::load(from)), seed));
    }

private:
    std::string save(const Image& picture)
    {
        const auto bytes = valueOrThrow(imaging::encodePng(picture));
        const std::string name = sha256Hex(bytes) + ".png";
        if (!fs::exists(m_folder / name))
            writeFileAtomically(m_folder / name, bytes);
        return name;
    }

    fs::path m_folder;
    std::int64_t m_total, m_done = 0;
    const JobControl& m_job;
    std::map<std::string, std::string> m_names;
};

void addCatches(StudyPlan& plan, PictureCopies& pictures)
{
    plan.catches.clear();
    if (plan.catchEvery == 0)
        return;
    std::vector<int> items(plan.items.size());
    std::iota(items.begin(), items.end(), 0);
    CounterRng rng(plan.seed, catchStream);
    for (std::size_t i = 0; i < std::min(catchAds, items.size()); ++i) {
        std::swap(items[i], items[i + rng.below(items.size() - i)]);
        const auto& ads = plan.items[static_cast<std::size_t>(items[i])].ads;
        const StudyAd& whole = ads[i % ads.size()];
        plan.catches.push_back(
            { items[i], { pictures.copyBroken(whole.picture, plan.seed + i), whole.title } });
    }
}

std::string randomSalt()
{
    std::random_device random;
    std::string salt;
    for (int i = 0; i < 8; ++i)
        salt += std::to_string(random());
    return salt;
}

std::string dumped(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

void writeFrozen(const fs::path& folder, const StudyPlan& plan)
{
    json hidden = originJson(plan);
    hidden["salt"] = randomSalt(); // the seal cannot be guessed by trying labels
    const std::string origin = dumped(hidden);
    // Read again, so that the hash is over what a reader will see.
    const json frozen
        = json::parse(dumped(json{ { "plan", openJson(plan) }, { "seal", sha256Hex(origin) } }));
    const json whole{ { "format", "adtailor-study" },
                      { "format_version", 1 },
                      { "hash", sha256Hex(frozen.dump()) },
                      { "part", 0 },
                      { "plan", frozen } };
    writeFileAtomically(folder / studyOriginFile, origin);
    writeFileAtomically(folder / studyPlanFile, whole.dump());
}

void makeAbsolute(StudyPlan& plan, const fs::path& base)
{
    const auto absolute = [&](fs::path& path) {
        if (!path.empty() && path.is_relative())
            path = base / path;
    };
    for (StudyItem& item : plan.items) {
        absolute(item.cutout);
        for (StudyAd& ad : item.ads)
            absolute(ad.picture);
        for (StudyAd& ad : item.history)
            absolute(ad.picture);
    }
}

} // namespace

Result<StudyFolder> StudyFolder::create(const fs::path& folder, const StudyPlan& plan,
                                        const JobControl& job)
{
    const auto made = guarded([&] {
        checkPlan(plan, true);
        requireEmptyFolder(folder, "a study gets a folder of its own; name a new one.");
        writeFolderAtomically(folder, [&](const fs::path& unfinished) {
            fs::create_directories(unfinished / studyPictureFolder);
            fs::create_directories(unfinished / studyVoteFolder);
            StudyPlan frozen = plan;
            makeAbsolute(frozen, fs::current_path());
            PictureCopies pictures(
                unfinished / studyPictureFolder,
                static_cast<std::int64_t>(plan.items.size() * plan.sources.size()), job);
            addCatches(frozen, pictures);
            for (StudyItem& item : frozen.items) {
                for (StudyAd& ad : item.ads)
                    ad.picture = pictures.copy(ad.picture);
            }
            writeFrozen(unfinished, frozen);
        });
    });
    if (!made)
        return made.error();
    return open(folder);
}

Result<void> saveStudyPlan(const StudyPlan& plan, const fs::path& file)
{
    return guarded([&] {
        writeFileAtomically(file,
                            planJson(plan).dump(2, ' ', false, json::error_handler_t::replace));
    });
}

Result<StudyPlan> readStudyPlan(const fs::path& file)
{
    return guarded([&] {
        StudyPlan plan = planFromJson(readJsonFile(file, studyPlanBytes));
        makeAbsolute(plan, fs::absolute(file).parent_path());
        return plan;
    });
}

} // namespace adtailor
