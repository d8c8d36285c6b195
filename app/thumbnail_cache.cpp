// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/thumbnail_cache.h"

#include "app/qt_types.h"

#include <adtailor/imaging.h>

#include <QtConcurrent>

namespace adtailor {

namespace {

constexpr int keptBytes = 96 << 20;
constexpr int mostWanted = 120; // more than a screen of tiles
constexpr int readers = 2;
constexpr int thumbnailSide = 320;

QImage readThumbnail(const QString& path)
{
    const Result<Image> image = imaging::load(toPath(path));
    return image ? toQImage(imaging::thumbnail(*image, thumbnailSide)) : QImage();
}

} // namespace

ThumbnailCache::ThumbnailCache(QObject* parent)
    : QObject(parent)
    , m_images(keptBytes)
{
}

QImage ThumbnailCache::find(const QString& path)
{
    if (path.isEmpty())
        return {};
    if (const QImage* image = m_images.object(path))
        return *image;
    if (m_reading.contains(path))
        return {};
    m_wanted.removeAll(path);
    m_wanted.append(path);
    if (m_wanted.size() > mostWanted)
        m_wanted.removeFirst();
    startNext();
    return {};
}

void ThumbnailCache::startNext()
{
    while (m_reading.size() < readers && !m_wanted.isEmpty()) {
        const QString path = m_wanted.takeLast();
        m_reading.append(path);
        QtConcurrent::run(readThumbnail, path).then(this, [this, path](const QImage& image) {
            m_reading.removeAll(path);
            m_images.insert(path, new QImage(image),
                            std::max<int>(64, static_cast<int>(image.sizeInBytes())));
            emit loaded(path);
            startNext();
        });
    }
}

} // namespace adtailor
