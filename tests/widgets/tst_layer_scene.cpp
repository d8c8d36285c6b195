// SPDX-License-Identifier: GPL-3.0-or-later
// The artboard: choosing, moving, sizing, nudging, snapping, by mouse and by keys.
#include "app/theme.h"
#include "widgets/layer_scene.h"

#include <QSignalSpy>
#include <QTest>

using namespace adtailor;
using namespace Qt::StringLiterals;

class TestLayerScene final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }
    void init();
    void choosesByMouse();
    void movesAndSnaps();
    void sizesByHandles();
    void nudges();
    void tabGoesThroughLayers();
    void readOnlyMovesNothing();
    void tellsScreenReaders();

private:
    QPoint at(double x, double y) const { return m_scene->mapFromScene(QPointF(x, y)); }
    void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers = {}) const;

    std::unique_ptr<LayerScene> m_scene;
};

void TestLayerScene::init()
{
    m_scene = std::make_unique<LayerScene>();
    m_scene->resize(700, 500);
    m_scene->setFrame({ 600, 400 });
    m_scene->setSafeArea({ 30, 20, 540, 360 });
    m_scene->setLayers({ { u"a"_s, u"Headline"_s, { 100, 100, 200, 50 }, QPicture() },
                         { u"b"_s, u"Price"_s, { 250, 120, 100, 100 }, QPicture() } });
    m_scene->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_scene.get()));
    m_scene->fit();
}

void TestLayerScene::drag(const QPoint& from, const QPoint& to,
                          Qt::KeyboardModifiers modifiers) const
{
    QWidget* port = m_scene->viewport();
    QTest::mousePress(port, Qt::LeftButton, modifiers, from);
    QMouseEvent move(QEvent::MouseMove, to, port->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     modifiers);
    QCoreApplication::sendEvent(port, &move);
    QTest::mouseRelease(port, Qt::LeftButton, modifiers, to);
}

void TestLayerScene::choosesByMouse()
{
    QSignalSpy chosen(m_scene.get(), &LayerScene::currentChanged);
    QTest::mouseClick(m_scene->viewport(), Qt::LeftButton, {}, at(110, 110));
    QCOMPARE(m_scene->current(), u"a"_s);
    QTest::mouseClick(m_scene->viewport(), Qt::LeftButton, {}, at(270, 130));
    QCOMPARE(m_scene->current(), u"b"_s); // the upper one
    QTest::mouseClick(m_scene->viewport(), Qt::LeftButton, {}, at(500, 300));
    QCOMPARE(m_scene->current(), QString());
    QCOMPARE(chosen.count(), 3);
}

void TestLayerScene::movesAndSnaps()
{
    QSignalSpy moved(m_scene.get(), &LayerScene::boxChanged),
        ended(m_scene.get(), &LayerScene::editEnded);
    drag(at(110, 140), at(110, 140) + at(43, 0) - at(0, 0) + QPoint(0, 40), Qt::AltModifier);
    QVERIFY(!moved.isEmpty());
    const QRectF free = moved.last()[1].toRectF();
    QVERIFY(qAbs(free.left() - 143) < 1.5);
    QCOMPARE(ended.count(), 1);
    // Three pixels from the safe area's left edge: it snaps there.
    drag(at(110, 140), at(110 - 67, 140 + 61));
    const QRectF snapped = moved.last()[1].toRectF();
    QCOMPARE(snapped.left(), 30.0);
    QCOMPARE(snapped.size(), QSizeF(200, 50));
    m_scene->setSnapping(false);
    drag(at(110, 140), at(110 - 67, 140 + 61));
    QVERIFY(qAbs(moved.last()[1].toRectF().left() - 33) < 1.5);
}

void TestLayerScene::sizesByHandles()
{
    m_scene->setCurrent(u"a"_s);
    m_scene->setSnapping(false);
    QSignalSpy moved(m_scene.get(), &LayerScene::boxChanged);
    drag(at(300, 150), at(340, 190)); // the lower right corner
    const QRectF box = moved.last()[1].toRectF();
    QCOMPARE(box.topLeft(), QPointF(100, 100));
    QVERIFY(qAbs(box.width() - 240) < 2 && qAbs(box.height() - 90) < 2);
    drag(at(100, 125), at(590, 125)); // the left side beyond the right one
    QVERIFY(moved.last()[1].toRectF().width() >= 8);
}

void TestLayerScene::nudges()
{
    m_scene->setCurrent(u"a"_s);
    QSignalSpy moved(m_scene.get(), &LayerScene::boxChanged);
    QTest::keyClick(m_scene.get(), Qt::Key_Right);
    QCOMPARE(moved.last()[1].toRectF(), QRectF(101, 100, 200, 50));
    QTest::keyClick(m_scene.get(), Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(moved.last()[1].toRectF(), QRectF(100, 90, 200, 50));
}

void TestLayerScene::tabGoesThroughLayers()
{
    m_scene->setFocus();
    QTest::keyClick(m_scene.get(), Qt::Key_Tab);
    QCOMPARE(m_scene->current(), u"a"_s);
    QTest::keyClick(m_scene.get(), Qt::Key_Tab);
    QCOMPARE(m_scene->current(), u"b"_s);
    QTest::keyClick(m_scene.get(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(m_scene->current(), u"a"_s);
    QTest::keyClick(m_scene.get(), Qt::Key_Escape);
    QCOMPARE(m_scene->current(), QString());
}

void TestLayerScene::readOnlyMovesNothing()
{
    m_scene->setCurrent(u"a"_s);
    m_scene->setReadOnly(true);
    QSignalSpy moved(m_scene.get(), &LayerScene::boxChanged);
    QTest::keyClick(m_scene.get(), Qt::Key_Right);
    drag(at(110, 110), at(200, 200));
    QCOMPARE(moved.count(), 0);
}

void TestLayerScene::tellsScreenReaders()
{
    m_scene->setCurrent(u"b"_s);
    QCOMPARE(m_scene->accessibleDescription(), u"Price, at 250, 120, 100 by 100 pixels"_s);
    const auto grab = [this] { return m_scene->viewport()->grab().toImage(); };
    const QImage grabbed = grab();
    m_scene->setReadOnly(true);
    QVERIFY(grabbed != grab()); // handles are painted
}

QTEST_MAIN(TestLayerScene)
#include "tst_layer_scene.moc"
