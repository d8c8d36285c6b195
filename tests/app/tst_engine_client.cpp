// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine_client.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

class TestEngineClient final : public QObject
{
    Q_OBJECT

private slots:
    void answersJobsInOrder();
    void reportsProgressOfTheRightJob();
    void readsBackgrounds();
    void cancelsARunningJob();
    void cancelsAWaitingJob();
    void tellsTheUserAtOnceWhenTheEngineIsDeaf();
    void killsAnEngineThatHangs();
    void restartsAndRetriesAfterACrash();
    void setsAsideAJobThatKillsItTwice();
    void survivesGarbage();
    void saysWhyThereIsNoModel_data();
    void saysWhyThereIsNoModel();
    void saysWhenTheProgramIsMissing();
    void neverBlocks();

private:
    std::unique_ptr<EngineClient> client(const QStringList& arguments, EngineTimes times = quick);
    static GenerationRequest request(int count = 1);
    static constexpr EngineTimes quick{ 50, 300, 600 };
};

std::unique_ptr<EngineClient> TestEngineClient::client(const QStringList& arguments,
                                                       EngineTimes times)
{
    auto engine = std::make_unique<EngineClient>(
        EngineCommand{ QStringLiteral(ADTAILOR_FAKE_ENGINE), arguments }, times);
    engine->start();
    return engine;
}

GenerationRequest TestEngineClient::request(int count)
{
    GenerationRequest made;
    made.brief.product.title = "Mushroom table lamp";
    made.brief.product.sellingPoints = { "warm light", "solid steel" };
    made.brief.product.cutout = Image(2, 2, 4, std::vector<std::uint8_t>(16, 255));
    made.count = count;
    made.seed = 7;
    return made;
}

void TestEngineClient::answersJobsInOrder()
{
    const auto engine = client({ "ok" });
    QSignalSpy generated(engine.get(), &EngineClient::generated);
    QSignalSpy extracted(engine.get(), &EngineClient::extracted);
    Brief brief = request().brief;
    brief.history = { { Image(1, 1, 3, { 1, 2, 3 }), "a" }, { Image(1, 1, 3, { 1, 2, 3 }), "b" } };
    const quint64 first = engine->extractPreferences(brief, {}, 0);
    const quint64 second = engine->generate(request(3));
    QVERIFY(generated.wait());
    QCOMPARE(extracted.count(), 1);
    QCOMPARE(extracted[0][0].toULongLong(), first);
    QCOMPARE(qvariant_cast<PreferenceProfile>(extracted[0][1]).similarities.size(), 2U);
    QCOMPARE(generated[0][0].toULongLong(), second);
    const auto ads = qvariant_cast<std::vector<Ad>>(generated[0][1]);
    QCOMPARE(ads.size(), 3U);
    QCOMPARE(ads[2].seed, 9U);
    QCOMPARE(engine->state(), EngineState::Ready);
    QCOMPARE(engine->model().gridSide, 16);
}

void TestEngineClient::reportsProgressOfTheRightJob()
{
    const auto engine = client({ "ok" });
    QSignalSpy progressed(engine.get(), &EngineClient::progressed);
    QSignalSpy generated(engine.get(), &EngineClient::generated);
    const quint64 job = engine->generate(request(2));
    QVERIFY(generated.wait());
    QVERIFY(progressed.count() > 256);
    for (const QList<QVariant>& report : progressed)
        QCOMPARE(report[0].toULongLong(), job);
    const auto last = qvariant_cast<Progress>(progressed.last()[1]);
    QCOMPARE(last.done, last.total);
    QCOMPARE(last.previews.size(), 2U);
}

void TestEngineClient::readsBackgrounds()
{
    const auto engine = client({ "slow" });
    QSignalSpy read(engine.get(), &EngineClient::backgroundsRead);
    QSignalSpy mapped(engine.get(), &EngineClient::differenceMapped);
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    const Image dark(1, 1, 3, { 10, 20, 30 }), light(1, 1, 3, { 240, 230, 220 });
    const quint64 first = engine->readBackgrounds({ dark, light, dark });
    const quint64 second = engine->mapDifference(dark, light);
    QVERIFY(mapped.wait());
    QCOMPARE(read.count(), 1);
    QCOMPARE(read[0][0].toULongLong(), first);
    const auto features = qvariant_cast<std::vector<BackgroundFeature>>(read[0][1]);
    QCOMPARE(features.size(), 3U);
    QVERIFY(backgroundScore(features[0], features[2]) > 0.999);
    QVERIFY(backgroundScore(features[0], features[1]) < 0);
    QCOMPARE(mapped[0][0].toULongLong(), second);
    QCOMPARE(qvariant_cast<DifferenceMap>(mapped[0][1]).cells.size(), 16U);
    const quint64 third = engine->readBackgrounds({ dark });
    QTRY_COMPARE(engine->state(), EngineState::Busy);
    engine->cancel(third);
    QVERIFY(failed.wait());
    QCOMPARE(qvariant_cast<Error>(failed[0][1]).code, ErrorCode::Cancelled);
    QCOMPARE(read.count(), 1);
}

