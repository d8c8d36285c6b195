// Database: one SQLite file with one connection: opened with care, migrated, and never half
// written. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace adtailor {

// A statement with its values; reset when it goes, so that it never holds a lock.
class Statement
{
public:
    Statement(sqlite3* database, std::string_view sql, std::string file);

    Statement& bind(std::int64_t value);
    Statement& bind(double value);
    Statement& bind(std::string_view text);
    bool next(); // true: a row is there
    void run(); // to its end
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;

private:
    void check(int code) const;

    struct Finalizer
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    sqlite3* m_database;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    std::string m_file;
    int m_bound = 0;
};

class Database
{
public:
    struct Kind
    {
        std::int64_t application = 0; // marks our files
        std::span<const char* const> migrations; // [i] makes version i + 1 of version i
    };

    // Throws Failure: FileCorrupt for a damaged, foreign or newer file, which is left as it is;
    // InvalidInput when it is open elsewhere or cannot be made; DiskFull.
    Database(const std::filesystem::path& file, const Kind& kind);
    // Only to look at, also while it is open elsewhere: then without what was written last.
    explicit Database(const std::filesystem::path& file);

    Statement prepare(std::string_view sql);
    void run(std::string_view sql);
    // All of `work` or nothing; inside another one it joins that.
    void transact(const std::function<void()>& work);
    // Nothing deleted can be read from the file any more.
    void forgetDeleted();

private:
    void open(const std::string& name, int flags);
    void checkSound(const Kind& kind);
    void configure();
    void migrate(const Kind& kind);
    std::int64_t pragma(const char* name);

    struct Closer
    {
        void operator()(sqlite3* database) const;
    };
    std::string m_file;
    std::unique_ptr<sqlite3, Closer> m_database;
    bool m_inTransaction = false;
};

} // namespace adtailor
