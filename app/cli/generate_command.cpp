// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "engine_options.h"
#include "product_file.h"
#include "request_options.h"

#include <adtailor/ad_files.h>
#include <adtailor/samples.h>

#include <cstdio>
#include <cstdlib>

namespace adtailor::cli {

namespace {

std::vector<Option> options()
{
    std::vector<Option> list{
        { "cutout", "FILE", "Picture of the product, best a PNG with transparency" },
        { "description", "TEXT", "What the product is, in plain words" },
        { "point", "TEXT", "A selling point; the title uses only these", true },
        { "history", "PATH", "Ads the person clicked: persona.json or a folder of pictures" },
        { "sample", "", "Take the shipped product and a fictional person" },
        { "persona", "ID", "With --sample: which of the fictional people" },
        { "request", "FILE", "Take everything from a request.json, or from a saved ad-SEED.json" },
        { "max-ratio", "X",
          "Longer side of the product as a share of the picture (default: 0.55)" },
        { "ground", "X", "Foot of the product from the top, as a share (default: 0.8)" },
        { "as-placed", "", "The cutout's canvas is the picture; leave the product where it is" },
        { "out", "FOLDER", "Where the ads go (default: out)" }
    };
    for (const auto& more : { requestOptionList(), engineOptionList() })
        list.insert(list.end(), more.begin(), more.end());
    list.push_back({ "json", "", "Write progress and results as JSON lines" });
    return list;
}

RequestFile sampleRequest(const Arguments& arguments, const Context& context)
{
    const std::filesystem::path folder = context.resources / "samples";
    const Sample sample = valueOrThrow(loadSample(folder));
    const std::string id = arguments.textOr("persona", "");
    RequestFile file;
    for (const SamplePersona& persona : sample.personas) {
        if (!id.empty() && persona.id != id)
            continue;
        file = valueOrThrow(readHistory(folder / persona.id)); // with the files of its pictures
        file.request.brief.product = sample.product;
        return file;
    }
    throw Failure(ErrorCode::InvalidInput, "There is no sample person \"" + id + "\".");
}

// What the sample and the request file leave open, or what the options override.
void applyBrief(const Arguments& arguments, const Context& context, RequestFile& file)
{
    Product& product = file.request.brief.product;
    if (const auto path = arguments.path("cutout")) {
        const ProductPlacement defaults;
        product.cutout
            = readProduct(*path,
                          { .maxRatio = arguments.numberOr("max-ratio", defaults.maxRatio),
                            .ground = arguments.numberOr("ground", defaults.ground),
                            .asPlaced = arguments.has("as-placed") },
                          &context.console);
    }
    if (const auto description = arguments.text("description"))
        product.title = *description;
    if (arguments.has("point"))
        product.sellingPoints = arguments.all("point");
    if (const auto path = arguments.path("history")) {
        RequestFile history = valueOrThrow(readHistory(*path));
        file.request.brief.history = std::move(history.request.brief.history);
        file.historyFiles = std::move(history.historyFiles);
    }
    if (product.cutout.isEmpty())
        throw Failure(ErrorCode::InvalidInput,
                      "No product picture: give --cutout FILE, or --sample "
                      "to try the shipped one.");
}

RequestFile requestOf(const Arguments& arguments, const Context& context)
{
    if (arguments.has("sample") && arguments.has("request"))
        throw Failure(ErrorCode::InvalidInput, "Give --sample or --request, not both.");
    RequestFile file;
    if (arguments.has("sample"))
        file = sampleRequest(arguments, context);
    else if (const auto path = arguments.path("request"))
        file = valueOrThrow(readRequest(*path));
    applyBrief(arguments, context, file);
    applyRequestOptions(arguments, file.request);
    return file;
}

void showAd(const Ad& ad, const AdFiles& files, Console& console)
{
    console.result(files.composite.string() + "  " + ad.title,
                   "{\"event\":\"ad\",\"seed\":" + std::to_string(ad.seed) + ",\"title\":"
                       + jsonQuoted(ad.title) + ",\"file\":" + jsonQuoted(files.composite.string())
                       + ",\"record\":" + jsonQuoted(files.record.string()) + "}");
}

void showTimings(const std::vector<Ad>& ads, Console& console)
{
    const Timings& t = ads.front().timings;
    std::size_t imageTokens = 0;
    for (const Ad& ad : ads)
        imageTokens += ad.imageTokens.size();
    char plain[256];
    std::snprintf(plain, sizeof plain,
                  "%zu ads in %.1f s: history %.2f, titles %.2f, pictures %.2f (%.0f tokens/s), "
                  "pixels %.2f; first token after %.2f s",
                  ads.size(), t.preference + t.title + t.image + t.decode, t.preference, t.title,
                  t.image, t.image > 0 ? imageTokens / t.image : 0.0, t.decode, t.firstToken);
    char json[256];
    std::snprintf(json, sizeof json,
                  "{\"event\":\"done\",\"ads\":%zu,\"preference\":%.4f,\"title\":%.4f,"
                  "\"image\":%.4f,\"decode\":%.4f,\"firstToken\":%.4f}",
                  ads.size(), t.preference, t.title, t.image, t.decode, t.firstToken);
    console.result(plain, json);
}

int generate(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(0);
    const std::filesystem::path folder = arguments.path("out").value_or("out");
    const RequestFile request = requestOf(arguments, context);
    const Engine engine = loadEngine(arguments, context);
    const auto ads = valueOrThrow(engine.generate(request.request, watchedJob(context)));
    for (const Ad& ad : ads)
        showAd(ad, valueOrThrow(saveAd(folder, request, ad, engine.info())), context.console);
    showTimings(ads, context.console);
    return 0;
}

} // namespace

Command generateCommand()
{
    CommandHelp help{ .name = "generate",
                      .usage = "generate [OPTIONS]",
                      .summary = "Make ads for one product and one person.",
                      .options = options(),
                      .examples
                      = { "generate --sample --count 4 --out out",
                          "generate --cutout shoe.png --description \"White running shoe\" "
                          "--point \"light sole\" --point breathable --history persona.json",
                          "generate --request out/ad-42.json --out again",
                          "generate --sample --title \"Run light\" --seed 7" } };
    return { help, generate };
}

} // namespace adtailor::cli
