// The users held out: a fixed share, the same in any order, never half a user.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"

#include <adtailor/user_split.h>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace adtailor;
using nlohmann::json;

class TestUserSplit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsUsers_data();
    void splitsUsers();
    void keepsItsUsersInAnyOrder();
    void groupsByHistory();
    void groupsByProduct();
    void refusesOneUser();
    void passesOverBadRecords();

private:
    std::filesystem::path file() const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / "data.json";
    }
    static json record(const std::string& user, int product)
    {
        json record = { { "f_path_trans", "cut" + std::to_string(product) + ".png" },
                        { "word_list", "warm" } };
        if (!user.empty())
            record["user_id"] = user;
        return record;
    }
    Result<UserSplit> split(const json& records, double share = heldOutShare) const
    {
        writeFileAtomically(file(), std::string_view(records.dump()));
        return splitUsers(file(), { .checkFiles = false }, share);
    }
    // Numbers of the records that are held out.
    std::set<std::int64_t> heldOut(const UserSplit& split) const
    {
        std::set<std::int64_t> numbers;
        const auto read = readPad1m(file(), { .checkFiles = false }, [&](Pad1mRecord&& record) {
            if (split.holdsOut(record))
                numbers.insert(record.number);
            return true;
        });
        return read ? numbers : std::set<std::int64_t>{};
    }

    QTemporaryDir m_folder;
};

void TestUserSplit::splitsUsers_data()
{
    QTest::addColumn<int>("users");
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("heldOut");
    QTest::newRow("two") << 2 << 0.05 << 1;
    QTest::newRow("ten") << 10 << 0.05 << 1;
    QTest::newRow("thirty") << 30 << 0.05 << 2;
    QTest::newRow("two hundred") << 200 << 0.05 << 10;
    QTest::newRow("all") << 10 << 1.0 << 9;
}

// Each user has three records, apart from each other.
void TestUserSplit::splitsUsers()
{
    QFETCH(int, users);
    QFETCH(double, share);
    QFETCH(int, heldOut);
    json records = json::array();
    for (int i = 0; i < 3 * users; ++i)
        records.push_back(record("user" + std::to_string(i % users), i));
    const auto result = split(records, share);
    QVERIFY2(result.has_value(), result ? "" : result.error().detail.c_str());
    QCOMPARE(result->users, users);
    QCOMPARE(result->heldOut, heldOut);
    QVERIFY(result->isNamed);
    const auto numbers = this->heldOut(*result);
    QCOMPARE(numbers.size(), static_cast<std::size_t>(3 * heldOut));
    for (const std::int64_t number : numbers)
        QVERIFY(numbers.contains((number + users - 1) % (3 * users) + 1));
}

void TestUserSplit::keepsItsUsersInAnyOrder()
{
    json records = json::array();
    for (int i = 0; i < 100; ++i)
        records.push_back(record("user" + std::to_string(i), i));
    std::set<std::string> before, after;
    for (const std::int64_t number : heldOut(*split(records)))
        before.insert(records[static_cast<std::size_t>(number - 1)]["user_id"]);
    std::reverse(records.begin(), records.end());
    for (const std::int64_t number : heldOut(*split(records)))
        after.insert(records[static_cast<std::size_t>(number - 1)]["user_id"]);
    QCOMPARE(before.size(), 5U);
    QCOMPARE(after, before);
}

void TestUserSplit::groupsByHistory()
{
    json records = json::array();
    for (int i = 0; i < 40; ++i) {
        json click = record("", i);
        click["history_images"] = { "a.png", "b" + std::to_string(i % 20) + ".png" };
        click["history_titles"] = { "A", "B" };
        records.push_back(click);
    }
    const auto result = split(records);
    QCOMPARE(result->users, 20);
    QVERIFY(!result->isNamed);
    const auto numbers = heldOut(*result);
    QCOMPARE(numbers.size(), 2U);
    QCOMPARE(*numbers.begin() + 20, *numbers.rbegin());
}

void TestUserSplit::groupsByProduct()
{
    json records = json::array();
    for (int i = 0; i < 40; ++i)
        records.push_back(record("", i % 20));
    QCOMPARE(split(records)->users, 20);
}

void TestUserSplit::refusesOneUser()
{
    const auto named = split({ record("ann", 1), record("ann", 2) });
    QCOMPARE(named.error().code, ErrorCode::InvalidInput);
    QVERIFY(named.error().detail.find("the 2 usable records are of one user") != std::string::npos);
    QVERIFY(named.error().detail.find("user_id") == std::string::npos);
    const auto unnamed = split({ record("", 1), record("", 1) });
    QVERIFY(unnamed.error().detail.find("count by their history") != std::string::npos);
}

void TestUserSplit::passesOverBadRecords()
{
    QCOMPARE(split(json::array())->users, 0);
    const auto result = split({ 7, record("ann", 1), "x", record("ben", 1) });
    QCOMPARE(result->users, 2);
    QCOMPARE(heldOut(*result).size(), 1U);
}

QTEST_GUILESS_MAIN(TestUserSplit)
#include "tst_user_split.moc"
