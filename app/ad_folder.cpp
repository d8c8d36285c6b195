// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_folder.h"

#include "app/qt_types.h"

#include <adtailor/ad_files.h>
#include <adtailor/imaging.h>

#include <QDir>
#include <QDirIterator>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qsizetype mostAds = 1000;
constexpr int thumbnailSide = 320;

QString compositeOf(const QString& record)
{
    QString path = record;
    path.chop(4); // "json"
    return path + u"png"_s;
}

} // namespace

Result<QString> saveAdItem(const AdItem& ad, const QString& folder)
{
    RequestFile request;
    if (ad.batch)
        request.request = ad.batch->request;
    Ad made = ad.ad;
    if (made.image.isEmpty()) { // a draft: the rows that were drawn, as they are
        made.image = toImage(ad.picture);
        made.title = toStdString(ad.title);
        made.seed = ad.seed;
    }
    const Result<AdFiles> files = saveAd(toPath(folder), request, made, ad.model);
    if (!files)
        return files.error();
    return fromPath(files->record);
}

SavedAds saveAdItems(const std::vector<AdItem>& ads, const QString& folder)
{
    SavedAds saved;
    QSet<quint64> seeds;
    for (const AdItem& ad : ads) {
        const bool again = seeds.contains(ad.seed);
        const QString place = again ? QDir(folder).filePath(ad.name()) : folder;
        seeds.insert(ad.seed);
        QDir().mkpath(place); // where it cannot be made, saving says so
        if (const Result<QString> record = saveAdItem(ad, place); !record) {
            saved.problem = record.error();
            break;
        }
        ++saved.count;
    }
    return saved;
}

Result<AdItem> loadAdItem(const QString& record)
{
    Result<AdFile> file = readAd(toPath(record));
    if (!file)
        return file.error();
    AdItem ad;
    ad.state = AdState::Done;
    ad.drawn = 1;
    ad.ad = std::move(file->ad);
    ad.model = std::move(file->model);
    ad.title = toQString(ad.ad.title);
    ad.seed = ad.ad.seed;
    ad.picture = toQImage(ad.ad.image);
    if (const Result<Image> composite = imaging::load(toPath(compositeOf(record))))
        ad.composite = toQImage(*composite);
    else
        ad.composite = ad.picture;
    ad.thumbnail = toQImage(imaging::thumbnail(toImage(ad.best()), thumbnailSide));
    auto batch = std::make_shared<AdBatch>();
    batch->request = std::move(file->request.request);
    batch->product = toQString(batch->request.brief.product.title);
    ad.batch = std::move(batch);
    return ad;
}

Result<std::vector<AdItem>> loadAdFolder(const QString& folder, int& skipped)
{
    skipped = 0;
    QStringList records;
    QDirIterator walk(folder, { u"ad-*.json"_s }, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext() && records.size() < mostAds)
        records.append(walk.next());
    std::sort(records.begin(), records.end());
    if (records.isEmpty())
        return Error{ ErrorCode::FileNotFound,
                      "There are no ads in " + toStdString(folder)
                          + ". Choose a folder that `adtailor generate` or Save all has written." };
    std::vector<AdItem> ads;
    for (const QString& record : records) {
        Result<AdItem> ad = loadAdItem(record);
        if (ad)
            ads.push_back(std::move(*ad));
        else
            ++skipped;
    }
    if (ads.empty())
        return Error{ ErrorCode::FileCorrupt,
                      "None of the ads in " + toStdString(folder) + " can be read." };
    return ads;
}

} // namespace adtailor
