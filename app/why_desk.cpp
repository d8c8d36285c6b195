// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/why_desk.h"

#include "app/job_desk.h"
#include "app/project_session.h"
#include "app/qt_types.h"

#include <adtailor/imaging.h>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int pictureSide = 256; // of a history picture on the page

} // namespace

WhyDesk::WhyDesk(ProjectSession& session, JobDesk& jobs, EngineClient& engine, ScoreDesk& scores,
                 QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_jobs(jobs)
    , m_engine(engine)
    , m_scores(scores)
{
    connect(&engine, &EngineClient::extracted, this,
            [this](quint64 job, const PreferenceProfile& profile) {
                if (job != 0 && job == m_job)
                    take(profile);
            });
    connect(&engine, &EngineClient::failed, this, [this](quint64 job, const Error& error) {
        if (job == 0 || job != m_job)
            return;
        m_job = 0;
        if (error.code != ErrorCode::Cancelled)
            m_error = error;
        emit changed();
    });
    // Nothing of a person or a project stays here longer than there.
    const auto forget = [this] {
        m_number = 0;
        m_request = {};
        m_person.clear();
        m_pictures.clear();
        read();
    };
    connect(&session, &ProjectSession::opened, this, forget);
    connect(&session, &ProjectSession::personChanged, this, [this, forget] {
        if (m_number == 0 && hasHistory())
            forget();
    });
    connect(&session.board(), &AdBoard::grown, this, [this, forget] {
        if (m_number > 0 && !ad())
            forget();
        emit twinsChanged();
    });
    connect(&scores, &ScoreDesk::changed, this, &WhyDesk::twinsChanged);
}

void WhyDesk::show(int number)
{
    m_number = number;
    const AdItem* shown = ad();
    const Person* person = m_session.person();
    if (shown && shown->batch) {
        m_request = shown->batch->request;
        m_person = shown->batch->person;
    } else {
        m_number = 0;
        m_request = m_session.request();
        m_person = m_request.brief.history.empty() || !person ? QString() : person->name;
    }
    m_pictures.clear();
    read();
}

const AdItem* WhyDesk::ad() const
{
    const int row = m_number > 0 ? m_session.board().model().rowOf(m_number) : -1;
    return row < 0 ? nullptr : &m_session.board().model().at(row);
}

bool WhyDesk::isOfOtherModel() const
{
    const AdItem* shown = ad();
    return shown && !shown->ad.modelHash.empty() && !m_engine.model().hash.empty()
        && shown->ad.modelHash != m_engine.model().hash;
}

QImage WhyDesk::picture(int historyIndex) const
{
    const std::vector<HistoryItem>& history = m_request.brief.history;
    if (historyIndex < 0 || historyIndex >= static_cast<int>(history.size()))
        return {};
    QImage& small = m_pictures[historyIndex];
    if (small.isNull())
        small = toQImage(imaging::resize(history[static_cast<std::size_t>(historyIndex)].image,
                                         pictureSide, pictureSide));
    return small;
}

// The batch's first seed draws the masks of all its ads.
void WhyDesk::read()
{
    if (m_job)
        m_engine.cancel(std::exchange(m_job, 0));
    m_profile.reset();
    m_error.reset();
    m_parts = {};
    m_palette.clear();
    m_readKeys.clear();
    if (hasHistory() && !m_request.brief.product.title.empty())
        m_job = m_engine.extractPreferences(m_request.brief, m_request.preference, m_request.seed);
    emit changed();
}

void WhyDesk::take(const PreferenceProfile& profile)
{
    m_job = 0;
    const auto history = static_cast<int>(m_request.brief.history.size());
    const bool fits
        = std::all_of(profile.items.begin(), profile.items.end(), [&](const auto& item) {
              return item.historyIndex >= 0 && item.historyIndex < history;
          });
    if (!fits) {
        m_error = Error{ ErrorCode::Internal, "The engine names clicks that were not sent." };
        emit changed();
        return;
    }
    m_profile = profile;
    m_parts = keptParts(profile);
    std::vector<QImage> pictures;
    for (const PreferenceProfile::Item& item : profile.items) {
        pictures.push_back(picture(item.historyIndex));
        m_readKeys.push_back(pictures.back().cacheKey());
    }
    std::sort(m_readKeys.begin(), m_readKeys.end());
    m_readKeys.erase(std::unique(m_readKeys.begin(), m_readKeys.end()), m_readKeys.end());
    m_palette = keptPalette(profile, pictures);
    emit changed();
    wantScores();
}

AdBatch WhyDesk::twinBatch() const
{
    AdBatch batch;
    batch.request = m_request;
    batch.twinOf = m_number;
    if (const AdItem* shown = ad()) {
        batch.product = shown->batch->product;
        batch.person = shown->batch->person;
        batch.personId = shown->batch->personId;
    }
    return batch;
}

void WhyDesk::makeTwin()
{
    AdBatch batch = twinBatch();
    batch.request.brief.history.clear();
    batch.person.clear();
    batch.personId.clear();
    start(std::move(batch));
}

void WhyDesk::makeTwin(const Person& other)
{
    if (!allowsHistory(other.consent))
        return;
    AdBatch batch = twinBatch();
    batch.request.brief.history.clear();
    for (const Click& click : other.clicks)
        batch.request.brief.history.push_back({ click.image, toStdString(click.title) });
    batch.person = other.name;
    batch.personId = other.id;
    start(std::move(batch));
}

void WhyDesk::makeTwinWithout(int historyIndex)
{
    AdBatch batch = twinBatch();
    std::vector<HistoryItem>& history = batch.request.brief.history;
    if (historyIndex < 0 || historyIndex >= static_cast<int>(history.size()))
        return;
    history.erase(history.begin() + historyIndex);
    batch.leftOut = historyIndex;
    start(std::move(batch));
}

// One ad, the same draws of title and picture: only the history differs.
void WhyDesk::start(AdBatch batch)
{
    const AdItem* shown = ad();
    if (!shown)
        return;
    GenerationRequest& request = batch.request;
    request.preference.maskSeed = request.preference.maskSeed.value_or(request.seed);
    request.seed = shown->seed;
    request.count = 1;
    m_jobs.make(std::move(batch));
    emit twinsChanged();
}

QList<int> WhyDesk::twins() const
{
    QList<int> numbers;
    for (const AdItem& ad : m_session.board().ads())
        if (m_number > 0 && ad.batch && ad.batch->twinOf == m_number)
            numbers.append(ad.number);
    return numbers;
}

std::optional<double> WhyDesk::closeness(const AdItem& ad) const
{
    return ad.isShown() ? m_scores.meanScore(ad.best().cacheKey(), m_readKeys) : std::nullopt;
}

void WhyDesk::wantScores()
{
    const AdItem* shown = ad();
    if (!shown || !m_profile)
        return;
    std::vector<ScoredPicture> pictures;
    if (shown->isShown())
        pictures.push_back(ScoredPicture::of(shown->best()));
    for (const int number : twins())
        if (const AdItem& twin
            = m_session.board().model().at(m_session.board().model().rowOf(number));
            twin.isShown())
            pictures.push_back(ScoredPicture::of(twin.best()));
    for (const PreferenceProfile::Item& item : m_profile->items) {
        const auto at = static_cast<std::size_t>(item.historyIndex);
        pictures.push_back(
            { picture(item.historyIndex).cacheKey(), m_request.brief.history[at].image, {} });
    }
    m_scores.want(std::move(pictures));
}

} // namespace adtailor
