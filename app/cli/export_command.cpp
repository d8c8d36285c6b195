// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"

#include <adtailor/ad_export.h>

#include <algorithm>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

std::vector<Option> options()
{
    return { { "channel", "ID", "A channel of channels.json; all when none is named", true },
             { "channels", "FILE", "Another file of channels" },
             { "list", "", "Show the channels and the date of their numbers" },
             { "name", "PATTERN",
               std::string("Of the files, without ending (default: ") + defaultExportName + ')' },
             { "white", "", "The product on plain white instead of the ad's picture" },
             { "zip", "FILE", "One archive with all files, inside the folder" },
             { "out", "FOLDER", "Where the files go (default: out)" },
             { "json", "", "Write results as JSON lines" } };
}

void showChannels(const ChannelSet& set, Console& console)
{
    if (!console.isJson())
        console.result("Numbers of " + set.date + "; check them before you rely on them.", "");
    for (const Channel& channel : set.channels)
        console.result(channel.id + "  " + channel.name + ", " + std::to_string(channel.width)
                           + " x " + std::to_string(channel.height) + ", at most "
                           + std::to_string(channel.maximumBytes / 1024) + " KB. " + channel.source,
                       "{\"event\":\"channel\",\"id\":" + jsonQuoted(channel.id)
                           + ",\"name\":" + jsonQuoted(channel.name)
                           + ",\"width\":" + std::to_string(channel.width) + ",\"height\":"
                           + std::to_string(channel.height) + ",\"date\":" + jsonQuoted(set.date)
                           + ",\"source\":" + jsonQuoted(channel.source) + "}");
}

std::vector<Channel> chosenChannels(const Arguments& arguments, const ChannelSet& set)
{
    std::vector<Channel> chosen;
    for (const std::string& id : arguments.all("channel")) {
        const Channel* channel = set.find(id);
        if (channel == nullptr)
            throw Failure(ErrorCode::InvalidInput,
                          "There is no channel \"" + id
                              + "\"; adtailor export --list shows them all.");
        if (std::ranges::find(chosen, id, &Channel::id) == chosen.end())
            chosen.push_back(*channel);
    }
    return chosen.empty() ? set.channels : chosen;
}

// A channel that asks for white gets it, so that a whole set can be made at once.
Image pictureFor(const AdFile& ad, const Channel& channel, bool white)
{
    const Image& cutout = ad.request.request.brief.product.cutout;
    const bool onWhite = (white || channel.white) && !cutout.isEmpty();
    const FramePlan plan = planFrame(productBox(cutout), channel.width, channel.height, false);
    return reframe(onWhite ? Image() : ad.ad.image, cutout, plan);
}

class Exporter
{
public:
    Exporter(const Arguments& arguments, const Context& context)
        : m_console(context.console)
        , m_folder(arguments.path("out").value_or("out"))
        , m_pattern(arguments.textOr("name", defaultExportName))
        , m_white(arguments.has("white"))
    {
    }

    // false: the channel's limits cannot be kept; the others go on.
    bool add(const AdFile& ad, const Channel& channel)
    {
        const Provenance record = makeProvenance(ad.request.request, ad.ad, ad.model, channel.id);
        const std::string name = valueOrThrow(exportName(m_pattern, record, channel));
        auto picture = encodeForChannel(pictureFor(ad, channel, m_white), channel, record);
        if (!picture && picture.error().code != ErrorCode::InvalidInput)
            throw Failure(picture.error().code, picture.error().detail);
        if (!picture) {
            m_console.warn(picture.error().detail);
            return false;
        }
        m_files.push_back({ name + fileEnding(picture->kind), std::move(picture->bytes) });
        m_qualities.push_back(picture->quality);
        return true;
    }

    // Nothing is written before all files are made.
    void save(const std::optional<std::string>& zip) const
    {
        std::error_code error;
        fs::create_directories(m_folder, error);
        if (error)
            throw Failure(ErrorCode::InvalidInput,
                          "The folder " + m_folder.string() + " cannot be made: " + error.message()
                              + '.');
        if (zip) {
            valueOrThrow(saveZip(m_folder / *zip, m_files));
            m_console.result((m_folder / *zip).string(),
                             "{\"event\":\"zip\",\"file\":" + jsonQuoted(*zip) + "}");
            return;
        }
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            valueOrThrow(saveExport(m_folder / m_files[i].name, m_files[i].bytes));
            m_console.result((m_folder / m_files[i].name).string() + "  "
                                 + std::to_string(m_files[i].bytes.size()) + " bytes",
                             "{\"event\":\"file\",\"file\":" + jsonQuoted(m_files[i].name)
                                 + ",\"bytes\":" + std::to_string(m_files[i].bytes.size())
                                 + ",\"quality\":" + std::to_string(m_qualities[i]) + "}");
        }
    }

private:
    Console& m_console;
    fs::path m_folder;
    std::string m_pattern;
    bool m_white;
    std::vector<NamedBytes> m_files;
    std::vector<int> m_qualities;
};

int exportAds(const Arguments& arguments, const Context& context)
{
    const fs::path file = arguments.path("channels").value_or(channelFile(context.resources));
    const ChannelSet set = valueOrThrow(readChannels(file));
    if (arguments.has("list")) {
        arguments.allowPositionals(0);
        showChannels(set, context.console);
        return 0;
    }
    if (arguments.positionals().empty())
        throw Failure(ErrorCode::InvalidInput,
                      "Name the record of a saved ad, ad-SEED.json; see adtailor export --help.");
    const std::vector<Channel> channels = chosenChannels(arguments, set);
    Exporter exporter(arguments, context);
    bool whole = true;
    for (const std::string& record : arguments.positionals()) {
        const AdFile ad = valueOrThrow(readAd(record));
        for (const Channel& channel : channels)
            whole = exporter.add(ad, channel) && whole;
    }
    exporter.save(arguments.text("zip"));
    return whole ? 0 : exitPartial;
}

} // namespace

Command exportCommand()
{
    CommandHelp help{ .name = "export",
                      .usage = "export AD.json... [OPTIONS]",
                      .summary = "Lay saved ads out for channels, without words on the picture.",
                      .options = options(),
                      .examples = { "export out/ad-42.json --channel meta-story --channel jd-main "
                                    "--out files",
                                    "export out/ad-*.json --zip all.zip", "export --list" } };
    return { help, exportAds };
}

} // namespace adtailor::cli
