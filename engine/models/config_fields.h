// Fields: reads config.json field by field; every refusal names the key.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace adtailor {

[[noreturn]] void refuseField(const std::string& key, const std::string& why);

// `source` must outlive it.
class Fields
{
public:
    // path: of the object in the file, "" or "vq."
    Fields(const nlohmann::json& source, std::string path);

    // Each fills `value`, or refuses what is missing, of another type or beyond any sane size.
    void operator()(const char* key, std::int64_t& value) const;
    void operator()(const char* key, double& value) const;
    void operator()(const char* key, bool& value) const;
    void operator()(const char* key, std::string& value) const;
    void operator()(const char* key, std::vector<std::int64_t>& value) const;
    void operator()(const char* key, std::vector<std::string>& value) const;

    // Keeps `value` when the key is missing or null.
    template<typename T> void optional(const char* key, T& value) const
    {
        if (has(key))
            (*this)(key, value);
    }
    bool has(const char* key) const;
    Fields child(const char* key) const { return { at(key), m_path + key + "." }; }

private:
    const nlohmann::json& at(const char* key) const;

    const nlohmann::json& m_source;
    std::string m_path;
};

} // namespace adtailor
