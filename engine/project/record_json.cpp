// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/record_json.h"

#include "core/failure.h"
#include "core/json.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace adtailor {

namespace {

constexpr std::size_t rememberedBytes = 128U << 20U;

std::string dumped(const nlohmann::json& json)
{
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string stringOf(const nlohmann::json& value, const std::string& path)
{
    if (!value.is_string())
        throw Failure(ErrorCode::FileCorrupt, "The project's record has no picture at " + path);
    return value.get<std::string>();
}

} // namespace

void RecordJson::remember(const std::string& name, const Image& image)
{
    if (m_knownBytes + image.byteCount() > rememberedBytes) {
        m_known.clear();
        m_knownBytes = 0;
    }
    if (m_known.emplace(name, image).second)
        m_knownBytes += image.byteCount();
}

std::string RecordJson::nameOf(const Image& image)
{
    const auto known = std::find_if(m_known.begin(), m_known.end(), [&image](const auto& entry) {
        return entry.second.data() == image.data();
    });
    if (known != m_known.end())
        return known->first;
    std::string name = m_pictures.addPng(image);
    remember(name, image);
    return name;
}

Image RecordJson::imageOf(const std::string& name)
{
    if (const auto known = m_known.find(name); known != m_known.end())
        return known->second;
    Image image = m_pictures.read(name);
    remember(name, image);
    return image;
}

std::string RecordJson::textOf(const GenerationRequest& request)
{
    return dumped(
        toJson(request, [this](const Image& image) { return nlohmann::json(nameOf(image)); }));
}

std::string RecordJson::textOf(const AdRecord& record)
{
    const auto names = [this](const Image& image) { return nlohmann::json(nameOf(image)); };
    return dumped({ { "request", toJson(record.request, names) },
                    { "ad", toJson(record.ad, names) },
                    { "model", toJson(record.model, {}) } });
}

GenerationRequest RecordJson::requestOf(const std::string& text)
{
    return fromJson<GenerationRequest>(
        parseStrictJson(text, "A job of the project"),
        [this](const auto& value, const auto& path) { return imageOf(stringOf(value, path)); });
}

void RecordJson::read(const std::string& text, AdRecord& record)
{
    const nlohmann::json json = parseStrictJson(text, "An ad of the project");
    const auto pictures = [this](const nlohmann::json& value, const std::string& path) {
        return imageOf(stringOf(value, path));
    };
    for (const char* part : { "request", "ad", "model" })
        if (!json.is_object() || !json.contains(part))
            throw Failure(ErrorCode::FileCorrupt,
                          std::string("An ad of the project lacks \"") + part + "\".");
    record.request = fromJson<GenerationRequest>(json["request"], pictures);
    record.ad = fromJson<Ad>(json["ad"], pictures);
    record.model = fromJson<ModelInfo>(json["model"], {});
}

void collectPictureNames(const std::string& text, std::set<std::string>& names)
{
    const auto isDigit = [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    };
    std::size_t run = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && isDigit(text[at])) {
            ++run;
            continue;
        }
        if (const std::string_view word(text.data() + at - run, run); isPictureName(word))
            names.emplace(word);
        run = 0;
    }
}

} // namespace adtailor
