// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"
#include "pbs_files.h"
#include "picture_folder.h"

#include <adtailor/imaging.h>
#include <adtailor/jpeg.h>

#include <algorithm>
#include <cstdio>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t picturesInMemory = 32;

struct PictureSize
{
    int width = 0, height = 0;
    bool sameShape(const PictureSize& other) const
    {
        return std::int64_t(width) * other.height == std::int64_t(height) * other.width;
    }
};

class PbsRun
{
public:
    PbsRun(const Arguments& arguments, const Context& context)
        : m_context(context)
        , m_job(watchedJob(context))
        , m_jpeg(arguments.has("jpeg"))
        , m_model(load(arguments, context))
    {
    }

    Image picture(const fs::path& file) const
    {
        Image image = valueOrThrow(imaging::load(file));
        return m_jpeg ? valueOrThrow(imaging::jpegRoundTrip(image)) : image;
    }

    // Pictures that cannot be read are reported and left out.
    PbsTable featuresOf(const PictureFolder& folder)
    {
        PbsTable table;
        std::vector<Image> pictures;
        for (const auto& [id, file] : folder) {
            throwIfCancelled(m_job);
            const auto loaded = guarded([&, &path = file] { return picture(path); });
            if (!loaded) {
                warn(loaded.error().detail + " It is left out.");
                continue;
            }
            m_sizes[file.string()] = { loaded->width(), loaded->height() };
            pictures.push_back(*loaded);
            table.ids.push_back(id);
            if (pictures.size() == picturesInMemory)
                flush(pictures, table);
        }
        flush(pictures, table);
        if (table.ids.empty())
            throw Failure(ErrorCode::FileCorrupt,
                          "None of the pictures of " + folder.begin()->second.parent_path().string()
                              + " can be read. Name a folder of whole pictures.");
        return table;
    }

    DifferenceMap map(const Image& left, const Image& right) const
    {
        return valueOrThrow(m_model.differenceMap(left, right, { .stop = m_job.stop }));
    }

    void warn(const std::string& sentence)
    {
        m_context.console.warn(sentence);
        m_isPartial = true;
    }

    PictureSize sizeOf(const fs::path& file) const { return m_sizes.at(file.string()); }
    const BackgroundModelInfo& model() const { return m_model.info(); }
    bool isPartial() const { return m_isPartial; }
    bool savesAsJpeg() const { return m_jpeg; }

private:
    static BackgroundSimilarity load(const Arguments& arguments, const Context& context)
    {
        EngineOptions options;
        options.device = arguments.textOr("device", options.device);
        options.threads = static_cast<int>(arguments.integerOr("threads", 0));
        if (options.threads < 0 || options.threads > 1024)
            throw Failure(ErrorCode::InvalidInput, "--threads must lie between 0 and 1024.");
        const fs::path path = arguments.path("model").value_or(context.resources / "pbs_mini");
        return valueOrThrow(BackgroundSimilarity::load(path, options, watchedJob(context)));
    }

    void flush(std::vector<Image>& pictures, PbsTable& table)
    {
        for (BackgroundFeature& feature :
             valueOrThrow(m_model.features(pictures, { .stop = m_job.stop })))
            table.features.push_back(std::move(feature));
        pictures.clear();
    }

    const Context& m_context;
    JobControl m_job;
    bool m_jpeg;
    BackgroundSimilarity m_model;
    std::map<std::string, PictureSize> m_sizes;
    bool m_isPartial = false;
};

// What of `folder` has no partner in `other` is reported.
void reportUnpaired(PbsRun& run, const PictureFolder& folder, const PictureFolder& other,
                    const fs::path& folderName, const fs::path& otherName)
{
    std::vector<std::string> alone;
    for (const auto& [id, file] : folder) {
        if (!other.contains(id))
            alone.push_back(id);
    }
    if (!alone.empty())
        run.warn(std::to_string(alone.size()) + " of the pictures of " + folderName.string()
                 + " have no partner of the same name in " + otherName.string() + ": "
                 + someNames(alone) + ". They are left out.");
}

