// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/line_chart.h"
#include "widgets/look.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <limits>

using namespace adtailor;

class TestLineChart final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aRepeatedStepReplacesWhatFollowed();
    void smoothingIsTheWeightedMeanOfThePast();
    void aGapIsNoValue();
    void theAxesFollowTheValues();
    void theReadOutNamesTheNearestStep();
    void arrowKeysStepThroughTheValues();
    void everyThemePaintsItsSeries_data();
    void everyThemePaintsItsSeries();
    void aLongRunStaysQuick();

private:
    std::unique_ptr<LineChart> m_chart;
    int m_train = 0, m_heldOut = 0;
};

void TestLineChart::init()
{
    Theme::load(Theme::Kind::Light).apply(*qApp);
    m_chart = std::make_unique<LineChart>();
    m_train = m_chart->addSeries(LineChart::Style::Curve, 0);
    m_heldOut = m_chart->addSeries(LineChart::Style::Checks, 1);
    m_chart->setSeriesName(m_train, QStringLiteral("Picture"));
    m_chart->setSeriesName(m_heldOut, QStringLiteral("held out"));
    m_chart->setStepText(QStringLiteral("step %1"));
    m_chart->resize(600, 300);
}

void TestLineChart::aRepeatedStepReplacesWhatFollowed()
{
    for (int step = 1; step <= 6; ++step)
        m_chart->append(m_train, step, step);
    m_chart->append(m_train, 4, 40); // after a crash the run went on from step 3
    QCOMPARE(m_chart->smoothed(m_train), (std::vector<double>{ 1, 2, 3, 40 }));
    m_chart->append(m_train, 5, 50);
    QCOMPARE(m_chart->smoothed(m_train), (std::vector<double>{ 1, 2, 3, 40, 50 }));
}

void TestLineChart::smoothingIsTheWeightedMeanOfThePast()
{
    const std::vector<double> raw{ 4, 2, 8, 1, 5 };
    for (std::size_t i = 0; i < raw.size(); ++i) {
        m_chart->append(m_train, double(i), raw[i]);
        m_chart->append(m_heldOut, double(i), raw[i]);
    }
    m_chart->setSmoothing(0.75);
    const auto smooth = m_chart->smoothed(m_train);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        double sum = 0, weight = 0;
        for (std::size_t j = 0; j <= i; ++j) {
            sum += std::pow(0.75, double(i - j)) * raw[j];
            weight += std::pow(0.75, double(i - j));
        }
        QVERIFY(std::abs(smooth[i] - sum / weight) < 1e-9);
    }
    QCOMPARE(m_chart->smoothed(m_heldOut), raw); // checks are shown as they are
    m_chart->setSmoothing(0);
    QCOMPARE(m_chart->smoothed(m_train), raw);
}

void TestLineChart::aGapIsNoValue()
{
    m_chart->append(m_train, 1, 2);
    m_chart->append(m_train, 2, std::numeric_limits<double>::infinity());
    m_chart->append(m_train, 3, 4);
    QVERIFY(std::isnan(m_chart->smoothed(m_train)[1]));
    QVERIFY(m_chart->shownRange().bottom() < 5);
}

void TestLineChart::theAxesFollowTheValues()
{
    m_chart->setEnd(100);
    QVERIFY(m_chart->shownRange().right() > 100 && m_chart->shownRange().right() < 105);
    m_chart->append(m_train, 1, 7);
    m_chart->append(m_train, 120, 2);
    QVERIFY(m_chart->shownRange().right() > 120);
    QCOMPARE(m_chart->shownRange().top(), 0.0);
    QVERIFY(m_chart->shownRange().bottom() > 7 && m_chart->shownRange().bottom() < 8);
    m_chart->setLogarithmic(true);
    QVERIFY(m_chart->shownRange().top() > 1.5 && m_chart->shownRange().top() < 2);
    m_chart->append(m_train, 121, 0); // no place on that axis
    QVERIFY(m_chart->shownRange().top() > 1.5);
    m_chart->setLogarithmic(false);
    QCOMPARE(m_chart->shownRange().top(), 0.0);
}

void TestLineChart::theReadOutNamesTheNearestStep()
{
    QCOMPARE(m_chart->readOut(), QString());
    for (int step = 20; step <= 100; step += 20)
        m_chart->append(m_train, step, step / 10.0);
    m_chart->append(m_heldOut, 80, 9.5);
    m_chart->showReadOut(33);
    QCOMPARE(m_chart->readOut(), QStringLiteral("step 40 Picture 4"));
    m_chart->showReadOut(84);
    QCOMPARE(m_chart->readOut(), QStringLiteral("step 80 Picture 8 held out 9.5"));
    QCOMPARE(m_chart->accessibleDescription(), m_chart->readOut());
    m_chart->showReadOut(-1);
    QCOMPARE(m_chart->readOut(), QString());
}

void TestLineChart::arrowKeysStepThroughTheValues()
{
    for (int step = 20; step <= 100; step += 20)
        m_chart->append(m_train, step, 1);
    m_chart->setEnd(100);
    QVERIFY(m_chart->shownRange().right() > 100 && m_chart->shownRange().right() < 105);
    QTest::keyClick(m_chart.get(), Qt::Key_Left);
    QVERIFY(m_chart->readOut().startsWith(QStringLiteral("step 100")));
    QTest::keyClick(m_chart.get(), Qt::Key_Left);
    QVERIFY(m_chart->readOut().startsWith(QStringLiteral("step 80")));
    QTest::keyClick(m_chart.get(), Qt::Key_Right);
    QVERIFY(m_chart->readOut().startsWith(QStringLiteral("step 100")));
}

void TestLineChart::everyThemePaintsItsSeries_data()
{
    QTest::addColumn<int>("theme");
    QTest::newRow("light") << int(Theme::Kind::Light);
    QTest::newRow("dark") << int(Theme::Kind::Dark);
    QTest::newRow("contrast") << int(Theme::Kind::Contrast);
}

void TestLineChart::everyThemePaintsItsSeries()
{
    QFETCH(int, theme);
    for (int step = 0; step <= 50; ++step)
        m_chart->append(m_train, step, 5);
    for (int step = 0; step <= 50; step += 10)
        m_chart->append(m_heldOut, step, 6);
    m_chart->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_chart.get()));
    Theme::load(Theme::Kind(theme)).apply(*qApp); // live
    const auto has = [this](const QColor& color) {
        const QImage image = m_chart->grab().toImage();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).rgb() == color.rgb())
                    return true;
        return false;
    };
    QTRY_VERIFY(has(colors().series[0]));
    QTRY_VERIFY(has(colors().series[1]));
    QTRY_VERIFY(has(colors().panel));
    QVERIFY(!has(colors().success));
    m_chart->setMark(20, QStringLiteral("best so far: step 20"));
    QTRY_VERIFY(has(colors().success));
}

void TestLineChart::aLongRunStaysQuick()
{
    m_chart->show();
    m_chart->setSmoothing(0.9);
    QElapsedTimer timer;
    timer.start();
    for (int step = 0; step < 100'000; ++step)
        m_chart->append(m_train, step, std::sin(step * 1e-3) + 2);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(TestLineChart)
#include "tst_line_chart.moc"
