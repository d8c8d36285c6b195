// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/column_names.h"
#include "app/pages/column_form.h"
#include "app/run_recipe.h"
#include "app/training_check.h"
#include "app/training_process.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;
using namespace Qt::StringLiterals;

class TestTraining final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void runsToTheEnd();
    void pausesResumesAndStops();
    void outlivesTheStudio();
    void aCrashIsToldAndGoneOnFrom();
    void anErrorOfItsOwnIsTold();
    void aProgramThatIsNotThereIsTold();
    void laterLinesWin();
    void hostileFilesAreNoRun();
    void theCheckTellsNeedOrError();
    void settingsSurviveTheForm();
    void newRunsGetTheirOwnFolder();
    void columnsAreRead_data();
    void columnsAreRead();
    void columnsAreMapped();

private:
    void write(const QString& name, const QByteArray& text);
    std::unique_ptr<TrainingProcess> follower() const;
    QString folder() const { return m_home->path(); }

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestTraining::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

void TestTraining::write(const QString& name, const QByteArray& text)
{
    QDir(folder()).mkpath(QFileInfo(name).path());
    QFile file(folder() + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

std::unique_ptr<TrainingProcess> TestTraining::follower() const
{
    auto process = std::make_unique<TrainingProcess>(
        EngineCommand{ QStringLiteral(ADTAILOR_FAKE_TRAINER), {} },
        TrainingTimes{ .alive = 20, .resting = 20, .start = 5000 });
    process->follow(folder());
    return process;
}

void TestTraining::runsToTheEnd()
{
    write(u"run.json"_s, R"({"fake":"ok","steps":12,"name":"Warm homes"})");
    const auto process = follower();
    QTRY_VERIFY(process->run().readable);
    QCOMPARE(process->run().state, RunState::New);
    QCOMPARE(process->run().name, u"Warm homes"_s);
    QSignalSpy ended(process.get(), &TrainingProcess::ended);
    process->start();
    QCOMPARE(process->run().state, RunState::Starting);
    QTRY_COMPARE(process->run().state, RunState::Running);
    QTRY_VERIFY(process->secondsLeft() > 0);
    QTRY_VERIFY(process->run().peakBytes > 100'000);
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Finished, 20'000);
    QCOMPARE(ended.count(), 1);
    QVERIFY(process->run().hasModel);
    QCOMPARE(process->run().best, 12);
    QCOMPARE(process->metrics().lastStep(), 12);
    QCOMPARE(process->metrics().at(8, u"held_out_image"_s), 3.0);
    QCOMPARE(process->metrics().at(8, u"image"_s), 2.0);
    QVERIFY(!process->metrics().last(u"bad"_s));
    QVERIFY(!process->run().stoppedEarly);
}

void TestTraining::pausesResumesAndStops()
{
    write(u"run.json"_s, R"({"fake":"ok","steps":12})");
    const auto process = follower();
    QTRY_VERIFY(process->run().readable);
    process->start();
    QTRY_COMPARE(process->run().state, RunState::Running);
    process->pause();
    QCOMPARE(process->run().state, RunState::Pausing);
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Paused, 20'000);
    const qint64 step = process->metrics().lastStep();
    QTest::qWait(300);
    QCOMPARE(process->metrics().lastStep(), step);
    process->resume();
    QTRY_VERIFY(process->metrics().lastStep() > step);
    process->stop();
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Stopped, 20'000);
    QVERIFY(process->run().checkpoints.front().step >= step);
    process->start(); // the stop word is not obeyed again
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Finished, 20'000);
}

void TestTraining::outlivesTheStudio()
{
    write(u"run.json"_s, R"({"fake":"ok","steps":12})");
    auto process = follower();
    QTRY_VERIFY(process->run().readable);
    process->start();
    QTRY_VERIFY(process->metrics().lastStep() > 1);
    process->pause();
    process.reset();
    process = follower();
    QTRY_VERIFY(isAlive(process->run().state));
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Paused, 20'000);
    QVERIFY(process->metrics().lastStep() > 1); // the curve from its beginning
    process->resume();
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Finished, 20'000);
}

void TestTraining::aCrashIsToldAndGoneOnFrom()
{
    write(u"run.json"_s, R"({"fake":"crash","steps":12})");
    const auto process = follower();
    QTRY_VERIFY(process->run().readable);
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Crashed, 20'000);
    QVERIFY(process->run().error.has_value());
    QCOMPARE(process->run().error->detail, std::string("Killed by the test"));
    QCOMPARE(process->run().checkpoints.front().step, 4);
    QCOMPARE(process->metrics().lastStep(), 6); // the cut line is none
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Finished, 20'000);
    QCOMPARE(process->metrics().lines().size(), 12U); // 5 and 6 once, although written twice
}

void TestTraining::anErrorOfItsOwnIsTold()
{
    write(u"run.json"_s, R"({"fake":"error","steps":12})");
    const auto process = follower();
    QTRY_VERIFY(process->run().readable);
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(process->run().state, RunState::Failed, 20'000);
    QCOMPARE(process->run().error->code, ErrorCode::DiskFull);
    QVERIFY(canGoOn(process->run().state));
}

void TestTraining::aProgramThatIsNotThereIsTold()
{
    write(u"run.json"_s, R"({"steps":12})");
    TrainingProcess process({ u"/nowhere/adtailor"_s, {} });
    process.follow(folder());
    QTRY_VERIFY(process.run().readable);
    QSignalSpy failed(&process, &TrainingProcess::failed);
    process.start();
    QCOMPARE(failed.count(), 1);
    QCOMPARE(process.run().state, RunState::New);
}

void TestTraining::laterLinesWin()
{
    RunMetrics metrics;
    for (qint64 step = 10; step <= 60; step += 10)
        metrics.add({ step, { { u"image"_s, double(step) } } });
    metrics.add({ 30, { { u"image"_s, 5.0 } } });
    QCOMPARE(metrics.lastStep(), 30);
    QCOMPARE(metrics.lines().size(), 3U);
    QCOMPARE(metrics.at(30, u"image"_s), 5.0);
    metrics.add({ 30, { { u"held_out_image"_s, 6.0 } } });
    QCOMPARE(metrics.at(30, u"image"_s), 5.0);
    QCOMPARE(metrics.at(30, u"held_out_image"_s), 6.0);
}

void TestTraining::hostileFilesAreNoRun()
{
    write(u"run.json"_s, QByteArray(3'000'000, '['));
    write(u"metrics.jsonl"_s,
          "{\"step\":1,\"image\":2}\n[]\n{\"step\":-3}\n{\"step\":\"x\"}\nnull\n"
              + QByteArray(900'000, 'a')
              + "\n{\"step\":2,\"image\":1e999}\n{\"step\":3,\"image\":3}\n");
    write(u"best.json"_s, "{\"step\":");
    write(u"checkpoints/step_99999999999999999999/manifest.json"_s, "{}");
    write(u"checkpoints/step_x/manifest.json"_s, "{}");
    write(u"samples/step_5.png"_s, "no picture");
    write(u"skipped.txt"_s, QByteArray("one\n\n").repeated(2000));
    write(u"log.jsonl"_s, QByteArray(200'000, '{'));
    const auto process = follower();
    QTRY_COMPARE(process->metrics().lastStep(), 3);
    QVERIFY(!process->run().readable);
    QCOMPARE(process->metrics().at(1, u"image"_s), 2.0);
    QVERIFY(process->run().checkpoints.empty());
    QCOMPARE(process->run().samples, (std::vector<qint64>{ 5 }));
    QCOMPARE(process->run().leftOutCount, 2000);
    QCOMPARE(process->run().leftOut.size(), 50);
    QCOMPARE(process->run().best, 0);
}

void TestTraining::theCheckTellsNeedOrError()
{
    const EngineCommand trainer{ QStringLiteral(ADTAILOR_FAKE_TRAINER), {} };
    TrainingCheck check(trainer);
    check.check({ { u"fake"_s, u"ok"_s } });
    QVERIFY(check.isRunning());
    QTRY_VERIFY(check.need().has_value());
    QTRY_VERIFY(!check.isRunning());
    QCOMPARE(check.need()->examples, 120);
    QCOMPARE(check.need()->leftOut, 1);
    QCOMPARE(check.need()->memoryBytes, 1'500'000'000ULL);
    QCOMPARE(check.need()->seconds(), 10.0);
    QCOMPARE(check.need()->sentences, QStringList{ u"Record 2: no picture."_s });
    QTRY_VERIFY(check.lint().has_value());
    QCOMPARE(check.lint()->unusable, 1);
    QCOMPARE(check.lint()->counts.size(), 2);
    QCOMPARE(check.lint()->counts.first(), std::pair(u"no-alpha"_s, qint64(8)));
    check.check({ { u"fake"_s, u"error"_s } });
    QVERIFY(!check.need() && !check.lint());
    QTRY_VERIFY(check.error().has_value());
    QCOMPARE(check.error()->code, ErrorCode::DiskFull);
    check.check({ { u"fake"_s, u"ok"_s } });
    check.cancel(); // no answer comes after it
    QTest::qWait(200);
    QVERIFY(!check.need() && !check.error());
    TrainingCheck missing({ u"/nowhere/adtailor"_s, {} });
    missing.check({});
    QTRY_VERIFY(missing.error().has_value());
    QVERIFY(!missing.isRunning());
}

void TestTraining::settingsSurviveTheForm()
{
    const TrainableModel model
        = readTrainableModel(QStringLiteral(ADTAILOR_RESOURCES) + u"/default_model"_s);
    QVERIFY(model.isOurs && model.isWhole);
    QVERIFY(model.isSmall() && model.readsHistory());
    for (const RunPurpose purpose :
         { RunPurpose::QuickLook, RunPurpose::Style, RunPurpose::Full, RunPurpose::Votes }) {
        RunRecipe recipe = recipeFor(purpose, model);
        recipe.name = u"Linen & oak"_s;
        recipe.records = u"/data/train.csv"_s;
        const bool votes = purpose == RunPurpose::Votes;
        recipe.columns = { { u"f_path"_s, u"ad"_s }, { u"list_separator"_s, u";"_s } };
        const QJsonObject settings = runSettings(recipe, model);
        const RunRecipe again = recipeOf(settings);
        QCOMPARE(again.purpose, purpose);
        QCOMPARE(again.steps, recipe.steps);
        QCOMPARE(again.learningRate, recipe.learningRate);
        QCOMPARE(again.patience, recipe.patience);
        QCOMPARE(again.records, recipe.records);
        QCOMPARE(again.columns, recipe.columns);
        QCOMPARE(runSettings(again, model), settings);
        // LoRA takes everything from its base; training of all weights names the files itself.
        QCOMPARE(settings.contains(u"base"), recipe.rank > 0);
        QCOMPARE(settings.contains(u"lora"), recipe.rank > 0);
        QCOMPARE(settings.contains(u"initial"), recipe.rank == 0);
        QCOMPARE(settings.contains(u"model"), recipe.rank == 0);
        QCOMPARE(settings[u"objective"].toString(), votes ? u"dpo"_s : QString());
        QVERIFY(!votes || (recipe.rank > 0 && !settings.contains(u"text_batch")));
        QVERIFY(!settings.contains(u"held_out")); // a part of the people is held out
    }
    QVERIFY(!readTrainableModel(folder()).isWhole);
}

void TestTraining::newRunsGetTheirOwnFolder()
{
    QStringList folders;
    for (const QString& name :
         { u"../../Évil /name"_s, u"a b"_s, u"a b"_s, u"..."_s, u"蘑菇台灯"_s }) {
        const auto made = createRun(folder() + u"/runs"_s, { { u"name"_s, name } });
        QVERIFY(made.has_value());
        QCOMPARE(QFileInfo(*made).path(), folder() + u"/runs"_s);
        QVERIFY(QFile::exists(*made + u"/run.json"_s));
        folders << QFileInfo(*made).fileName();
    }
    QCOMPARE(folders[1], u"a-b"_s);
    QCOMPARE(folders[2], u"a-b-2"_s);
    QCOMPARE(folders[3], u"run"_s);
    write(u"file"_s, "x");
    QVERIFY(!createRun(folder() + u"/file"_s, {}).has_value());
}

void TestTraining::columnsAreRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("columns");
    QTest::newRow("commas") << u"a.csv"_s << QByteArray("ad,product , title\r\n1,2,3\r\n")
                            << QStringList{ u"ad"_s, u"product"_s, u"title"_s };
    QTest::newRow("quotes") << u"a.csv"_s << QByteArray("\"ad, large\";\"the \"\"title\"\"\";x\n")
                            << QStringList{ u"ad, large"_s, u"the \"title\""_s, u"x"_s };
    QTest::newRow("tabs") << u"a.tsv"_s << QByteArray("\xEF\xBB\xBF图片\t标题\n")
                          << QStringList{ u"图片"_s, u"标题"_s };
    QTest::newRow("JSON Lines") << u"a.jsonl"_s << QByteArray("{\"title\":\"x\",\"ad\":1}\n{}")
                                << QStringList{ u"ad"_s, u"title"_s };
    QTest::newRow("one JSON array") << u"a.json"_s << QByteArray("[{\"ad\":1}]") << QStringList();
    QTest::newRow("broken JSON") << u"a.jsonl"_s << QByteArray("{\"ad\":") << QStringList();
    QTest::newRow("nothing") << u"a.csv"_s << QByteArray() << QStringList();
    QTest::newRow("a name without end") << u"a.csv"_s << QByteArray(1 << 20, 'x') << QStringList();
    QTest::newRow("no file") << QString() << QByteArray() << QStringList();
}

void TestTraining::columnsAreRead()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    if (!name.isEmpty())
        write(name, text);
    QTEST(columnNames(name.isEmpty() ? u"/nowhere.csv"_s : folder() + u'/' + name), "columns");
}

void TestTraining::columnsAreMapped()
{
    write(u"own.csv"_s, "ad,f_path_trans,name,points,seen\n");
    write(u"pad.csv"_s, "f_path,f_path_trans,gt_title_cn\n");
    QWidget window;
    ColumnForm form(&window);
    form.retranslate();
    form.setFile(folder() + u"/pad.csv"_s);
    QVERIFY(!form.isVisibleTo(&window)); // nothing to say
    QVERIFY(form.missing().isEmpty());
    form.setFile(folder() + u"/own.csv"_s);
    QVERIFY(form.isVisibleTo(&window));
    QCOMPARE(form.missing(), u"Clicked ad"_s);
    const auto choose = [&](const QString& field, const QString& column) {
        for (QComboBox* box : form.findChildren<QComboBox*>())
            if (box->accessibleName() == u"Column: "_s + field)
                box->setCurrentText(column);
    };
    QSignalSpy edited(&form, &ColumnForm::edited);
    choose(u"Clicked ad"_s, u"ad"_s);
    QCOMPARE(form.missing(), u"Clicked title"_s); // the cutout has its own name
    choose(u"Clicked title"_s, u"name"_s);
    choose(u"Selling points"_s, u"points"_s);
    QCOMPARE(edited.count(), 3);
    QVERIFY(form.missing().isEmpty());
    const QJsonObject columns{ { u"f_path"_s, u"ad"_s },
                               { u"gt_title_cn"_s, u"name"_s },
                               { u"word_list"_s, u"points"_s } };
    QCOMPARE(form.columns(), columns);
    form.setFile(folder() + u"/pad.csv"_s); // what that file lacks is not said of it
    QVERIFY(form.columns().isEmpty());
    form.setFile(folder() + u"/own.csv"_s);
    QCOMPARE(form.columns(), columns);
}

QTEST_MAIN(TestTraining)
#include "tst_training.moc"
