// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/paths.h"
#include "core/strict_json.h"

#include <adtailor/channels.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace adtailor {

namespace {

using nlohmann::json;

constexpr std::size_t channelFileBytes = 1U << 20U;
constexpr std::size_t mostChannels = 200;
constexpr std::size_t longestText = 200; // bytes
constexpr double largestSafeShare = 0.4;

// One channel of the file; every sentence says which and where.
class ChannelReader
{
public:
    ChannelReader(const json& object, std::string where)
        : m_object(object)
        , m_where(std::move(where))
    {
        if (!object.is_object())
            refuse("", "is not an object");
    }

    Channel read()
    {
        Channel channel;
        channel.id = text("id", true);
        channel.name = text("name", true);
        channel.width = number("width", 16, 4096);
        channel.height = number("height", 16, 4096);
        constexpr int mostBytes = 64 << 20;
        channel.minimumBytes = static_cast<std::size_t>(number("minimum_bytes", 0, mostBytes, 0));
        channel.maximumBytes
            = static_cast<std::size_t>(number("maximum_bytes", 1024, mostBytes, mostBytes));
        channel.kinds = kinds();
        channel.text = flag("text", true);
        channel.logo = flag("logo", true);
        channel.white = flag("white", false);
        channel.safe = safeArea();
        channel.headlineLetters = number("headline_letters", 0, 10'000, 0);
        channel.minimumLetter = number("minimum_letter", 0, 400, 0);
        channel.source = text("source", false);
        check(channel);
        return channel;
    }

private:
    [[noreturn]] void refuse(const std::string& name, const std::string& problem) const
    {
        throw Failure(ErrorCode::InvalidInput,
                      m_where + (name.empty() ? "" : ": \"" + name + '"') + ' ' + problem
                          + ". Correct the file, or remove it to use the shipped channels.");
    }

    const json* member(const char* name)
    {
        m_known.insert(name);
        const auto found = m_object.find(name);
        return found == m_object.end() ? nullptr : &*found;
    }

    std::string text(const char* name, bool needed)
    {
        const json* value = member(name);
        if (value == nullptr && !needed)
            return {};
        if (value == nullptr || !value->is_string()
            || value->get_ref<const std::string&>().size() > longestText
            || (needed && value->get_ref<const std::string&>().empty()))
            refuse(name, "must be a text of 1 to 200 bytes");
        return value->get<std::string>();
    }

    // fallback: of a number that may be missing
    int number(const char* name, int least, int most, std::optional<int> fallback = {})
    {
        const json* value = member(name);
        if (value == nullptr && fallback)
            return *fallback;
        if (value == nullptr || !value->is_number_integer() || *value < least || *value > most)
            refuse(name,
                   "must be a whole number from " + std::to_string(least) + " to "
                       + std::to_string(most));
        return value->get<int>();
    }

    bool flag(const char* name, bool fallback)
    {
        const json* value = member(name);
        if (value != nullptr && !value->is_boolean())
            refuse(name, "must be true or false");
        return value == nullptr ? fallback : value->get<bool>();
    }

    std::vector<FileKind> kinds()
    {
        const json* list = member("kinds");
        if (list == nullptr || !list->is_array() || list->empty() || list->size() > 3)
            refuse("kinds", "must list png, jpeg or webp");
        std::vector<FileKind> kinds;
        for (const json& kind : *list) {
            if (kind != "png" && kind != "jpeg" && kind != "webp")
                refuse("kinds", "must list png, jpeg or webp");
            kinds.push_back(kind == "png"        ? FileKind::Png
                                : kind == "jpeg" ? FileKind::Jpeg
                                                 : FileKind::WebP);
        }
        return kinds;
    }

    SafeArea safeArea()
    {
        const json* list = member("safe");
        if (list == nullptr)
            return {};
        std::array<double, 4> sides{};
        bool sound = list->is_array() && list->size() == sides.size();
        for (std::size_t i = 0; sound && i < sides.size(); ++i) {
            sound = (*list)[i].is_number() && (*list)[i] >= 0 && (*list)[i] <= largestSafeShare;
            if (sound)
                sides[i] = (*list)[i].get<double>();
        }
        if (!sound)
            refuse("safe", "must be four shares from 0 to 0.4: top, right, bottom, left");
        return { sides[0], sides[1], sides[2], sides[3] };
    }

    void check(const Channel& channel) const
    {
        const auto plain = [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')
                || letter == '-';
        };
        if (channel.id.size() > 40 || !std::ranges::all_of(channel.id, plain))
            refuse("id", "must be 1 to 40 small letters, digits or -");
        if (channel.minimumBytes > channel.maximumBytes)
            refuse("minimum_bytes", "is larger than maximum_bytes");
        for (const auto& [name, value] : m_object.items())
            if (!m_known.contains(name))
                refuse(name.substr(0, 40), "is not known");
    }

    const json& m_object;
    std::string m_where;
    std::set<std::string> m_known;
};

ChannelSet channelsOf(const json& file, const std::string& name)
{
    if (!file.is_object() || file.value("format", json()) != "adtailor-channels"
        || file.value("version", json()) != 1)
        throw Failure(ErrorCode::FileCorrupt,
                      name + " is not a file of channels (format adtailor-channels, version 1).");
    const json date = file.value("date", json());
    const json list = file.value("channels", json());
    if (!date.is_string() || date.get_ref<const std::string&>().size() > 40 || !list.is_array()
        || list.empty() || list.size() > mostChannels)
        throw Failure(ErrorCode::FileCorrupt,
                      name + " needs a \"date\" and \"channels\", a list of 1 to 200.");
    ChannelSet set{ .date = date.get<std::string>(), .channels = {} };
    for (const json& object : list) {
        const std::string where = name + ", channel " + std::to_string(set.channels.size() + 1);
        Channel channel = ChannelReader(object, where).read();
        if (set.find(channel.id) != nullptr)
            throw Failure(ErrorCode::InvalidInput,
                          where + ": the id \"" + channel.id + "\" stands twice. Change one.");
        set.channels.push_back(std::move(channel));
    }
    return set;
}

bool isText(const PlacedLayer& layer)
{
    return layer.kind != PlacedLayer::Kind::Logo;
}

class Linter
{
public:
    Linter(const Channel& channel, const PictureFacts& picture, std::vector<LintFinding>& findings)
        : m_channel(channel)
        , m_picture(picture)
        , m_findings(findings)
    {
    }

