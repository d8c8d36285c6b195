// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/ad_export.h>

#include <algorithm>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

constexpr int exitDiffers = 10;

std::vector<Option> options()
{
    std::vector<Option> list{
        { "request", "FILE",
          "The saved ad or request with the pictures that an exported file leaves out" },
        { "read", "", "Show what the file says; make nothing" }
    };
    const auto more = engineOptionList();
    list.insert(list.end(), more.begin(), more.end());
    list.push_back({ "json", "", "Write progress and results as JSON lines" });
    return list;
}

Provenance provenanceOfSavedAd(const AdFile& ad)
{
    return makeProvenance(ad.request.request, ad.ad, ad.model);
}

// The request with its pictures: those of the saved ad, or those of --request.
GenerationRequest wholeRequest(const Provenance& record, const std::optional<AdFile>& saved,
                               const std::optional<fs::path>& file)
{
    GenerationRequest pictures;
    if (saved)
        pictures = saved->request.request;
    else if (file)
        pictures = valueOrThrow(readRequest(*file)).request;
    else if (!record.cutout.empty() || record.historyItems > 0)
        throw Failure(ErrorCode::InvalidInput,
                      "An exported file holds no pictures and no history; give the saved ad it "
                      "comes from with --request AD.json.");
    return valueOrThrow(restoredRequest(record, pictures));
}

int showRecord(const Provenance& record, Console& console)
{
    const GenerationRequest& request = record.request;
    console.result(record.title + "\nmodel " + record.modelName + ' ' + record.modelHash + "\nseed "
                       + std::to_string(record.seed) + "\nproduct " + request.brief.product.title
                       + "\nhistory " + std::to_string(record.historyItems)
                       + " items, not in the file\ntokens " + record.tokens,
                   "{\"event\":\"record\",\"title\":" + jsonQuoted(record.title)
                       + ",\"model_hash\":" + jsonQuoted(record.modelHash)
                       + ",\"seed\":" + std::to_string(record.seed)
                       + ",\"history_items\":" + std::to_string(record.historyItems)
                       + ",\"token_digest\":" + jsonQuoted(record.tokens) + "}");
    return 0;
}

int compare(const Provenance& record, const std::vector<Ad>& ads, Console& console)
{
    const auto ad = std::ranges::find(ads, record.seed, &Ad::seed);
    if (ad == ads.end())
        throw Failure(ErrorCode::FileCorrupt,
                      "The record of the ad contradicts itself: its seed is not in its batch.");
    const bool same = tokenDigest(*ad) == record.tokens;
    console.result(same ? "The same ad: all tokens are equal."
                        : "Another ad: its tokens differ. Made again, it says \"" + ad->title
                           + "\". Another device, precision or build of the arithmetic does that.",
                   "{\"event\":\"verified\",\"same\":" + std::string(same ? "true" : "false")
                       + ",\"title\":" + jsonQuoted(ad->title)
                       + ",\"token_digest\":" + jsonQuoted(tokenDigest(*ad)) + "}");
    return same ? 0 : exitDiffers;
}

int verify(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(1);
    if (arguments.positionals().empty())
        throw Failure(ErrorCode::InvalidInput,
                      "Name an exported picture or the record of a saved ad; see adtailor verify "
                      "--help.");
    const fs::path file = arguments.positionals().front();
    std::optional<AdFile> saved;
    if (file.extension() == ".json")
        saved = valueOrThrow(readAd(file));
    const Provenance record
        = saved ? provenanceOfSavedAd(*saved) : valueOrThrow(readProvenance(file));
    if (arguments.has("read"))
        return showRecord(record, context.console);
    const GenerationRequest request = wholeRequest(record, saved, arguments.path("request"));
    const Engine engine = loadEngine(arguments, context);
    if (engine.info().hash != record.modelHash)
        throw Failure(ErrorCode::ModelMismatch,
                      "The ad was made with model " + record.modelHash.substr(0, 12)
                          + ", and this is " + engine.info().hash.substr(0, 12)
                          + "; choose it with --model.");
    const auto ads = valueOrThrow(engine.generate(request, watchedJob(context)));
    return compare(record, ads, context.console);
}

} // namespace

Command verifyCommand()
{
    CommandHelp help{ .name = "verify",
                      .usage = "verify FILE [OPTIONS]",
                      .summary = "Make an exported or saved ad again and compare its tokens.",
                      .options = options(),
                      .examples = { "verify out/ad-42.json",
                                    "verify lamp_meta-story.jpg --request out/ad-42.json",
                                    "verify lamp_meta-story.jpg --read" } };
    return { help, verify };
}

} // namespace adtailor::cli
