// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/ad_query.h"

#include "core/utf8.h"

#include <algorithm>
#include <variant>

namespace adtailor {

namespace {

constexpr std::size_t mostSearchWords = 16;
constexpr std::size_t trigramLetters = 3; // the index knows nothing shorter
constexpr int mostFacets = 200; // of one kind

std::size_t countLetters(std::string_view text)
{
    std::size_t letters = 0;
    for (; !text.empty(); ++letters)
        text.remove_prefix(firstUtf8(text).bytes);
    return letters;
}

class AdQuery
{
public:
    explicit AdQuery(const AdFilter& filter)
    {
        m_sql = "SELECT number FROM ad WHERE ";
        m_sql += filter.trashed ? "trashed > 0" : "trashed = 0";
        if (filter.personId)
            add(" AND person_id = ?", *filter.personId);
        if (filter.product)
            add(" AND product = ?", *filter.product);
        if (filter.state)
            add(" AND state = ?", *filter.state);
        if (filter.tag)
            add(" AND number IN (SELECT number FROM tag WHERE name = ?)", *filter.tag);
        if (filter.starred)
            m_sql += " AND starred = 1";
        if (filter.from)
            add(" AND created >= ?", filter.from);
        if (filter.until)
            add(" AND created < ?", filter.until);
        addText(filter.text);
        switch (filter.order) {
        case AdFilter::Order::Newest:
            m_sql += " ORDER BY number DESC";
            break;
        case AdFilter::Order::Oldest:
            m_sql += " ORDER BY number";
            break;
        case AdFilter::Order::Title:
            m_sql += " ORDER BY title COLLATE NOCASE, number DESC";
            break;
        }
    }

    Statement prepare(Database& database) const
    {
        Statement statement = database.prepare(m_sql);
        for (const auto& value : m_values)
            std::visit([&statement](const auto& known) { statement.bind(known); }, value);
        return statement;
    }

private:
    void add(const char* condition, std::variant<std::int64_t, std::string> value)
    {
        m_sql += condition;
        m_values.push_back(std::move(value));
    }

    void addText(const std::string& text)
    {
        std::string match;
        std::size_t words = 0;
        for (std::size_t begin = 0; begin < text.size() && words < mostSearchWords; ++words) {
            begin = text.find_first_not_of(" \t\r\n", begin);
            if (begin == std::string::npos)
                break;
            const std::size_t end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
            const std::string word = text.substr(begin, end - begin);
            if (countLetters(word) >= trigramLetters)
                match += (match.empty() ? "" : " AND ") + quoted(word);
            else
                addShort(word);
            begin = end;
        }
        if (!match.empty())
            add(" AND number IN (SELECT rowid FROM ad_text WHERE ad_text MATCH ?)", match);
    }

    // Two Chinese characters are often a whole word: all texts are looked through.
    void addShort(const std::string& word)
    {
        std::string pattern = "%";
        for (const char letter : word) {
            if (letter == '%' || letter == '_' || letter == '\\')
                pattern += '\\';
            pattern += letter;
        }
        add(" AND number IN (SELECT rowid FROM ad_text WHERE"
            " title || char(10) || product || char(10) || person || char(10) || tags"
            " LIKE ? ESCAPE '\\')",
            pattern + '%');
    }

    // FTS5's operators mean nothing between quotes.
    static std::string quoted(const std::string& word)
    {
        std::string text = "\"";
        for (const char letter : word)
            text += letter == '"' ? std::string("\"\"") : std::string(1, letter);
        return text + '"';
    }

    std::string m_sql;
    std::vector<std::variant<std::int64_t, std::string>> m_values;
};

std::vector<AdFacets::Value> values(Database& database, const std::string& sql)
{
    std::vector<AdFacets::Value> found;
    Statement statement = database.prepare(sql + " LIMIT " + std::to_string(mostFacets));
    while (statement.next())
        found.push_back({ statement.text(0), statement.text(1), statement.integer(2) });
    return found;
}

std::int64_t count(Database& database, const std::string& condition)
{
    Statement statement = database.prepare("SELECT count(*) FROM ad WHERE " + condition);
    return statement.next() ? statement.integer(0) : 0;
}

} // namespace

std::vector<std::int64_t> findAdNumbers(Database& database, const AdFilter& filter)
{
    std::vector<std::int64_t> numbers;
    Statement statement = AdQuery(filter).prepare(database);
    while (statement.next())
        numbers.push_back(statement.integer(0));
    return numbers;
}

AdFacets readFacets(Database& database)
{
    const auto grouped = [&database](const std::string& key, const std::string& name) {
        return values(database,
                      "SELECT " + key + ", " + name
                          + ", count(*) FROM ad WHERE trashed = 0 GROUP BY " + key
                          + " ORDER BY 3 DESC, 2");
    };
    AdFacets facets;
    facets.persons = grouped("person_id", "max(person)");
    facets.products = grouped("product", "product");
    facets.states = grouped("state", "state");
    facets.tags = values(database,
                         "SELECT name, name, count(*) FROM tag JOIN ad USING(number)"
                         " WHERE trashed = 0 GROUP BY name ORDER BY 3 DESC, 2");
    facets.ads = count(database, "trashed = 0");
    facets.trashed = count(database, "trashed > 0");
    return facets;
}

} // namespace adtailor
