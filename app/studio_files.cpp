// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio_files.h"

#include "app/qt_types.h"
#include "app/settings.h"

#include <QtConcurrent>

namespace adtailor {

StudioFiles::StudioFiles(Settings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
{
}

void StudioFiles::readSample()
{
    struct Read
    {
        Result<StudioSample> sample;
        std::vector<Person> added;
    };
    QtConcurrent::run([language = m_settings.language(), folders = m_settings.peopleFolders()] {
        return Read{ loadStudioSample(resourceFolder(), language), loadPeople(folders, language) };
    }).then(this, [this](Read read) {
        if (read.sample)
            m_sample = std::move(*read.sample);
        m_added = std::move(read.added);
        emit peopleChanged();
        emit sampleReady();
    });
}

std::vector<Person> StudioFiles::people() const
{
    std::vector<Person> all;
    if (m_sample)
        all = m_sample->people;
    all.insert(all.end(), m_added.begin(), m_added.end());
    return all;
}

void StudioFiles::readPicture(const QString& path)
{
    takePicture(QtConcurrent::run(readProductPicture, path));
}

void StudioFiles::readPicture(const QImage& picture, const QString& name)
{
    takePicture(QtConcurrent::run(makeProductPicture, toImage(picture), name));
}

void StudioFiles::takePicture(QFuture<Result<ProductPicture>> picture)
{
    if (m_pictureComing)
        return; // the first one is still being cut out
    m_pictureComing = true;
    emit pictureBusy(true);
    picture.then(this, [this](Result<ProductPicture> made) {
        m_pictureComing = false;
        emit pictureBusy(false);
        if (made)
            emit pictureRead(std::make_shared<const ProductPicture>(std::move(*made)));
        else
            emit failed(made.error());
    });
}

void StudioFiles::readAds(const QString& folder)
{
    struct Read
    {
        Result<std::vector<AdItem>> ads;
        int skipped = 0;
    };
    QtConcurrent::run([folder] {
        int skipped = 0;
        Result<std::vector<AdItem>> ads = loadAdFolder(folder, skipped);
        return Read{ std::move(ads), skipped };
    }).then(this, [this](const Read& read) {
        if (read.ads)
            emit adsRead(*read.ads, read.skipped);
        else
            emit failed(read.ads.error());
    });
}

void StudioFiles::saveAds(const std::vector<AdItem>& ads, const QString& folder)
{
    emit savingAds(true);
    QtConcurrent::run(saveAdItems, ads, folder).then(this, [this, folder](const SavedAds& saved) {
        emit savingAds(false);
        emit adsSaved(saved, folder);
    });
}

} // namespace adtailor