void TestEngineClient::cancelsARunningJob()
{
    const auto engine = client({ "slow" }, { 50, 5000, 10'000 });
    QSignalSpy progressed(engine.get(), &EngineClient::progressed);
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    const quint64 job = engine->generate(request());
    QVERIFY(progressed.wait());
    QElapsedTimer timer;
    timer.start();
    engine->cancel(job);
    QVERIFY(failed.wait(1000));
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(qvariant_cast<Error>(failed[0][1]).code, ErrorCode::Cancelled);
    QCOMPARE(engine->state(), EngineState::Ready);
}

void TestEngineClient::cancelsAWaitingJob()
{
    const auto engine = client({ "slow" });
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    const quint64 first = engine->generate(request());
    const quint64 second = engine->generate(request());
    engine->cancel(second);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].toULongLong(), second);
    QTRY_COMPARE(engine->state(), EngineState::Busy);
    engine->cancel(first);
    QTRY_COMPARE(failed.count(), 2);
}

void TestEngineClient::tellsTheUserAtOnceWhenTheEngineIsDeaf()
{
    const auto engine = client({ "deaf" }, { 50, 200, 60'000 });
    QSignalSpy progressed(engine.get(), &EngineClient::progressed);
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    QSignalSpy generated(engine.get(), &EngineClient::generated);
    const quint64 job = engine->generate(request());
    QVERIFY(progressed.wait());
    engine->cancel(job);
    QVERIFY(failed.wait(500));
    const int seen = static_cast<int>(progressed.count());
    QTRY_COMPARE_WITH_TIMEOUT(engine->state(), EngineState::Ready, 20'000);
    QCOMPARE(progressed.count(), seen); // stale events of the given-up job are dropped
    QCOMPARE(generated.count(), 0);
    QCOMPARE(failed.count(), 1);
}

void TestEngineClient::killsAnEngineThatHangs()
{
    const auto engine = client({ "hang" });
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    const quint64 job = engine->generate(request());
    QTRY_COMPARE(engine->state(), EngineState::Busy);
    engine->cancel(job);
    QVERIFY(failed.wait(1000));
    QCOMPARE(qvariant_cast<Error>(failed[0][1]).code, ErrorCode::Cancelled);
    QTRY_COMPARE(engine->state(), EngineState::Gone);
    QTRY_COMPARE(engine->state(), EngineState::Ready);
    QCOMPARE(failed.count(), 1);
}

void TestEngineClient::restartsAndRetriesAfterACrash()
{
    QTemporaryDir folder;
    const auto engine = client({ "crash-once", folder.filePath("marker") }, {});
    QSignalSpy retried(engine.get(), &EngineClient::retried);
    QSignalSpy generated(engine.get(), &EngineClient::generated);
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    QSignalSpy states(engine.get(), &EngineClient::stateChanged);
    const quint64 job = engine->generate(request());
    QVERIFY(retried.wait());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(generated.wait());
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(generated[0][0].toULongLong(), job);
    QCOMPARE(failed.count(), 0);
}

void TestEngineClient::setsAsideAJobThatKillsItTwice()
{
    const auto engine = client({ "crash" });
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    const quint64 job = engine->generate(request());
    QVERIFY(failed.wait());
    QCOMPARE(failed[0][0].toULongLong(), job);
    QCOMPARE(qvariant_cast<Error>(failed[0][1]).code, ErrorCode::EngineGone);
    QTRY_COMPARE(engine->state(), EngineState::Ready); // and the engine is back for others
}

void TestEngineClient::survivesGarbage()
{
    const auto engine = client({ "garbage" });
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    engine->generate(request());
    QVERIFY(failed.wait());
    QCOMPARE(qvariant_cast<Error>(failed[0][1]).code, ErrorCode::EngineGone);
    QTRY_COMPARE(engine->state(), EngineState::Ready);
}

void TestEngineClient::saysWhyThereIsNoModel_data()
{
    QTest::addColumn<QString>("mode");
    QTest::newRow("ends by itself") << QStringLiteral("no-model");
    QTest::newRow("waits for us") << QStringLiteral("no-model-waits");
}

void TestEngineClient::saysWhyThereIsNoModel()
{
    QFETCH(QString, mode);
    const auto engine = client({ mode });
    QSignalSpy failed(engine.get(), &EngineClient::failed);
    engine->generate(request());
    QVERIFY(failed.wait());
    QCOMPARE(qvariant_cast<Error>(failed[0][1]).code, ErrorCode::FileNotFound);
    QCOMPARE(engine->state(), EngineState::Gone);
    QVERIFY(!engine->willRestart());
}

void TestEngineClient::saysWhenTheProgramIsMissing()
{
    EngineClient engine({ QStringLiteral("/nonexistent/adtailor"), {} }, quick);
    engine.start();
    QTRY_COMPARE(engine.state(), EngineState::Gone);
    QVERIFY(!engine.willRestart());
    QCOMPARE(engine.lastError().code, ErrorCode::EngineGone);
}

void TestEngineClient::neverBlocks()
{
    QElapsedTimer timer;
    timer.start();
    const auto engine = client({ "silent" });
    for (int i = 0; i < 20; ++i)
        engine->generate(request());
    QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
    QTest::qWait(20);
    QCOMPARE(engine->state(), EngineState::Starting);
}

QTEST_GUILESS_MAIN(TestEngineClient)
#include "tst_engine_client.moc"
