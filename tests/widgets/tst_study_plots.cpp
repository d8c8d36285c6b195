// SPDX-License-Identifier: GPL-3.0-or-later
// The plots of a study's report: values with intervals, and the matrix of who beats whom.
#include "app/theme.h"
#include "widgets/interval_plot.h"
#include "widgets/win_matrix.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace adtailor;

class TestStudyPlots final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void intervalsHaveTheirLengthOnTheAxis()
    {
        IntervalPlot plot;
        plot.setAxis(IntervalPlot::Range{ 0, 100 });
        plot.setRows({ { "A", { point(50, 40, 60) }, {} } });
        const int twenty = thickColumns(plot, colors().series[0]);
        plot.setRows({ { "A", { point(50, 30, 70) }, {} } });
        const int forty = thickColumns(plot, colors().series[0]);
        QVERIFY(twenty > 20);
        QVERIFY2(std::abs(forty - 2 * twenty) <= 14, // the circle in the middle is open
                 qPrintable(QString("%1 %2").arg(twenty).arg(forty)));
    }

    void readsAloudWhatItShows()
    {
        IntervalPlot plot;
        plot.setDecimals(1);
        plot.setRows({ { "A", { point(50, 40, 60) }, {} }, { "B", {}, "no votes" } });
        QCOMPARE(plot.accessibleDescription(), "A: 50.0, between 40.0 and 60.0\nB: no votes");
    }

    void paintsAwkwardValues()
    {
        IntervalPlot plot;
        plot.resize(300, 200);
        plot.setRows({});
        QVERIFY(!plot.grab().isNull());
        plot.setRows({ { "one value, no interval", { { 3, {}, {} } }, {} } });
        QVERIFY(!plot.grab().isNull());
        plot.setRows({ { QString(500, u'x'), { point(0, 0, 0), point(0, 0, 0) }, {} } });
        QVERIFY(!plot.grab().isNull());
    }

    void growsWithItsRows()
    {
        IntervalPlot plot;
        plot.setRows({ { "A", { point(50, 40, 60) }, {} } });
        const int one = plot.sizeHint().height();
        plot.setRows({ { "A", { point(50, 40, 60) }, {} }, { "B", { point(9, 8, 10) }, {} } });
        QCOMPARE(plot.sizeHint().height(), one + 40);
    }

    void matrixMovesByArrowsAndStaysInside()
    {
        WinMatrix matrix;
        fill(matrix);
        matrix.show();
        const QSignalSpy moved(&matrix, &WinMatrix::currentChanged);
        QCOMPARE(matrix.current(), QPoint(1, 0));
        QTest::keyClick(&matrix, Qt::Key_Up);
        QCOMPARE(moved.count(), 0);
        QTest::keyClick(&matrix, Qt::Key_Right);
        QTest::keyClick(&matrix, Qt::Key_Down);
        QCOMPARE(matrix.current(), QPoint(2, 1));
        QCOMPARE(matrix.accessibleDescription(), "B is chosen before C in 73 %.");
        QTest::mouseClick(&matrix, Qt::LeftButton, {},
                          matrix.rect().bottomRight() - QPoint(30, 30));
        QCOMPARE(matrix.current(), QPoint(2, 2));
    }

    void matrixSaysWhatItCannotTell()
    {
        WinMatrix matrix;
        fill(matrix);
        QCOMPARE(matrix.cellText(0, 1), "A and B cannot be told apart: 55 %.");
        QCOMPARE(matrix.cellText(0, 2), "A and C were never compared.");
        matrix.resize(420, 200);
        // Hatched cells show the hatch colour, told ones do not.
        const QImage shown = matrix.grab().toImage();
        QVERIFY(has(shown, colors().accentSoft));
        WinMatrix empty;
        QVERIFY(!empty.grab().isNull());
        QTest::keyClick(&empty, Qt::Key_Left);
    }

private:
    static IntervalPlot::Point point(double value, double low, double high)
    {
        return { value, IntervalPlot::Range{ low, high }, {} };
    }

    static void fill(WinMatrix& matrix)
    {
        matrix.setMatrix({ "A", "B", "C" },
                         { { {}, { 0.55, false }, {} },
                           { { 0.45, false }, {}, { 0.73, true } },
                           { {}, { 0.27, true }, {} } });
        matrix.resize(420, 200);
    }

    static bool has(const QImage& shown, const QColor& color)
    {
        for (int y = 0; y < shown.height(); ++y)
            for (int x = 0; x < shown.width(); ++x)
                if (shown.pixelColor(x, y) == color)
                    return true;
        return false;
    }

    // Columns of the row through the middle of the first value that have the colour.
    static int thickColumns(IntervalPlot& plot, const QColor& color)
    {
        plot.resize(520, plot.sizeHint().height());
        const QImage shown = plot.grab().toImage();
        int count = 0;
        for (int x = 0; x < shown.width(); ++x)
            count += shown.pixelColor(x, 16 + 20) == color;
        return count;
    }
};

QTEST_MAIN(TestStudyPlots)
#include "tst_study_plots.moc"
