// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/safetensors_sax.h"

#include "core/limits.h"

namespace adtailor {

bool SafetensorsSax::fail(const std::string& reason)
{
    m_error = reason;
    return false;
}

bool SafetensorsSax::null()
{
    return fail("null is not allowed.");
}
bool SafetensorsSax::boolean(bool)
{
    return fail("true and false are not allowed.");
}
bool SafetensorsSax::number_integer(number_integer_t)
{
    return fail("a number is negative.");
}
bool SafetensorsSax::number_float(number_float_t, const string_t&)
{
    return fail("a number is not a whole number of 64 bits.");
}
bool SafetensorsSax::binary(binary_t&)
{
    return fail("binary values are not allowed.");
}

bool SafetensorsSax::number_unsigned(number_unsigned_t value)
{
    if (m_place == Place::Shape) {
        if (m_tensors.back().shape.size() == limits::tensorRank)
            return fail("tensor " + m_key + " has more than 8 dimensions.");
        m_tensors.back().shape.push_back(value);
        return true;
    }
    if (m_place == Place::Offsets && m_offsetCount < 2) {
        m_tensors.back().offsets[m_offsetCount++] = value;
        return true;
    }
    return fail("there is a number where none belongs.");
}

bool SafetensorsSax::string(string_t& value)
{
    if (m_place == Place::Metadata) {
        m_metadata[m_key] = std::move(value);
        return true;
    }
    if (m_place == Place::Tensor && m_field == Field::Type && value.size() <= 16) {
        m_tensors.back().type = std::move(value);
        m_field = Field::None;
        return true;
    }
    return fail("there is a text where none belongs.");
}

bool SafetensorsSax::start_object(std::size_t)
{
    if (m_place == Place::Start) {
        m_place = Place::Top;
        return true;
    }
    if (m_place != Place::Top)
        return fail("objects are nested too deeply.");
    if (m_key == "__metadata__") {
        m_place = Place::Metadata;
        return true;
    }
    if (m_tensors.size() == limits::safetensorsTensors)
        return fail("it lists more than 200000 tensors.");
    m_tensors.push_back({ .name = m_key });
    m_seenFields.clear();
    m_place = Place::Tensor;
    return true;
}

bool SafetensorsSax::key(string_t& name)
{
    if (name.size() > limits::tensorNameBytes)
        return fail("a name is longer than 1024 bytes.");
    if (m_place == Place::Tensor)
        return beginTensorField(name);
    const bool isNew
        = m_place == Place::Metadata ? !m_metadata.contains(name) : m_names.insert(name).second;
    if (!isNew)
        return fail("the name \"" + name + "\" appears twice.");
    m_key = std::move(name);
    return true;
}

bool SafetensorsSax::beginTensorField(const std::string& name)
{
    m_field = name == "dtype"    ? Field::Type
        : name == "shape"        ? Field::Shape
        : name == "data_offsets" ? Field::Offsets
                                 : Field::None;
    if (m_field == Field::None)
        return fail("tensor " + m_key + " has the unknown field \"" + name + "\".");
    if (!m_seenFields.insert(m_field).second)
        return fail("tensor " + m_key + " has the field \"" + name + "\" twice.");
    return true;
}

bool SafetensorsSax::end_object()
{
    if (m_place == Place::Tensor && m_seenFields.size() != 3)
        return fail("tensor " + m_key + " lacks dtype, shape or data_offsets.");
    m_place = m_place == Place::Top ? Place::End : Place::Top;
    return true;
}

bool SafetensorsSax::start_array(std::size_t)
{
    if (m_place != Place::Tensor || (m_field != Field::Shape && m_field != Field::Offsets))
        return fail("there is a list where none belongs.");
    m_place = m_field == Field::Shape ? Place::Shape : Place::Offsets;
    m_offsetCount = 0;
    return true;
}

bool SafetensorsSax::end_array()
{
    if (m_place == Place::Offsets && m_offsetCount != 2)
        return fail("tensor " + m_key + " needs two data_offsets.");
    m_place = Place::Tensor;
    m_field = Field::None;
    return true;
}

bool SafetensorsSax::parse_error(std::size_t position, const std::string&,
                                 const nlohmann::detail::exception&)
{
    return fail("it is not valid JSON at byte " + std::to_string(position) + ".");
}

} // namespace adtailor
