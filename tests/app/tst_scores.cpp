// SPDX-License-Identifier: GPL-3.0-or-later
// Scores of ads, where they come from and how they are listed.
#include "app/ad_scores.h"
#include "app/models/score_table_model.h"
#include "app/pages/ad_card.h"
#include "app/pages/candidate_slots.h"
#include "app/pages/compare_page.h"
#include "app/picture_difference.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "widgets/compare_view.h"
#include "widgets/score_matrix.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>
#include <QUndoStack>

using namespace adtailor;

namespace {

QImage plain(const QColor& color, int side = 64)
{
    QImage picture(side, side, QImage::Format_RGB32);
    picture.fill(color);
    return picture;
}

Image cutout(int side = 64)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4, 0);
    for (int y = side / 2; y < side; ++y)
        for (int x = side / 4; x < side / 2; ++x)
            for (int c = 0; c < 4; ++c)
                pixels[(static_cast<std::size_t>(y) * side + x) * 4 + c] = c == 3 ? 255 : 40 * c;
    return Image(side, side, 4, std::move(pixels));
}

AdItem ad(const QColor& color, const QString& title)
{
    AdItem made;
    made.state = AdState::Done;
    made.title = title;
    made.picture = plain(color);
    made.composite = made.picture;
    auto batch = std::make_shared<AdBatch>();
    batch->request.brief.product.sellingPoints = { "warm light", "solid steel" };
    made.batch = batch;
    return made;
}

Person lin()
{
    Person person;
    person.id = person.name = QStringLiteral("Lin");
    person.clicks.push_back(
        { QStringLiteral("Lamp with warm light"), toImage(plain(Qt::red)), plain(Qt::red), {} });
    return person;
}

} // namespace

class TestScores final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<ProjectSession> m_session;
    std::unique_ptr<ScoreDesk> m_desk;
    std::unique_ptr<AdScores> m_scores;

    void open(const QString& mode)
    {
        m_engine = std::make_unique<EngineClient>(
            EngineCommand{ QStringLiteral(ADTAILOR_FAKE_ENGINE), { mode } },
            EngineTimes{ 50, 300, 600 });
        m_session = std::make_unique<ProjectSession>();
        m_session->startNew({});
        m_desk = std::make_unique<ScoreDesk>(*m_engine);
        m_scores = std::make_unique<AdScores>(*m_session, *m_desk);
        m_engine->start();
        m_session->setPeople({ lin() });
        m_session->choosePerson(0);
        m_session->board().add({ ad(Qt::red, QStringLiteral("A lamp with warm light")),
                                 ad(Qt::blue, QStringLiteral("Solid steel and Warm Light")) });
    }
    const AdItem& item(int row) const { return m_session->board().model().at(row); }
    void want() { m_scores->want({ &item(0), &item(1) }); }

