// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/job_queue.h"

#include "app/messages.h"

#include <QMimeData>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

using State = QueueEntry::State;

QString mimeType()
{
    return QStringLiteral("application/x-adtailor-job");
}

QString nameOf(const QueueEntry& entry)
{
    return entry.batch.person.isEmpty()
        ? entry.batch.product
        : QStringLiteral("%1 · %2").arg(entry.batch.product, entry.batch.person);
}

} // namespace

void JobQueue::reset(std::vector<QueueEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    m_lastId = 0;
    for (const QueueEntry& entry : m_entries)
        m_lastId = std::max(m_lastId, entry.id);
    endResetModel();
    m_paused = !m_entries.empty(); // nothing starts by itself after a restart
    emit pausedChanged(m_paused);
}

qint64 JobQueue::add(AdBatch batch, bool first)
{
    QueueEntry entry;
    entry.id = ++m_lastId;
    entry.batch = std::move(batch);
    const int row = first ? 0 : rowCount();
    beginInsertRows({}, row, row);
    m_entries.insert(m_entries.begin() + row, std::move(entry));
    endInsertRows();
    emit entryChanged(m_lastId);
    if (first)
        emit orderChanged();
    return m_lastId;
}

int JobQueue::rowOf(qint64 id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [id](const QueueEntry& entry) { return entry.id == id; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

QueueEntry* JobQueue::find(qint64 id)
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_entries[static_cast<std::size_t>(row)];
}

const QueueEntry* JobQueue::next() const
{
    if (m_paused)
        return nullptr;
    const auto found
        = std::find_if(m_entries.begin(), m_entries.end(),
                       [](const QueueEntry& entry) { return entry.state == State::Waiting; });
    return found == m_entries.end() ? nullptr : &*found;
}

void JobQueue::setPaused(bool paused)
{
    if (std::exchange(m_paused, paused) == paused)
        return;
    emit pausedChanged(paused);
    if (!paused)
        emit startable();
}

// keep: what changed is worth storing.
void JobQueue::update(qint64 id, bool keep)
{
    const int row = rowOf(id);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    if (keep)
        emit entryChanged(id);
}

void JobQueue::start(qint64 id, quint64 engineJob)
{
    QueueEntry* entry = find(id);
    if (!entry)
        return;
    entry->state = State::Running;
    entry->batch.id = engineJob;
    entry->error.clear();
    ++entry->attempts;
    update(id, true);
}

void JobQueue::progress(qint64 id, double fraction, double secondsLeft)
{
    QueueEntry* entry = find(id);
    if (!entry)
        return;
    entry->fraction = fraction;
    entry->secondsLeft = secondsLeft;
    update(id, false);
}

void JobQueue::fail(qint64 id, const QString& error)
{
    QueueEntry* entry = find(id);
    if (!entry)
        return;
    entry->state = State::Failed;
    entry->error = error;
    entry->fraction = 0;
    entry->secondsLeft = -1;
    update(id, true);
}

void JobQueue::hold(qint64 id, bool held)
{
    QueueEntry* entry = find(id);
    if (!entry || entry->state != (held ? State::Waiting : State::Held))
        return;
    entry->state = held ? State::Held : State::Waiting;
    update(id, true);
    if (!held)
        emit startable();
}

void JobQueue::retry(qint64 id)
{
    QueueEntry* entry = find(id);
    if (!entry || entry->state != State::Failed)
        return;
    entry->state = State::Waiting;
    entry->attempts = 0;
    entry->error.clear();
    update(id, true);
    emit startable();
}

bool JobQueue::take(qint64 id)
{
    const int row = rowOf(id);
    if (row < 0)
        return false;
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    return true;
}

void JobQueue::remove(qint64 id)
{
    if (take(id))
        emit entryRemoved(id);
}

void JobQueue::finish(qint64 id)
{
    take(id);
}

void JobQueue::removePerson(const QString& personId)
{
    for (int row = rowCount() - 1; row >= 0; --row)
        if (const QueueEntry& entry = m_entries[static_cast<std::size_t>(row)];
            entry.batch.personId == personId)
            remove(entry.id);
}

void JobQueue::move(int row, int to)
{
    const int last = rowCount() - 1;
    if (row < 0 || row > last || to < 0 || to > last || row == to)
        return;
    beginMoveRows({}, row, row, {}, to > row ? to + 1 : to);
    const auto from = m_entries.begin() + row;
    if (to > row)
        std::rotate(from, from + 1, m_entries.begin() + to + 1);
    else
        std::rotate(m_entries.begin() + to, from, from + 1);
    endMoveRows();
    emit orderChanged();
}

int JobQueue::count(State state) const
{
    return static_cast<int>(
        std::count_if(m_entries.begin(), m_entries.end(),
                      [state](const QueueEntry& entry) { return entry.state == state; }));
}

int JobQueue::waitingAds() const
{
    int ads = 0;
    for (const QueueEntry& entry : m_entries)
        if (entry.state == State::Waiting || entry.state == State::Held)
            ads += entry.batch.request.count;
    return ads;
}

QString JobQueue::stateText(const QueueEntry& entry)
{
    switch (entry.state) {
    case State::Running:
        return tr("drawing");
    case State::Failed:
        return entry.error.isEmpty() ? tr("failed") : tr("failed: %1").arg(entry.error);
    case State::Held:
        return tr("paused");
    case State::Waiting:
        break;
    }
    return tr("waiting");
}

int JobQueue::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int JobQueue::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant JobQueue::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QueueEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    if (role == StateRole)
        return static_cast<int>(entry.state);
    if (role == FractionDoneRole)
        return entry.fraction;
    if (role == Qt::TextAlignmentRole && index.column() == Left)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Name:
        return nameOf(entry);
    case What:
        return tr("%1 · %2").arg(tr("%n ad(s)", nullptr, entry.batch.request.count),
                                 stateText(entry));
    case Done:
        return entry.state == State::Running
            ? tr("%1 %").arg(static_cast<int>(std::lround(entry.fraction * 100)))
            : QString();
    case Left:
        return entry.secondsLeft < 0 ? QString() : Messages::timeLeft(entry.secondsLeft);
    default:
        return {};
    }
}

QVariant JobQueue::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    const QStringList names{ tr("Job"), tr("What"), tr("Done"), tr("Time left") };
    return names.value(section);
}

Qt::ItemFlags JobQueue::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags base = QAbstractTableModel::flags(index);
    return index.isValid() ? base | Qt::ItemIsDragEnabled : base | Qt::ItemIsDropEnabled;
}

QStringList JobQueue::mimeTypes() const
{
    return { mimeType() };
}

QMimeData* JobQueue::mimeData(const QModelIndexList& indexes) const
{
    auto* data = new QMimeData;
    if (!indexes.isEmpty())
        data->setData(mimeType(), QByteArray::number(m_entries.at(indexes.first().row()).id));
    return data;
}

// A drop is a move of one row; the view must not remove rows of its own.
bool JobQueue::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int,
                            const QModelIndex& parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(mimeType()))
        return false;
    const int from = rowOf(data->data(mimeType()).toLongLong());
    int to = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    if (to > from)
        --to;
    move(from, std::clamp(to, 0, std::max(0, rowCount() - 1)));
    return false;
}

} // namespace adtailor
