// FinishDesk: the finish documents of the open project: edits with undo, states with an audit log,
// export of what was approved.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_frame.h"

#include <adtailor/channels.h>

#include <QObject>
#include <QStringList>

#include <optional>

class QUndoStack;

namespace adtailor {

class AdBoard;

struct ExportWish
{
    QString folder;
    QString pattern; // of names, as exportName takes it
    bool zip = false; // one archive instead of files
};

class FinishDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FinishDesk)

public:
    FinishDesk(AdBoard& board, QUndoStack& undo, QObject* parent = nullptr);

    // The user's channels, or the shipped ones; a file that cannot be read leaves them empty.
    void readChannels(const QString& resources);
    const ChannelSet& channels() const { return m_channels; }
    const std::optional<Error>& channelProblem() const { return m_channelProblem; }
    QList<Channel> channelsOf(const FinishDocument& document) const; // those that are known

    FinishDocument document(int number) const; // of an ad; fresh when it has none
    // One undo step; edits with the same stroke (not 0) are one. Nothing happens to a locked
    // document; one in review is a draft again.
    void edit(int number, const FinishDocument& changed, const QString& what, int stroke = 0);
    // draft → in review → approved, back to draft from anywhere; each is noted in the audit log
    // and none is an undo step. false: not a way that exists.
    bool moveTo(int number, FinishState state);
    // Draws, encodes and writes on the pool. Only what is approved and unchanged since, and has no
    // blocking finding in any channel.
    void exportAd(int number, const ExportWish& wish);
    bool isExporting() const { return m_exporting; }

signals:
    void changed(int number);
    void exportingChanged();
    void exported(const QStringList& files, const QString& folder);
    void failed(const adtailor::Error& error);

private:
    friend class ChangeFinishCommand;

    const AdItem* adOf(int number) const;
    bool applyContent(int number, const FinishDocument& content);
    void store(int number, const FinishDocument& document);
    void note(FinishDocument& document, const QString& what, const QString& file = {},
              const QString& hash = {}) const;
    std::optional<Error> exportProblem(int number) const;
    void finishExport(int number, const std::vector<NamedBytes>& files, const ExportWish& wish);

    AdBoard& m_board;
    QUndoStack& m_undo;
    ChannelSet m_channels;
    std::optional<Error> m_channelProblem;
    bool m_exporting = false;
};

} // namespace adtailor
