// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/strict_json.h"
#include "dataset/path_guard.h"

#include <adtailor/imaging.h>
#include <adtailor/samples.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace adtailor {

namespace {

using Json = nlohmann::json;

constexpr std::array consents{ "fictional", "given", "not-asked", "withdrawn" };
constexpr std::size_t maximumPersonas = 100;

// Reads fields of one JSON object; every complaint names the file and the field.
class Fields
{
public:
    Fields(const Json& object, std::string where, std::string language)
        : m_object(object)
        , m_where(std::move(where))
        , m_language(std::move(language))
    {
        if (!object.is_object())
            reject("it", "an object");
    }

    const Json& at(const char* field) const
    {
        static const Json null;
        const auto found = m_object.find(field);
        return found != m_object.end() ? *found : null;
    }

    // A plain text, or one per language with English as the fallback.
    const Json& localized(const char* field) const
    {
        const Json& value = at(field);
        if (!value.is_object())
            return value;
        const auto found = value.find(value.contains(m_language) ? m_language : "en");
        return found != value.end() ? *found : value;
    }

    std::string text(const char* field) const { return asText(localized(field), field); }

    std::vector<std::string> texts(const char* field) const
    {
        const Json& value = localized(field);
        if (!value.is_array() || value.size() > limits::sellingPoints)
            reject(field, "a list of at most " + std::to_string(limits::sellingPoints) + " texts");
        std::vector<std::string> all;
        for (const Json& item : value)
            all.push_back(asText(item, field));
        return all;
    }

    const Json& list(const char* field, std::size_t maximum) const
    {
        const Json& value = at(field);
        if (!value.is_array() || value.size() > maximum)
            reject(field, "a list of at most " + std::to_string(maximum) + " entries");
        return value;
    }

    double ratio(const char* field) const
    {
        const Json& value = at(field);
        const double number
            = value.is_number() ? value.get<double>() : (value.is_null() ? 1.0 : 0.0);
        if (!(number > 0 && number <= 1))
            reject(field, "a number above 0 and at most 1");
        return number;
    }

    const std::string& where() const { return m_where; }

private:
    std::string asText(const Json& value, const char* field) const
    {
        if (!value.is_string() || value.get_ref<const std::string&>().size() > limits::titleBytes)
            reject(field, "a text of at most " + std::to_string(limits::titleBytes) + " bytes");
        return value.get<std::string>();
    }

    [[noreturn]] void reject(const std::string& field, const std::string& wanted) const
    {
        throw Failure(ErrorCode::FileCorrupt,
                      m_where + ": " + field + " must be " + wanted + ". Repair the file.");
    }

    const Json& m_object;
    std::string m_where;
    std::string m_language;
};

Image loadImage(PathGuard& guard, const std::string& name)
{
    return valueOrThrow(imaging::load(guard.resolve(name)));
}

SamplePersona readPersona(const std::filesystem::path& folder, const std::string& language)
{
    const std::filesystem::path file = folder / "persona.json";
    const Json json = readJsonFile(file, limits::jsonStringBytes);
    const Fields fields(json, file.string(), language);
    PathGuard guard(folder, true);
    SamplePersona persona;
    persona.id = folder.filename().string();
    persona.name = fields.text("name");
    persona.about = fields.at("about").is_null() ? "" : fields.text("about");
    persona.consent = fields.text("consent");
    if (std::ranges::find(consents, persona.consent) == consents.end())
        throw Failure(ErrorCode::FileCorrupt,
                      file.string()
                          + ": consent must be fictional, given, not-asked or withdrawn.");
    if (persona.consent == "not-asked" || persona.consent == "withdrawn")
        return persona; // without consent nothing of a history is read
    for (const Json& entry : fields.list("history", limits::historyItems)) {
        const Fields item(
            entry, file.string() + ", history item " + std::to_string(persona.history.size() + 1),
            language);
        persona.history.push_back({ loadImage(guard, item.text("image")), item.text("title") });
    }
    return persona;
}

Sample readSample(const std::filesystem::path& folder, const std::string& language)
{
    const std::filesystem::path file = folder / "brief.json";
    const Json json = readJsonFile(file, limits::jsonStringBytes);
    const Fields fields(json, file.string(), language);
    PathGuard guard(folder, true);
    Sample sample;
    sample.name = fields.text("name");
    sample.maxRatio = fields.ratio("max_ratio");
    sample.cutout
        = valueOrThrow(imaging::extractCutout(loadImage(guard, fields.text("cutout")))).image;
    sample.product.title = fields.text("description");
    sample.product.sellingPoints = fields.texts("selling_points");
    sample.product.cutout = imaging::place(sample.cutout, sample.maxRatio);
    for (const Json& entry : fields.list("personas", maximumPersonas)) {
        if (!entry.is_string())
            throw Failure(ErrorCode::FileCorrupt,
                          file.string() + ": personas must hold folder names.");
        const std::filesystem::path inside
            = guard.resolve(entry.get<std::string>() + "/persona.json");
        sample.personas.push_back(readPersona(inside.parent_path(), language));
    }
    return sample;
}

} // namespace

Result<Sample> loadSample(const std::filesystem::path& folder, const std::string& language)
{
    return guarded([&] { return readSample(folder, language); });
}

Result<SamplePersona> loadPersona(const std::filesystem::path& folder, const std::string& language)
{
    return guarded([&] { return readPersona(folder, language); });
}

} // namespace adtailor
