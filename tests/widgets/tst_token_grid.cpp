// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/token_grid.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace adtailor;

class TestTokenGrid final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void init()
    {
        m_grid = std::make_unique<TokenGrid>();
        m_grid->resize(448, 448); // 400 inside the margin of 24: cells of 100 with 4 per side
        m_grid->setGrid(4);
        QImage red(64, 64, QImage::Format_RGB32);
        red.fill(Qt::red);
        m_grid->setPicture(red);
        m_grid->setLinesVisible(false);
        m_grid->show();
    }

    void showsFinishedCellsOnly()
    {
        m_grid->setDone(6); // one row and two cells
        const QImage shot = m_grid->grab().toImage();
        QCOMPARE(cell(shot, 0, 3), QColor(Qt::red));
        QCOMPARE(cell(shot, 1, 1), QColor(Qt::red));
        QVERIFY(cell(shot, 1, 2) != QColor(Qt::red));
        QVERIFY(cell(shot, 3, 0) != QColor(Qt::red));
    }

    void marksTheNextCellWhileRunning()
    {
        m_grid->setDone(6);
        m_grid->setRunning(true);
        QCOMPARE(cell(m_grid->grab().toImage(), 1, 2), Look::current().colors.accent);
        m_grid->setRunning(false);
        QVERIFY(cell(m_grid->grab().toImage(), 1, 2) != Look::current().colors.accent);
    }

    void clampsWhatItIsTold()
    {
        m_grid->setDone(1000);
        QCOMPARE(m_grid->done(), 16);
        m_grid->setDone(-5);
        QCOMPARE(m_grid->done(), 0);
        m_grid->setGrid(0);
        QCOMPARE(m_grid->grid(), 1);
        m_grid->setGrid(1 << 30);
        QVERIFY(m_grid->grid() <= 64);
    }

    void choosesRowsOnlyWhenAllowed()
    {
        QSignalSpy changed(m_grid.get(), &TokenGrid::rowChanged);
        QTest::mouseClick(m_grid.get(), Qt::LeftButton, {}, QPoint(100, 230));
        QCOMPARE(changed.size(), 0);
        m_grid->setRowsSelectable(true);
        QTest::mouseClick(m_grid.get(), Qt::LeftButton, {}, QPoint(100, 230));
        QCOMPARE(m_grid->row(), 2);
        QTest::keyClick(m_grid.get(), Qt::Key_Down);
        QTest::keyClick(m_grid.get(), Qt::Key_Down); // already the last
        QCOMPARE(m_grid->row(), 3);
        QCOMPARE(changed.size(), 2);
        QSignalSpy activated(m_grid.get(), &TokenGrid::rowActivated);
        QTest::keyClick(m_grid.get(), Qt::Key_Return);
        QCOMPARE(activated.at(0).at(0).toInt(), 3);
    }

    void togglesLinesByKey()
    {
        QSignalSpy toggled(m_grid.get(), &TokenGrid::linesToggled);
        QTest::keyClick(m_grid.get(), Qt::Key_G);
        QVERIFY(m_grid->linesVisible());
        QCOMPARE(toggled.size(), 1);
    }

    void speaks()
    {
        m_grid->setDone(9);
        QVERIFY(!m_grid->accessibleName().isEmpty());
        QVERIFY(m_grid->accessibleDescription().contains(QStringLiteral("2 of 4")));
        m_grid->setNote(QStringLiteral("The picture starts when the title is done"));
        QVERIFY(m_grid->accessibleDescription().startsWith(QStringLiteral("The picture")));
    }

private:
    static QColor cell(const QImage& shot, int row, int column)
    {
        return shot.pixelColor(24 + column * 100 + 50, 24 + row * 100 + 50);
    }

    std::unique_ptr<TokenGrid> m_grid;
};

QTEST_MAIN(TestTokenGrid)
#include "tst_token_grid.moc"
