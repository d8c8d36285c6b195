// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_records.h"

#include "app/qt_types.h"
#include "core/failure.h"

#include <adtailor/imaging.h>

#include <QJsonDocument>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int adSide = 1024; // pixels of a finished ad
constexpr int thumbnailSide = 320;

QImage thumbnailOfImage(const QImage& image)
{
    return image.isNull()
        ? image
        : image.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace

std::string stateOf(const AdItem& ad)
{
    if (ad.state == AdState::Draft)
        return draftState;
    const QString approval = ad.finish[QLatin1String("state")].toString();
    return approval.isEmpty() || approval == QLatin1String(draftState) ? doneState
                                                                       : toStdString(approval);
}

AdRecord recordOf(const AdItem& ad)
{
    AdRecord record;
    AdSummary& summary = record.summary;
    summary.number = ad.number;
    summary.created = ad.created;
    summary.state = stateOf(ad);
    summary.title = toStdString(ad.title);
    summary.seed = ad.seed;
    summary.starred = ad.starred;
    summary.tags = toStdStrings(ad.tags);
    if (ad.batch) {
        record.request = ad.batch->request;
        summary.product = toStdString(ad.batch->product);
        summary.personId = toStdString(ad.batch->personId);
        summary.person = toStdString(ad.batch->person);
    }
    record.ad = ad.ad;
    if (record.ad.image.isEmpty()) // a draft: the rows that were drawn, as they are
        record.ad.image = toImage(ad.picture);
    record.ad.title = summary.title;
    record.ad.seed = ad.seed;
    record.model = ad.model;
    record.drawn = ad.drawn;
    if (!ad.finish.isEmpty())
        record.finish = QJsonDocument(ad.finish).toJson(QJsonDocument::Compact).toStdString();
    record.thumbnail = toImage(ad.thumbnail.isNull() ? thumbnailOfImage(ad.best()) : ad.thumbnail);
    return record;
}

AdItem itemOf(AdRecord record)
{
    AdItem ad;
    ad.number = static_cast<int>(record.summary.number);
    ad.created = record.summary.created;
    ad.state = record.summary.state == draftState ? AdState::Draft : AdState::Done;
    ad.title = toQString(record.summary.title);
    ad.seed = record.summary.seed;
    ad.starred = record.summary.starred;
    ad.tags = toQStringList(record.summary.tags);
    ad.saved = true;
    ad.finish = QJsonDocument::fromJson(QByteArray::fromStdString(record.finish)).object();
    ad.drawn = std::clamp(record.drawn, 0.0, 1.0);
    ad.model = std::move(record.model);
    ad.ad = std::move(record.ad);
    ad.picture = toQImage(ad.ad.image);
    if (ad.state == AdState::Done) {
        const Image& placed = record.request.brief.product.cutout;
        ad.composite = placed.isEmpty() ? ad.picture
                                        : toQImage(imaging::compose(ad.ad.image, placed, adSide));
    }
    ad.thumbnail = thumbnailOfImage(ad.best());
    auto batch = std::make_shared<AdBatch>();
    batch->request = std::move(record.request);
    batch->product = toQString(record.summary.product);
    batch->personId = toQString(record.summary.personId);
    batch->person = toQString(record.summary.person);
    ad.batch = std::move(batch);
    return ad;
}

void saveAd(ProjectStore& store, const AdItem& ad)
{
    valueOrThrow(store.saveAd(recordOf(ad)));
    if (ad.batch && ad.batch->job)
        valueOrThrow(store.removeJob(ad.batch->job));
}

QueuedJob jobOf(const QueueEntry& entry)
{
    QueuedJob job;
    job.id = entry.id;
    job.state = entry.state;
    job.attempts = entry.attempts;
    job.product = toStdString(entry.batch.product);
    job.personId = toStdString(entry.batch.personId);
    job.person = toStdString(entry.batch.person);
    job.error = toStdString(entry.error);
    job.request = entry.batch.request;
    return job;
}

std::vector<QueueEntry> entriesOf(const std::vector<QueuedJob>& jobs)
{
    std::vector<QueueEntry> entries;
    for (const QueuedJob& job : jobs) {
        QueueEntry entry{ job.id, job.state, job.attempts, toQString(job.error), {} };
        entry.batch.product = toQString(job.product);
        entry.batch.personId = toQString(job.personId);
        entry.batch.person = toQString(job.person);
        entry.batch.request = job.request;
        entry.batch.job = job.id;
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace adtailor
