// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/database.h"

#include "core/failure.h"

#include <sqlite3.h>

namespace adtailor {

namespace {

constexpr int busyMilliseconds = 500;

[[noreturn]] void throwDiskFull(const std::string& file)
{
    throw Failure(ErrorCode::DiskFull,
                  "The disk has no room for " + file
                      + ". What was saved before is whole. Free some space and try again.");
}

// SQLite's own words are for the log; these say what to do.
[[noreturn]] void throwDatabaseFailure(sqlite3* database, int code, const std::string& file)
{
    const std::string reason = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_FULL:
        throwDiskFull(file);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw Failure(ErrorCode::FileCorrupt,
                      file + " is damaged (" + reason
                          + "). It was left as it is; put a copy of it in its place.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Failure(ErrorCode::InvalidInput,
                      file + " is open in another window or program. Close it there.");
    case SQLITE_NOMEM:
        throw Failure(ErrorCode::OutOfMemory, "There is not enough memory for " + file + '.');
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_IOERR:
        if (database && sqlite3_extended_errcode(database) == SQLITE_IOERR_WRITE)
            throwDiskFull(file); // of a quota or a limit; SQLite knows only ENOSPC as full
        throw Failure(ErrorCode::InvalidInput,
                      file + " cannot be written (" + reason
                          + "). Check the folder's permissions and the disk.");
    default:
        throw Failure(ErrorCode::Internal, file + ": " + reason);
    }
}

std::string uriOf(const std::string& file)
{
    std::string uri = "file:";
    for (const char letter : file) {
        if (letter == '%')
            uri += "%25";
        else if (letter == '?')
            uri += "%3f";
        else if (letter == '#')
            uri += "%23";
        else
            uri += letter;
    }
    return uri;
}

} // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* database, std::string_view sql, std::string file)
    : m_database(database)
    , m_file(std::move(file))
{
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement,
                             nullptr));
    m_statement.reset(statement);
}

void Statement::check(int code) const
{
    if (code != SQLITE_OK)
        throwDatabaseFailure(m_database, code, m_file);
}

Statement& Statement::bind(std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement.get(), ++m_bound, value));
    return *this;
}

Statement& Statement::bind(double value)
{
    check(sqlite3_bind_double(m_statement.get(), ++m_bound, value));
    return *this;
}

Statement& Statement::bind(std::string_view text)
{
    // A null pointer would bind NULL instead of an empty text.
    check(sqlite3_bind_text(m_statement.get(), ++m_bound, text.data() ? text.data() : "",
                            static_cast<int>(text.size()), SQLITE_TRANSIENT));
    return *this;
}

bool Statement::next()
{
    const int code = sqlite3_step(m_statement.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        throwDatabaseFailure(m_database, code, m_file);
    return code == SQLITE_ROW;
}

void Statement::run()
{
    while (next()) { }
    sqlite3_reset(m_statement.get());
    m_bound = 0;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const auto* bytes
        = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return bytes ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

void Database::Closer::operator()(sqlite3* database) const
{
    sqlite3_close_v2(database);
}

Database::Database(const std::filesystem::path& file, const Kind& kind)
    : m_file(file.string())
{
    open(m_file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3_busy_timeout(m_database.get(), busyMilliseconds);
    // One connection for as long as the project is open: Debian's SQLite has a fault of WAL mode
    // that needs two, and a second program is told at once.
    run("PRAGMA locking_mode = EXCLUSIVE");
    checkSound(kind);
    configure();
    migrate(kind);
}

Database::Database(const std::filesystem::path& file)
    : m_file(file.string())
{
    const std::string uri = uriOf(m_file);
    try {
        open(uri + "?mode=ro", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
        pragma("schema_version");
    } catch (const Failure& failure) {
        if (failure.code() != ErrorCode::InvalidInput)
            throw;
        open(uri + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    }
}

void Database::open(const std::string& name, int flags)
{
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &database, flags, nullptr);
    m_database.reset(database);
    if (code != SQLITE_OK)
        throwDatabaseFailure(database, code, m_file);
    sqlite3_extended_result_codes(database, 1);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    run("PRAGMA cell_size_check = ON");
    run("PRAGMA mmap_size = 0");
}

std::int64_t Database::pragma(const char* name)
{
    Statement statement = prepare(std::string("PRAGMA ") + name);
    return statement.next() ? statement.integer(0) : 0;
}

// Before anything is written: a file that is not ours or not whole stays as it is.
void Database::checkSound(const Kind& kind)
{
    const auto refuse
        = [this](const std::string& why) { throw Failure(ErrorCode::FileCorrupt, m_file + why); };
    const bool empty = pragma("page_count") == 0;
    if (empty)
        return;
    const std::int64_t version = pragma("user_version");
    if (pragma("application_id") != kind.application)
        refuse(" is not a file of AdTailor's. It was left as it is.");
    if (version > static_cast<std::int64_t>(kind.migrations.size()))
        refuse(" was made by a newer AdTailor. It was left as it is; open it with that one.");
    Statement strangers
        = prepare("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')");
    if (strangers.next() && strangers.integer(0) > 0)
        refuse(" holds parts that AdTailor does not make. It was left as it is.");
    Statement check = prepare("PRAGMA quick_check(1)");
    if (check.next() && check.text(0) != "ok")
        refuse(" is damaged (" + check.text(0)
               + "). It was left as it is; put a copy of it in its place.");
}

void Database::configure()
{
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("PRAGMA foreign_keys = ON");
    run("PRAGMA secure_delete = ON");
}

void Database::migrate(const Kind& kind)
{
    const auto target = static_cast<std::int64_t>(kind.migrations.size());
    if (pragma("user_version") == target)
        return;
    transact([&] {
        for (std::int64_t version = pragma("user_version"); version < target; ++version)
            run(kind.migrations[static_cast<std::size_t>(version)]);
        run("PRAGMA application_id = " + std::to_string(kind.application));
        run("PRAGMA user_version = " + std::to_string(target));
    });
}

Statement Database::prepare(std::string_view sql)
{
    return { m_database.get(), sql, m_file };
}

void Database::run(std::string_view sql)
{
    const std::string text(sql);
    const int code = sqlite3_exec(m_database.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        throwDatabaseFailure(m_database.get(), code, m_file);
}

void Database::transact(const std::function<void()>& work)
{
    if (m_inTransaction)
        return work();
    run("BEGIN IMMEDIATE");
    m_inTransaction = true;
    try {
        work();
        m_inTransaction = false;
        run("COMMIT");
    } catch (...) {
        m_inTransaction = false;
        if (!sqlite3_get_autocommit(m_database.get()))
            sqlite3_exec(m_database.get(), "ROLLBACK", nullptr, nullptr, nullptr);
        throw;
    }
}

void Database::forgetDeleted()
{
    run("PRAGMA wal_checkpoint(TRUNCATE)"); // the pages themselves are wiped by secure_delete
}

} // namespace adtailor
