// StudioFiles: what comes from disk into the studio and goes back; all of it on the pool.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ad_folder.h"
#include "app/models/ad_list_model.h"
#include "app/sample_loader.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <optional>

namespace adtailor {

class Settings;

class StudioFiles final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudioFiles)

public:
    explicit StudioFiles(Settings& settings, QObject* parent = nullptr);

    void readSample(); // in the current language; again after it changed
    const std::optional<StudioSample>& sample() const { return m_sample; }
    // Of the sample and of folders that older versions read in place.
    std::vector<Person> people() const;
    void readPicture(const QString& path);
    void readPicture(const QImage& picture, const QString& name); // a pasted one
    void readAds(const QString& folder);
    void saveAds(const std::vector<AdItem>& ads, const QString& folder);

signals:
    void sampleReady(); // also when it is missing
    void peopleChanged();
    void pictureBusy(bool busy);
    void pictureRead(const std::shared_ptr<const adtailor::ProductPicture>& picture);
    void adsRead(const std::vector<adtailor::AdItem>& ads, int skipped);
    void savingAds(bool saving);
    void adsSaved(const adtailor::SavedAds& saved, const QString& folder);
    void failed(const adtailor::Error& error);

private:
    void takePicture(QFuture<Result<ProductPicture>> picture);

    Settings& m_settings;
    std::optional<StudioSample> m_sample;
    std::vector<Person> m_added;
    bool m_pictureComing = false;
};

} // namespace adtailor
