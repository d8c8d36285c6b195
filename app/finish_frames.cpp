// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/finish_frames.h"

#include "app/qt_types.h"

#include <QtConcurrent>

#include <algorithm>

namespace adtailor {

FinishFrames::FinishFrames(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcher<FramePicture>::finished, this, [this] {
        const Key key = *std::exchange(m_drawing, std::nullopt);
        if (key.number == m_source.number) {
            m_pictures[key] = m_watcher.result();
            for (const Channel& channel : m_channels)
                if (keyOf(channel) == key)
                    lay(channel);
            emit drawn(key.channel);
        }
        drawNext();
    });
}

FinishFrames::~FinishFrames()
{
    m_watcher.waitForFinished();
}

void FinishFrames::clear()
{
    m_source = {};
    m_channels.clear();
    m_pictures.clear();
    m_frames.clear();
}

FinishFrames::Key FinishFrames::keyOf(const Channel& channel) const
{
    const QString id = toQString(channel.id);
    return { m_source.number, id, m_document.pattern, m_document.white.contains(id) };
}

void FinishFrames::show(const FinishSource& source, const FinishDocument& document,
                        const QList<Channel>& channels, const QString& first)
{
    if (source.number != m_source.number)
        m_pictures.clear();
    m_source = source;
    m_document = document;
    m_channels = channels;
    std::ranges::stable_partition(
        m_channels, [&](const Channel& channel) { return toQString(channel.id) == first; });
    m_frames.clear();
    for (const Channel& channel : channels)
        lay(channel);
    drawNext();
}

void FinishFrames::lay(const Channel& channel)
{
    const auto picture = m_pictures.find(keyOf(channel));
    if (picture != m_pictures.end())
        m_frames[toQString(channel.id)] = layFrame(m_source, m_document, channel, picture->second);
}

const FinishFrame* FinishFrames::frame(const QString& channel) const
{
    const auto found = m_frames.find(channel);
    return found == m_frames.end() ? nullptr : &found->second;
}

void FinishFrames::drawNext()
{
    if (m_drawing)
        return;
    const auto next = std::ranges::find_if(m_channels, [this](const Channel& channel) {
        return !m_pictures.contains(keyOf(channel));
    });
    if (next == m_channels.end())
        return;
    m_drawing = keyOf(*next);
    m_watcher.setFuture(
        QtConcurrent::run(framePicture, m_source, m_drawing->pattern, m_drawing->white, *next));
}

} // namespace adtailor
