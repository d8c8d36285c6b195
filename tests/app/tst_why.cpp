// SPDX-License-Identifier: GPL-3.0-or-later
// What an ad was made from, in words and colours, and the page that shows it.
#include "app/appearance.h"
#include "app/kept_parts.h"
#include "app/settings.h"
#include "app/studio_window.h"
#include "app/why_desk.h"
#include "widgets/highlight_view.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

namespace {

PreferenceProfile::Item kept(int index, std::vector<float> patches,
                             const std::vector<std::pair<std::string, float>>& words)
{
    PreferenceProfile::Item item;
    item.historyIndex = index;
    item.patches = std::move(patches);
    for (const auto& [text, weight] : words) {
        item.wordTexts.push_back(text);
        item.words.push_back(weight);
    }
    return item;
}

QImage halves(const QColor& left, const QColor& right)
{
    QImage picture(64, 64, QImage::Format_RGB32);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x)
            picture.setPixelColor(x, y, x < 32 ? left : right);
    return picture;
}

} // namespace

class TestWhy final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<StudioWindow> m_window;

    void open(const QString& mode)
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("studio.ini")));
        m_settings->setLanguage(QStringLiteral("en"));
        m_appearance = std::make_unique<Appearance>(*m_settings);
        qputenv("ADTAILOR_RUNS", m_folder->filePath(QStringLiteral("runs")).toLocal8Bit());
        const StudioWindow::Options options{ { QStringLiteral(ADTAILOR_FAKE_ENGINE), { mode } },
                                             false };
        m_window = std::make_unique<StudioWindow>(*m_settings, options);
        m_window->resize(1280, 800);
        QSignalSpy sample(m_window.get(), &StudioWindow::sampleReady);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QVERIFY(sample.count() > 0 || sample.wait());
        m_window->openSample();
        QTRY_COMPARE(m_window->engine().state(), EngineState::Ready);
    }
    void make()
    {
        QSignalSpy finished(&m_window->desk(), &JobDesk::finished);
        m_window->desk().generate();
        QVERIFY(finished.wait(60'000));
        QTRY_VERIFY(m_window->session().board().model().at(0).isShown());
    }
    QString words() const
    {
        QStringList all;
        for (const QLabel* label : m_window->findChildren<QLabel*>())
            if (label->isVisible())
                all.append(label->text());
        return all.join(QLatin1Char('\n'));
    }
    QList<HighlightView*> cards() const
    {
        QList<HighlightView*> shown;
        for (HighlightView* card : m_window->findChildren<HighlightView*>())
            if (card->isVisible())
                shown.append(card);
        return shown;
    }
    void press(Qt::Key key) { QTest::keyClick(m_window->focusWidget(), key); }

private slots:
    void cleanup()
    {
        m_window.reset();
        m_appearance.reset();
        m_settings.reset();
    }

    void weightsAreShares()
    {
        PreferenceProfile profile;
        profile.items = { kept(4, { 1, 0, 0.5F, 0 }, { { "Oak", 0 } }),
                          kept(1, { 0, 0.5F, 0, 0 }, { { "Oak", 1 }, { " lamp", 0 } }) };
        const KeptParts parts = keptParts(profile);
        QCOMPARE(parts.items.size(), 2U);
        QCOMPARE(parts.items[0].place, 1);
        QCOMPARE(parts.items[1].historyIndex, 1);
        QVERIFY(std::abs(parts.items[0].weight - 0.375) < 1e-9); // three quarters of one half
        QVERIFY(std::abs(parts.items[1].weight - 0.625) < 1e-9);
        QCOMPARE(parts.keptPatches, 3);
        QCOMPARE(parts.patches, 8);
        QCOMPARE(parts.keptWords, 1);
        QCOMPARE(parts.words, 3);
        QVERIFY(keptParts({}).items.empty());
        profile.items = { kept(0, { 0, 0 }, {}) };
        QCOMPARE(keptParts(profile).items[0].weight, 0.0); // nothing kept, no division
    }

    void tokensBecomeWords()
    {
        PreferenceProfile profile;
        profile.items = { kept(0, {},
                               { { "War", 0 },
                                 { "mth", 0.5F },
                                 { " light", 0 },
                                 { ",", 0.25F },
                                 { "", 0.75F },
                                 { "灯", 0 },
                                 { "具", 0 } }) };
        const auto words = keptParts(profile).items[0].words;
        QStringList texts;
        for (const KeptWord& word : words)
            texts.append(word.text);
        QCOMPARE(texts,
                 (QStringList{ QStringLiteral("Warmth"), QStringLiteral(" light"),
                               QStringLiteral(","), QStringLiteral("灯"), QStringLiteral("具") }));
        QCOMPARE(words[0].weight, 0.5F);
        QCOMPARE(words[3].weight, 0.75F); // of the token that ended inside it
        QCOMPARE(words[4].weight, 0.0F);
    }

    void thePaletteIsOfKeptPatchesOnly()
    {
        PreferenceProfile profile;
        profile.items = { kept(0, { 1, 0, 1, 0 }, {}), kept(1, { 0, 0.5F, 0, 0 }, {}) };
        const auto palette
            = keptPalette(profile, { halves(Qt::red, Qt::green), halves(Qt::white, Qt::blue) });
        QCOMPARE(palette.size(), 2U);
        QCOMPARE(palette[0].color, QColor(Qt::red));
        QVERIFY(std::abs(palette[0].share - 0.8) < 1e-6);
        QCOMPARE(palette[1].color, QColor(Qt::blue));
        QVERIFY(keptPalette({}, {}).empty());
        QVERIFY(keptPalette(profile, { QImage() }).empty());
        profile.items = { kept(0, { 1, 1, 1, 1, 1, 1, 1, 1 }, {}) }; // eight: no square
        QVERIFY(keptPalette(profile, { halves(Qt::red, Qt::green) }).empty());
    }

    void opensByKeyAndGoesBack()
    {
        open(QStringLiteral("ok"));
        make();
        m_window->showPage(QStringLiteral("compare"));
        QTRY_COMPARE(m_window->engine().state(), EngineState::Ready);
        press(Qt::Key_W);
        QTRY_COMPARE(cards().size(), 8);
        QVERIFY(words().contains(QStringLiteral("What was kept")));
        QVERIFY(words().contains(QStringLiteral("A-0001")));
        const auto modeOf = [this] { return cards().first()->mode(); };
        QCOMPARE(modeOf(), HighlightView::Mode::Heat);
        press(Qt::Key_H);
        QCOMPARE(modeOf(), HighlightView::Mode::Spotlight);
        press(Qt::Key_Escape);
        QTRY_VERIFY(cards().isEmpty());
        QVERIFY(words().contains(QStringLiteral("Compare")));
    }

    void aTwinDiffersInHistoryOnly()
    {
        open(QStringLiteral("ok"));
        make();
        AdBoard& board = m_window->session().board();
        WhyDesk& why = m_window->insight().why();
        why.show(board.model().at(1).number);
        QTRY_VERIFY(why.profile().has_value());
        QSignalSpy finished(&m_window->desk(), &JobDesk::finished);
        why.makeTwin();
        QVERIFY(finished.wait(60'000));
        QCOMPARE(why.twins().size(), 1);
        const AdItem& twin = board.model().at(board.model().rowOf(why.twins().first()));
        QCOMPARE(twin.seed, board.model().at(1).seed);
        QVERIFY(twin.batch->request.brief.history.empty());
        QVERIFY(twin.batch->request.preference.maskSeed == board.model().at(0).seed);
        QTRY_VERIFY(twin.isShown());
        why.wantScores();
        QTRY_VERIFY(why.closeness(twin).has_value());
        QVERIFY(why.closeness(board.model().at(1)).has_value());
        const std::size_t clicks = why.request().brief.history.size();
        why.makeTwinWithout(0);
        QVERIFY(finished.wait(60'000));
        const AdItem& without = board.model().at(board.model().rowOf(why.twins().last()));
        QCOMPARE(without.batch->request.brief.history.size(), clicks - 1);
        why.makeTwinWithout(999); // no such click
        Person notAsked;
        notAsked.consent = Consent::NotAsked;
        why.makeTwin(notAsked);
        QCOMPARE(why.twins().size(), 2);
    }

    void withoutAnAdItShowsTheNextOne()
    {
        open(QStringLiteral("ok"));
        m_window->showPage(QStringLiteral("why"));
        QTRY_COMPARE(cards().size(), 8);
        QVERIFY(words().contains(QStringLiteral("The next ad")));
        m_window->session().choosePerson(-1);
        m_window->showPage(QStringLiteral("brief"));
        m_window->showPage(QStringLiteral("why"));
        QVERIFY(cards().isEmpty());
        QVERIFY(!m_window->insight().why().hasHistory());
    }
};

QTEST_MAIN(TestWhy)
#include "tst_why.moc"
