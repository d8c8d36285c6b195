// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/history_model.h"
#include "app/models/people_model.h"
#include "widgets/thumbnail_delegate.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace adtailor;

class TestHistoryModel final : public QObject
{
    Q_OBJECT

private slots:
    void showsTheNewestClickFirst();
    void asksBeforeItChangesATick();
    void showsSimilarityAndOrderOfTheDraw();
    void hidesTheOrderOfAClickThatIsLeftOut();
    void sortsAndKeepsTheSelection();
    void peopleWithoutConsentShowNoNumber();

private:
    static std::vector<Click> clicks(int count);
    static QVariant data(const HistoryModel& model, int row, int role)
    {
        return model.data(model.index(row), role);
    }
};

std::vector<Click> TestHistoryModel::clicks(int count)
{
    std::vector<Click> made;
    for (int i = 0; i < count; ++i)
        made.push_back({ QStringLiteral("click %1").arg(i), {}, {}, {} });
    return made;
}

void TestHistoryModel::showsTheNewestClickFirst()
{
    HistoryModel model;
    QAbstractItemModelTester tester(&model);
    model.setClicks(clicks(3), { true, false, true });
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(data(model, 0, Qt::DisplayRole).toString(), QStringLiteral("click 2"));
    QCOMPARE(data(model, 1, Qt::CheckStateRole).toInt(), static_cast<int>(Qt::Unchecked));
    QVERIFY(data(model, 1, DimmedRole).toBool());
    QCOMPARE(model.includedCount(), 2);
    QVERIFY(!data(model, 0, ShareRole).isValid()); // the engine has not answered yet
}

void TestHistoryModel::asksBeforeItChangesATick()
{
    HistoryModel model;
    QAbstractItemModelTester tester(&model);
    model.setClicks(clicks(3), {});
    QSignalSpy asked(&model, &HistoryModel::includeRequested);
    QVERIFY(model.setData(model.index(0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].toInt(), 2);
    QCOMPARE(asked[0][1].toBool(), false);
    QVERIFY(model.isIncluded(2)); // nothing changed by itself
    QSignalSpy changed(&model, &HistoryModel::dataChanged);
    model.setIncluded(2, false);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
}

void TestHistoryModel::showsSimilarityAndOrderOfTheDraw()
{
    HistoryModel model;
    QAbstractItemModelTester tester(&model);
    model.setClicks(clicks(3), {});
    model.setProfile({ 0.5, std::nullopt, 0.25 }, { 1, 0, 2 });
    QCOMPARE(data(model, 2, ShareRole).toDouble(), 0.5);
    QCOMPARE(data(model, 2, OrderRole).toInt(), 1);
    QVERIFY(!data(model, 1, ShareRole).isValid());
    QVERIFY(!data(model, 1, OrderRole).isValid());
    QCOMPARE(model.readCount(), 2);
    model.clearProfile();
    QCOMPARE(model.readCount(), 0);
}

void TestHistoryModel::hidesTheOrderOfAClickThatIsLeftOut()
{
    HistoryModel model;
    model.setClicks(clicks(2), {});
    model.setProfile({ 0.5, 0.4 }, { 1, 2 });
    model.setIncluded(0, false);
    QVERIFY(!data(model, 1, OrderRole).isValid());
}

void TestHistoryModel::sortsAndKeepsTheSelection()
{
    HistoryModel model;
    QAbstractItemModelTester tester(&model);
    model.setClicks(clicks(4), {});
    model.setProfile({ 0.1, 0.9, 0.5, 0.3 }, { 3, 0, 1, 2 });
    const QPersistentModelIndex kept = model.index(2); // click 1
    model.sortBy(HistoryModel::Sort::Similarity);
    QCOMPARE(model.clickAt(0), 1);
    QCOMPARE(model.clickAt(3), 0);
    QCOMPARE(kept.row(), 0);
    model.sortBy(HistoryModel::Sort::Order);
    QCOMPARE(model.clickAt(0), 2);
    QCOMPARE(model.clickAt(3), 1); // not in the draw: last
    QCOMPARE(kept.row(), 3);
}

void TestHistoryModel::peopleWithoutConsentShowNoNumber()
{
    PeopleModel model;
    QAbstractItemModelTester tester(&model);
    Person asked{
        QStringLiteral("a"), QStringLiteral("Lin Wei"), {}, Consent::Given, {}, clicks(4)
    };
    Person silent{ QStringLiteral("b"), QStringLiteral("Chen Hao"), {}, Consent::NotAsked, {}, {} };
    model.setPeople({ asked, silent });
    QCOMPARE(model.data(model.index(0), CaptionRole).toString(), QStringLiteral("4"));
    QCOMPARE(model.data(model.index(1), CaptionRole).toString(), QStringLiteral("–"));
    QCOMPARE(model.find(QStringLiteral("b")), 1);
    QCOMPARE(model.find(QStringLiteral("c")), -1);
}

QTEST_MAIN(TestHistoryModel)
#include "tst_history_model.moc"
