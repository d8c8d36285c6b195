// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of a blind vote: equal sizes, one view, and nothing that tells them apart but
// themselves.
#include "app/theme.h"
#include "widgets/linked_pictures.h"
#include "widgets/tick_progress.h"
#include "widgets/vote_button.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace adtailor;

class TestLinkedPictures final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void init()
    {
        m_view = std::make_unique<LinkedPictures>();
        m_view->resize(832, 400); // two squares of 398 with 32 between them and a line round each
        m_view->show();
    }

    // One twice as large as the other must not be told by its place on the screen.
    void showsPicturesOfAnySizeAtOneSize()
    {
        m_view->setPictures({ plain(200, Qt::red), plain(400, Qt::blue) }, {});
        const QImage shown = m_view->grab().toImage();
        QCOMPARE(columnsOf(shown, Qt::red), 398);
        QCOMPARE(columnsOf(shown, Qt::blue), 398);
    }

    void zoomsBothAboutTheSamePoint()
    {
        m_view->setPictures({ split(400, Qt::red), split(400, Qt::blue) }, {});
        const QSignalSpy changed(m_view.get(), &LinkedPictures::viewChanged);
        wheel({ 199, 199 }, 480);
        QCOMPARE(changed.count(), 1);
        const QImage shown = m_view->grab().toImage();
        // The coloured left half is still a half on both sides, but for its soft edge.
        QVERIFY(std::abs(columnsOf(shown, Qt::red) - 199) <= 3);
        QVERIFY(std::abs(columnsOf(shown, Qt::blue) - 199) <= 3);
        drag({ 199, 199 }, { 149, 199 });
        const QImage moved = m_view->grab().toImage();
        QVERIFY(std::abs(columnsOf(moved, Qt::red) - 149) <= 3);
        QVERIFY(std::abs(columnsOf(moved, Qt::blue) - 149) <= 3);
    }

    void neverZoomsOutOfTheFittedView()
    {
        m_view->setPictures({ plain(400, Qt::red), plain(400, Qt::blue) }, {});
        const double fitted = m_view->zoom();
        m_view->zoomBy(0.5);
        QVERIFY(m_view->isFitted());
        QCOMPARE(m_view->zoom(), fitted);
    }

    void showsActualSizeWhileHeld()
    {
        m_view->setPictures({ plain(1600, Qt::red), plain(800, Qt::blue) }, {});
        const double fitted = m_view->zoom();
        m_view->holdActualSize(true);
        QCOMPARE(m_view->zoom(), 1.0); // of the larger, so that the smaller one cannot be told
        m_view->holdActualSize(false);
        QCOMPARE(m_view->zoom(), fitted);
        QVERIFY(m_view->isFitted());
    }

    void forgetsTheViewWithThePictures()
    {
        m_view->setPictures({ plain(400, Qt::red), plain(400, Qt::blue) }, {});
        m_view->zoomBy(4);
        m_view->setPictures({ plain(400, Qt::green), plain(400, Qt::yellow) }, {});
        QVERIFY(m_view->isFitted());
        m_view->clear();
        m_view->zoomBy(2); // nothing there: nothing happens
        QCOMPARE(columnsOf(m_view->grab().toImage(), Qt::green), 0);
    }

    void arrangesFourPicturesInTheLargestSquares()
    {
        m_view->resize(832, 832);
        m_view->setPictures(
            { plain(9, Qt::red), plain(9, Qt::blue), plain(9, Qt::green), plain(9, Qt::yellow) },
            {});
        const QImage shown = m_view->grab().toImage();
        QCOMPARE(columnsOf(shown, Qt::red, 200), 398);
        QCOMPARE(columnsOf(shown, Qt::yellow, 632), 398);
    }

    void tellsNoSizeNameOrTooltip()
    {
        m_view->setPictures({ plain(200, Qt::red), plain(400, Qt::blue) }, { "Lamp", "A lamp" });
        QVERIFY(m_view->toolTip().isEmpty());
        QCOMPARE(m_view->accessibleDescription(), "Lamp / A lamp");
        QCOMPARE(m_view->focusPolicy(), Qt::NoFocus);
        QVERIFY(!m_view->acceptDrops());
    }

    void voteButtonsStayUnfocused()
    {
        VoteButton button("←");
        button.setText("Left is better");
        button.show();
        QCOMPARE(button.sizeHint().height(), 64);
        const QSignalSpy clicked(&button, &QPushButton::clicked);
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(clicked.count(), 1);
        QVERIFY(!button.hasFocus());
    }

    void ticksBecomeABarWhenThereAreMany()
    {
        TickProgress progress;
        progress.resize(420, 6);
        progress.setProgress(10, 40);
        const QColor done = colors().accent;
        const int ticks = columnsOf(progress.grab().toImage(), done, 3);
        QVERIFY(ticks > 60 && ticks < 105); // gaps between them
        progress.setProgress(500, 1000);
        const int bar = columnsOf(progress.grab().toImage(), done, 3);
        QVERIFY(std::abs(bar - 210) <= 2);
        QCOMPARE(progress.accessibleName(), "500 of 1000 done");
    }

private:
    static QImage plain(int side, const QColor& color)
    {
        QImage picture(side, side, QImage::Format_RGB32);
        picture.fill(color);
        return picture;
    }

    static QImage split(int side, const QColor& left)
    {
        QImage picture = plain(side, Qt::white);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side / 2; ++x)
                picture.setPixelColor(x, y, left);
        return picture;
    }

    static int columnsOf(const QImage& shown, const QColor& color, int row = -1)
    {
        int count = 0;
        for (int x = 0; x < shown.width(); ++x)
            count += shown.pixelColor(x, row < 0 ? shown.height() / 2 : row) == color;
        return count;
    }

    void wheel(const QPointF& at, int angle)
    {
        QWheelEvent event(at, m_view->mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view.get(), &event);
    }

    void drag(const QPoint& from, const QPoint& to)
    {
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, from);
        QTest::mouseMove(m_view.get(), to);
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, to);
    }

    std::unique_ptr<LinkedPictures> m_view;
};

QTEST_MAIN(TestLinkedPictures)
#include "tst_linked_pictures.moc"
