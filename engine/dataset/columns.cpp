// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/columns.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace adtailor {

namespace {

constexpr std::size_t maximumFileBytes = 64U << 10U;
constexpr const char* separatorKey = "list_separator";

constexpr std::array<std::string_view, 12> allFields{
    "f_path",       "f_path_trans",   "f_path_white",   "caption",
    "sku_title_cn", "gt_title_cn",    "word_list",      "user_id",
    "max_ratio",    "history_images", "history_titles", "text_similarity",
};
constexpr std::size_t textFields = 8; // the first ones

[[noreturn]] void refuse(const std::string& why)
{
    throw Failure(ErrorCode::InvalidInput, "columns: " + why);
}

std::string knownFields()
{
    std::string text;
    for (const std::string_view field : allFields)
        text += std::string(field) + ", ";
    return text + separatorKey;
}

} // namespace

std::span<const std::string_view> Columns::fields()
{
    return allFields;
}

bool Columns::isText(std::string_view field)
{
    const auto texts = fields().first(textFields);
    return std::ranges::find(texts, field) != texts.end();
}

Columns::Columns(const Pad1mColumns& settings)
{
    for (const auto& [field, column] : settings) {
        if (column.empty())
            refuse("\"" + field.substr(0, 100) + "\" is empty. Name a column or leave it out.");
        if (field == separatorKey)
            m_listSeparator = column;
        else if (std::ranges::find(allFields, field) != allFields.end())
            m_columns[field] = column;
        else
            refuse("there is no field \"" + field.substr(0, 100) + "\". Use " + knownFields()
                   + ".");
    }
    for (const std::string_view field : allFields) {
        const auto [place, isNew] = m_fields.try_emplace(std::string(column(field)), field);
        if (!isNew)
            refuse("the column \"" + place->first + "\" stands for " + place->second + " and "
                   + std::string(field) + ". Give each field a column of its own.");
    }
}

std::string_view Columns::field(std::string_view column) const
{
    const auto found = m_fields.find(column);
    return found != m_fields.end() ? std::string_view(found->second) : std::string_view();
}

std::string_view Columns::column(std::string_view field) const
{
    const auto found = m_columns.find(field);
    return found != m_columns.end() ? std::string_view(found->second) : field;
}

Result<Pad1mColumns> readPad1mColumns(const std::filesystem::path& file)
{
    return guarded([&] {
        const auto source = readJsonFile(file, maximumFileBytes);
        Pad1mColumns columns;
        try {
            source.get_to(columns);
        } catch (const nlohmann::json::exception&) {
            refuse(file.string()
                   + " must be one JSON object of texts, such as {\"f_path\": \"image\"}.");
        }
        static_cast<void>(Columns(columns));
        return columns;
    });
}

} // namespace adtailor