void requireSomePairs(const PictureFolder& ads, const PictureFolder& references,
                      const fs::path& adsName, const fs::path& referencesName)
{
    if (std::ranges::any_of(ads, [&](const auto& ad) { return references.contains(ad.first); }))
        return;
    const auto names = [](const PictureFolder& folder) {
        std::vector<std::string> ids;
        for (const auto& item : folder)
            ids.push_back(item.first);
        return someNames(ids);
    };
    throw Failure(ErrorCode::InvalidInput,
                  "No picture of " + adsName.string() + " (" + names(ads)
                      + ") has the name of one in " + referencesName.string() + " ("
                      + names(references)
                      + "). Name each ad as its reference; extensions may differ.");
}

struct Pairs
{
    std::vector<PbsScore> scores;
    std::vector<std::string> ofOtherShape; // ids
};

Pairs scorePairs(const PbsRun& run, const PbsTable& ads, const PbsTable& references,
                 const PictureFolder& adFiles, const PictureFolder& referenceFiles)
{
    Pairs pairs;
    for (std::size_t i = 0, j = 0; i < ads.ids.size(); ++i) { // both are sorted
        while (j < references.ids.size() && references.ids[j] < ads.ids[i])
            ++j;
        if (j == references.ids.size() || references.ids[j] != ads.ids[i])
            continue;
        const std::string& id = ads.ids[i];
        pairs.scores.push_back({ id, backgroundScore(ads.features[i], references.features[j]) });
        if (!run.sizeOf(adFiles.at(id)).sameShape(run.sizeOf(referenceFiles.at(id))))
            pairs.ofOtherShape.push_back(id);
    }
    if (pairs.scores.empty())
        throw Failure(ErrorCode::FileCorrupt,
                      "No pair has two readable pictures. Save the pictures again.");
    return pairs;
}

void showSummary(const MeanEstimate& s, const fs::path& file, Console& console)
{
    char plain[200], numbers[200];
    std::snprintf(
        plain, sizeof plain,
        "PBS of %lld pairs: mean %.6f, standard deviation %.6f, lowest %.6f, highest %.6f",
        static_cast<long long>(s.count), s.mean, s.deviation, s.smallest, s.largest);
    std::snprintf(numbers, sizeof numbers,
                  ",\"pairs\":%lld,\"mean\":%.6f,\"standardDeviation\":%.6f,\"minimum\":%.6f,"
                  "\"maximum\":%.6f}",
                  static_cast<long long>(s.count), s.mean, s.deviation, s.smallest, s.largest);
    console.result(std::string(plain) + "; each in " + file.string() + ".",
                   "{\"event\":\"pbs\",\"file\":" + jsonQuoted(file.string()) + numbers);
}

void makeFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Failure(ErrorCode::InvalidInput,
                      "The folder " + folder.string() + " cannot be made (" + error.message()
                          + "). Choose another place with --out.");
}

// Computes everything first, so that a failure leaves nothing half written.
void comparePairs(PbsRun& run, const PbsTable& ads, const PictureFolder& adFiles,
                  const std::vector<std::string>& folders, const fs::path& out,
                  const Arguments& arguments, const Context& context)
{
    PictureFolder referenceFiles = listPictures(folders[1]);
    requireSomePairs(adFiles, referenceFiles, folders[0], folders[1]);
    reportUnpaired(run, adFiles, referenceFiles, folders[0], folders[1]);
    reportUnpaired(run, referenceFiles, adFiles, folders[1], folders[0]);
    std::erase_if(referenceFiles, [&](const auto& item) { return !adFiles.contains(item.first); });
    const PbsTable references = run.featuresOf(referenceFiles);
    const Pairs pairs = scorePairs(run, ads, references, adFiles, referenceFiles);
    if (!pairs.ofOtherShape.empty())
        context.console.warn(
            std::to_string(pairs.ofOtherShape.size()) + " pairs have pictures of different shape: "
            + someNames(pairs.ofOtherShape) + ". PBS compares the square centre of each.");
    std::vector<double> values;
    for (const PbsScore& score : pairs.scores)
        values.push_back(score.score);
    const MeanEstimate summary = estimateMean(values);
    makeFolder(out);
    writeScores(out / "pbs.csv", pairs.scores);
    writeSummary(out / "summary.json", summary, run.model(), run.savesAsJpeg());
    showSummary(summary, out / "pbs.csv", context.console);
    if (!arguments.has("maps"))
        return;
    for (const PbsScore& score : pairs.scores) {
        const Image ad = run.picture(adFiles.at(score.id));
        writeMap(out / "maps", score.id, ad, run.map(ad, run.picture(referenceFiles.at(score.id))));
    }
}

