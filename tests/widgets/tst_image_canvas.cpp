// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/image_canvas.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace adtailor;

class TestImageCanvas final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void init()
    {
        m_canvas = std::make_unique<ImageCanvas>();
        m_canvas->resize(464, 464); // 400 inside the margin of 32
        m_canvas->show();
    }

    void fitsAndZoomsByKey()
    {
        m_canvas->setImage(picture(200, 100));
        QCOMPARE(m_canvas->zoom(), 2.0);
        QTest::keyClick(m_canvas.get(), Qt::Key_1);
        QCOMPARE(m_canvas->zoom(), 1.0);
        QTest::keyClick(m_canvas.get(), Qt::Key_0);
        QCOMPARE(m_canvas->zoom(), 2.0);
    }

    void wheelKeepsThePointUnderTheCursor()
    {
        m_canvas->setImage(picture(200, 200));
        const QPoint cursor(132, 132); // a quarter into the picture
        const QColor before = m_canvas->grab().toImage().pixelColor(cursor);
        QWheelEvent wheel(cursor, m_canvas->mapToGlobal(cursor), {}, QPoint(0, 240), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_canvas.get(), &wheel);
        QCOMPARE(m_canvas->zoom(), 2.0 * 1.25 * 1.25);
        const QColor after = m_canvas->grab().toImage().pixelColor(cursor);
        QVERIFY(std::abs(before.red() - after.red()) <= 2); // red grows from left to right
    }

    void placementKeepsTheShapeOfThePicture()
    {
        m_canvas->setMode(ImageCanvas::Mode::Place);
        m_canvas->setImage(picture(100, 200));
        m_canvas->setPlacement({ 0.1, 0.1, 0.8, 0.8 });
        QCOMPARE(m_canvas->placement(), QRectF(0.3, 0.1, 0.4, 0.8));
    }

    void arrowsNudgeByFramePixels()
    {
        m_canvas->setMode(ImageCanvas::Mode::Place);
        m_canvas->setFrameSize({ 100, 100 });
        m_canvas->setImage(picture(100, 100));
        m_canvas->setPlacement({ 0.25, 0.25, 0.5, 0.5 });
        QSignalSpy edited(m_canvas.get(), &ImageCanvas::placementEdited);
        QTest::keyClick(m_canvas.get(), Qt::Key_Right);
        QTest::keyClick(m_canvas.get(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(edited.size(), 2);
        QCOMPARE(m_canvas->placement(), QRectF(0.26, 0.35, 0.5, 0.5));
    }

    void draggingMovesAndHandlesScale()
    {
        m_canvas->setMode(ImageCanvas::Mode::Place);
        m_canvas->setFrameSize({ 100, 100 });
        m_canvas->setImage(picture(100, 100));
        m_canvas->setPlacement({ 0.25, 0.25, 0.5, 0.5 }); // 132 to 332 in the widget
        QSignalSpy edited(m_canvas.get(), &ImageCanvas::placementEdited);
        drag({ 232, 232 }, { 272, 232 });
        QCOMPARE(edited.size(), 1);
        QCOMPARE(m_canvas->placement(), QRectF(0.35, 0.25, 0.5, 0.5));
        drag({ 372, 332 }, { 412, 372 }); // lower right corner; the upper left stays
        QCOMPARE(m_canvas->placement().topLeft(), QPointF(0.35, 0.25));
        QVERIFY(std::abs(m_canvas->placement().width() - 0.6) < 1e-9);
        QCOMPARE(m_canvas->placement().width(), m_canvas->placement().height());
    }

    void theProductCannotLeaveTheFrame()
    {
        m_canvas->setMode(ImageCanvas::Mode::Place);
        m_canvas->setImage(picture(100, 100));
        m_canvas->setPlacement({ 0.25, 0.25, 0.5, 0.5 });
        drag({ 232, 232 }, { 9000, 232 });
        QVERIFY(m_canvas->placement().left() <= 0.95);
    }

    void emptyCanvasOffersItsButton()
    {
        m_canvas->setEmptyText(QStringLiteral("No picture yet."), QStringLiteral("Choose…"));
        auto* button = m_canvas->findChild<QPushButton*>();
        QVERIFY(button->isVisible());
        QSignalSpy clicked(m_canvas.get(), &ImageCanvas::emptyButtonClicked);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(clicked.size(), 1);
        m_canvas->setImage(picture(10, 10));
        QVERIFY(!button->isVisible());
    }

    void speaks()
    {
        m_canvas->setImage(picture(30, 20));
        QVERIFY(!m_canvas->accessibleName().isEmpty());
        QVERIFY(m_canvas->accessibleDescription().contains(QStringLiteral("30")));
    }

private:
    static QImage picture(int width, int height)
    {
        QImage image(width, height, QImage::Format_RGB32);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                image.setPixelColor(x, y, QColor(x * 255 / width, 90, 40));
        return image;
    }

    void drag(const QPoint& from, const QPoint& to)
    {
        QTest::mousePress(m_canvas.get(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, m_canvas->mapToGlobal(to), Qt::LeftButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_canvas.get(), &move);
        QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, {}, to);
    }

    std::unique_ptr<ImageCanvas> m_canvas;
};

QTEST_MAIN(TestImageCanvas)
#include "tst_image_canvas.moc"
