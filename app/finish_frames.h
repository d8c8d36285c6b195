// FinishFrames: the frames of all channels of one ad, drawn on the pool, laid out at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_frame.h"

#include <QFutureWatcher>
#include <QObject>

#include <map>
#include <optional>
#include <tuple>

namespace adtailor {

class FinishFrames final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FinishFrames)

public:
    explicit FinishFrames(QObject* parent = nullptr);
    ~FinishFrames() override;

    // Lays the words out at once where the picture is known; others follow one by one, the channel
    // `first` before the rest.
    void show(const FinishSource& source, const FinishDocument& document,
              const QList<Channel>& channels, const QString& first);
    void clear();
    const FinishFrame* frame(const QString& channel) const; // nullptr: not drawn yet
    bool isDrawing() const { return m_drawing.has_value(); }

signals:
    void drawn(const QString& channel);

private:
    struct Key
    {
        int number = 0;
        QString channel;
        FinishTemplate pattern = FinishTemplate::LeftColumn;
        bool white = false;
        bool operator==(const Key&) const = default;
        bool operator<(const Key& other) const
        {
            return std::tie(number, channel, pattern, white)
                < std::tie(other.number, other.channel, other.pattern, other.white);
        }
    };
    Key keyOf(const Channel& channel) const;
    void lay(const Channel& channel);
    void drawNext();

    FinishSource m_source;
    FinishDocument m_document;
    QList<Channel> m_channels; // in the order of drawing
    std::map<Key, FramePicture> m_pictures; // of the current ad
    std::map<QString, FinishFrame> m_frames;
    std::optional<Key> m_drawing;
    QFutureWatcher<FramePicture> m_watcher;
};

} // namespace adtailor
