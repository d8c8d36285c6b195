// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

// Updates a copy of each translation from the sources, as a translator would, and refuses what is
// unfinished: a new string without Chinese words fails here.
class TestTranslations final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everySentenceIsTranslated_data();
    void everySentenceIsTranslated();
    void placeholdersSurvive_data() { everySentenceIsTranslated_data(); }
    void placeholdersSurvive();
    void chineseFollowsTheHouseStyle();

private:
    struct Message
    {
        QString source;
        QStringList translations; // several where there are plural forms
        bool finished = true;
    };
    QList<Message> updated(const QString& language) const;
    static QList<Message> read(const QString& file);
    QTemporaryDir m_folder;
};

void TestTranslations::initTestCase()
{
    QVERIFY2(QFile::exists(QStringLiteral(ADTAILOR_LUPDATE)),
             "lupdate is missing at " ADTAILOR_LUPDATE
             ": install the Debian package qt6-l10n-tools (./dev setup does).");
    const QString root = QStringLiteral(ADTAILOR_SOURCE);
    for (const QString& language : { QStringLiteral("en"), QStringLiteral("zh_CN") }) {
        const QString name = QStringLiteral("/adtailor_%1.ts").arg(language);
        const QString copy = m_folder.path() + name;
        QVERIFY(QFile::copy(root + QStringLiteral("/translations") + name, copy));
        QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
        QProcess lupdate;
        QStringList arguments{ QStringLiteral("-silent"),     QStringLiteral("-no-obsolete"),
                               QStringLiteral("-I"),          root,
                               root + QStringLiteral("/app"), root + QStringLiteral("/widgets") };
        if (language == QStringLiteral("en"))
            arguments.prepend(QStringLiteral("-pluralonly"));
        arguments << QStringLiteral("-ts") << copy;
        lupdate.start(QStringLiteral(ADTAILOR_LUPDATE), arguments);
        QVERIFY(lupdate.waitForFinished(120'000));
        QCOMPARE(lupdate.exitCode(), 0);
    }
}

QList<TestTranslations::Message> TestTranslations::updated(const QString& language) const
{
    return read(m_folder.path() + QStringLiteral("/adtailor_%1.ts").arg(language));
}

QList<TestTranslations::Message> TestTranslations::read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QStringLiteral("message"))
            messages.append(Message());
        else if (xml.name() == QStringLiteral("source"))
            messages.last().source = xml.readElementText();
        else if (xml.name() == QStringLiteral("translation")) {
            messages.last().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            QString text;
            while (!(xml.readNext() == QXmlStreamReader::EndElement
                     && xml.name() == QStringLiteral("translation"))) {
                if (xml.isStartElement() && xml.name() == QStringLiteral("numerusform"))
                    messages.last().translations.append(xml.readElementText());
                else if (xml.isCharacters())
                    text += xml.text().toString();
                if (xml.atEnd())
                    break;
            }
            if (messages.last().translations.isEmpty())
                messages.last().translations.append(text);
        }
    }
    return messages;
}

void TestTranslations::everySentenceIsTranslated_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English plurals") << QStringLiteral("en");
    QTest::newRow("Simplified Chinese") << QStringLiteral("zh_CN");
}

void TestTranslations::everySentenceIsTranslated()
{
    QFETCH(QString, language);
    const QList<Message> messages = updated(language);
    QVERIFY(messages.size() > (language == QStringLiteral("en") ? 5 : 200));
    QStringList missing;
    for (const Message& message : messages) {
        bool empty = false;
        for (const QString& text : message.translations)
            empty = empty || text.trimmed().isEmpty();
        if (!message.finished || empty)
            missing.append(message.source);
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QStringLiteral("\n"))));
}

void TestTranslations::placeholdersSurvive()
{
    QFETCH(QString, language);
    static const QRegularExpression place(QStringLiteral("%(\\d|n)"));
    for (const Message& message : updated(language))
        for (const QString& text : message.translations) {
            QStringList wanted, found;
            for (auto it = place.globalMatch(message.source); it.hasNext();)
                wanted.append(it.next().captured());
            for (auto it = place.globalMatch(text); it.hasNext();)
                found.append(it.next().captured());
            wanted.removeDuplicates();
            found.removeDuplicates();
            wanted.sort();
            found.sort();
            QVERIFY2(wanted == found, qPrintable(message.source + QStringLiteral(" → ") + text));
        }
}

void TestTranslations::chineseFollowsTheHouseStyle()
{
    static const QRegularExpression halfWidth(QStringLiteral("\\p{Han}[,;!?]"));
    for (const Message& message : updated(QStringLiteral("zh_CN")))
        for (const QString& text : message.translations) {
            QVERIFY2(!text.contains(QStringLiteral("您")), qPrintable(text));
            QVERIFY2(!text.contains(halfWidth), qPrintable(text));
        }
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
