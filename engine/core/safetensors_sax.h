// SafetensorsSax: reads the header's JSON event by event and refuses all but its exact form.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace adtailor {

// No tree is built, so the memory stays below a small multiple of the header's size. The names
// below the first level may come in any order, but only once.
class SafetensorsSax final : public nlohmann::json_sax<nlohmann::json>
{
public:
    struct RawTensor
    {
        std::string name;
        std::string type;
        std::vector<std::uint64_t> shape;
        std::array<std::uint64_t, 2> offsets{};
    };

    std::vector<RawTensor>& tensors() { return m_tensors; }
    std::map<std::string, std::string>& metadata() { return m_metadata; }
    const std::string& error() const { return m_error; }

    bool null() override;
    bool boolean(bool value) override;
    bool number_integer(number_integer_t value) override;
    bool number_unsigned(number_unsigned_t value) override;
    bool number_float(number_float_t value, const string_t& text) override;
    bool string(string_t& value) override;
    bool binary(binary_t& value) override;
    bool start_object(std::size_t elements) override;
    bool key(string_t& name) override;
    bool end_object() override;
    bool start_array(std::size_t elements) override;
    bool end_array() override;
    bool parse_error(std::size_t position, const std::string& token,
                     const nlohmann::detail::exception& exception) override;

private:
    enum class Place { Start, Top, Metadata, Tensor, Shape, Offsets, End };
    enum class Field { None, Type, Shape, Offsets };

    bool fail(const std::string& reason);
    bool beginTensorField(const std::string& name);

    std::vector<RawTensor> m_tensors;
    std::map<std::string, std::string> m_metadata;
    std::unordered_set<std::string> m_names;
    std::set<Field> m_seenFields; // of the current tensor
    std::string m_key;
    std::string m_error;
    Place m_place = Place::Start;
    Field m_field = Field::None;
    std::size_t m_offsetCount = 0;
};

} // namespace adtailor
