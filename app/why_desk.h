// WhyDesk: what an ad was made from: its preference profile, and its twins with another history.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kept_parts.h"
#include "app/models/ad_list_model.h"
#include "app/score_desk.h"

#include <QObject>

namespace adtailor {

class JobDesk;
class ProjectSession;
struct Person;

class WhyDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WhyDesk)

public:
    WhyDesk(ProjectSession& session, JobDesk& jobs, EngineClient& engine, ScoreDesk& scores,
            QObject* parent = nullptr);

    // An ad of the board, or 0: what the next ad would be made from.
    void show(int number);
    const AdItem* ad() const; // null: the next one, or removed meanwhile
    const GenerationRequest& request() const { return m_request; }
    const QString& person() const { return m_person; } // empty: no history
    bool hasHistory() const { return !m_request.brief.history.empty(); }
    bool isReading() const { return m_job != 0; }
    bool isOfOtherModel() const; // the profile is of the loaded model, the ad of another
    const std::optional<Error>& error() const { return m_error; }
    const std::optional<PreferenceProfile>& profile() const { return m_profile; }
    const KeptParts& parts() const { return m_parts; }
    const std::vector<Swatch>& palette() const { return m_palette; }
    QImage picture(int historyIndex) const; // small, squeezed square as the model reads it
    void retry() { read(); }

    // Made by the engine with the seeds of this ad; they stand on the board like any other.
    void makeTwin(); // without history
    void makeTwin(const Person& other);
    void makeTwinWithout(int historyIndex);
    QList<int> twins() const; // numbers, as they were made
    // Mean PBS to the clicks that the shown ad's model read; nullopt: not known.
    std::optional<double> closeness(const AdItem& ad) const;
    void wantScores(); // of the ad and its twins; call again when one of them is done
    ScoreDesk& scores() { return m_scores; }

signals:
    void changed(); // another ad, or its profile
    void twinsChanged(); // one more, one grown, or a score

private:
    void read();
    void take(const PreferenceProfile& profile);
    void start(AdBatch batch);
    AdBatch twinBatch() const; // of the shown ad, still with its history

    ProjectSession& m_session;
    JobDesk& m_jobs;
    EngineClient& m_engine;
    ScoreDesk& m_scores;
    int m_number = 0;
    GenerationRequest m_request;
    QString m_person;
    mutable std::map<int, QImage> m_pictures; // of the history, made when asked for
    std::vector<qint64> m_readKeys; // of the clicks that were read
    std::optional<PreferenceProfile> m_profile;
    std::optional<Error> m_error;
    KeptParts m_parts;
    std::vector<Swatch> m_palette;
    quint64 m_job = 0;
};

} // namespace adtailor
