// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/strict_json.h"

#include "core/failure.h"
#include "core/input_file.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace adtailor {

namespace {

using nlohmann::json;

class TreeBuilder final : public nlohmann::json_sax<json>
{
public:
    explicit TreeBuilder(const JsonLimits& limits)
        : m_limits(limits)
    {
    }

    json& root() { return m_root; }
    const std::string& error() const { return m_error; }

    bool null() override { return add(nullptr) != nullptr; }
    bool boolean(bool value) override { return add(value) != nullptr; }
    bool number_integer(number_integer_t value) override { return add(value) != nullptr; }
    bool number_unsigned(number_unsigned_t value) override { return add(value) != nullptr; }
    bool number_float(number_float_t value, const string_t&) override
    {
        return add(value) != nullptr;
    }
    bool string(string_t& value) override
    {
        return fits(value) && add(std::move(value)) != nullptr;
    }
    bool binary(binary_t&) override { return fail("binary values are not allowed"); }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        if (!fits(name))
            return false;
        const auto [place, isNew] = m_open.back()->emplace(name, nullptr);
        m_slot = &*place;
        return isNew || fail("the key \"" + name.substr(0, 80) + "\" appears twice");
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override
    {
        return fail("it is not valid JSON at byte " + std::to_string(position));
    }

private:
    bool fail(const std::string& reason)
    {
        m_error = reason;
        return false;
    }

    bool fits(const std::string& text)
    {
        return text.size() <= m_limits.stringBytes || fail("a text in it is too long");
    }

    // Puts the value at its place; nullptr when there are too many.
    json* add(json value)
    {
        if (++m_count > m_limits.values) {
            fail("it holds more than " + std::to_string(m_limits.values) + " values");
            return nullptr;
        }
        if (m_open.empty())
            return &(m_root = std::move(value));
        if (m_open.back()->is_array()) {
            m_open.back()->push_back(std::move(value));
            return &m_open.back()->back();
        }
        return &(*m_slot = std::move(value));
    }

    bool open(json container)
    {
        if (static_cast<int>(m_open.size()) >= m_limits.depth)
            return fail("it is nested more than " + std::to_string(m_limits.depth)
                        + " levels deep");
        json* place = add(std::move(container));
        if (place != nullptr)
            m_open.push_back(place);
        return place != nullptr;
    }

    bool close()
    {
        m_open.pop_back();
        return true;
    }

    const JsonLimits& m_limits;
    json m_root;
    std::vector<json*> m_open; // from the root to the innermost object or list
    json* m_slot = nullptr; // where the value of the last key goes
    std::size_t m_count = 0;
    std::string m_error;
};

} // namespace

json parseStrictJson(std::string_view text, const std::string& what, const JsonLimits& limits)
{
    TreeBuilder builder(limits);
    if (!json::sax_parse(text.begin(), text.end(), &builder))
        throw Failure(ErrorCode::FileCorrupt,
                      what + " cannot be read: " + builder.error()
                          + ". Correct it or get it again.");
    return std::move(builder.root());
}

json readJsonFile(const std::filesystem::path& file, std::size_t maximumBytes)
{
    return parseStrictJson(readTextFile(file, maximumBytes), file.string());
}

} // namespace adtailor
