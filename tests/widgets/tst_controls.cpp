// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/accessible_roles.h"
#include "widgets/context_picker.h"
#include "widgets/focus_ring.h"
#include "widgets/highlight_view.h"
#include "widgets/message_bar.h"
#include "widgets/nav_rail.h"
#include "widgets/segments.h"
#include "widgets/slider_field.h"
#include "widgets/status_pill.h"
#include "widgets/text_field.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace adtailor;

class TestControls final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void sliderFieldTakesKeysAndText()
    {
        SliderField field(QStringLiteral("Guidance"));
        field.setRange(0, 10, 0.5);
        field.setDecimals(1);
        field.setValue(5);
        QSignalSpy changed(&field, &SliderField::valueChanged);
        QSignalSpy edited(&field, &SliderField::valueEdited);
        auto* slider = field.findChild<QSlider*>();
        auto* edit = field.findChild<QLineEdit*>();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(field.value(), 5.5);
        edit->setText(QStringLiteral("7.26"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(field.value(), 7.5); // snapped to the step
        edit->setText(QStringLiteral("much"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(edit->text(), QStringLiteral("7.5"));
        edit->setText(QStringLiteral("999"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(field.value(), 10.0);
        QCOMPARE(changed.size(), 3);
        QCOMPARE(edited.size(), 3);
        QCOMPARE(slider->accessibleName(), QStringLiteral("Guidance"));
    }

    void sliderFieldResetsAndIgnoresTheWheelWithoutFocus()
    {
        SliderField field(QStringLiteral("Variety"));
        field.setRange(0, 2, 0.1);
        field.setDefault(1);
        field.setValue(0.4);
        auto* slider = field.findChild<QSlider*>();
        QWheelEvent wheel(QPointF(5, 5), QPointF(5, 5), {}, QPoint(0, 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(slider, &wheel);
        QCOMPARE(field.value(), 0.4);
        QTest::mouseDClick(slider, Qt::LeftButton);
        QCOMPARE(field.value(), 1.0);
    }

    void segmentsChooseByArrowsAndSkipTheDisabled()
    {
        Segments segments({ QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C") });
        segments.setChoiceEnabled(1, false, QStringLiteral("needs a picture"));
        QSignalSpy changed(&segments, &Segments::currentChanged);
        const auto buttons = segments.findChildren<QToolButton*>();
        QTest::keyClick(buttons[0], Qt::Key_Right);
        QCOMPARE(segments.current(), 2);
        QTest::keyClick(buttons[2], Qt::Key_Right); // the end
        QCOMPARE(changed.size(), 1);
        segments.setCurrent(0);
        QCOMPARE(changed.size(), 1); // only the user is told about
        QTest::mouseClick(buttons[2], Qt::LeftButton);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(buttons[1]->toolTip(), QStringLiteral("needs a picture"));
    }

    void messageBarShowsAndRepairs()
    {
        QWidget page;
        QVBoxLayout layout(&page);
        auto* bar = new MessageBar;
        bar->showMessage(MessageBar::Kind::Warning,
                         QStringLiteral("<b>This photo</b> has a background."), {},
                         { QStringLiteral("Cut it out"), QStringLiteral("Use as it is") });
        QVERIFY(!bar->isVisible()); // must not become a window of its own
        layout.addWidget(bar);
        page.show();
        QVERIFY(bar->isVisible());
        QSignalSpy clicked(bar, &MessageBar::buttonClicked);
        QTest::mouseClick(bar->findChildren<QPushButton*>().at(1), Qt::LeftButton);
        QCOMPARE(clicked.at(0).at(0).toInt(), 1);
        QVERIFY(bar->accessibleName().contains(QStringLiteral("<b>"))); // plain, never markup
        bar->clear();
        QVERIFY(!bar->isVisible());
    }

    void messageBarShowsEveryLineInANarrowPanel()
    {
        QWidget page;
        QVBoxLayout layout(&page);
        auto* bar = new MessageBar;
        bar->setStacked(true);
        layout.addWidget(bar);
        layout.addStretch();
        bar->showMessage(
            MessageBar::Kind::Error,
            QStringLiteral("The engine stopped. Finished ads are kept. Start it again."),
            QStringLiteral(
                "The engine program was not found beside the studio. Install AdTailor again."),
            { QStringLiteral("Start engine") });
        page.resize(240, 600);
        page.show();
        for (const QLabel* label : bar->findChildren<QLabel*>())
            if (!label->text().isEmpty())
                QVERIFY(label->height() >= label->heightForWidth(label->width()));
        QVERIFY(bar->height() < 300); // the rest of the panel is not taken
    }

    void textFieldRefusesWhatItCannotLayOut()
    {
        TextField field(2000);
        QSignalSpy refused(&field, &TextField::refused);
        QApplication::clipboard()->setText(QString(1'000'000, QLatin1Char('x')));
        field.paste();
        QCOMPARE(refused.count(), 1);
        QVERIFY(field.toPlainText().isEmpty());
        QApplication::clipboard()->setText(QString(2000, QLatin1Char('x')));
        field.paste();
        QCOMPARE(refused.count(), 1);
        QCOMPARE(field.toPlainText().size(), 2000);
    }

    void messageBarGivesItsWordsTheWidth()
    {
        QWidget page;
        QVBoxLayout layout(&page);
        auto* bar = new MessageBar;
        bar->setStacked(true);
        layout.addWidget(bar);
        layout.addStretch();
        page.resize(300, 600);
        page.show();
        bar->showMessage(MessageBar::Kind::Error, QStringLiteral("The file is damaged."),
                         QStringLiteral("cut.png is a damaged PNG: it ends too early."));
        QCoreApplication::processEvents();
        for (const QLabel* label : bar->findChildren<QLabel*>())
            if (!label->text().isEmpty())
                QVERIFY(label->width() > bar->width() - 80);
    }

    void railWalksByKeyAndShortcut()
    {
        NavRail rail;
        for (const char* name : { "brief", "people", "generate" })
            rail.addStep(QLatin1String(name), QLatin1String(name));
        rail.addTool(QStringLiteral("models"), QStringLiteral("Models"));
        rail.setCurrent(0);
        rail.resize(rail.sizeHint());
        rail.show();
        rail.activateWindow();
        QTRY_VERIFY(rail.isActiveWindow());
        rail.setFocus();
        QSignalSpy activated(&rail, &NavRail::activated);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(activated.size(), 0); // moving is not opening
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(activated.at(0).at(0).toInt(), 1);
        QTest::keyClick(&rail, Qt::Key_3, Qt::ControlModifier);
        QTest::keyClick(&rail, Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(activated.at(1).at(0).toInt(), 2);
        QCOMPARE(activated.at(2).at(0).toInt(), 3);
        QTest::mouseClick(rail.childAt(50, 30), Qt::LeftButton);
        QCOMPARE(activated.at(3).at(0).toInt(), 0);
        QCOMPARE(rail.current(), 0); // only setCurrent() changes the page
        rail.setBadge(2, 3);
        const auto buttons = rail.findChildren<QToolButton*>();
        QCOMPARE(buttons.at(2)->accessibleName(), QStringLiteral("generate"));
        QVERIFY(buttons.at(2)->accessibleDescription().contains(QLatin1Char('3')));
        QVERIFY(buttons.at(0)->isChecked() && !buttons.at(1)->isChecked());
        const QImage before = rail.grab().toImage();
        rail.setDone(1, true);
        QVERIFY(before != rail.grab().toImage());
    }

    void screenReadersKnowTheRoles()
    {
        installAccessibleRoles();
        MessageBar bar;
        bar.showMessage(MessageBar::Kind::Error, QStringLiteral("The disk is full."));
        QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(&bar);
        QCOMPARE(seen->role(), QAccessible::AlertMessage);
        QCOMPARE(seen->text(QAccessible::Name), QStringLiteral("The disk is full."));
    }

    void initialsOfNames()
    {
        QCOMPARE(ContextPicker::initialsOf(QStringLiteral("Lin Wei")), QStringLiteral("LW"));
        QCOMPARE(ContextPicker::initialsOf(QStringLiteral("陈昊")), QStringLiteral("陈"));
        QCOMPARE(ContextPicker::initialsOf(QStringLiteral("Reading-corner buyers")),
                 QStringLiteral("RC"));
        QCOMPARE(ContextPicker::initialsOf(QStringLiteral("  ")), QString());
    }

    void highlightKeepsCellsApart()
    {
        HighlightView view;
        QImage grey(64, 64, QImage::Format_RGB32);
        grey.fill(Qt::gray);
        view.setPicture(grey);
        view.setMode(HighlightView::Mode::Spotlight);
        std::vector<float> weights(4, 0.0f);
        weights[3] = 0.8f;
        view.setPatches(2, weights);
        view.setHeading(QStringLiteral("Read 1st"));
        view.resize(348, 160);
        const QImage shot = view.grab().toImage();
        QCOMPARE(shot.pixelColor(10 + 104, 10 + 104), QColor(Qt::gray)); // kept: as it is
        QVERIFY(shot.pixelColor(10 + 34, 10 + 34).lightness() < 90); // dropped: dark
        view.setPatches(8, weights); // wrong count: no heat
        QCOMPARE(view.grab().toImage().pixelColor(10 + 34, 10 + 34), QColor(Qt::gray));
        QSignalSpy activated(&view, &HighlightView::activated);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(activated.size(), 1);
        QVERIFY(!view.accessibleDescription().isEmpty());
    }

    void highlightJoinsWordsByScript()
    {
        using Kind = HighlightView::Word::Kind;
        HighlightView view;
        view.setWords({ { QStringLiteral("warm"), Kind::Plain },
                        { QStringLiteral("light"), Kind::Plain },
                        { QStringLiteral(","), Kind::Plain },
                        { QStringLiteral("暖光"), Kind::Plain },
                        { QStringLiteral("台灯"), Kind::Plain },
                        { QStringLiteral("："), Kind::Plain },
                        { QStringLiteral("40 h"), Kind::Plain } });
        QCOMPARE(view.accessibleDescription(), QStringLiteral("warm light, 暖光台灯：40 h"));
    }

    void pillsSayTheirState()
    {
        StatusPill pill;
        pill.setStatus(StatusKind::Error, QStringLiteral("Failed"));
        QCOMPARE(pill.accessibleName(), QStringLiteral("Failed"));
        const int narrow = pill.sizeHint().width();
        pill.setStatus(StatusKind::Error, QStringLiteral("Failed"), QStringLiteral("-"));
        QVERIFY(pill.sizeHint().width() < narrow); // without its icon
    }

    void ringFollowsTheFocus()
    {
        QWidget window;
        QVBoxLayout layout(&window);
        QPushButton first, second;
        layout.addWidget(&first);
        layout.addWidget(&second);
        FocusRing ring(&window);
        window.show();
        window.activateWindow();
        QTRY_VERIFY(window.isActiveWindow());
        second.setFocus();
        QVERIFY(ring.isVisible());
        QCOMPARE(ring.geometry(), second.geometry().adjusted(-3, -3, 3, 3));
        window.resize(400, 300);
        QApplication::processEvents();
        QCOMPARE(ring.geometry(), second.geometry().adjusted(-3, -3, 3, 3));
        second.hide();
        QTRY_VERIFY(ring.geometry() != second.geometry().adjusted(-3, -3, 3, 3)
                    || !ring.isVisible());
    }
};

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
