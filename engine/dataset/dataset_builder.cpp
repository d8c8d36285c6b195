// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "dataset/record_writer.h"
#include "dataset/scene_check.h"
#include "dataset/user_story.h"

#include <adtailor/dataset.h>

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

constexpr int maximumUsers = 10'000'000;

// One split: its file, its users and its target products.
struct Part
{
    const char* split;
    std::uint64_t firstUser; // far apart: no user is in two splits
    int users;
    std::int64_t DatasetReport::*records;
    int DatasetReport::*products;
};

class Builder
{
public:
    Builder(const DatasetOptions& options, const JobControl& job)
        : m_options(options)
        , m_job(job)
        , m_catalogue(readCatalogue(options.source))
    {
        m_total = std::int64_t{ options.trainUsers } + options.validUsers + options.testUsers;
    }

    DatasetReport build()
    {
        dropBadScenes(m_catalogue, m_options.checkPictures, m_report.dropped, m_job);
        m_report.scenes = static_cast<int>(m_catalogue.scenes.size());
        AtomicFile tastes(m_options.out / "tastes.jsonl");
        constexpr std::uint64_t apart = 1ULL << 32U;
        write({ "train", 0, m_options.trainUsers, &DatasetReport::trainRecords,
                &DatasetReport::trainProducts },
              tastes);
        write({ "valid", apart, m_options.validUsers, &DatasetReport::validRecords,
                &DatasetReport::validProducts },
              tastes);
        write({ "test", 2 * apart, m_options.testUsers, &DatasetReport::testRecords,
                &DatasetReport::testProducts },
              tastes);
        tastes.commit();
        m_statistics.fill(m_report);
        writeReport();
        return m_report;
    }

private:
    void write(const Part& part, AtomicFile& tastes)
    {
        const std::vector<int> targets = m_catalogue.productsOf(part.split);
        m_report.*part.products = static_cast<int>(targets.size());
        if (part.users > 0 && targets.empty())
            throw Failure(ErrorCode::InvalidInput,
                          std::string("The catalogue has no ") + part.split
                              + " products. Ask for 0 users of it.");
        const StoryTeller teller(m_catalogue, m_options.seed, m_options.plainTastes);
        AtomicFile file(m_options.out / (std::string(part.split) + ".json"));
        file.write("[");
        for (int i = 0; i < part.users; ++i) {
            throwIfCancelled(m_job);
            const UserStory story = teller.tell(part.firstUser + i, targets);
            const std::string reason = problemOf(story, m_catalogue);
            if (!reason.empty()) {
                ++m_report.dropped[reason];
            } else {
                file.write(m_report.*part.records == 0 ? "\n" : ",\n");
                ++(m_report.*part.records);
                file.write(recordJson(story, m_catalogue, m_statistics));
                tastes.write(tasteJson(story, m_catalogue, part.split, m_report.*part.records)
                             + "\n");
            }
            reportProgress();
        }
        file.write("\n]\n");
        file.commit();
    }

    void reportProgress()
    {
        constexpr std::int64_t stride = 100;
        ++m_done;
        if (!m_job.report || (m_done % stride != 0 && m_done != m_total))
            return;
        Progress progress;
        progress.stage = Stage::Data;
        progress.done = m_done;
        progress.total = m_total;
        m_job.report(progress);
    }

    void writeReport() const
    {
        std::error_code error;
        const auto root = std::filesystem::relative(m_catalogue.sceneFolder, m_options.out, error);
        const nlohmann::ordered_json json{
            { "name", "PAd-open" },
            { "seed", m_options.seed },
            { "image_root", root.generic_string() }, // from this file's folder
            { "records",
              { { "train", m_report.trainRecords },
                { "valid", m_report.validRecords },
                { "test", m_report.testRecords } } },
            { "target_products",
              { { "train", m_report.trainProducts },
                { "valid", m_report.validProducts },
                { "test", m_report.testProducts } } },
            { "scenes", m_report.scenes },
            { "mean_history", m_report.meanHistory },
            { "noise_share", m_report.noiseShare },
            { "english_share", m_report.englishShare },
            { "group_share", m_report.groupShare },
            { "group_share_of_similar", m_report.groupShareOfSimilar },
            { "dropped", m_report.dropped },
        };
        writeFileAtomically(m_options.out / "report.json", json.dump(2) + "\n");
    }

    DatasetOptions m_options;
    const JobControl& m_job;
    Catalogue m_catalogue;
    DatasetReport m_report;
    StoryStatistics m_statistics;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
};

void checkOptions(const DatasetOptions& options)
{
    for (const int users : { options.trainUsers, options.validUsers, options.testUsers }) {
        if (users < 0 || users > maximumUsers)
            throw Failure(ErrorCode::InvalidInput,
                          "The number of users must be between 0 and "
                              + std::to_string(maximumUsers) + ".");
    }
    if (options.out.empty())
        throw Failure(ErrorCode::InvalidInput, "Name a folder for the data set.");
}

} // namespace

Result<DatasetReport> buildDataset(const DatasetOptions& options, const JobControl& job)
{
    return guarded([&] {
        checkOptions(options);
        Builder builder(options, job);
        std::error_code error;
        std::filesystem::create_directories(options.out, error);
        if (error)
            throw Failure(ErrorCode::InvalidInput,
                          "Cannot create the folder " + options.out.string() + ": "
                              + error.message() + ".");
        return builder.build();
    });
}

} // namespace adtailor
