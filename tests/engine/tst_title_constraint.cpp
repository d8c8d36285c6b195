// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/title_constraint.h"

#include <QTest>

using namespace adtailor;

namespace {

const std::vector<std::string> points{ "Coffee Machine", "Glossy red body", "Chrome lever" };
const std::vector<std::string> joints{ ": ", ", ", " with ", "!$", "^Hello, ", "，" };

bool canBegin(const std::string& text)
{
    const TitleConstraint constraint(points, joints);
    return !constraint.advance(constraint.start(), text).empty();
}

bool isTitle(const std::string& title)
{
    return canBegin(title + "</prompt>");
}

} // namespace

class TestTitleConstraint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesChainsOfPointsAndJoints()
    {
        QVERIFY(isTitle("Coffee Machine"));
        QVERIFY(isTitle("Coffee Machine: glossy red body, chrome lever!"));
        QVERIFY(isTitle("Hello, Coffee Machine with Chrome lever!"));
    }
    void refusesEverythingElse()
    {
        QVERIFY(!isTitle("")); // no point at all
        QVERIFY(!isTitle("Hello, ")); // a joint leads on
        QVERIFY(!isTitle("Coffee Machine with "));
        QVERIFY(!isTitle("Coffee MachineChrome lever")); // no joint between
        QVERIFY(!canBegin("Coffee MachineHello, ")); // only begins a title
        QVERIFY(!canBegin("!"));
        QVERIFY(!canBegin("Coffee Machine!, "));
        QVERIFY(!isTitle("Chrome lever, chrome lever")); // twice
        QVERIFY(!canBegin("Chrome lid"));
        QVERIFY(!canBegin("coffee Machine")); // a name stays as it is
        QVERIFY(!canBegin("Coffee Machine，")); // a joint of another writing
    }
    void neverLeadsIntoADeadEnd()
    {
        QVERIFY(canBegin("Coffee Machine, chrome lever"));
        QVERIFY(!canBegin("Coffee Machine, chrome lever, glossy red body, "));
        QVERIFY(isTitle("Coffee Machine, chrome lever, glossy red body!"));
    }
    void isFreeWithoutJointsOrPoints()
    {
        QVERIFY(!TitleConstraint(points, {}).isActive());
        QVERIFY(!TitleConstraint({}, joints).isActive());
        QVERIFY(TitleConstraint(points, joints).isActive());
    }
    void givesTheSameReadingByteByByte()
    {
        const TitleConstraint constraint(points, joints);
        auto state = constraint.start();
        for (const char byte : std::string("Chrome lever: Coffee Machine"))
            state = constraint.advance(state, std::string(1, byte));
        QCOMPARE(state.size(), std::size_t{ 1 });
        QCOMPARE(state.front().used, std::uint64_t{ 0b101 });
    }
};

QTEST_APPLESS_MAIN(TestTitleConstraint)
#include "tst_title_constraint.moc"
