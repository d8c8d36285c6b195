// JobQueue: the batches that are asked for, in their order: waiting, running or failed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"

#include <adtailor/project.h>

#include <QAbstractTableModel>

namespace adtailor {

// One of the queue. `batch.id` is of the engine and only set while it runs.
struct QueueEntry
{
    using State = QueuedJob::State;
    qint64 id = 0;
    State state = State::Waiting;
    int attempts = 0;
    QString error;
    AdBatch batch;
    double fraction = 0; // done
    double secondsLeft = -1; // negative: not known
};

// Rows can be dragged to another place. Whoever keeps the queue follows the signals.
class JobQueue final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobQueue)

public:
    enum Column { Name, What, Done, Left, ColumnCount };
    enum Role { StateRole = Qt::UserRole + 1, FractionDoneRole };

    using QAbstractTableModel::QAbstractTableModel;

    const std::vector<QueueEntry>& entries() const { return m_entries; }
    void reset(std::vector<QueueEntry> entries);
    qint64 add(AdBatch batch, bool first);
    int rowOf(qint64 id) const; // -1: not there
    const QueueEntry* next() const; // null: nothing waits, or the queue is paused
    bool isPaused() const { return m_paused; }
    void setPaused(bool paused);
    void start(qint64 id, quint64 engineJob);
    void progress(qint64 id, double fraction, double secondsLeft);
    void fail(qint64 id, const QString& error);
    void hold(qint64 id, bool held); // paused by itself; not while it runs
    void retry(qint64 id); // a failed one waits again
    void remove(qint64 id);
    void finish(qint64 id); // made: it leaves the store together with its ads
    void removePerson(const QString& personId);
    void move(int row, int to); // to: its row afterwards
    int count(QueueEntry::State state) const;
    int waitingAds() const; // of entries that wait or are held

    static QString stateText(const QueueEntry& entry);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

signals:
    void entryChanged(qint64 id); // state, attempts or error; also a new one
    void entryRemoved(qint64 id);
    void orderChanged();
    void pausedChanged(bool paused);
    void startable(); // something may be started now

private:
    QueueEntry* find(qint64 id);
    void update(qint64 id, bool keep);
    bool take(qint64 id);

    std::vector<QueueEntry> m_entries;
    qint64 m_lastId = 0;
    bool m_paused = false;
};

} // namespace adtailor
