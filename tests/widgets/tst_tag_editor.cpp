// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/tag_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace adtailor;

class TestTagEditor final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void init()
    {
        m_editor = std::make_unique<TagEditor>();
        m_editor->resize(300, 200);
        m_editor->show();
        m_edit = m_editor->findChild<QLineEdit*>();
    }

    void splitsListsOfBothLanguages()
    {
        QCOMPARE(TagEditor::split(QStringLiteral(" warm light,\n\nsteel  base ;; ")),
                 QStringList({ QStringLiteral("warm light"), QStringLiteral("steel base") }));
        QCOMPARE(TagEditor::split(QStringLiteral("暖光，钢底座、可调光；")).size(), 3);
        QVERIFY(TagEditor::split(QStringLiteral(" ,\n，")).isEmpty());
    }

    void enterAddsAndBackspaceRemoves()
    {
        QSignalSpy changed(m_editor.get(), &TagEditor::tagsChanged);
        QTest::keyClicks(m_edit, QStringLiteral("Warm light"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClicks(m_edit, QStringLiteral("Steel,"));
        QCOMPARE(m_editor->tags(),
                 QStringList({ QStringLiteral("Warm light"), QStringLiteral("Steel") }));
        QCOMPARE(changed.size(), 2);
        QTest::keyClick(m_edit, Qt::Key_Backspace);
        QCOMPARE(m_editor->tags(), QStringList({ QStringLiteral("Warm light") }));
    }

    void pasteSplits()
    {
        QApplication::clipboard()->setText(QStringLiteral("one\ntwo, three"));
        QTest::keyClick(m_edit, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_editor->tags().size(), 3);
        QVERIFY(m_edit->text().isEmpty());
        QApplication::clipboard()->setText(QStringLiteral("alone"));
        QTest::keyClick(m_edit, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_edit->text(), QStringLiteral("alone"));
    }

    void saysThatAPastedListWasCut()
    {
        m_editor->setLimit(3);
        QStringList calls;
        connect(m_editor.get(), &TagEditor::tagsChanged, this, [&] { calls << "changed"; });
        connect(m_editor.get(), &TagEditor::refused, this, [&] { calls << "refused"; });
        QStringList many;
        for (int i = 0; i < 10'000; ++i)
            many << QStringLiteral("point %1").arg(i);
        QApplication::clipboard()->setText(many.join(QLatin1Char('\n')));
        QTest::keyClick(m_edit, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_editor->tags().size(), 3);
        // Last, because an edit clears the messages about the state before it.
        QCOMPARE(calls, (QStringList{ "changed", "refused" }));
    }

    void refusesWithASentence()
    {
        m_editor->setLimit(2);
        m_editor->setLengthLimit(10);
        QSignalSpy refused(m_editor.get(), &TagEditor::refused);
        type(QStringLiteral("steel"));
        type(QStringLiteral("STEEL"));
        QCOMPARE(refused.size(), 1);
        type(QStringLiteral("longer than ten"));
        QCOMPARE(refused.size(), 2);
        type(QStringLiteral("a"));
        QCOMPARE(m_editor->tags().size(), 2);
        QVERIFY(!m_edit->isVisible()); // full
        for (const auto& call : refused)
            QVERIFY(!call.at(0).toString().isEmpty());
    }

    void chipsMoveAndCloseByKey()
    {
        m_editor->setTags({ QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") });
        m_editor->activateWindow();
        QTRY_VERIFY(m_editor->isActiveWindow());
        m_edit->setFocus();
        QTest::keyClick(m_edit, Qt::Key_Left);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(m_editor->tags().join(QString()), QStringLiteral("acb"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
        QCOMPARE(m_editor->tags().join(QString()), QStringLiteral("ab"));
        const auto buttons = m_editor->findChildren<QToolButton*>();
        QVERIFY(!buttons.isEmpty());
        for (const auto* button : buttons)
            QVERIFY(!button->accessibleName().isEmpty());
    }

    void keepsEveryChipInSight()
    {
        m_editor->setTags({ QStringLiteral("Warm 2700 K light"), QStringLiteral("Stepless dimming"),
                            QStringLiteral("Solid steel base"), QStringLiteral("40 h battery") });
        m_editor->resize(180, 20);
        QVERIFY(m_editor->minimumHeight() > 100);
    }

    void readOnlyTakesNothing()
    {
        m_editor->setTags({ QStringLiteral("a") });
        m_editor->setReadOnly(true);
        QVERIFY(!m_edit->isVisible());
        for (const auto* button : m_editor->findChildren<QToolButton*>())
            QVERIFY(!button->isVisible());
    }

private:
    void type(const QString& text)
    {
        QTest::keyClicks(m_edit, text);
        QTest::keyClick(m_edit, Qt::Key_Return);
    }

    std::unique_ptr<TagEditor> m_editor;
    QLineEdit* m_edit = nullptr;
};

QTEST_MAIN(TestTagEditor)
#include "tst_tag_editor.moc"
