// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/job_queue.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace adtailor;

class TestJobQueue final : public QObject
{
    Q_OBJECT

private slots:
    void takesTheFirstThatWaits();
    void movesRowsByKeyAndByDrag();
    void saysWhatIsWorthKeeping();
    void failedOnesWaitAgainOnlyWhenAsked();

private:
    static AdBatch batch(const QString& product)
    {
        AdBatch made;
        made.product = product;
        return made;
    }
    static QString order(const JobQueue& queue)
    {
        QString names;
        for (const QueueEntry& entry : queue.entries())
            names += entry.batch.product;
        return names;
    }
};

void TestJobQueue::takesTheFirstThatWaits()
{
    JobQueue queue;
    QAbstractItemModelTester tester(&queue);
    const qint64 a = queue.add(batch(QStringLiteral("a")), false);
    const qint64 b = queue.add(batch(QStringLiteral("b")), false);
    queue.start(a, 1);
    QCOMPARE(queue.next()->id, b);
    queue.hold(b, true);
    QVERIFY(!queue.next());
    queue.hold(a, true); // it runs: stopping is another thing
    QCOMPARE(queue.entries()[0].state, QueueEntry::State::Running);
    QSignalSpy startable(&queue, &JobQueue::startable);
    queue.hold(b, false);
    QCOMPARE(startable.count(), 1);
    queue.setPaused(true);
    QVERIFY(!queue.next());
    queue.finish(a);
    queue.setPaused(false);
    QCOMPARE(queue.next()->id, b);
    QCOMPARE(queue.add(batch(QStringLiteral("c")), true), b + 1);
    QCOMPARE(order(queue), QStringLiteral("cb"));
}

void TestJobQueue::movesRowsByKeyAndByDrag()
{
    JobQueue queue;
    QAbstractItemModelTester tester(&queue);
    for (const char* name : { "a", "b", "c", "d" })
        queue.add(batch(QLatin1String(name)), false);
    QSignalSpy ordered(&queue, &JobQueue::orderChanged);
    queue.move(0, 2);
    QCOMPARE(order(queue), QStringLiteral("bcad"));
    queue.move(3, 0);
    QCOMPARE(order(queue), QStringLiteral("dbca"));
    queue.move(0, 9);
    queue.move(-1, 0);
    QCOMPARE(ordered.count(), 2);
    const std::unique_ptr<QMimeData> dragged(queue.mimeData({ queue.index(3, 0) }));
    QVERIFY(
        !queue.dropMimeData(dragged.get(), Qt::MoveAction, 1, 0, {})); // the view removes nothing
    QCOMPARE(order(queue), QStringLiteral("dabc"));
    const std::unique_ptr<QMimeData> first(queue.mimeData({ queue.index(0, 0) }));
    queue.dropMimeData(first.get(), Qt::MoveAction, -1, -1, {});
    QCOMPARE(order(queue), QStringLiteral("abcd"));
    QMimeData foreign;
    foreign.setText(QStringLiteral("x"));
    QVERIFY(!queue.dropMimeData(&foreign, Qt::MoveAction, 0, 0, {}));
}

void TestJobQueue::saysWhatIsWorthKeeping()
{
    JobQueue queue;
    QSignalSpy changed(&queue, &JobQueue::entryChanged);
    QSignalSpy removed(&queue, &JobQueue::entryRemoved);
    const qint64 id = queue.add(batch(QStringLiteral("a")), false);
    queue.start(id, 4);
    QCOMPARE(changed.count(), 2);
    queue.progress(id, 0.5, 3);
    QCOMPARE(changed.count(), 2); // not worth a write
    QCOMPARE(queue.index(0, JobQueue::Done).data().toString(), QStringLiteral("50 %"));
    queue.finish(id);
    QCOMPARE(removed.count(), 0); // it leaves with its ads
    AdBatch theirs = batch(QStringLiteral("b"));
    theirs.personId = QStringLiteral("p");
    queue.add(theirs, false);
    queue.removePerson(QStringLiteral("p"));
    QCOMPARE(removed.count(), 1);
}

void TestJobQueue::failedOnesWaitAgainOnlyWhenAsked()
{
    JobQueue queue;
    QAbstractItemModelTester tester(&queue);
    const qint64 id = queue.add(batch(QStringLiteral("a")), false);
    queue.start(id, 4);
    queue.fail(id, QStringLiteral("no memory"));
    QVERIFY(!queue.next());
    QCOMPARE(queue.count(QueueEntry::State::Failed), 1);
    QVERIFY(queue.index(0, JobQueue::What).data().toString().contains(QStringLiteral("no memory")));
    queue.retry(id);
    QCOMPARE(queue.next()->id, id);
    QCOMPARE(queue.next()->attempts, 0);
}

QTEST_MAIN(TestJobQueue)
#include "tst_job_queue.moc"
