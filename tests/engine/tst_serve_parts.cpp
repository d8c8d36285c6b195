// The parts of the serve loop that need no model: merging of progress, the inbox of jobs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "serve/job_inbox.h"
#include "serve/progress_merger.h"

#include <QtTest>

#include <thread>
#include <vector>

using namespace adtailor;
using namespace std::chrono_literals;

namespace {

ServeJob job(std::uint64_t id)
{
    return { .id = id, .request = protocol::Generate{ .job = id, .request = {} }, .stop = {} };
}

} // namespace

class TestServeParts : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_now = {};
        m_sent.clear();
    }

    void sendsAtMostThirtyASecond()
    {
        ProgressMerger merger = makeMerger();
        for (int done = 1; done <= 1000; ++done) {
            merger.report({ .stage = Stage::Image, .done = done, .total = 1000 });
            m_now += 1ms;
        }
        merger.flush();
        QVERIFY(m_sent.size() >= 25 && m_sent.size() <= 31);
        QCOMPARE(m_sent.back().done, 1000);
    }

    void sendsTheLastOfEachStage()
    {
        ProgressMerger merger = makeMerger();
        merger.report({ .stage = Stage::Title, .done = 1, .total = 2 });
        merger.report({ .stage = Stage::Title, .done = 2, .total = 2 });
        merger.report({ .stage = Stage::Image, .done = 1, .total = 9 });
        QCOMPARE(m_sent.size(), std::size_t(2));
        QCOMPARE(m_sent.back().done, 2);
        QVERIFY(m_sent.back().stage == Stage::Title);
        merger.flush();
        QVERIFY(m_sent.back().stage == Stage::Image);
        merger.flush();
        QCOMPARE(m_sent.size(), std::size_t(3));
    }

    void keepsThePreviewOfADroppedReport()
    {
        ProgressMerger merger = makeMerger();
        merger.report({ .stage = Stage::Image, .done = 1, .total = 9 });
        Progress withPreview{ .stage = Stage::Image, .done = 2, .total = 9 };
        withPreview.previews = { Image(1, 1, 3, { 1, 2, 3 }) };
        withPreview.previewRows = 1;
        merger.report(withPreview);
        merger.report({ .stage = Stage::Image, .done = 3, .total = 9 });
        merger.flush();
        QCOMPARE(m_sent.back().done, 3);
        QCOMPARE(m_sent.back().previews.size(), std::size_t(1));
        QCOMPARE(m_sent.back().previewRows, 1);
    }

    void inboxKeepsOrder()
    {
        JobInbox inbox;
        inbox.add(job(5));
        inbox.add(job(3));
        QCOMPARE(inbox.next()->id, 5U);
        QCOMPARE(inbox.next()->id, 3U);
    }

    void inboxRefusesBadIds()
    {
        JobInbox inbox;
        QVERIFY_THROWS_EXCEPTION(Failure, inbox.add(job(0)));
        inbox.add(job(1));
        QVERIFY_THROWS_EXCEPTION(Failure, inbox.add(job(1)));
        inbox.next();
        QVERIFY_THROWS_EXCEPTION(Failure, inbox.add(job(1)));
    }

    void inboxHasALimit()
    {
        JobInbox inbox;
        for (std::uint64_t id = 1; id <= JobInbox::maximumWaiting; ++id)
            inbox.add(job(id));
        QVERIFY_THROWS_EXCEPTION(Failure, inbox.add(job(1000)));
    }

    void cancelsWaitingAndRunningJobs()
    {
        JobInbox inbox;
        inbox.add(job(1));
        inbox.add(job(2));
        const auto running = inbox.next();
        QVERIFY(inbox.cancel(2));
        QVERIFY(!inbox.cancel(2));
        QVERIFY(!running->stop.stop_requested());
        QVERIFY(!inbox.cancel(1)); // answers for itself
        QVERIFY(running->stop.stop_requested());
    }

    void closingWakesTheWaiter()
    {
        JobInbox inbox;
        bool ended = false;
        std::thread waiter([&] { ended = !inbox.next(); });
        inbox.close();
        waiter.join();
        QVERIFY(ended);
    }

private:
    ProgressMerger makeMerger()
    {
        return ProgressMerger([this](const Progress& progress) { m_sent.push_back(progress); },
                              [this] { return m_now; });
    }

    std::chrono::steady_clock::time_point m_now;
    std::vector<Progress> m_sent;
};

QTEST_APPLESS_MAIN(TestServeParts)
#include "tst_serve_parts.moc"
