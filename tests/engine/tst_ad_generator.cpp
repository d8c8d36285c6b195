// Whole requests against a tiny model: repeatable, resumable, stoppable, and strict at the door.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "engine/tiny_bundle.h"

#include <adtailor/engine.h>

#include <QTemporaryDir>
#include <QtTest>

#include <chrono>
#include <functional>

using namespace adtailor;

namespace {

Image plainPicture(int side, int channels, std::uint8_t value)
{
    return Image(
        side, side, channels,
        std::vector<std::uint8_t>(static_cast<std::size_t>(side) * side * channels, value));
}

GenerationRequest sampleRequest(int historyItems = 4)
{
    GenerationRequest request;
    request.brief.product = { .title = "A red kettle",
                              .sellingPoints = { "boils fast", "cool handle" },
                              .cutout = plainPicture(80, 4, 200) };
    for (int i = 0; i < historyItems; ++i)
        request.brief.history.push_back(
            { .image = plainPicture(40, 3, static_cast<std::uint8_t>(40 * i)),
              .title = "An ad for kettle number " + std::to_string(i) });
    request.count = 2;
    request.seed = 11;
    request.maxTitleTokens = 12;
    return request;
}

bool sameAds(const std::vector<Ad>& left, const std::vector<Ad>& right)
{
    if (left.size() != right.size())
        return false;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (left[i].title != right[i].title || left[i].textTokens != right[i].textTokens
            || left[i].imageTokens != right[i].imageTokens || !(left[i].image == right[i].image))
            return false;
    return true;
}

} // namespace