private slots:
    void cleanup()
    {
        m_scores.reset();
        m_desk.reset();
        m_session.reset();
        m_engine.reset();
    }

    void measuresEveryMetric()
    {
        open(QStringLiteral("ok"));
        QVERIFY(!m_scores->value(item(0), Metric::Pbs));
        want();
        QTRY_VERIFY(m_scores->value(item(1), Metric::Pbs).has_value());
        QVERIFY(*m_scores->value(item(0), Metric::Pbs) > 0.999); // the same colour as the click
        QVERIFY(*m_scores->value(item(1), Metric::Pbs) < 0);
        QVERIFY(*m_scores->between(item(0), item(1)) < 0);
        QCOMPARE(m_desk->state(), ScoreDesk::State::Idle);
        QCOMPARE(m_desk->waiting(), 0);
        QVERIFY(*m_scores->value(item(0), Metric::Bleu) > *m_scores->value(item(1), Metric::Bleu));
        QCOMPARE(*m_scores->value(item(0), Metric::Points), 50.0);
        QCOMPARE(m_scores->text(item(1), Metric::Points), QStringLiteral("2 of 2"));
        QCOMPARE(m_scores->referenceName(), QStringLiteral("Lin"));
        m_session->includeClick(0, false); // nothing to compare with
        QVERIFY(!m_scores->value(item(0), Metric::Pbs));
        QVERIFY(!m_scores->whyMissing(item(0), Metric::Pbs).isEmpty());
        QVERIFY(!m_scores->value(item(0), Metric::Bleu));
    }

    void theProductIsMeasuredInPixels()
    {
        open(QStringLiteral("ok"));
        AdItem made = ad(Qt::blue, {});
        auto batch = std::make_shared<AdBatch>(*made.batch);
        batch->request.brief.product.cutout = cutout();
        made.batch = batch;
        QPainter painter(&made.composite);
        painter.drawImage(0, 0, toQImage(cutout()));
        painter.end();
        m_session->board().add({ made });
        m_scores->want({ &item(2) });
        QTRY_VERIFY(m_scores->value(item(2), Metric::Product).has_value());
        QCOMPARE(*m_scores->value(item(2), Metric::Product), 0.0);
    }

    void aMissingModelIsAState()
    {
        open(QStringLiteral("no-pbs"));
        want();
        QTRY_COMPARE(m_desk->state(), ScoreDesk::State::NotInstalled);
        QVERIFY(!m_scores->value(item(0), Metric::Pbs));
        QVERIFY(
            m_scores->whyMissing(item(0), Metric::Pbs).contains(QStringLiteral("not installed")));
        QVERIFY(m_scores->value(item(0), Metric::Bleu)); // the others stay
        want(); // nobody is asked again and again
        QCOMPARE(m_desk->state(), ScoreDesk::State::NotInstalled);
    }

    void stopsAsking()
    {
        open(QStringLiteral("slow"));
        want();
        QTRY_COMPARE(m_engine->state(), EngineState::Busy);
        m_desk->stop();
        QCOMPARE(m_desk->state(), ScoreDesk::State::Idle);
        QTRY_COMPARE(m_engine->state(), EngineState::Ready);
        QVERIFY(!m_scores->between(item(0), item(1)));
        want();
        QTRY_VERIFY(m_scores->between(item(0), item(1)).has_value());
    }

    void mapsTheLastPairOnly()
    {
        open(QStringLiteral("ok"));
        QSignalSpy mapped(m_desk.get(), &ScoreDesk::mapChanged);
        m_desk->wantMap(ScoredPicture::of(item(0).best()), ScoredPicture::of(item(1).best()));
        QTRY_VERIFY(m_desk->map().has_value());
        QCOMPARE(m_desk->map()->cells.size(), 16U);
        m_desk->wantMap(ScoredPicture::of(item(0).best()), ScoredPicture::of(QImage()));
        QVERIFY(!m_desk->map());
    }

    void theTableSortsByAnyMetric()
    {
        open(QStringLiteral("ok"));
        ScoreTableModel model(m_session->board().model(), *m_scores);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.setSortRole(ScoreTableModel::SortRole);
        want();
        QTRY_VERIFY(m_scores->value(item(1), Metric::Pbs).has_value());
        const auto first = [&](int column) {
            sorted.sort(column, Qt::DescendingOrder);
            return sorted.index(0, 0).data(ScoreTableModel::NumberRole).toInt();
        };
        QCOMPARE(first(ScoreTableModel::FirstMetric), item(0).number);
        QCOMPARE(first(ScoreTableModel::FirstMetric + static_cast<int>(Metric::Points)),
                 item(1).number);
        QCOMPARE(first(ScoreTableModel::NameColumn), item(1).number);
        QSignalSpy asked(&model, &ScoreTableModel::shortlistRequested);
        QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(asked.first(), (QList<QVariant>{ item(1).number, true }));
        m_session->board().star(1, true);
        model.readAds();
        QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QCOMPARE(first(ScoreTableModel::RankColumn), item(1).number);
        m_session->board().remove(0);
        model.readAds();
        QCOMPARE(model.rowCount(), 1);
    }

    void theShortlistIsRankedAndUndone()
    {
        open(QStringLiteral("ok"));
        AdBoard& board = m_session->board();
        const int a = item(0).number, b = item(1).number;
        board.star(0, true);
        board.star(1, true);
        QCOMPARE(board.shortlist(), (QList<int>{ a, b }));
        board.moveInShortlist(b, -1);
        QCOMPARE(board.shortlist(), (QList<int>{ b, a }));
        QCOMPARE(item(1).rank, 1);
        board.moveInShortlist(b, -1); // the first stays the first
        m_session->undoStack().undo();
        QCOMPARE(board.shortlist(), (QList<int>{ a, b }));
        m_session->undoStack().undo();
        QCOMPARE(board.shortlist(), (QList<int>{ a }));
        QVERIFY(!item(1).starred);
        m_session->undoStack().redo();
        QCOMPARE(item(1).rank, 2);
        board.star(0, false);
        QCOMPARE(item(1).rank, 1);
    }

    void thePageComparesByKeys()
    {
        open(QStringLiteral("ok"));
        ComparePage page(*m_session, *m_scores);
        page.resize(1280, 760);
        page.show();
        page.enter();
        auto* together = page.findChild<CompareView*>();
        auto* matrix = page.findChild<ScoreMatrix*>();
        QVERIFY(!together->isVisible());
        QTRY_COMPARE(m_desk->state(), ScoreDesk::State::Idle);
        QVERIFY(m_scores->between(item(0), item(1)).has_value());
        QCOMPARE(matrix->count(), 2);
        QCOMPARE(matrix->row(), 0); // A and B
        QCOMPARE(matrix->column(), 1);
        QTest::keyClick(&page, Qt::Key_D);
        QVERIFY(together->isVisible());
        QCOMPARE(together->mode(), CompareView::Mode::Difference);
        QTest::keyClick(&page, Qt::Key_M);
        QVERIFY(!together->isVisible()); // 4-up
        QTest::keyClick(&page, Qt::Key_2);
        QVERIFY(item(1).starred);
        const auto letters = [&page] {
            QStringList names;
            for (const AdCard* card : page.findChildren<AdCard*>())
                names.append(QString::number(card->number()));
            return names.mid(0, 2);
        };
        const QStringList before = letters();
        QTest::keyClick(&page, Qt::Key_X);
        QCOMPARE(letters(), (QStringList{ before[1], before[0] }));
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect(0, 1).center().toPoint());
        QCOMPARE(letters(), before);
        QSignalSpy why(&page, &ComparePage::whyRequested);
        QTest::keyClick(&page, Qt::Key_W);
        QCOMPARE(why.count(), 1);
    }

    void slotsShowNoAdTwice()
    {
        CandidateSlots slot;
        slot.fill({ 1, 2, 3, 4, 5 });
        QCOMPARE(slot.at(3), 4);
        slot.put(0, 2);
        QCOMPARE(slot.at(0), 2);
        QCOMPARE(slot.at(1), 1);
        slot.put(1, 5);
        slot.swapPair();
        QCOMPARE(slot.at(0), 5);
        QCOMPARE(slot.neighbour(0, 1, 2, { 1, 2, 3, 4, 5 }), 1);
        QCOMPARE(slot.neighbour(0, 1, 2, { 2, 5 }), 0);
        slot.setPair(3, 4);
        slot.fill({ 3, 4, 5 });
        QCOMPARE(slot.at(0), 3);
        QCOMPARE(slot.at(1), 4);
        QCOMPARE(slot.at(2), 5);
        QCOMPARE(slot.at(3), 0);
    }

    void saysInWhichPartPicturesDiffer()
    {
        QImage a = plain(Qt::black), b = a;
        for (int x = 0; x < 64; ++x)
            b.setPixelColor(x, 3, Qt::white); // one row above
        for (int x = 32; x < 48; ++x)
            b.setPixelColor(x, 40, Qt::white); // a quarter of one below
        const auto found = comparePictures(a, cutout(), b, cutout());
        QVERIFY(found.hasProduct && !found.isSame);
        QVERIFY(std::abs(found.upper - 0.8) < 1e-9 && std::abs(found.lower - 0.2) < 1e-9);
        QCOMPARE(found.product, 0.0);
        b = a;
        b.setPixelColor(20, 50, Qt::white); // on the product
        QCOMPARE(comparePictures(a, cutout(), b, cutout()).product, 1.0);
        QVERIFY(!comparePictures(a, cutout(), b, cutout(32)).hasProduct);
        QVERIFY(comparePictures(a, cutout(), a, cutout()).isSame);
    }
};

QTEST_MAIN(TestScores)
#include "tst_scores.moc"
