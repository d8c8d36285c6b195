// ThumbnailCache: small pictures of files, decoded on the pool, the last asked for first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QStringList>

namespace adtailor {

class ThumbnailCache final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThumbnailCache)

public:
    explicit ThumbnailCache(QObject* parent = nullptr);

    // Null while it is read; `loaded` says when to ask again. One that cannot be read stays null.
    QImage find(const QString& path);

signals:
    void loaded(const QString& path);

private:
    void startNext();

    QCache<QString, QImage> m_images; // cost: bytes
    QStringList m_wanted; // the newest last; those scrolled past are forgotten
    QStringList m_reading;
};

} // namespace adtailor
