// What of a half-written title may be shown, and where a title ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/title_decoder.h"

#include <QTest>

using namespace adtailor;

class TestTitleText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsUpToTheTag_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("closed");
        const auto row = [](const char* name, const char* bytes, const char* text, bool closed) {
            QTest::newRow(name) << QByteArray(bytes) << QByteArray(text) << closed;
        };
        row("closed", " Run light </prompt> and more", "Run light", true);
        row("open", "Run light", "Run light", false);
        row("half a tag", "Run light</pro", "Run light", false);
        row("no tag after all", "a < b", "a < b", false);
        row("first byte of a tag", "a <", "a", false);
        row("empty", "", "", false);
        row("only blanks", " \n</prompt>", "", true);
        row("two of three bytes", "茶\xE8\x8C", "茶", false);
        row("one of four bytes", "tea\xF0", "tea", false);
        row("whole character", "tea茶", "tea茶", false);
        row("stray byte", "tea\x80!", "tea\xEF\xBF\xBD!", false);
        row("control characters", "a\x1B[31mb\nc", "a [31mb c", false);
        row("broken before the tag", "tea\xE8</prompt>", "tea\xEF\xBF\xBD", true);
    }
    void readsUpToTheTag()
    {
        QFETCH(QByteArray, bytes);
        const TitleText read = readTitle(bytes.toStdString());
        QTEST(QByteArray::fromStdString(read.text), "text");
        QTEST(read.closed, "closed");
    }
};

QTEST_APPLESS_MAIN(TestTitleText)
#include "tst_title_text.moc"
