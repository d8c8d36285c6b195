// JsonWriter and JsonReader: walk over the fields of a struct and turn them into JSON and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/failure.h"
#include "core/json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <concepts>
#include <filesystem>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adtailor {

// Every struct has one function template `fields(archive, value)` that names its members once, for
// both directions; every enum has `enumNames(value)`: the texts of its values, in their order.

template<typename T>
concept NamedEnum = std::is_enum_v<T> && requires(T value)
{
    enumNames(value);
};
template<typename T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;

// The double that prints as the shortest text of `value`: 0.7, not 0.699999988.
inline double shortestDouble(float value)
{
    std::array<char, 32> text{};
    double result = value;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    std::from_chars(text.data(), end, result);
    return result;
}

class JsonWriter
{
public:
    explicit JsonWriter(const ImageWriter& images)
        : m_images(images)
    {
    }

    template<typename T> void operator()(const char* name, const T& member)
    {
        m_object[name] = value(member);
    }
    template<typename T>
    void operator()(const char* name, const std::optional<T>& member) // absent when empty
    {
        if (member)
            m_object[name] = value(*member);
    }

    template<typename T> nlohmann::json value(const T& member)
    {
        if constexpr (NamedEnum<T>)
            return enumNames(member)[static_cast<std::size_t>(member)];
        else if constexpr (std::same_as<T, float>)
            return shortestDouble(member);
        else if constexpr (std::same_as<T, std::filesystem::path>)
            return member.generic_string();
        else if constexpr (std::same_as<T, Image>)
            return member.isEmpty() ? nlohmann::json() : m_images(member);
        else if constexpr (std::is_arithmetic_v<T> || std::same_as<T, std::string>)
            return member;
        else
            return object(member);
    }
    template<typename T> nlohmann::json value(const std::vector<T>& list)
    {
        auto array = nlohmann::json::array();
        for (const T& item : list)
            array.push_back(value(item));
        return array;
    }

private:
    template<typename T> nlohmann::json object(const T& member)
    {
        JsonWriter writer(m_images);
        fields(writer, const_cast<T&>(member)); // fields() serves both directions; we only read
        return std::move(writer.m_object);
    }

    const ImageWriter& m_images;
    nlohmann::json m_object = nlohmann::json::object();
};

// A missing field keeps its default; an unknown one is refused, because it is a typing mistake.
class JsonReader
{
public:
    // path: where `json` stands in the whole text, for the sentences; empty = the whole.
    JsonReader(const nlohmann::json& json, std::string path, const ImageReader& images)
        : m_json(json)
        , m_path(std::move(path))
        , m_images(images)
    {
        if (!m_json.is_object())
            refuse(m_path, "is not an object");
    }

    template<typename T> void operator()(const char* name, T& member)
    {
        m_known.insert(name);
        if (const auto found = m_json.find(name); found != m_json.end())
            read(*found, join(name), member);
    }
    template<typename T> void operator()(const char* name, std::optional<T>& member)
    {
        m_known.insert(name);
        const auto found = m_json.find(name);
        if (found != m_json.end() && !found->is_null())
            read(*found, join(name), member.emplace());
    }

    void refuseUnknownFields() const
    {
        for (const auto& [name, value] : m_json.items()) {
            if (!m_known.contains(name))
                refuse(join(name.substr(0, 80)), "is not a field that is known here");
        }
    }

    [[noreturn]] static void refuse(const std::string& path, const std::string& reason)
    {
        throw Failure(ErrorCode::InvalidInput,
                      (path.empty() ? std::string("The JSON") : '"' + path + '"') + ' ' + reason
                          + ".");
    }

private:
    static constexpr std::size_t longestList = 100'000;

    std::string join(const std::string& name) const
    {
        return m_path.empty() ? name : m_path + '.' + name;
    }

    template<typename T> void read(const nlohmann::json& json, const std::string& path, T& member)
    {
        if constexpr (NamedEnum<T>) {
            readEnum(json, path, member);
        } else if constexpr (std::same_as<T, bool>) {
            member = json.is_boolean() ? json.get<bool>()
                                       : (refuse(path, "is not true or false"), false);
        } else if constexpr (Integer<T>) {
            readInteger(json, path, member);
        } else if constexpr (std::floating_point<T>) {
            if (!json.is_number())
                refuse(path, "is not a number");
            member = json.get<T>();
            if (!(member >= std::numeric_limits<T>::lowest()
                  && member <= std::numeric_limits<T>::max()))
                refuse(path, "is too large a number");
        } else if constexpr (std::same_as<T, std::string>) {
            if (!json.is_string())
                refuse(path, "is not a text");
            member = json.get_ref<const std::string&>();
        } else if constexpr (std::same_as<T, std::filesystem::path>) {
            if (!json.is_string())
                refuse(path, "is not a path");
            member = json.get_ref<const std::string&>();
        } else if constexpr (std::same_as<T, Image>) {
            member = json.is_null() ? Image() : m_images(json, path);
        } else {
            JsonReader reader(json, path, m_images);
            fields(reader, member);
            reader.refuseUnknownFields();
        }
    }

    template<typename T>
    void read(const nlohmann::json& json, const std::string& path, std::vector<T>& list)
    {
        if (!json.is_array())
            refuse(path, "is not a list");
        if (json.size() > longestList)
            refuse(path, "has more than " + std::to_string(longestList) + " entries");
        list.resize(json.size());
        for (std::size_t i = 0; i < list.size(); ++i)
            read(json[i], path + '[' + std::to_string(i) + ']', list[i]);
    }

    template<typename T>
    static void readInteger(const nlohmann::json& json, const std::string& path, T& member)
    {
        if (!json.is_number_integer())
            refuse(path, "is not a whole number");
        const bool fits = json.is_number_unsigned() ? std::in_range<T>(json.get<std::uint64_t>())
                                                    : std::in_range<T>(json.get<std::int64_t>());
        if (!fits)
            refuse(path, "is out of range");
        member = json.get<T>();
    }

    template<typename T>
    static void readEnum(const nlohmann::json& json, const std::string& path, T& member)
    {
        std::string choices;
        std::size_t index = 0;
        for (const std::string_view name : enumNames(member)) {
            if (json.is_string() && json.get_ref<const std::string&>() == name) {
                member = static_cast<T>(index);
                return;
            }
            choices += (index++ ? ", " : "") + std::string(name);
        }
        refuse(path, "is not one of: " + choices);
    }

    const nlohmann::json& m_json;
    std::string m_path;
    const ImageReader& m_images;
    std::set<std::string, std::less<>> m_known;
};

} // namespace adtailor
