// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/title_edit.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace adtailor;

class TestTitleEdit final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Theme::load(Theme::Kind::Light).apply(*qApp); }

    void init()
    {
        m_edit = std::make_unique<TitleEdit>();
        m_edit->resize(320, 60);
        m_edit->show();
    }

    void findsPhrasesWithoutOverlap()
    {
        using Mark = TitleEdit::Mark;
        const QString text = QStringLiteral("Warm steel lamp, Steel base");
        const auto marks = TitleEdit::find(text,
                                           { QStringLiteral("steel lamp"), QStringLiteral("STEEL"),
                                             QString(), QStringLiteral("oak") },
                                           Mark::Kind::Brief);
        QCOMPARE(int(marks.size()), 1); // the first "steel" is taken
        QCOMPARE(marks[0].start, 5);
        QCOMPARE(marks[0].length, 10);
    }

    void twoLinesAreAlwaysReserved()
    {
        m_edit->setTitle(QStringLiteral("Short"));
        const int reserved = m_edit->height();
        m_edit->setTitle(QStringLiteral("Warm evening light for your reading corner, dimmable"));
        QCOMPARE(m_edit->height(), reserved);
        m_edit->setTitle(QString(200, QLatin1Char('w')));
        QVERIFY(m_edit->height() > reserved);
    }

    void punctuationNeverStartsALine()
    {
        // Each width puts the break elsewhere; a line may not begin with a closing sign.
        m_edit->setTitle(QStringLiteral(
            "为阅读角落带来温暖的夜晚灯光，赭黄钢质台灯。无级调光！续航四十小时，轻巧便携。"));
        for (int width = 100; width < 320; width += 7) {
            m_edit->resize(width, 60);
            const QTextLayout* layout = m_edit->document()->firstBlock().layout();
            for (int i = 1; i < layout->lineCount(); ++i) {
                const QChar first = m_edit->title().at(layout->lineAt(i).textStart());
                QVERIFY(!QStringLiteral("，。！）").contains(first));
            }
        }
    }

    void editingTellsAndEnterAccepts()
    {
        QSignalSpy edited(m_edit.get(), &TitleEdit::titleEdited);
        QSignalSpy accepted(m_edit.get(), &TitleEdit::accepted);
        m_edit->setTitle(QStringLiteral("Lamp"));
        QCOMPARE(edited.size(), 0);
        m_edit->moveCursor(QTextCursor::End);
        QTest::keyClicks(m_edit.get(), QStringLiteral("s"));
        QCOMPARE(edited.at(0).at(0).toString(), QStringLiteral("Lamps"));
        QTest::keyClick(m_edit.get(), Qt::Key_Return);
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(m_edit->title(), QStringLiteral("Lamps"));
    }

    void pasteStaysOneParagraphOfPlainText()
    {
        QApplication::clipboard()->setText(QStringLiteral("<b>two</b>\n lines"));
        QTest::keyClick(m_edit.get(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_edit->title(), QStringLiteral("<b>two</b> lines"));
    }

    void theLimitHolds()
    {
        m_edit->setLimit(5);
        QTest::keyClicks(m_edit.get(), QStringLiteral("abcdefgh"));
        QCOMPARE(m_edit->title(), QStringLiteral("abcde"));
    }

    void marksArePaintedInTheirColours()
    {
        m_edit->setTitle(QStringLiteral("mmmm nnnn"));
        m_edit->setMarks({ { 0, 4, TitleEdit::Mark::Kind::Brief },
                           { 5, 4, TitleEdit::Mark::Kind::History },
                           { 7, 9999, TitleEdit::Mark::Kind::Brief } });
        const QImage shot = m_edit->grab().toImage();
        QVERIFY(contains(shot, Look::current().colors.accent));
        QVERIFY(contains(shot, Look::current().colors.person));
        QVERIFY(contains(shot, Look::current().colors.personSoft));
    }

private:
    static bool contains(const QImage& shot, const QColor& color)
    {
        for (int y = 0; y < shot.height(); ++y)
            for (int x = 0; x < shot.width(); ++x)
                if (shot.pixelColor(x, y) == color)
                    return true;
        return false;
    }

    std::unique_ptr<TitleEdit> m_edit;
};

QTEST_MAIN(TestTitleEdit)
#include "tst_title_edit.moc"
