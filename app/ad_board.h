// AdBoard: the ads of a project: a batch begins, grows with the engine's reports and ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"

#include <adtailor/job.h>

#include <QObject>

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
    const std::vector<AdItem>& ads() const { return m_model.ads(); }
    QList<int> rowsOf(quint64 batch) const; // top to bottom = seed order
    quint64 lastBatch() const { return m_lastBatch; }

    void reset(std::vector<AdItem> ads = {});
    void begin(AdBatch batch);
    // gridSide: tokens per side of the model's picture, to tell finished rows from empty ones.
    void update(quint64 batch, const Progress& progress, int gridSide);
    void finish(quint64 batch, std::vector<Ad> ads, const ModelInfo& model);
    // What is drawn stays as a draft; ads with nothing to see are removed.
    void abandon(quint64 batch);
    void add(std::vector<AdItem> ads); // numbers them
    void star(int row, bool starred);
    void remove(int row); // undoable

signals:
    void changed(); // something to save: finished, removed, starred
    void grown(); // a batch shows more than before
    void composed(int number);

private:
    friend class RemoveAdCommand;

    void compose(int number);
    void put(AdItem ad);
    void take(int number);

    AdListModel m_model;
    QUndoStack& m_undo;
    quint64 m_lastBatch = 0;
};

} // namespace adtailor
