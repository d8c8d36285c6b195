// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/config_fields.h"

#include "core/failure.h"

namespace adtailor {

using nlohmann::json;

namespace {

constexpr std::int64_t largestSize = 1 << 20;

} // namespace

void refuseField(const std::string& key, const std::string& why)
{
    throw Failure(ErrorCode::FileCorrupt,
                  "config.json: \"" + key + "\" " + why
                      + ". Use the file that came with the model.");
}

Fields::Fields(const json& source, std::string path)
    : m_source(source)
    , m_path(std::move(path))
{
    if (!source.is_object())
        refuseField(m_path, "is not an object");
}

void Fields::operator()(const char* key, std::int64_t& value) const
{
    const json& field = at(key);
    if (!field.is_number_integer() || field.is_number_float())
        refuseField(m_path + key, "is not a whole number");
    value = field.get<std::int64_t>();
    if (value < 0 || value > largestSize)
        refuseField(m_path + key, "is out of range");
}

void Fields::operator()(const char* key, double& value) const
{
    if (!at(key).is_number())
        refuseField(m_path + key, "is not a number");
    value = at(key).get<double>();
}

void Fields::operator()(const char* key, bool& value) const
{
    if (!at(key).is_boolean())
        refuseField(m_path + key, "is not true or false");
    value = at(key).get<bool>();
}

void Fields::operator()(const char* key, std::string& value) const
{
    if (!at(key).is_string())
        refuseField(m_path + key, "is not a text");
    value = at(key).get<std::string>();
}

void Fields::operator()(const char* key, std::vector<std::int64_t>& value) const
{
    const json& field = at(key);
    if (!field.is_array() || field.empty() || field.size() > 8)
        refuseField(m_path + key, "is not a list of 1 to 8 numbers");
    value.clear();
    for (const json& item : field) {
        if (!item.is_number_integer() || item.get<std::int64_t>() < 1
            || item.get<std::int64_t>() > 64)
            refuseField(m_path + key, "holds something other than small whole numbers");
        value.push_back(item.get<std::int64_t>());
    }
}

void Fields::operator()(const char* key, std::vector<std::string>& value) const
{
    const json& field = at(key);
    if (!field.is_array() || field.size() > 256)
        refuseField(m_path + key, "is not a list of at most 256 texts");
    value.clear();
    for (const json& item : field) {
        if (!item.is_string() || item.get_ref<const std::string&>().size() > 100)
            refuseField(m_path + key, "holds something other than short texts");
        value.push_back(item.get<std::string>());
    }
}

bool Fields::has(const char* key) const
{
    const auto found = m_source.find(key);
    return found != m_source.end() && !found->is_null();
}

const json& Fields::at(const char* key) const
{
    const auto found = m_source.find(key);
    if (found == m_source.end())
        refuseField(m_path + key, "is missing");
    return *found;
}

} // namespace adtailor
