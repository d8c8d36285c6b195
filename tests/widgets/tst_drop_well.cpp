// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/drop_well.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace adtailor;

class TestDropWell final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void dropGivesThePath()
    {
        DropWell well;
        QSignalSpy dropped(&well, &DropWell::dropped);
        QMimeData data;
        data.setUrls({ QUrl::fromLocalFile(QStringLiteral("/tmp/lamp.png")) });
        drop(well, data);
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped.at(0).at(0).toString(), QStringLiteral("/tmp/lamp.png"));
    }

    void severalFilesAndForeignAddressesAreRefused()
    {
        DropWell well;
        QSignalSpy dropped(&well, &DropWell::dropped);
        QSignalSpy refused(&well, &DropWell::refused);
        QMimeData two;
        two.setUrls({ QUrl::fromLocalFile(QStringLiteral("/a.png")),
                      QUrl::fromLocalFile(QStringLiteral("/b.png")) });
        drop(well, two);
        QMimeData web;
        web.setUrls({ QUrl(QStringLiteral("https://example.org/lamp.png")) });
        drop(well, web);
        QCOMPARE(dropped.size(), 0);
        QCOMPARE(refused.size(), 2);
    }

    void pasteByKeyGivesThePicture()
    {
        DropWell well;
        QSignalSpy pasted(&well, &DropWell::pasted);
        QImage picture(7, 5, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QApplication::clipboard()->setImage(picture);
        QTest::keyClick(&well, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(pasted.size(), 1);
        QCOMPARE(pasted.at(0).at(0).value<QImage>().size(), QSize(7, 5));
        QSignalSpy refused(&well, &DropWell::refused);
        QApplication::clipboard()->setText(QStringLiteral("only words"));
        well.paste();
        QCOMPARE(pasted.size(), 1);
        QCOMPARE(refused.size(), 1);
    }

    void everyButtonIsReachableByTab()
    {
        DropWell well;
        QVERIFY(!well.accessibleName().isEmpty());
        const auto buttons = well.findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 2);
        for (const auto* button : buttons)
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
    }

private:
    static void drop(DropWell& well, const QMimeData& data)
    {
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        // QApplication delivers drops of a real drag only.
        static_cast<QObject&>(well).event(&event);
    }
};

QTEST_MAIN(TestDropWell)
#include "tst_drop_well.moc"