int runPbs(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(2);
    const std::vector<std::string>& folders = arguments.positionals();
    const auto out = arguments.path("out");
    const auto history = arguments.path("history");
    if (folders.empty() || !out)
        throw Failure(ErrorCode::InvalidInput,
                      "Give the folder of ads, that of references, and --out FOLDER; see adtailor "
                      "pbs --help.");
    if (folders.size() == 1 && !arguments.has("matrix") && !history)
        throw Failure(ErrorCode::InvalidInput,
                      "With one folder give --matrix, --history FOLDER or both; else name the "
                      "folder of references as well.");
    if (folders.size() == 1 && arguments.has("maps"))
        throw Failure(ErrorCode::InvalidInput,
                      "--maps compares pairs: name the folder of references as well.");
    const PictureFolder adFiles = listPictures(folders[0]);
    const PictureFolder historyFiles = history ? listPictures(*history) : PictureFolder();
    PbsRun run(arguments, context);
    const PbsTable ads = run.featuresOf(adFiles);
    const PbsTable clicked = history ? run.featuresOf(historyFiles) : PbsTable();
    if (folders.size() == 2)
        comparePairs(run, ads, adFiles, folders, *out, arguments, context);
    makeFolder(*out);
    if (arguments.has("matrix"))
        writeMatrix(*out, "ads", ads, ads);
    if (history)
        writeMatrix(*out, "history", ads, clicked);
    if (arguments.has("matrix") || history)
        context.console.result("The matrices are in " + out->string() + ".",
                               "{\"event\":\"done\",\"out\":" + jsonQuoted(out->string()) + "}");
    return run.isPartial() ? exitPartial : 0;
}

} // namespace

Command pbsCommand()
{
    CommandHelp help{
        .name = "pbs",
        .usage = "pbs ADS [REFERENCES] --out FOLDER [OPTIONS]",
        .summary = "Score how alike the backgrounds of ads are (Product Background Similarity).",
        .options
        = { { "out", "FOLDER",
              "Gets pbs.csv (filename,pbs) and summary.json: mean, sample standard deviation, "
              "lowest, highest. Pictures of ADS and REFERENCES are paired by their names without "
              "extension. Exit code 9: some had no partner or could not be read" },
            { "matrix", "", "Also ads.csv and ads.json: PBS of every two ads" },
            { "history", "FOLDER",
              "Also history.csv and history.json: PBS of every ad with every picture of it" },
            { "maps", "", "Also maps/: where the backgrounds of each pair differ, PNG and JSON" },
            { "model", "PATH",
              "A vit_base_with_compress checkpoint, .pth or .safetensors, or its folder (default: "
              "pbs-mini)" },
            { "jpeg", "", "Save each picture as JPEG first, as the public tool does" },
            { "device", "NAME", "cpu, cuda or cuda:1 (default: cpu)" },
            { "threads", "N", "CPU threads (default: physical cores)" },
            { "json", "", "Write progress and results as JSON lines" } },
        .examples = { "pbs out/test/hico_p2i_250/0/fusion_image clicked --out scores",
                      "pbs ads --matrix --history clicked --out scores" }
    };
    return { help, runPbs };
}

} // namespace adtailor::cli