    void lint(const PlacedLayer& layer)
    {
        if (isText(layer) && !m_channel.text)
            return add(LintRule::TextNotAllowed, true, layer); // the rest would not matter
        if (!isText(layer) && !m_channel.logo)
            return add(LintRule::LogoNotAllowed, true, layer);
        const double right = layer.left + layer.width, bottom = layer.top + layer.height;
        constexpr double slack = 0.5; // a pixel is not split
        if (layer.left < -slack || layer.top < -slack || right > m_channel.width + slack
            || bottom > m_channel.height + slack)
            add(LintRule::OutsidePicture, true, layer);
        else if (layer.left < m_channel.safe.left * m_channel.width - slack
                 || layer.top < m_channel.safe.top * m_channel.height - slack
                 || right > m_channel.width * (1 - m_channel.safe.right) + slack
                 || bottom > m_channel.height * (1 - m_channel.safe.bottom) + slack)
            add(LintRule::OutsideSafeArea, false, layer);
        if (layer.left < m_picture.left + m_picture.width - slack && right > m_picture.left + slack
            && layer.top < m_picture.top + m_picture.height - slack
            && bottom > m_picture.top + slack)
            add(LintRule::CoversProduct, false, layer);
        if (isText(layer))
            lintText(layer);
    }

private:
    void lintText(const PlacedLayer& layer)
    {
        if (!layer.fits)
            add(LintRule::DoesNotFit, true, layer);
        if (layer.kind == PlacedLayer::Kind::Headline && m_channel.headlineLetters > 0
            && layer.letters > m_channel.headlineLetters)
            add(LintRule::HeadlineTooLong, false, layer, layer.letters, m_channel.headlineLetters);
        if (layer.letterSize > 0 && layer.letterSize < m_channel.minimumLetter)
            add(LintRule::LetterTooSmall, false, layer, layer.letterSize, m_channel.minimumLetter);
        const double needed
            = neededContrast(layer.letterSize, layer.kind == PlacedLayer::Kind::Headline);
        if (layer.contrast < needed)
            add(LintRule::LowContrast, false, layer, layer.contrast, needed);
    }

    void add(LintRule rule, bool blocks, const PlacedLayer& layer, double measured = 0,
             double needed = 0)
    {
        m_findings.push_back({ rule, blocks, layer.id, measured, needed });
    }

    const Channel& m_channel;
    const PictureFacts& m_picture;
    std::vector<LintFinding>& m_findings;
};

} // namespace

const Channel* ChannelSet::find(const std::string& id) const
{
    const auto found = std::ranges::find(channels, id, &Channel::id);
    return found == channels.end() ? nullptr : &*found;
}

Result<ChannelSet> readChannels(const std::filesystem::path& file)
{
    return guarded([&] { return channelsOf(readJsonFile(file, channelFileBytes), file.string()); });
}

std::filesystem::path channelFile(const std::filesystem::path& resources)
{
    const std::filesystem::path own = userDataFolder() / "channels.json";
    std::error_code error;
    return std::filesystem::exists(own, error) ? own : resources / "channels.json";
}

double neededContrast(double letterSize, bool bold)
{
    return letterSize >= 24 || (bold && letterSize >= 18.66) ? 3.0 : 4.5;
}

std::vector<LintFinding> lintPicture(const Channel& channel, const std::vector<PlacedLayer>& layers,
                                     const PictureFacts& picture)
{
    std::vector<LintFinding> findings;
    if (channel.white && !picture.whiteGround)
        findings.push_back({ .rule = LintRule::NeedsWhite, .blocks = true, .layer = {} });
    Linter linter(channel, picture, findings);
    for (const PlacedLayer& layer : layers)
        linter.lint(layer);
    std::ranges::stable_sort(findings, std::greater(), &LintFinding::blocks);
    return findings;
}

} // namespace adtailor
