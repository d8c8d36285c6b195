// AdListModel: the ads of the open project, waiting, growing or finished.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/variations.h"

#include <adtailor/generation.h>
#include <adtailor/model.h>

#include <QAbstractListModel>
#include <QImage>
#include <QJsonObject>

#include <algorithm>
#include <memory>

namespace adtailor {

enum class AdState { Waiting, Writing, Drawing, Done, Draft };

// What all ads of one batch share.
struct AdBatch
{
    quint64 id = 0;
    quint64 group = 0; // batches of one variations grid share it; 0: `id`
    Vary varies = Vary::Nothing; // what differs between the batches of a group
    GenerationRequest request;
    QString product; // names for the page
    QString person; // empty: made without history
    QString personId;
    qint64 job = 0; // of the queue; 0: none
    int twinOf = 0; // number of the ad it is compared with: same seed, another history
    int leftOut = -1; // item of that ad's history that this twin was made without
};

struct AdItem
{
    int number = 0; // A-0001
    std::shared_ptr<const AdBatch> batch;
    AdState state = AdState::Waiting;
    QString title;
    quint64 seed = 0;
    QImage picture; // as generated; while growing, rows not yet drawn are black
    double drawn = 0; // finished share of the picture
    QImage composite; // the product over it; null until done
    QImage thumbnail;
    qint64 created = 0; // milliseconds since 1970, UTC
    bool starred = false; // on the shortlist
    int rank = 0; // place on the shortlist, 1 = best; 0: none yet
    QStringList tags;
    bool saved = false; // it is in the project's store
    Ad ad; // tokens and timings; empty until done
    ModelInfo model;
    QJsonObject finish; // FinishDocument; empty: nothing was laid on the picture yet

    QString name() const; // "A-0001"
    quint64 group() const { return !batch ? 0 : batch->group ? batch->group : batch->id; }
    bool isFinished() const { return state == AdState::Done || state == AdState::Draft; }
    // Ready to be compared and saved: a draft with a picture, or a done ad once the product lies
    // over its picture.
    bool isShown() const
    {
        return state == AdState::Draft ? !picture.isNull() : !composite.isNull();
    }
    const QImage& best() const { return composite.isNull() ? picture : composite; }
};

// Roles: ThumbnailRole of widgets/thumbnail_delegate.h.
class AdListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdListModel)

public:
    enum Role { BatchRole = Qt::UserRole + 1, ShownRole };

    using QAbstractListModel::QAbstractListModel;

    const std::vector<AdItem>& ads() const { return m_ads; }
    const AdItem& at(int row) const { return m_ads.at(static_cast<std::size_t>(row)); }
    int nextNumber() const { return m_lastNumber + 1; } // never used twice
    void setLastNumber(int number) { m_lastNumber = std::max(m_lastNumber, number); }
    void setSaved(int number, bool saved);
    int rowOf(int number) const; // -1: not there
    void append(std::vector<AdItem> ads);
    void replace(int row, AdItem ad);
    void remove(int row);
    void clear();
    void retranslate();
    static QString stateText(const AdItem& ad);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<AdItem> m_ads;
    int m_lastNumber = 0;
};

} // namespace adtailor
