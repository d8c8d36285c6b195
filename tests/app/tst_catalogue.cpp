// SPDX-License-Identifier: GPL-3.0-or-later
// A table becomes ads: its columns, its rows, the batch that runs, stops and goes on.
#include "app/models/catalogue_model.h"
#include "app/pages/catalogue_page.h"
#include "app/pages/table_mapping.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;
using namespace Qt::StringLiterals;

class TestCatalogue final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void previewsTables();
    void refusesWhatIsNoTable();
    void chooseColumnsByTheirNames();
    void readsRowsWithTheirErrors();
    void followsABatch();
    void saysWhenItCannotStart();
    void aPageRunsAndStops();

private:
    QString write(const QString& name, const QByteArray& text) const;
    EngineCommand script(const QByteArray& lines) const;

    QTemporaryDir m_folder;
};

QString TestCatalogue::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder.filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return file.fileName();
}

// A stand-in for `adtailor`, started as the real one is.
EngineCommand TestCatalogue::script(const QByteArray& lines) const
{
    const QString file = write(u"batch.sh"_s, "#!/bin/sh\n" + lines);
    QFile::setPermissions(file, QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
    return { file, { u"serve"_s, u"--model"_s, u"m"_s } };
}

void TestCatalogue::initTestCase()
{
    qputenv("XDG_DATA_HOME", m_folder.path().toLocal8Bit());
    QVERIFY(QFile::copy(QStringLiteral(ADTAILOR_RESOURCES "/samples/coffee-machine.png"),
                        m_folder.filePath(u"machine.png"_s)));
    write(u"table.csv"_s,
          "image;name;points;person\nmachine.png;Coffee maker;\"hot, small\";lin\n"
          "nothing.png;Kettle;fast;lin\nmachine.png;\"Brewer \"\"X\"\"\";quiet;mia\n");
}

void TestCatalogue::previewsTables()
{
    const auto csv = previewTable(m_folder.filePath(u"table.csv"_s).toStdString());
    QVERIFY(csv.has_value());
    QCOMPARE(csv->size(), std::size_t(4));
    QCOMPARE(csv->at(1).name, std::string("name"));
    QCOMPARE(csv->at(1).samples,
             (std::vector<std::string>{ "Coffee maker", "Kettle", "Brewer \"X\"" }));
    const QString lines
        = write(u"t.jsonl"_s, "{\"a\": \"one } {\", \"n\": 5}\n{\"a\": \"\\\"\", \"b\": [1]}\n");
    const auto json = previewTable(lines.toStdString());
    QVERIFY(json.has_value());
    QCOMPARE(json->size(), std::size_t(3));
    QCOMPARE(json->at(0).samples, (std::vector<std::string>{ "one } {", "\"" }));
    const QString list = write(u"t.json"_s, " [ {\"a\": {\"x\": 1}}, {\"a\": 2} ]");
    QCOMPARE(previewTable(list.toStdString())->at(0).samples.size(), std::size_t(2));
}

void TestCatalogue::refusesWhatIsNoTable()
{
    for (const QByteArray& text : { QByteArray(), QByteArray("\0\xff\xfe{", 4), QByteArray("[1]"),
                                    QByteArray("{\"a\":"), QByteArray(5 << 20, '{') }) {
        const QString file = write(u"bad.json"_s, text);
        const auto columns = previewTable(file.toStdString());
        QVERIFY(!columns.has_value());
        QVERIFY(!columns.error().detail.empty());
    }
    QVERIFY(!previewTable(m_folder.filePath(u"missing.csv"_s).toStdString()).has_value());
}

void TestCatalogue::chooseColumnsByTheirNames()
{
    TableMapping form;
    form.retranslate();
    form.setColumns(*previewTable(m_folder.filePath(u"table.csv"_s).toStdString()));
    const Pad1mColumns expected{ { "f_path_trans", "image" },
                                 { "sku_title_cn", "name" },
                                 { "word_list", "points" },
                                 { "user_id", "person" } };
    QVERIFY(form.mapping() == expected);
    QVERIFY(form.isWhole());
    form.setColumns({ { "Bild", {} }, { "word_list", {} } });
    QVERIFY(!form.isWhole());
    QCOMPARE(form.mapping().size(), std::size_t(1)); // PAd1M's own name
}

void TestCatalogue::readsRowsWithTheirErrors()
{
    const Pad1mColumns columns{ { "f_path_trans", "image" },
                                { "sku_title_cn", "name" },
                                { "word_list", "points" },
                                { "user_id", "person" } };
    auto rows = readCatalogue(m_folder.filePath(u"table.csv"_s), columns);
    QVERIFY2(rows.has_value(), rows ? "" : rows.error().detail.c_str());
    QCOMPARE(rows->size(), std::size_t(3));
    CatalogueModel model;
    QAbstractItemModelTester tester(&model);
    model.setRows(std::move(*rows));
    QCOMPARE(model.at(0).points, (QStringList{ u"hot"_s, u"small"_s }));
    QCOMPARE(model.at(1).number, 2);
    QVERIFY(model.at(1).text.contains(u"nothing.png"_s));
    QCOMPARE(model.counts().failed, 1);
    model.setDrawn(0.5);
    QCOMPARE(model.at(0).state, CatalogueRow::State::Drawing);
    model.setDone(1, u"Hot"_s);
    model.setDrawn(0.25); // of the next one that waits
    QCOMPARE(model.at(2).share, 0.25);
    model.stopDrawing();
    QCOMPARE(model.counts().left(), 1);
    model.setDone(77, u"nobody"_s);
    model.retryFailed();
    QCOMPARE(model.counts().left(), 2);
}

void TestCatalogue::followsABatch()
{
    BatchProcess batch([this] {
        return script("echo \"$@\" > \"$(dirname \"$0\")/words\"\n"
                      "echo '{\"event\":\"start\",\"root\":\"/r\"}'\n"
                      "echo '{\"event\":\"progress\",\"stage\":\"image\",\"done\":1,\"total\":4}'\n"
                      "echo garbage\n"
                      "echo '{\"event\":\"item\",\"number\":1,\"title\":\"Hot\"}'\n"
                      "echo '{\"event\":\"kept\",\"number\":2,\"title\":\"Old\"}'\n"
                      "echo '{\"event\":\"failed\",\"number\":3,\"detail\":\"Why.\"}'\nexit 9\n");
    });
    QSignalSpy done(&batch, &BatchProcess::rowDone), bad(&batch, &BatchProcess::rowFailed);
    QSignalSpy drawn(&batch, &BatchProcess::rowDrawn), ended(&batch, &BatchProcess::ended);
    QSignalSpy failed(&batch, &BatchProcess::failed);
    const BatchWish wish{ u"it's.csv"_s, { { "word_list", "p" } }, m_folder.filePath(u"out"_s), 5 };
    batch.start(wish);
    QVERIFY(ended.wait(20'000));
    QCOMPARE(ended[0][0].toBool(), false);
    QCOMPARE(done.count(), 2);
    QCOMPARE(done[1][2].toBool(), true);
    QCOMPARE(bad[0][1].toString(), u"Why."_s);
    QCOMPARE(drawn[0][0].toDouble(), 0.25);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(batch.root(), u"/r"_s);
    QFile words(m_folder.filePath(u"words"_s));
    QVERIFY(words.open(QIODevice::ReadOnly));
    const QString said = QString::fromUtf8(words.readAll()).trimmed();
    QVERIFY(said.startsWith(u"batch it's.csv --columns "_s)
            && said.endsWith(u"--model m --json"_s));
    QVERIFY(batch.commandLine(wish).startsWith(u"adtailor batch 'it'\\''s.csv' --columns "_s));
    QFile columns(m_folder.filePath(u"out/columns.json"_s));
    QVERIFY(columns.open(QIODevice::ReadOnly));
    QVERIFY(columns.readAll().contains("\"word_list\": \"p\""));
}

void TestCatalogue::saysWhenItCannotStart()
{
    BatchProcess batch([] { return EngineCommand{ u"/nowhere/adtailor"_s, {} }; });
    QSignalSpy failed(&batch, &BatchProcess::failed);
    batch.start({ u"t.csv"_s, {}, m_folder.filePath(u"o"_s), 0 });
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!batch.isRunning());
    batch.start({ u"t.csv"_s, {}, u"/proc/no/folder"_s, 0 });
    QTRY_COMPARE(failed.count(), 2);
}

void TestCatalogue::aPageRunsAndStops()
{
    CataloguePage page([this] {
        return script("echo '{\"event\":\"item\",\"number\":1,\"title\":\"Hot\"}'\n"
                      "trap 'exit 130' TERM\nwhile :; do sleep 0.05; done\n");
    });
    page.resize(1200, 800);
    page.show();
    page.openTable(m_folder.filePath(u"table.csv"_s));
    QTRY_COMPARE(page.model().rowCount(), 3);
    QTest::keyClick(&page, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(page.model().counts().done, 1);
    QVERIFY(page.isRunning());
    QTest::keyClick(&page, Qt::Key_Return, Qt::ControlModifier); // stops
    QTRY_VERIFY_WITH_TIMEOUT(!page.isRunning(), 10'000);
    QCOMPARE(page.model().counts().done, 1); // stays
    page.openTable(m_folder.filePath(u"missing.csv"_s));
    QCOMPARE(page.model().rowCount(), 0);
}

QTEST_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
