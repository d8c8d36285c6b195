// AdBoard: the ads of a project: a batch begins, grows with the engine's reports and ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"

#include <adtailor/job.h>

#include <QObject>

#include <map>
#include <memory>

class QUndoStack;

namespace adtailor {

class AdBoard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdBoard)

public:
    explicit AdBoard(QUndoStack& undo, QObject* parent = nullptr);

    AdListModel& model() { return m_model; }
    const AdListModel& model() const { return m_model; }
    const std::vector<AdItem>& ads() const { return m_model.ads(); }
    QList<int> rowsOf(quint64 batch) const; // top to bottom = seed order
    quint64 lastGroup() const { return m_lastGroup; } // of the batches begun last

    void reset(std::vector<AdItem> ads = {});
    void begin(AdBatch batch);
    // gridSide: tokens per side of the model's picture, to tell finished rows from empty ones.
    void update(quint64 batch, const Progress& progress, int gridSide);
    void finish(quint64 batch, std::vector<Ad> ads, const ModelInfo& model);
    // What is drawn stays as a draft; ads with nothing to see are removed.
    void abandon(quint64 batch);
    void add(std::vector<AdItem> ads); // numbers them
    // The shortlist: numbers of the starred ads, best first.
    QList<int> shortlist() const;
    void star(int row, bool starred); // all undoable; a new one stands last
    void moveInShortlist(int number, int places); // negative: towards the best
    void remove(int row); // into the trash
    // What those do, for any ad of the project, shown here or not. Not undo steps.
    void setStarred(int number, bool starred);
    void setTags(int number, const QStringList& tags);
    void setTrashed(int number, bool trashed);
    void setFinish(int number, const QJsonObject& document);
    AdItem* taken(int number); // null: it was not taken from here
    void show(std::vector<AdItem> ads); // stored ones that were not here
    void forgetPerson(const QString& personId); // their ads are gone for good

signals:
    void changed(); // something to save: a finished ad
    void starred(int number, bool starred);
    void tagged(int number, const QStringList& tags);
    void trashed(int number, bool trashed);
    void finishChanged(int number, const QJsonObject& document);
    void grown(); // a batch shows more than before
    void composed(int number);

private:
    void compose(int number);
    void remember(quint64 batch); // its ads, as a step of undo
    void setRanks(const QList<int>& numbers);

    AdListModel m_model;
    QUndoStack& m_undo;
    std::map<int, AdItem> m_taken; // shown here before they went to the trash
    quint64 m_lastGroup = 0;
};

} // namespace adtailor
