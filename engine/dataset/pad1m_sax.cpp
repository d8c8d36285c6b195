// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/pad1m_sax.h"

#include "core/failure.h"

#include <nlohmann/json.hpp>

#include <istream>

namespace adtailor {

namespace {

using Json = nlohmann::json;

constexpr int maximumDepth = 8;
constexpr std::size_t maximumListLength = 10'000;

// Depth 1: the array, 2: a record, 3: a list in it; deeper or unknown values are skipped.
class Pad1mHandler final : public nlohmann::json_sax<Json>
{
public:
    Pad1mHandler(std::string name, const Columns& columns, const RecordVisitor& visit)
        : m_name(std::move(name))
        , m_columns(columns)
        , m_visit(visit)
    {
    }

    // One record of JSON Lines. Answers false to end.
    bool line(const std::string& text)
    {
        m_isLine = true;
        m_depth = 1;
        const std::int64_t before = m_count;
        const bool sound = Json::sax_parse(text, this);
        if (m_count == before)
            startRecord();
        if (!sound && m_record.problem.empty())
            m_record.problem = "The line is not one valid JSON object.";
        return m_visit(std::move(m_record));
    }

    bool null() override { return scalar(""); }
    bool boolean(bool) override { return scalar("a truth value"); }
    bool number_integer(number_integer_t value) override { return integer(value); }
    bool number_unsigned(number_unsigned_t value) override { return integer(value); }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool binary(binary_t&) override { return scalar("binary data"); }

    bool string(string_t& value) override
    {
        if (m_depth == 2 && Columns::isText(m_key))
            m_record.texts[std::string(m_key)] = std::move(value);
        else if (m_depth == 3 && textList() != nullptr)
            append(*textList(), std::move(value));
        else
            return scalar("text");
        return true;
    }

    bool start_object(std::size_t) override
    {
        if (m_depth == 1)
            startRecord();
        else if ((m_depth == 2 && isKnown()) || isInList())
            complain("an object");
        return enter(m_depth > 0);
    }
    bool end_object() override
    {
        --m_depth;
        return m_depth != 1 || finishRecord();
    }
    bool start_array(std::size_t) override
    {
        if (m_depth == 1) {
            startRecord();
            m_record.problem = "The record is a list, not an object.";
        } else if (m_depth == 2 && isKnown() && textList() == nullptr
                   && m_key != "text_similarity") {
            complain("a list");
        } else if (isInList()) {
            complain("a list");
        }
        return enter(true);
    }
    bool end_array() override
    {
        --m_depth;
        return m_depth != 1 || finishRecord();
    }
    bool key(string_t& value) override
    {
        if (m_depth == 2)
            m_key = m_columns.field(value);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override
    {
        return broken("the JSON breaks at byte " + std::to_string(position));
    }

private:
    // Nothing behind it can be read; of JSON Lines, nothing of this line.
    bool broken(const std::string& why) const
    {
        if (m_isLine)
            return false;
        throw Failure(ErrorCode::FileCorrupt,
                      m_name + ": " + why + ", in record "
                          + std::to_string(m_count + (m_depth > 1 ? 0 : 1))
                          + ". Repair the file or make it again.");
    }

    bool enter(bool allowed)
    {
        if (!allowed)
            return broken("a PAd1M file must be one JSON list");
        return ++m_depth <= maximumDepth || broken("it is nested too deeply");
    }

    void startRecord()
    {
        m_record = {};
        m_record.number = ++m_count;
        m_key = {};
    }

    // A line's record is handed over when the line has proved sound to its end.
    bool finishRecord() { return m_isLine || m_visit(std::move(m_record)); }

    bool scalar(const char* kind)
    {
        if (m_depth == 0)
            return broken("a PAd1M file must be one JSON list");
        if (m_depth == 1) {
            startRecord();
            m_record.problem = "The record is not an object.";
            return finishRecord();
        }
        if ((m_depth == 2 && isKnown() && *kind != '\0') || isInList())
            complain(*kind != '\0' ? kind : "null");
        return true;
    }

    // A user may be known by a number.
    template<typename Integer> bool integer(Integer value)
    {
        if (m_depth != 2 || m_key != "user_id")
            return number(static_cast<double>(value));
        m_record.texts["user_id"] = std::to_string(value);
        return true;
    }

    bool number(double value)
    {
        if (m_depth == 2 && m_key == "max_ratio")
            m_record.maxRatio = value;
        else if (m_depth == 3 && m_key == "text_similarity")
            append(m_record.similarities, static_cast<float>(value));
        else
            return scalar("a number");
        return true;
    }

    template<typename Value> void append(std::vector<Value>& list, Value value)
    {
        if (list.size() < maximumListLength)
            list.push_back(std::move(value));
        else if (m_record.problem.empty())
            m_record.problem = std::string(m_key) + " has more than "
                + std::to_string(maximumListLength) + " entries.";
    }

    void complain(const char* kind)
    {
        if (m_record.problem.empty())
            m_record.problem = std::string(m_key) + " holds " + kind + " where it must not.";
    }

    bool isKnown() const { return !m_key.empty(); }
    bool isInList() const
    {
        return m_depth == 3
            && (m_key == "history_images" || m_key == "history_titles"
                || m_key == "text_similarity");
    }
    std::vector<std::string>* textList()
    {
        if (m_key == "history_images")
            return &m_record.historyImages;
        return m_key == "history_titles" ? &m_record.historyTitles : nullptr;
    }

    std::string m_name;
    const Columns& m_columns;
    const RecordVisitor& m_visit;
    RawRecord m_record;
    std::string_view m_key; // the field; empty: one that we do not read
    std::int64_t m_count = 0;
    int m_depth = 0;
    bool m_isLine = false;
};

} // namespace

void parsePad1m(std::streambuf& stream, const std::string& name, const Columns& columns,
                const RecordVisitor& visit)
{
    std::istream input(&stream);
    // Streams swallow exceptions of their buffer unless told not to.
    input.exceptions(std::ios::badbit);
    Pad1mHandler handler(name, columns, visit);
    Json::sax_parse(input, &handler);
}

void parsePad1mLines(std::streambuf& stream, const std::string& name, const Columns& columns,
                     const RecordVisitor& visit)
{
    std::istream input(&stream);
    input.exceptions(std::ios::badbit);
    Pad1mHandler handler(name, columns, visit);
    for (std::string line; std::getline(input, line);) {
        if (!trimmed(line).empty() && !handler.line(line))
            return;
    }
}

} // namespace adtailor
