// ScoreDesk: PBS of any pictures: asks the engine for the features that are missing, and keeps
// them. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"

#include <QImage>
#include <QObject>

#include <map>
#include <optional>
#include <vector>

namespace adtailor {

// Known by the key of the picture that is shown of it, which no other picture ever has.
struct ScoredPicture
{
    qint64 key = 0;
    Image image; // what is measured; empty: `picture`
    QImage picture;

    static ScoredPicture of(const QImage& picture) { return { picture.cacheKey(), {}, picture }; }
};

class ScoreDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScoreDesk)

public:
    enum class State {
        Idle, // everything asked for is known
        Working,
        NotInstalled, // the engine has no feature model; asked again after its next start
        Failed
    };

    explicit ScoreDesk(EngineClient& engine, QObject* parent = nullptr);

    // Replaces what was wanted before; pictures come out in this order.
    void want(std::vector<ScoredPicture> pictures);
    // PBS, -1 to 1; nullopt: not known (yet).
    std::optional<double> score(qint64 left, qint64 right) const;
    // Mean PBS to all of these; nullopt until all are known, and for none.
    std::optional<double> meanScore(qint64 key, const std::vector<qint64>& others) const;

    // Where the backgrounds of two pictures differ; the last pair asked for is answered.
    void wantMap(const ScoredPicture& left, const ScoredPicture& right);
    const std::optional<DifferenceMap>& map() const { return m_map; }

    State state() const { return m_state; }
    const Error& error() const { return m_error; } // of Failed and NotInstalled
    int waiting() const; // pictures without a feature yet
    void stop(); // forgets what is wanted
    void retry();

signals:
    void changed();
    void mapChanged();

private:
    void askNext();
    void askMap();
    void readAnswer(const std::vector<BackgroundFeature>& features, const std::string& model);
    void takeMap(const DifferenceMap& map);
    void fail(const Error& error);
    void setState(State state);

    EngineClient& m_engine;
    std::map<qint64, BackgroundFeature> m_features;
    std::string m_model; // whose features these are
    std::vector<ScoredPicture> m_wanted;
    std::vector<qint64> m_asked; // of the running job
    quint64 m_job = 0; // 0: none
    std::optional<std::pair<ScoredPicture, ScoredPicture>> m_pair;
    std::optional<DifferenceMap> m_map;
    quint64 m_mapJob = 0;
    State m_state = State::Idle;
    Error m_error;
};

} // namespace adtailor
