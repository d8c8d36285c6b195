// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/thumbnail_view.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace adtailor;

class TestThumbnailView final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void init()
    {
        m_model = std::make_unique<QStandardItemModel>();
        m_view = std::make_unique<ThumbnailView>();
        m_view->setModel(m_model.get());
        m_view->resize(640, 480);
        m_view->show();
    }

    void cleanup() { m_view.reset(); }

    void spaceAndClickTick()
    {
        fill(4);
        m_view->setCurrentIndex(m_model->index(0, 0));
        QTest::keyClick(m_view.get(), Qt::Key_Space);
        QCOMPARE(m_model->item(0)->checkState(), Qt::Unchecked);
        const QRect item = m_view->visualRect(m_model->index(1, 0));
        auto* delegate = qobject_cast<ThumbnailDelegate*>(m_view->itemDelegate());
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                          delegate->tickRect(item).center());
        QCOMPARE(m_model->item(1)->checkState(), Qt::Unchecked);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, item.center());
        QCOMPARE(m_model->item(1)->checkState(), Qt::Unchecked); // only the box ticks
    }

    void arrowsWalkTheGridAndEnterOpens()
    {
        fill(9);
        m_view->setTileWidth(180); // three columns in 640
        QApplication::processEvents();
        m_view->setCurrentIndex(m_model->index(0, 0));
        QSignalSpy rows(m_view.get(), &ThumbnailView::currentRowChanged);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->currentIndex().row(), 4);
        QCOMPARE(rows.size(), 2);
        QSignalSpy opened(m_view.get(), &QAbstractItemView::activated);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
    }

    void tilesFillTheRow()
    {
        fill(3);
        QApplication::processEvents();
        const QRect last = m_view->visualRect(m_model->index(2, 0));
        QCOMPARE(last.y(), m_view->visualRect(m_model->index(0, 0)).y());
        QVERIFY(last.right() <= m_view->viewport()->width());
        QVERIFY(last.right() > m_view->viewport()->width() - 30);
    }

    void emptyViewSaysWhyAndOffersOneButton()
    {
        m_view->setEmptyText(QStringLiteral("No clicks yet."), QStringLiteral("Import clicks…"));
        auto* button = m_view->findChild<QPushButton*>();
        QVERIFY(button->isVisible());
        QCOMPARE(m_view->accessibleDescription(), QStringLiteral("No clicks yet."));
        QSignalSpy clicked(m_view.get(), &ThumbnailView::emptyButtonClicked);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(clicked.size(), 1);
        fill(1);
        QVERIFY(!button->isVisible());
    }

    void starIsAButton()
    {
        fill(2);
        m_view->setArrangement(ThumbnailView::Arrangement::Rows);
        QApplication::processEvents();
        QSignalSpy starred(m_view.get(), &ThumbnailView::starClicked);
        auto* delegate = qobject_cast<ThumbnailDelegate*>(m_view->itemDelegate());
        const QRect item = m_view->visualRect(m_model->index(1, 0));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                          delegate->starRect(item).center());
        QCOMPARE(starred.size(), 1);
        QCOMPARE(starred.at(0).at(0).toModelIndex().row(), 1);
    }

    void dimmedPicturesLoseTheirColour()
    {
        fill(1);
        QApplication::processEvents();
        const QPoint inside = m_view->visualRect(m_model->index(0, 0)).topLeft() + QPoint(60, 60);
        const auto colour = [&] { return m_view->viewport()->grab().toImage().pixelColor(inside); };
        QVERIFY(colour().saturation() > 200);
        m_model->item(0)->setData(true, DimmedRole);
        QVERIFY(colour().saturation() < 10);
    }

private:
    void fill(int count)
    {
        QImage red(50, 50, QImage::Format_RGB32);
        red.fill(Qt::red);
        for (int i = 0; i < count; ++i) {
            auto* item = new QStandardItem(QStringLiteral("Oak chair %1").arg(i));
            item->setData(red, PictureRole);
            item->setData(false, StarRole);
            item->setData(0.5, ShareRole);
            item->setCheckable(true);
            item->setCheckState(Qt::Checked);
            item->setEditable(false);
            m_model->appendRow(item);
        }
    }

    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<ThumbnailView> m_view;
};

QTEST_MAIN(TestThumbnailView)
#include "tst_thumbnail_view.moc"
