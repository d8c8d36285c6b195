// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/job_bar.h"
#include "widgets/key_button.h"

#include <QApplication>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>

using namespace adtailor;

class TestJobBar final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void init()
    {
        m_bar = std::make_unique<JobBar>();
        m_bar->resize(700, 90);
        m_bar->setStages(
            { QStringLiteral("Brief"), QStringLiteral("Title"), QStringLiteral("Picture") });
        m_bar->show();
    }

    void stopIsOfferedWhileRunning()
    {
        KeyButton* stop = m_bar->stopButton();
        QVERIFY(!stop->isVisible());
        m_bar->setState(JobBar::State::Running);
        QVERIFY(stop->isVisible() && stop->isEnabled());
        QSignalSpy stopped(m_bar.get(), &JobBar::stopRequested);
        m_bar->setStopText(QStringLiteral("Stop")); // must not cost the key
        m_bar->activateWindow();
        QTRY_VERIFY(m_bar->isActiveWindow());
        QTest::keyClick(m_bar.get(), Qt::Key_Escape);
        QCOMPARE(stopped.size(), 1);
        m_bar->setState(JobBar::State::Stopping);
        QVERIFY(stop->isVisible() && !stop->isEnabled()); // once is enough
        m_bar->setState(JobBar::State::Done);
        QVERIFY(!stop->isVisible());
    }

    void progressNeverTurnsIntoAnEndlessBar()
    {
        auto* progress = m_bar->findChild<QProgressBar*>();
        m_bar->setProgress(0, 0);
        QVERIFY(progress->maximum() > 0);
        m_bar->setProgress(700, 576);
        QCOMPARE(progress->value(), 576);
        QVERIFY(!progress->accessibleName().isEmpty());
    }

    void wordsForTheTimeLeft()
    {
        QCOMPARE(JobBar::timeLeftText(-1), QStringLiteral("measuring"));
        QCOMPARE(JobBar::timeLeftText(0.2), QStringLiteral("1 s left"));
        QCOMPARE(JobBar::timeLeftText(34.2), QStringLiteral("35 s left"));
        QCOMPARE(JobBar::timeLeftText(600), QStringLiteral("10 min left"));
        QVERIFY(JobBar::timeLeftText(20000).contains(QStringLiteral("h left")));
    }

    void stagesOutOfRangeAreHarmless()
    {
        m_bar->setStageSeconds(99, 1);
        m_bar->setCurrentStage(99, QStringLiteral("Picture, row 2 of 24"), QStringLiteral("8 %"));
        m_bar->setStages({});
        m_bar->setCurrentStage(3);
        QVERIFY(!m_bar->grab().isNull());
    }

    void aFinishedStageLooksDifferent()
    {
        m_bar->setState(JobBar::State::Running);
        m_bar->setCurrentStage(0);
        const QImage before = m_bar->grab().toImage();
        m_bar->setCurrentStage(1);
        QVERIFY(before != m_bar->grab().toImage());
    }

private:
    std::unique_ptr<JobBar> m_bar;
};

QTEST_MAIN(TestJobBar)
#include "tst_job_bar.moc"
