// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/score_desk.h"

#include "app/qt_types.h"

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

// A few ads of 1024 pixels a job: cells fill as they come, and an ad that is asked for waits
// little.
constexpr std::size_t bytesPerJob = 12U << 20U;
constexpr int mostMapCells = 64; // a side

Image imageOf(const ScoredPicture& picture)
{
    return picture.image.isEmpty() ? toImage(picture.picture) : picture.image;
}

bool isEmpty(const ScoredPicture& picture)
{
    return picture.image.isEmpty() && picture.picture.isNull();
}

} // namespace

ScoreDesk::ScoreDesk(EngineClient& engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
{
    connect(&engine, &EngineClient::backgroundsRead, this,
            [this](quint64 job, const auto& features, const std::string& model) {
                if (job == m_job)
                    readAnswer(features, model);
            });
    connect(&engine, &EngineClient::differenceMapped, this,
            [this](quint64 job, const DifferenceMap& map) {
                if (job == m_mapJob)
                    takeMap(map);
            });
    connect(&engine, &EngineClient::failed, this, [this](quint64 job, const Error& error) {
        if (job != 0 && (job == m_job || job == m_mapJob))
            fail(error);
    });
    connect(&engine, &EngineClient::stateChanged, this, [this](EngineState state) {
        if (state == EngineState::Starting
            && (m_state == State::NotInstalled || m_state == State::Failed))
            retry();
        if (state != EngineState::Ready)
            return;
        askNext(); // what was cut off by a restart
        if (m_pair && !m_map && !m_mapJob)
            askMap();
    });
}

void ScoreDesk::want(std::vector<ScoredPicture> pictures)
{
    std::erase_if(pictures, isEmpty);
    m_wanted = std::move(pictures);
    askNext();
}

int ScoreDesk::waiting() const
{
    return static_cast<int>(
        std::count_if(m_wanted.begin(), m_wanted.end(),
                      [this](const ScoredPicture& one) { return !m_features.contains(one.key); }));
}

void ScoreDesk::askNext()
{
    if (m_job || m_state == State::NotInstalled || m_state == State::Failed)
        return;
    std::vector<Image> images;
    std::size_t bytes = 0;
    m_asked.clear();
    for (const ScoredPicture& picture : m_wanted) {
        const bool again = std::find(m_asked.begin(), m_asked.end(), picture.key) != m_asked.end();
        if (again || m_features.contains(picture.key))
            continue;
        Image image = imageOf(picture);
        if (!images.empty() && bytes + image.byteCount() > bytesPerJob)
            break;
        bytes += image.byteCount();
        images.push_back(std::move(image));
        m_asked.push_back(picture.key);
    }
    if (!images.empty())
        m_job = m_engine.readBackgrounds(images);
    setState(m_job ? State::Working : State::Idle);
}

void ScoreDesk::readAnswer(const std::vector<BackgroundFeature>& features, const std::string& model)
{
    m_job = 0;
    const std::size_t size = features.empty() ? 0 : features.front().size();
    const bool even = std::all_of(features.begin(), features.end(), [size](const auto& feature) {
        return feature.size() == size && std::all_of(feature.begin(), feature.end(), [](float x) {
                   return std::isfinite(x);
               });
    });
    if (features.size() != m_asked.size() || size == 0 || !even)
        return fail(
            { ErrorCode::Internal, "The engine sent scores that do not fit the pictures." });
    if (m_model != model) // of another model: not comparable
        m_features.clear();
    m_model = model;
    for (std::size_t i = 0; i < features.size(); ++i)
        m_features[m_asked[i]] = features[i];
    askNext();
    emit changed();
}

std::optional<double> ScoreDesk::score(qint64 left, qint64 right) const
{
    const auto a = m_features.find(left), b = m_features.find(right);
    if (a == m_features.end() || b == m_features.end())
        return std::nullopt;
    return backgroundScore(a->second, b->second);
}

std::optional<double> ScoreDesk::meanScore(qint64 key, const std::vector<qint64>& others) const
{
    double sum = 0;
    for (const qint64 other : others) {
        const auto one = score(key, other);
        if (!one)
            return std::nullopt;
        sum += *one;
    }
    return others.empty() ? std::nullopt : std::optional(sum / static_cast<double>(others.size()));
}

void ScoreDesk::wantMap(const ScoredPicture& left, const ScoredPicture& right)
{
    if (m_pair && m_pair->first.key == left.key && m_pair->second.key == right.key)
        return;
    m_map.reset();
    m_pair.reset();
    if (!isEmpty(left) && !isEmpty(right))
        m_pair = { left, right };
    askMap();
    emit mapChanged();
}

void ScoreDesk::askMap()
{
    if (m_mapJob)
        m_engine.cancel(std::exchange(m_mapJob, 0));
    if (m_pair && m_state != State::NotInstalled && m_state != State::Failed)
        m_mapJob = m_engine.mapDifference(imageOf(m_pair->first), imageOf(m_pair->second));
}

void ScoreDesk::takeMap(const DifferenceMap& map)
{
    m_mapJob = 0;
    const bool whole = map.side > 0 && map.side <= mostMapCells
        && map.cells.size() == static_cast<std::size_t>(map.side) * map.side;
    if (!whole)
        return fail({ ErrorCode::Internal, "The engine sent a map that has no square of cells." });
    m_map = map;
    emit mapChanged();
}

void ScoreDesk::fail(const Error& error)
{
    m_job = 0;
    m_mapJob = 0;
    if (error.code == ErrorCode::Cancelled)
        return setState(State::Idle);
    m_error = error;
    setState(error.code == ErrorCode::FileNotFound ? State::NotInstalled : State::Failed);
}

void ScoreDesk::stop()
{
    m_wanted.clear();
    if (m_job)
        m_engine.cancel(std::exchange(m_job, 0));
    setState(m_state == State::Working ? State::Idle : m_state);
}

void ScoreDesk::retry()
{
    m_error = {};
    m_state = State::Idle;
    askNext();
    askMap();
    emit changed();
}

void ScoreDesk::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        emit changed();
}

} // namespace adtailor