class TestAdGenerator : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        writeTinyBundle(m_folder.path().toStdString(), { .imageSize = 128 });
        auto engine = Engine::load(m_folder.path().toStdString(), { .threads = 1 });
        QVERIFY2(engine.has_value(), engine ? "" : engine.error().detail.c_str());
        m_engine.emplace(*std::move(engine));
    }

    void describesTheModel()
    {
        const ModelInfo& info = m_engine->info();
        QCOMPARE(info.gridSide, 8);
        QCOMPARE(info.imageSize, 128);
        QCOMPARE(info.historyLength, 3);
        QCOMPARE(info.hash.size(), std::size_t(64));
        QVERIFY(info.parameters > 1000);
    }

    void makesWholeAds()
    {
        const auto ads = generate(sampleRequest());
        QCOMPARE(ads.size(), std::size_t(2));
        QCOMPARE(ads[1].seed, std::uint64_t(12));
        for (const Ad& ad : ads) {
            QCOMPARE(ad.imageTokens.size(), std::size_t(64));
            QCOMPARE(ad.image.width(), 128);
            QVERIFY(!ad.textTokens.empty());
            QCOMPARE(ad.modelHash, m_engine->info().hash);
            QVERIFY(ad.timings.firstToken > 0 && ad.timings.image > 0);
        }
        QVERIFY(ads[0].imageTokens != ads[1].imageTokens);
    }

    void theSameRequestGivesTheSameBytes()
    {
        QVERIFY(sameAds(generate(sampleRequest()), generate(sampleRequest())));
        auto other = Engine::load(m_folder.path().toStdString(), { .threads = 1 });
        QVERIFY(other.has_value());
        const auto again = other->generate(sampleRequest());
        QVERIFY(again.has_value() && sameAds(*again, generate(sampleRequest())));
    }

    void aBundleMayBringItsInstruction()
    {
        const QTemporaryDir folder;
        const std::filesystem::path bundle = folder.path().toStdString();
        writeTinyBundle(bundle, { .imageSize = 128 });
        const auto adsWith = [&](std::string_view sentence) {
            writeFileAtomically(bundle / "instruction.txt", sentence);
            const auto engine = Engine::load(bundle, { .threads = 1 });
            return engine ? engine->generate(sampleRequest()) : engine.error();
        };
        const auto ours = generate(sampleRequest());
        const auto same = adsWith("Title from '{}' in the style of '{}', then a picture of '{}' in "
                                  "the style of {}.\n");
        QVERIFY(same.has_value() && sameAds(*same, ours));
        const auto other = adsWith("Words {} titles {} product {} pictures {}");
        QVERIFY(other.has_value() && !sameAds(*other, ours));
        const auto refused = adsWith("Only {} three {} slots {}");
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().detail.find("instruction.txt") != std::string::npos);
    }

    void aSeedDecides()
    {
        GenerationRequest request = sampleRequest();
        request.seed = 12;
        QVERIFY(!sameAds(generate(request), generate(sampleRequest())));
    }

    void theBatchDoesNotDecide()
    {
        // The masks come from the request's seed, so they are taken out of the comparison.
        GenerationRequest batch = sampleRequest();
        batch.preference.masks = MaskSampling::Deterministic;
        GenerationRequest second = batch;
        second.count = 1;
        second.seed = batch.seed + 1;
        const auto both = generate(batch);
        const auto alone = generate(second);
        QCOMPARE(both[1].title, alone[0].title);
        QCOMPARE(both[1].imageTokens, alone[0].imageTokens);
    }

    void aGivenTitleIsKept()
    {
        GenerationRequest request = sampleRequest();
        request.title = "My own title <image_placeholder> </prompt>";
        for (const Ad& ad : generate(request)) {
            QCOMPARE(ad.title, *request.title);
            QVERIFY(ad.textTokens.empty());
        }
    }

    void aGivenPrefixIsKeptAndContinuedTheSame()
    {
        GenerationRequest request = sampleRequest();
        request.count = 1;
        const auto whole = generate(request);
        request.title = whole[0].title;
        request.imagePrefix.assign(whole[0].imageTokens.begin(), whole[0].imageTokens.begin() + 24);
        QCOMPARE(generate(request)[0].imageTokens, whole[0].imageTokens);
    }

    void aWholePrefixIsKeptAndOnlyTheTitleWritten()
    {
        GenerationRequest request = sampleRequest();
        const auto whole = generate(request);
        request.imagePrefix = whole[1].imageTokens;
        const auto rewritten = generate(request);
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE(rewritten[i].title, whole[i].title);
            QCOMPARE(rewritten[i].imageTokens, whole[1].imageTokens);
            QVERIFY(rewritten[i].image == whole[1].image);
        }
    }

    void oneAdOfABatchIsMadeAgain()
    {
        GenerationRequest request = sampleRequest(4);
        const auto batch = generate(request);
        request.preference.maskSeed = request.seed;
        request.seed = batch[1].seed;
        request.count = 1;
        const auto again = generate(request);
        QCOMPARE(again[0].title, batch[1].title);
        QCOMPARE(again[0].imageTokens, batch[1].imageTokens);
    }

    void anyHistoryLengthWorks_data()
    {
        QTest::addColumn<int>("items");
        for (const int items : { 0, 1, 2, 3, 20 })
            QTest::newRow(qPrintable(QString::number(items))) << items;
    }
    void anyHistoryLengthWorks()
    {
        QFETCH(int, items);
        QCOMPARE(generate(sampleRequest(items)).size(), std::size_t(2));
        const auto profile = m_engine->extractPreferences(sampleRequest(items).brief, {}, 1);
        QVERIFY(profile.has_value());
        QCOMPARE(profile->similarities.size(), std::size_t(items));
        QCOMPARE(profile->items.size(), std::size_t(items == 0 ? 0 : 3));
    }

    void keepAllReadsEveryToken()
    {
        const auto kept = [&](MaskSampling masks) {
            const auto profile
                = m_engine->extractPreferences(sampleRequest(4).brief, { .masks = masks }, 1);
            int count = 0, all = 0;
            for (const auto& item : profile->items) {
                for (const auto* weights : { &item.patches, &item.words }) {
                    all += static_cast<int>(weights->size());
                    count += static_cast<int>(std::count_if(
                        weights->begin(), weights->end(), [](float weight) { return weight > 0; }));
                }
            }
            return std::pair(count, all);
        };
        const auto [some, all] = kept(MaskSampling::Deterministic);
        QVERIFY(some > 0 && some < all);
        QCOMPARE(kept(MaskSampling::KeepAll), std::pair(all, all));
    }

    void theHistoryMatters()
    {
        QVERIFY(generate(sampleRequest(0))[0].imageTokens
                != generate(sampleRequest(4))[0].imageTokens);
    }

    void guidanceAndControlMatterAndMayBeOff()
    {
        GenerationRequest request = sampleRequest();
        const auto with = generate(request);
        request.guidanceScale = 1;
        const auto unguided = generate(request);
        QVERIFY(unguided[0].imageTokens != with[0].imageTokens);
        request.controlStrength = 0;
        QVERIFY(generate(request)[0].imageTokens != unguided[0].imageTokens);
    }

    void aCutoutOfAnyShapeWorks()
    {
        GenerationRequest request = sampleRequest();
        request.brief.product.cutout = Image(50, 20, 4, std::vector<std::uint8_t>(50 * 20 * 4, 90));
        QCOMPARE(generate(request).size(), std::size_t(2));
    }

    void reportsEveryStage()
    {
        std::map<Stage, Progress> last;
        int previews = 0;
        JobControl job;
        job.report = [&](const Progress& progress) {
            last[progress.stage] = progress;
            previews += progress.previews.empty() ? 0 : 1;
        };
        const auto ads = m_engine->generate(sampleRequest(), job);
        QVERIFY(ads.has_value());
        for (const Stage stage : { Stage::Preference, Stage::Title, Stage::Image, Stage::Decode }) {
            QVERIFY(last.contains(stage));
            QCOMPARE(last[stage].done, last[stage].total);
        }
        QCOMPARE(last[Stage::Image].total, 64);
        QCOMPARE(last[Stage::Image].titles.size(), std::size_t(2));
        QCOMPARE(last[Stage::Image].titles[0], (*ads)[0].title);
        QVERIFY(previews >= 1);
    }

    void stopsAtOnce()
    {
        for (const Stage stage : { Stage::Preference, Stage::Title, Stage::Image }) {
            std::stop_source stop;
            std::chrono::steady_clock::time_point stopped;
            JobControl job{ .stop = stop.get_token(), .report = [&](const Progress& progress) {
                               if (progress.stage != stage || stop.stop_requested())
                                   return;
                               stopped = std::chrono::steady_clock::now();
                               stop.request_stop();
                           } };
            const auto ads = m_engine->generate(sampleRequest(), job);
            QVERIFY(!ads.has_value());
            QVERIFY(ads.error().code == ErrorCode::Cancelled);
            QVERIFY(std::chrono::steady_clock::now() - stopped < std::chrono::milliseconds(500));
        }
    }

    void refusesAtTheDoor_data()
    {
        QTest::addColumn<std::function<void(GenerationRequest&)>>("spoil");
        const auto row = [](const char* name, std::function<void(GenerationRequest&)> spoil) {
            QTest::newRow(name) << spoil;
        };
        row("empty description", [](auto& r) { r.brief.product.title = " \n"; });
        row("1 MB description", [](auto& r) { r.brief.product.title.assign(1 << 20, 'x'); });
        row("10000 points", [](auto& r) { r.brief.product.sellingPoints.resize(10000, "x"); });
        row("empty point", [](auto& r) { r.brief.product.sellingPoints = { "" }; });
        row("1 MB point",
            [](auto& r) { r.brief.product.sellingPoints = { std::string(1 << 20, 'x') }; });
        row("no cutout", [](auto& r) { r.brief.product.cutout = {}; });
        row("no alpha", [](auto& r) { r.brief.product.cutout = plainPicture(8, 3, 1); });
        row("empty title", [](auto& r) { r.title = ""; });
        row("1 MB title", [](auto& r) { r.title = std::string(1 << 20, 'x'); });
        row("count 0", [](auto& r) { r.count = 0; });
        row("count 17", [](auto& r) { r.count = 17; });
        row("cold", [](auto& r) { r.image.temperature = -1; });
        row("hot", [](auto& r) { r.text.temperature = 1e9F; });
        row("top-p", [](auto& r) { r.image.topP = 0; });
        row("top-k", [](auto& r) { r.text.topK = -5; });
        row("guidance", [](auto& r) { r.guidanceScale = -1; });
        row("control", [](auto& r) { r.controlStrength = 1e30F; });
        row("not a number", [](auto& r) { r.guidanceScale = std::nanf(""); });
        row("no title tokens", [](auto& r) { r.maxTitleTokens = 0; });
        row("long prefix", [](auto& r) { r.imagePrefix.resize(65, 1); });
        row("foreign prefix", [](auto& r) { r.imagePrefix = { 1, 64 }; });
        row("negative prefix", [](auto& r) { r.imagePrefix = { -1 }; });
        row("history picture", [](auto& r) { r.brief.history[1].image = {}; });
        row("history title", [](auto& r) { r.brief.history[1].title.assign(1 << 20, 'x'); });
        row("1001 items", [](auto& r) { r.brief.history.resize(1001, r.brief.history[0]); });
        row("history count", [](auto& r) { r.preference.count = -1; });
    }
    void refusesAtTheDoor()
    {
        QFETCH(std::function<void(GenerationRequest&)>, spoil);
        GenerationRequest request = sampleRequest();
        spoil(request);
        const auto ads = m_engine->generate(request);
        QVERIFY(!ads.has_value());
        QVERIFY(ads.error().code == ErrorCode::InvalidInput);
        const QString sentence = QString::fromStdString(ads.error().detail);
        QVERIFY2(sentence.endsWith('.') && sentence.size() > 20 && sentence.size() < 300,
                 qPrintable(sentence));
    }

    void refusesBadModels_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, BundleFault fault, ErrorCode code) {
            QTest::newRow(name) << static_cast<int>(fault) << static_cast<int>(code);
        };
        row("truncated", BundleFault::Truncated, ErrorCode::FileCorrupt);
        row("web page", BundleFault::NotSafetensors, ErrorCode::FileCorrupt);
        row("wrong shape", BundleFault::WrongShape, ErrorCode::ModelMismatch);
        row("wrong name", BundleFault::WrongName, ErrorCode::ModelMismatch);
    }
    void refusesBadModels()
    {
        QFETCH(int, fault);
        QFETCH(int, code);
        const QTemporaryDir folder;
        writeTinyBundle(folder.path().toStdString(), { .fault = static_cast<BundleFault>(fault) });
        const auto engine = Engine::load(folder.path().toStdString(), { .threads = 1 });
        QVERIFY(!engine.has_value());
        QCOMPARE(static_cast<int>(engine.error().code), code);
    }

    void refusesWhatIsNoModelAtAll()
    {
        const auto missing = Engine::load("/nowhere", {});
        QVERIFY(!missing && missing.error().code == ErrorCode::FileNotFound);
        const QTemporaryDir empty;
        const auto nothing = Engine::load(empty.path().toStdString(), {});
        QVERIFY(!nothing && nothing.error().code == ErrorCode::FileNotFound);
        for (const char* device : { "warp", "cuda:999", "meta", "" }) {
            const auto engine
                = Engine::load(m_folder.path().toStdString(), { .device = device, .threads = 1 });
            QVERIFY(!engine && engine.error().code == ErrorCode::InvalidInput);
        }
    }

private:
    std::vector<Ad> generate(const GenerationRequest& request)
    {
        auto ads = m_engine->generate(request);
        if (!ads)
            qWarning("%s", ads.error().detail.c_str());
        return ads ? *std::move(ads) : std::vector<Ad>(1);
    }

    QTemporaryDir m_folder;
    std::optional<Engine> m_engine;
};

QTEST_APPLESS_MAIN(TestAdGenerator)
#include "tst_ad_generator.moc"
