// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_keeper.h"

#include "app/ad_board.h"
#include "app/ad_records.h"
#include "app/qt_types.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QSet>

namespace adtailor {

namespace {

constexpr int partialPause = 15'000; // milliseconds of drawing that a crash may cost

} // namespace

AdKeeper::AdKeeper(AdBoard& board, JobQueue& queue, ProjectSaver& saver, QObject* parent)
    : QObject(parent)
    , m_board(board)
    , m_queue(queue)
    , m_saver(saver)
{
    m_partial.setSingleShot(true);
    m_partial.setInterval(partialPause);
    connect(&m_partial, &QTimer::timeout, this, &AdKeeper::keepPartial);
    connect(&m_board, &AdBoard::grown, this, [this] {
        if (!m_partial.isActive())
            m_partial.start();
    });
    connectBoard();
    connectQueue();
}

void AdKeeper::connectBoard()
{
    connect(&m_board, &AdBoard::changed, &m_saver, &ProjectSaver::touch);
    connect(&m_board, &AdBoard::starred, this, [this](int number, bool starred) {
        m_saver.write([=](ProjectStore& store) { valueOrThrow(store.starAd(number, starred)); });
    });
    connect(&m_board, &AdBoard::tagged, this, [this](int number, const QStringList& tags) {
        m_saver.write([number, tags = toStdStrings(tags)](ProjectStore& store) {
            valueOrThrow(store.tagAd(number, tags));
        });
    });
    connect(&m_board, &AdBoard::finishChanged, this, [this](int number, const QJsonObject& json) {
        const auto text = QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
        const std::string state = stateOf(m_board.model().at(m_board.model().rowOf(number)));
        m_saver.write([=](ProjectStore& store) {
            valueOrThrow(store.finishAd(number, text));
            valueOrThrow(store.setAdState(number, state));
        });
    });
    connect(&m_board, &AdBoard::trashed, this, [this](int number, bool trashed) {
        if (AdItem* ad = m_board.taken(number); ad && !ad->saved && ad->isShown()) {
            m_saver.write([ad = *ad](ProjectStore& store) { saveAd(store, ad); });
            ad->saved = true; // so that the trash has it
        }
        m_saver.write([number, when = trashed ? QDateTime::currentMSecsSinceEpoch() : 0](
                          ProjectStore& store) { valueOrThrow(store.trashAd(number, when)); });
    });
}

void AdKeeper::connectQueue()
{
    connect(&m_queue, &JobQueue::entryChanged, this, &AdKeeper::keepEntry);
    connect(&m_queue, &JobQueue::entryRemoved, this, [this](qint64 id) {
        m_saver.write([id](ProjectStore& store) { valueOrThrow(store.removeJob(id)); });
    });
    connect(&m_queue, &JobQueue::orderChanged, this, [this] {
        std::vector<std::int64_t> ids;
        for (const QueueEntry& entry : m_queue.entries())
            ids.push_back(entry.id);
        m_saver.write([ids](ProjectStore& store) { valueOrThrow(store.orderJobs(ids)); });
    });
}

void AdKeeper::keepEntry(qint64 id)
{
    const QueueEntry& entry = m_queue.entries().at(static_cast<std::size_t>(m_queue.rowOf(id)));
    m_saver.write([job = jobOf(entry)](ProjectStore& store) { valueOrThrow(store.saveJob(job)); });
}

// What is drawn so far, as a draft of the same number: the finished ad takes its place.
void AdKeeper::keepPartial()
{
    for (const AdItem& ad : m_board.ads()) {
        if (ad.state != AdState::Drawing || ad.picture.isNull())
            continue;
        AdItem draft = ad;
        draft.state = AdState::Draft;
        auto batch = std::make_shared<AdBatch>(*ad.batch);
        batch->job = 0; // it stays in the queue
        draft.batch = std::move(batch);
        m_saver.write([draft](ProjectStore& store) { saveAd(store, draft); });
    }
}

// The ads of a batch go together, and its job leaves the queue with them.
ProjectSaver::Gathered AdKeeper::gather()
{
    QSet<quint64> growing;
    for (const AdItem& ad : m_board.ads())
        if (ad.batch && !ad.isShown() && ad.state != AdState::Draft)
            growing.insert(ad.batch->id);
    ProjectSaver::Gathered all;
    QList<int> numbers;
    for (const AdItem& ad : m_board.ads()) {
        if (ad.saved || !ad.isShown() || (ad.batch && growing.contains(ad.batch->id)))
            continue;
        numbers.append(ad.number);
        all.edits.push_back([ad](ProjectStore& store) { saveAd(store, ad); });
    }
    all.ads = !numbers.isEmpty();
    const auto mark = [this, numbers](bool saved) {
        for (const int number : numbers)
            m_board.model().setSaved(number, saved);
    };
    mark(true);
    all.failed = [mark] { mark(false); };
    return all;
}

} // namespace adtailor
