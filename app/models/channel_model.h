// ChannelModel: the channels of a finish document, each with its picture and what the rules say.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_frame.h"

#include <QAbstractListModel>

namespace adtailor {

class FinishFrames;

// Roles: those that ChannelDelegate of widgets/channel_delegate.h reads.
class ChannelModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChannelModel)

public:
    struct Counts
    {
        int sizes = 0, pass = 0, warnings = 0, blocked = 0;
    };

    using QAbstractListModel::QAbstractListModel;

    void setChannels(const QList<Channel>& channels);
    void showFrames(const FinishFrames& frames); // those that are drawn
    const Channel& at(int row) const { return m_rows[row].channel; }
    int rowOf(const QString& id) const; // -1: not there
    Counts counts() const;
    // A few words on a card; the whole sentence.
    static QString shortText(const LintFinding& finding);
    static QString sentence(const LintFinding& finding);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row
    {
        Channel channel;
        QImage picture;
        std::vector<LintFinding> findings;
        bool drawn = false;
    };
    int statusOf(const Row& row) const;

    QList<Row> m_rows;
};

} // namespace adtailor
