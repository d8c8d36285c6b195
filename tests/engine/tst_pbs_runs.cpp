// Training runs of the stage pbs through the public door, and their result as a PBS model.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tiny_run.h"

#include <adtailor/background_similarity.h>

using namespace adtailor;
using nlohmann::json;

class TestPbsRuns : public QObject, private TinyRun
{
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }

    void resumesExactly();
    void freezesAGivenBackbone();
    void estimates();
    void leavesOutWhatCannotBeRead();
    void refusesWrongSettings_data();
    void refusesWrongSettings();
    void refusesScenesWithoutGroups();

private:
    json pbsSettings() const
    {
        json run = settings("pbs");
        for (const char* key :
             { "model", "initial", "records", "held_out", "tokenizer", "ema_decay" })
            run.erase(key);
        run["validate_every"] = 4; // must not disturb the steps after it
        run["pbs"] = { { "image_size", 32 },        { "patch_size", 8 },
                       { "hidden_size", 64 },       { "num_hidden_layers", 1 },
                       { "intermediate_size", 64 }, { "feature_size", 8 },
                       { "projector_size", 16 },    { "group", 2 } };
        return run;
    }
};

void TestPbsRuns::resumesExactly()
{
    json run = pbsSettings();
    run["pbs"]["sibling_views"] = 0.5;
    VERIFY_DONE(trainRun("whole", run));
    for (const int stopAfter : { 1, 3 })
        QCOMPARE(trainRun("parts", run, stopAfter).error().code, ErrorCode::Cancelled);
    VERIFY_DONE(trainRun("parts", run));
    compareRuns("whole", "parts", 6);
    QVERIFY(content("whole/model.safetensors") == content("parts/model.safetensors"));
    const auto model = BackgroundSimilarity::load(path("whole"));
    VERIFY_DONE(model);
    QCOMPARE(model->info().imageSize, 32);
    QCOMPARE(model->info().featureSize, 8);
    const std::vector pictures{ *images().load("a.png"), *images().load("b.png") };
    const auto features = model->features(pictures);
    VERIFY_DONE(features);
    QVERIFY(backgroundScore((*features)[0], (*features)[1]) < 1);
}

void TestPbsRuns::freezesAGivenBackbone()
{
    VERIFY_DONE(trainRun("first", pbsSettings()));
    json run = pbsSettings();
    run["initial"] = "../first/model.safetensors";
    run["pbs"]["freeze_backbone"] = true;
    QCOMPARE(trainRun("second", run, 3).error().code, ErrorCode::Cancelled);
    const auto outcome = trainRun("second", run); // resumed
    VERIFY_DONE(outcome);
    QVERIFY(content("second/model.safetensors") != content("first/model.safetensors"));
    VERIFY_DONE(BackgroundSimilarity::load(path("second")));
    // Equal from the ViT's first weight to its last: only the compress layer learnt.
    const std::string first = content("first/model.safetensors"),
                      second = content("second/model.safetensors");
    const auto norm = [](const std::string& file) { return file.substr(file.size() - 512); };
    QCOMPARE(first.size(), second.size());
    QVERIFY(norm(first) == norm(second));
}

void TestPbsRuns::estimates()
{
    write("run/run.json", pbsSettings().dump());
    const auto estimate = estimateTraining(path("run"), images());
    VERIFY_DONE(estimate);
    QCOMPARE(estimate->examples, 6);
    QVERIFY(estimate->trainedParameters > 1000);
}

void TestPbsRuns::leavesOutWhatCannotBeRead()
{
    m_bad = { "scene2.png" };
    const auto outcome = trainRun("run", pbsSettings());
    VERIFY_DONE(outcome);
    QCOMPARE(outcome->skipped.size(), 1U);
}

void TestPbsRuns::refusesWrongSettings_data()
{
    QTest::addColumn<QString>("change"); // merged into run.json
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no sizes") << R"({"pbs": null})"
                              << "\"pbs\"";
    QTest::newRow("width") << R"({"pbs": {"hidden_size": 65}})"
                           << "multiple of 64";
    QTest::newRow("patch") << R"({"pbs": {"patch_size": 7}})"
                           << "multiple of patch_size";
    QTest::newRow("one picture") << R"({"pbs": {"group": 1}})"
                                 << "group";
    QTest::newRow("huge") << R"({"pbs": {"projector_size": 1000000}})"
                          << "sane size";
    QTest::newRow("temperature") << R"({"pbs": {"temperature": 0}})"
                                 << "temperature";
    QTest::newRow("momentum") << R"({"pbs": {"momentum": 1}})"
                              << "momentum";
    QTest::newRow("siblings") << R"({"pbs": {"sibling_views": 2}})"
                              << "sibling_views";
    QTest::newRow("frozen nothing") << R"({"pbs": {"freeze_backbone": true}})"
                                    << "freeze_backbone";
    QTest::newRow("average") << R"({"ema_decay": 0.9})"
                             << "ema_decay";
    QTest::newRow("lora") << R"({"lora": {"rank": 2}})"
                          << "\"lora\"";
    QTest::newRow("another model") << R"({"initial": "../model/model.safetensors"})"
                                   << "no PBS feature model";
    QTest::newRow("type") << R"({"pbs": {"group": "two"}})"
                          << "\"group\" has the wrong type";
}

void TestPbsRuns::refusesWrongSettings()
{
    QFETCH(QString, change);
    QFETCH(QString, sentence);
    json run = pbsSettings();
    run.merge_patch(json::parse(change.toStdString()));
    VERIFY_REFUSED(trainRun("run", run), sentence.toStdString());
}

void TestPbsRuns::refusesScenesWithoutGroups()
{
    json run = pbsSettings();
    run["pbs"]["group"] = 3; // the two valid scenes of "pan" are too few
    VERIFY_REFUSED(trainRun("run", run), "no product of the split valid with 3");
    m_bad = { "scene6.png" };
    run["pbs"]["group"] = 2;
    VERIFY_REFUSED(trainRun("run", run), "no product of the split valid with 2");
}

QTEST_APPLESS_MAIN(TestPbsRuns)
#include "tst_pbs_runs.moc"
