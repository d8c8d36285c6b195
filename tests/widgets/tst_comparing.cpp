// SPDX-License-Identifier: GPL-3.0-or-later
// What the compare, why and generate pages are painted with: views, matrix, maps, grids.
#include "app/theme.h"
#include "widgets/compare_view.h"
#include "widgets/palette_bar.h"
#include "widgets/patch_map.h"
#include "widgets/score_matrix.h"
#include "widgets/variation_grid.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace adtailor;

namespace {

QImage plain(const QColor& color, int side = 64)
{
    QImage picture(side, side, QImage::Format_RGB32);
    picture.fill(color);
    return picture;
}

QColor at(QWidget& widget, const QPointF& point)
{
    return widget.grab().toImage().pixelColor(point.toPoint());
}

ScoreMatrix::Values scores(std::initializer_list<double> values)
{
    return { values.begin(), values.end() };
}

} // namespace

class TestComparing final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void theSliderDividesTheTwo()
    {
        CompareView view;
        view.resize(216, 216);
        view.setPictures(plain(Qt::red), QStringLiteral("A"), plain(Qt::blue), QStringLiteral("B"));
        view.show();
        QCOMPARE(at(view, { 60, 190 }), QColor(Qt::red));
        QCOMPARE(at(view, { 160, 190 }), QColor(Qt::blue));
        view.setSplit(0.9);
        QCOMPARE(at(view, { 160, 190 }), QColor(Qt::red));
        QTest::keyClick(&view, Qt::Key_Left);
        QVERIFY(view.split() < 0.9);
        QTest::mousePress(&view, Qt::LeftButton, {}, { 40, 150 });
        QVERIFY(view.split() < 0.25);
        view.setSplit(7);
        QCOMPARE(view.split(), 1.0);
    }

    void theDifferenceIsOfTheWorstChannel()
    {
        const QImage found
            = differencePicture(plain(QColor(10, 200, 30)), plain(QColor(13, 190, 30)));
        QCOMPARE(qGray(found.pixel(5, 5)), 10);
        QVERIFY(differencePicture(plain(Qt::red), QImage()).isNull());
        QCOMPARE(differencePicture(plain(Qt::red, 64), plain(Qt::red, 32)).size(), QSize(64, 64));
        CompareView view;
        view.resize(216, 216);
        view.setMode(CompareView::Mode::Difference);
        view.setPictures(plain(Qt::black), {}, plain(Qt::white), {});
        view.show();
        QCOMPARE(at(view, { 108, 150 }), QColor(Qt::white));
    }

    void flickerChangesByItselfAndIsHeld()
    {
        CompareView view;
        view.setPictures(plain(Qt::red), {}, plain(Qt::blue), {});
        view.setMode(CompareView::Mode::Flicker);
        view.show();
        QVERIFY(!view.showsB());
        QTRY_VERIFY(view.showsB());
        QTest::keyClick(&view, Qt::Key_Space); // holds
        const bool held = view.showsB();
        QTest::qWait(900);
        QCOMPARE(view.showsB(), held);
        QTest::keyClick(&view, Qt::Key_Space); // changes
        QCOMPARE(view.showsB(), !held);
    }

    void zoomIsTakenOver()
    {
        CompareView one, two;
        for (CompareView* view : { &one, &two }) {
            view->resize(216, 216);
            view->setPictures(plain(Qt::red, 400), {}, plain(Qt::blue, 400), {});
            view->show();
        }
        connect(&one, &ZoomPane::viewChanged, &two, &ZoomPane::setView);
        QWheelEvent wheel({ 60, 60 }, one.mapToGlobal(QPointF(60, 60)), {}, { 0, 240 },
                          Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&one, &wheel);
        QVERIFY(one.view().zoom() > 0.5);
        QCOMPARE(two.view().zoom(), one.view().zoom());
        QCOMPARE(two.view().target(), one.view().target());
        QTest::keyClick(&one, Qt::Key_0);
        QCOMPARE(two.view().zoom(), 0.5);
    }

    void cellsOfTheMatrixAreChosenByKeys()
    {
        ScoreMatrix matrix;
        matrix.resize(340, 200);
        matrix.setScores({ "A-0001", "A-0002" }, { "1", "2" }, scores({ 1, 0.25, 0.25, 1 }));
        matrix.setExtraColumn(QStringLiteral("Clicks"), scores({ 0.5, 0.75 }));
        matrix.show();
        QSignalSpy chosen(&matrix, &ScoreMatrix::cellChosen);
        matrix.setCurrent(0, 1);
        QCOMPARE(chosen.count(), 0);
        QCOMPARE(matrix.accessibleDescription(), QStringLiteral("A-0001 and A-0002: 0.25"));
        QTest::keyClick(&matrix, Qt::Key_Right);
        QCOMPARE(chosen.takeFirst(), (QList<QVariant>{ 0, 2 }));
        QTest::keyClick(&matrix, Qt::Key_Down);
        QCOMPARE(matrix.accessibleDescription(), QStringLiteral("A-0002 and Clicks: 0.75"));
        QTest::keyClick(&matrix, Qt::Key_Down); // the edge holds
        QCOMPARE(matrix.row(), 1);
        QTest::mouseClick(&matrix, Qt::LeftButton, {}, matrix.cellRect(1, 0).center().toPoint());
        QCOMPARE(chosen.last(), (QList<QVariant>{ 1, 0 }));
        // A darker ground for more; never the diagonal.
        const auto ground = [&](int row, int column) {
            return at(matrix, matrix.cellRect(row, column).topLeft() + QPointF(3, 3));
        };
        matrix.setCurrent(-1, -1);
        QVERIFY(ground(1, 2).lightness() < ground(0, 2).lightness());
        QCOMPARE(ground(0, 0), Look::current().colors.raised);
        matrix.setScores({}, {}, {});
        QCOMPARE(matrix.row(), -1);
    }

    void patchesAreNeverSmoothed()
    {
        PatchMap map;
        map.resize(128, 128);
        map.setPicture(plain(Qt::gray));
        map.setCells(2, { 1, 0, -1, 0.5F });
        map.show();
        const QColor clear = at(map, { 96, 32 });
        QCOMPARE(at(map, { 70, 10 }), clear); // to the border of the cell
        QCOMPARE(at(map, { 32, 96 }), clear); // below zero is no difference
        QVERIFY(at(map, { 60, 60 }) != clear);
        QCOMPARE(at(map, { 60, 60 }), at(map, { 10, 10 }));
        QVERIFY(at(map, { 96, 96 }) != at(map, { 10, 10 }));
        map.setCells(3, { 1, 2 }); // no square: no grid
        QCOMPARE(at(map, { 10, 10 }), at(map, { 96, 96 }));
    }

    void thePaletteFollowsTheShares()
    {
        PaletteBar bar;
        bar.resize(100, 20);
        bar.setColors({ { Qt::red, 0.75 }, { Qt::blue, 0.25 }, { Qt::green, 0 } });
        bar.show();
        QCOMPARE(at(bar, { 60, 10 }), QColor(Qt::red));
        QCOMPARE(at(bar, { 90, 10 }), QColor(Qt::blue));
        QCOMPARE(bar.accessibleDescription(), QStringLiteral("#ff0000, #0000ff"));
    }

    void theGridShowsWhatIsDrawn()
    {
        VariationGrid grid;
        grid.resize(400, 300);
        grid.setAxisNames(QStringLiteral("Guidance"), QStringLiteral("Seed"));
        grid.setCells({ "1", "3" }, { "7", "8" },
                      { { plain(Qt::red), 1, QStringLiteral("first"), false },
                        { plain(Qt::blue), 0.5, QStringLiteral("second"), true } });
        grid.show();
        QCOMPARE(at(grid, grid.cellRect(0).center()), QColor(Qt::red));
        QCOMPARE(at(grid, grid.cellRect(1).center() - QPointF(0, 20)), QColor(Qt::blue));
        QVERIFY(at(grid, grid.cellRect(1).center() + QPointF(0, 20)) != QColor(Qt::blue));
        QSignalSpy changed(&grid, &VariationGrid::currentChanged);
        QSignalSpy activated(&grid, &VariationGrid::activated);
        grid.setCurrentIndex(0);
        QTest::keyClick(&grid, Qt::Key_Right);
        QCOMPARE(changed.takeFirst().first().toInt(), 1);
        QCOMPARE(grid.accessibleDescription(), QStringLiteral("second"));
        QTest::keyClick(&grid, Qt::Key_Right); // the edge holds
        QTest::keyClick(&grid, Qt::Key_Down);
        QCOMPARE(grid.currentIndex(), 3);
        QTest::keyClick(&grid, Qt::Key_Return);
        QCOMPARE(activated.takeFirst().first().toInt(), 3);
        grid.setCells({}, {}, {});
        QCOMPARE(grid.currentIndex(), -1);
    }
};

QTEST_MAIN(TestComparing)
#include "tst_comparing.moc"
