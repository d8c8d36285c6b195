// SPDX-License-Identifier: GPL-3.0-or-later
// What of an ad may stay, one setting in several values, and batches that wait for each other.
#include "app/job_desk.h"
#include "app/project_session.h"
#include "app/redraw.h"

#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace adtailor;

class TestRedraw final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<ProjectSession> m_session;
    std::unique_ptr<JobDesk> m_desk;

    void open(const QString& mode)
    {
        m_engine = std::make_unique<EngineClient>(
            EngineCommand{ QStringLiteral(ADTAILOR_FAKE_ENGINE), { mode } },
            EngineTimes{ 50, 300, 600 });
        m_session = std::make_unique<ProjectSession>();
        m_desk = std::make_unique<JobDesk>(*m_session, *m_engine);
        m_session->startNew({});
        m_engine->start();
        BriefState brief;
        brief.description = QStringLiteral("A lamp");
        brief.sellingPoints = { QStringLiteral("warm light"), QStringLiteral("solid steel") };
        QImage lamp(32, 32, QImage::Format_ARGB32);
        lamp.fill(Qt::transparent);
        for (int y = 8; y < 24; ++y)
            for (int x = 12; x < 20; ++x)
                lamp.setPixelColor(x, y, Qt::darkYellow);
        std::vector<std::uint8_t> pixels;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x) {
                const QColor color = lamp.pixelColor(x, y);
                for (const int value : { color.red(), color.green(), color.blue(), color.alpha() })
                    pixels.push_back(static_cast<std::uint8_t>(value));
            }
        const auto picture
            = makeProductPicture(Image(32, 32, 4, std::move(pixels)), QStringLiteral("lamp"));
        QVERIFY(picture.has_value());
        brief.picture = std::make_shared<const ProductPicture>(*picture);
        for (const BriefField field : { BriefField::Description, BriefField::SellingPoints,
                                        BriefField::Placement, BriefField::Picture })
            m_session->editBrief(field, brief);
        change([](RunSettings& settings) { settings.ads = 2; });
    }
    template<typename Change> void change(const Change& edit)
    {
        RunSettings settings = m_session->settings();
        edit(settings);
        m_session->setSettings(settings);
    }
    const AdItem& item(int row) const { return m_session->board().model().at(row); }
    int count() const { return m_session->board().model().rowCount(); }
    void make()
    {
        QSignalSpy finished(m_desk.get(), &JobDesk::finished);
        m_desk->generate();
        QVERIFY(finished.wait(60'000));
    }

private slots:
    void cleanup()
    {
        m_desk.reset();
        m_session.reset();
        m_engine.reset();
    }

    void valuesAreEvenAndNoneTwice()
    {
        QCOMPARE(variationValues(Vary::Guidance, 1, 5, 3), (std::vector<double>{ 1, 3, 5 }));
        QCOMPARE(variationValues(Vary::Guidance, 5, 1, 2), (std::vector<double>{ 5, 1 }));
        QCOMPARE(variationValues(Vary::Guidance, 2, 2, 4).size(), 1U);
        QCOMPARE(variationValues(Vary::ProductHold, -9, 99, 2), (std::vector<double>{ 0, 3 }));
        GenerationRequest base;
        for (const Vary vary :
             { Vary::Guidance, Vary::ProductHold, Vary::PictureVariety, Vary::TitleVariety }) {
            const auto requests = variationsOf(base, vary, { 1.5, 0.5 });
            QCOMPARE(requests.size(), 2U);
            QCOMPARE(variedValue(requests[0], vary), 1.5);
            QCOMPARE(variedValue(requests[1], vary), 0.5);
        }
        QCOMPARE(variationsOf(base, Vary::Nothing, {}).size(), 1U);
    }

    void aGridIsOneGroupOfBatches()
    {
        open(QStringLiteral("ok"));
        change([](RunSettings& settings) {
            settings.vary = Vary::Guidance;
            settings.varyFrom = 1;
            settings.varyTo = 3;
            settings.varySteps = 3;
        });
        QSignalSpy finished(m_desk.get(), &JobDesk::finished);
        m_desk->generate();
        QCOMPARE(m_session->queue().entries().size(), 3U); // one runs, two wait
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 3, 30'000);
        for (int row = 0; row < 6; ++row) {
            QCOMPARE(item(row).state, AdState::Done);
            QCOMPARE(item(row).group(), item(0).group());
            QCOMPARE(item(row).batch->request.guidanceScale, 1.0F + row / 2);
            QCOMPARE(item(row).seed, m_session->settings().seed + row % 2);
        }
        QCOMPARE(m_session->board().lastGroup(), item(0).group());
    }

    void stoppingEndsTheWholeGrid()
    {
        open(QStringLiteral("slow"));
        change([](RunSettings& settings) {
            settings.vary = Vary::PictureVariety;
            settings.varyFrom = 0.5;
            settings.varyTo = 1;
            settings.varySteps = 2;
        });
        m_desk->generate();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_desk->status().stage == Stage::Image && m_desk->status().done > 40, 20'000);
        m_desk->stop();
        QTRY_COMPARE(m_desk->status().phase, RunStatus::Phase::Stopped);
        QCOMPARE(m_session->queue().entries().size(), 0U);
        QCOMPARE(count(), 2); // drafts; the other column never began
        QCOMPARE(item(0).state, AdState::Draft);
    }

    void aDraftGoesOnWhereItWas()
    {
        open(QStringLiteral("slow"));
        m_desk->generate();
        QTRY_VERIFY_WITH_TIMEOUT(
            m_desk->status().stage == Stage::Image && m_desk->status().done > 40, 20'000);
        m_desk->stop();
        QTRY_COMPARE(m_desk->status().phase, RunStatus::Phase::Stopped);
        const AdItem draft = item(1);
        QCOMPARE(draft.state, AdState::Draft);
        QVERIFY(rowsToKeep(draft) >= 2);
        const auto request = continuationOf(draft);
        QVERIFY(request.has_value());
        QCOMPARE(request->seed, draft.seed);
        QVERIFY(request->preference.maskSeed == item(0).seed); // of the whole batch
        QCOMPARE(request->count, 1);
        QVERIFY(request->title == draft.title.toStdString());
        QCOMPARE(request->imagePrefix, draft.ad.imageTokens);
        AdItem fresh = draft;
        fresh.ad.imageTokens.clear();
        QVERIFY(!continuationOf(fresh));
    }

    void goodRowsStay()
    {
        open(QStringLiteral("ok"));
        make();
        const AdItem first = item(0);
        QCOMPARE(rowsToKeep(first), 16);
        change([&](RunSettings& settings) {
            settings.keptAd = first.number;
            settings.keptRows = 5;
            settings.seed = 100;
        });
        make();
        QCOMPARE(count(), 4);
        const std::vector<std::int32_t>& tokens = item(2).ad.imageTokens;
        QCOMPARE(tokens.size(), 256U);
        QVERIFY(std::equal(tokens.begin(), tokens.begin() + 80, first.ad.imageTokens.begin()));
        QCOMPARE(tokens[80], 100);
        GenerationRequest request;
        QVERIFY(!keepRows(request, first, 17));
        QVERIFY(!keepRows(request, first, 0));
        QVERIFY(request.imagePrefix.empty());
    }

    void aWholePictureStaysWhileTitlesAreWritten()
    {
        open(QStringLiteral("ok"));
        make();
        const AdItem first = item(0);
        change([&](RunSettings& settings) {
            settings.keptAd = first.number;
            settings.keptRows = 16;
            settings.seed = 50;
        });
        make();
        for (const int row : { 2, 3 }) {
            QCOMPARE(item(row).ad.imageTokens, first.ad.imageTokens);
            QVERIFY(item(row).ad.image == first.ad.image);
        }
        m_session->board().remove(0); // nothing to keep any more
        QVERIFY(m_session->request().imagePrefix.empty());
    }

    void aTitleByHandIsDrawn()
    {
        open(QStringLiteral("ok"));
        change([](RunSettings& settings) {
            settings.lockTitle = true;
            settings.title = QStringLiteral("  My own words ");
        });
        make();
        QCOMPARE(item(0).title, QStringLiteral("My own words"));
        QCOMPARE(item(1).title, QStringLiteral("My own words"));
    }

    void madeAdsAreAStepOfUndo()
    {
        open(QStringLiteral("ok"));
        make();
        QTRY_VERIFY(!item(0).composite.isNull() && !item(1).composite.isNull());
        make();
        QTRY_VERIFY(!item(3).composite.isNull());
        m_session->undoStack().undo();
        QCOMPARE(count(), 2);
        m_session->undoStack().undo();
        QCOMPARE(count(), 0);
        m_session->undoStack().redo();
        QCOMPARE(count(), 2);
        QCOMPARE(item(0).name(), QStringLiteral("A-0001"));
        QVERIFY(!item(0).composite.isNull());
        m_session->undoStack().redo();
        QCOMPARE(count(), 4);
    }
};

QTEST_MAIN(TestRedraw)
#include "tst_redraw.moc"
