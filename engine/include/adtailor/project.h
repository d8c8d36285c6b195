// ProjectStore: a project on disk: one folder with a database (project.db) and pictures that are
// named by their content (images/).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/generation.h>
#include <adtailor/model.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace adtailor {

// What lists show of an ad; small, so that thousands fit in memory.
struct AdSummary
{
    std::int64_t number = 0; // from 1, never used twice in a project
    std::int64_t created = 0; // milliseconds since 1970, UTC
    std::int64_t trashed = 0; // the same; 0: not in the trash
    std::string state; // "draft", "done"; later stages may add words of their own
    std::string title;
    std::string product; // as lists name it
    std::string personId; // empty: made without history
    std::string person; // name
    std::uint64_t seed = 0;
    bool starred = false;
    std::vector<std::string> tags; // sorted
    std::string thumbnail; // name of a picture of the project; empty: none
};

struct AdRecord
{
    AdSummary summary;
    GenerationRequest request;
    Ad ad; // `image` as the model drew it; rows that were never drawn may be clear
    ModelInfo model;
    double drawn = 1; // finished share of the picture
    std::string finish; // the studio's own text about words, channels and state; empty: none
    Image thumbnail; // written with the record; left empty when it is read
};

struct AdFilter
{
    enum class Order { Newest, Oldest, Title };
    // Words that must all occur in title, product, person or tags; any language, parts of words.
    std::string text;
    std::optional<std::string> personId; // "" = made without history
    std::optional<std::string> product;
    std::optional<std::string> tag;
    std::optional<std::string> state;
    bool starred = false; // only those
    bool trashed = false; // the trash instead of the others
    std::int64_t from = 0; // created at or after; 0: any
    std::int64_t until = 0; // created before; 0: any
    Order order = Order::Newest;
};

// The values that ads outside of the trash have, each with how many have it, the most first.
struct AdFacets
{
    struct Value
    {
        std::string key; // id of a person; else the same as `name`
        std::string name;
        std::int64_t ads = 0;
    };
    std::vector<Value> persons, products, tags, states;
    std::int64_t ads = 0;
    std::int64_t trashed = 0;
};

// One batch of ads that is asked for. A job that was running when the program ended is Waiting
// again when the project is opened; after `mostAttempts` starts it is Failed.
struct QueuedJob
{
    enum class State { Waiting, Running, Failed, Held }; // held: paused by itself
    static constexpr int mostAttempts = 2;
    std::int64_t id = 0; // from 1
    State state = State::Waiting;
    int attempts = 0; // starts
    std::string product, personId, person; // as AdSummary
    std::string error; // why it failed
    GenerationRequest request;
};

struct ProjectSummary
{
    std::string session; // the session's text; empty: none yet
    std::int64_t ads = 0;
    std::int64_t waiting = 0; // jobs
};

// One object is the only owner of a project; its functions may be called from one thread at a time.
// Errors: FileCorrupt for a damaged or newer database (which is left as it is), DiskFull,
// InvalidInput for a place that cannot be written or a project that is open elsewhere. What a
// function has answered without error is on the disk.
class ProjectStore
{
public:
    // Creates the folder and the database when there are none.
    static Result<ProjectStore> open(const std::filesystem::path& folder);
    // What a list of projects shows; does not change the folder.
    static Result<ProjectSummary> peek(const std::filesystem::path& folder);
    static bool exists(const std::filesystem::path& folder);
    ProjectStore(ProjectStore&&) noexcept;
    ProjectStore& operator=(ProjectStore&&) noexcept;
    ~ProjectStore();

    const std::filesystem::path& folder() const;

    // All of `work` or nothing. Calls inside may throw what their Results hold.
    Result<void> together(const std::function<void()>& work);

    // The studio's own text (brief, settings, ...).
    Result<void> saveSession(const std::string& text);
    Result<std::string> session(); // empty: none yet

    // Pictures, by content: the same picture twice is one file.
    Result<std::string> savePicture(const Image& picture);
    Result<Image> picture(const std::string& name) const;
    std::filesystem::path picturePath(const std::string& name) const;
    static std::filesystem::path picturePath(const std::filesystem::path& folder,
                                             const std::string& name);

    Result<void> saveAd(const AdRecord& record); // replaces one of the same number
    Result<AdRecord> ad(std::int64_t number);
    Result<std::int64_t> lastNumber(); // of all ads ever saved; 0: none
    Result<std::vector<std::int64_t>> findAds(const AdFilter& filter);
    // In the order asked for; numbers that are not there are left out.
    Result<std::vector<AdSummary>> summaries(std::span<const std::int64_t> numbers);
    Result<AdFacets> facets();
    Result<void> starAd(std::int64_t number, bool starred);
    Result<void> tagAd(std::int64_t number, const std::vector<std::string>& tags);
    Result<void> finishAd(std::int64_t number, const std::string& finish); // AdRecord::finish
    Result<void> trashAd(std::int64_t number, std::int64_t when); // 0: restores
    Result<void> setAdState(std::int64_t number, const std::string& state);
    // Removes for good what was trashed before `when`, with pictures that nothing else shows.
    Result<std::int64_t> emptyTrash(std::int64_t when);

    Result<std::vector<QueuedJob>> jobs(); // in their order
    Result<void> saveJob(const QueuedJob& job); // replaces one of the same id; new ones come last
    Result<void> removeJob(std::int64_t id);
    Result<void> orderJobs(std::span<const std::int64_t> ids);

    // Every trace of a person: their ads and jobs, the pictures of their clicks. No byte of it
    // stays in the project's folder.
    Result<std::int64_t> adsOfPerson(const std::string& personId);
    Result<void> erasePerson(const std::string& personId);

private:
    struct Parts;
    explicit ProjectStore(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace adtailor
