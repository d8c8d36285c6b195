// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_scores.h"

#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "core/failure.h"

#include <adtailor/imaging.h>
#include <adtailor/product_fidelity.h>
#include <adtailor/text_metrics.h>

#include <QLocale>
#include <QtConcurrent>

namespace adtailor {

AdScores::AdScores(ProjectSession& session, ScoreDesk& desk, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_desk(desk)
{
    connect(&desk, &ScoreDesk::changed, this, &AdScores::changed);
    for (const auto signal : { &ProjectSession::historyChanged, &ProjectSession::opened })
        connect(&session, signal, this, &AdScores::readReferences);
    readReferences();
}

QString AdScores::name(Metric metric)
{
    switch (metric) {
    case Metric::Pbs:
        return tr("PBS to clicks");
    case Metric::Bleu:
        return tr("BLEU");
    case Metric::RougeL:
        return tr("ROUGE-L");
    case Metric::Points:
        return tr("Points used");
    case Metric::Product:
        return tr("Product ΔE");
    }
    return {};
}

QString AdScores::description(Metric metric)
{
    switch (metric) {
    case Metric::Pbs:
        return tr("How alike the background is to those of the person's included clicks: the mean, "
                  "-1 to 1.");
    case Metric::Bleu:
        return tr("Words and word groups the title shares with the clicked titles, 0 to 100.");
    case Metric::RougeL:
        return tr("Longest run of words the title shares with a clicked title, 0 to 100.");
    case Metric::Points:
        return tr("Selling points of the brief that stand in the title.");
    case Metric::Product:
        return tr(
            "Colour difference between the product in the ad and its cutout (CIEDE2000): 0 is "
            "exact.");
    }
    return {};
}

void AdScores::readReferences()
{
    m_references.clear();
    m_referenceKeys.clear();
    m_titles.clear();
    m_titleScores.clear();
    if (const Person* person = m_session.person())
        for (const int click : m_session.includedClicks()) {
            const Click& one = person->clicks[static_cast<std::size_t>(click)];
            if (!one.title.isEmpty())
                m_titles.push_back(toStdString(one.title));
            m_references.push_back({ one.thumbnail.cacheKey(), one.image, {} });
            m_referenceKeys.push_back(m_references.back().key);
        }
    emit changed();
}

QString AdScores::referenceName() const
{
    return m_references.empty() || !m_session.person() ? QString() : m_session.person()->name;
}

void AdScores::want(const std::vector<const AdItem*>& ads)
{
    std::vector<ScoredPicture> pictures;
    for (const AdItem* ad : ads) {
        pictures.push_back(ScoredPicture::of(ad->best()));
        measureProduct(*ad);
    }
    pictures.insert(pictures.end(), m_references.begin(), m_references.end());
    m_desk.want(std::move(pictures));
}

// On the pool: a picture takes a tenth of a second.
void AdScores::measureProduct(const AdItem& ad)
{
    const qint64 key = ad.composite.cacheKey();
    if (ad.composite.isNull() || !ad.batch || ad.batch->request.brief.product.cutout.isEmpty()
        || m_deltaE.contains(key) || !m_measuring.insert(key).second)
        return;
    const QImage composite = ad.composite;
    const Image placed = ad.batch->request.brief.product.cutout;
    QtConcurrent::run([composite, placed]() -> std::optional<double> {
        const auto measured = guarded([&] {
            const Image made = toImage(composite);
            return productFidelity(made, imaging::resize(placed, made.width(), made.height()))
                .deltaE;
        });
        return measured ? std::optional(*measured) : std::nullopt;
    }).then(this, [this, key](const std::optional<double>& deltaE) {
        if (deltaE)
            m_deltaE[key] = *deltaE;
        emit changed();
    });
}

std::optional<double> AdScores::value(const AdItem& ad, Metric metric) const
{
    switch (metric) {
    case Metric::Pbs:
        return m_desk.meanScore(ad.best().cacheKey(), m_referenceKeys);
    case Metric::Bleu:
    case Metric::RougeL: {
        if (m_titles.empty() || ad.title.isEmpty())
            return std::nullopt;
        auto found = m_titleScores.find(ad.title);
        if (found == m_titleScores.end()) {
            const std::string title = toStdString(ad.title);
            found
                = m_titleScores
                      .emplace(ad.title, std::pair(bleu(title, m_titles), rougeL(title, m_titles)))
                      .first;
        }
        return metric == Metric::Bleu ? found->second.first : found->second.second;
    }
    case Metric::Points:
        return ad.batch
            ? pointCoverage(toStdString(ad.title), ad.batch->request.brief.product.sellingPoints)
            : std::nullopt;
    case Metric::Product: {
        const auto found = m_deltaE.find(ad.composite.cacheKey());
        return found == m_deltaE.end() ? std::nullopt : std::optional(found->second);
    }
    }
    return std::nullopt;
}

QString AdScores::text(const AdItem& ad, Metric metric) const
{
    const auto known = value(ad, metric);
    if (!known) {
        const bool measuring
            = (metric == Metric::Pbs && m_desk.state() == ScoreDesk::State::Working)
            || (metric == Metric::Product && m_measuring.contains(ad.composite.cacheKey()));
        return measuring ? QStringLiteral("…") : noValue();
    }
    if (metric == Metric::Points) {
        const auto total
            = static_cast<double>(ad.batch->request.brief.product.sellingPoints.size());
        return tr("%1 of %2").arg(std::lround(*known * total / 100)).arg(std::lround(total));
    }
    const bool percent = metric == Metric::Bleu || metric == Metric::RougeL;
    return QLocale().toString(*known, 'f', percent ? 1 : 2);
}

QString AdScores::whyMissing(const AdItem& ad, Metric metric) const
{
    if (value(ad, metric))
        return {};
    switch (metric) {
    case Metric::Pbs:
        if (m_desk.state() == ScoreDesk::State::NotInstalled)
            return tr("The feature model of PBS is not installed.");
        if (m_references.empty())
            return tr("Choose a person with clicks: PBS compares with them.");
        return m_desk.state() == ScoreDesk::State::Failed ? toQString(m_desk.error().detail)
                                                          : QString();
    case Metric::Bleu:
    case Metric::RougeL:
        return ad.title.isEmpty() ? tr("The ad has no title.")
                                  : tr("Choose a person with clicks: their titles are compared.");
    case Metric::Points:
        return tr("The brief has no selling points.");
    case Metric::Product:
        return ad.composite.isNull() ? tr("The product is not laid over this picture.") : QString();
    }
    return {};
}

std::optional<double> AdScores::between(const AdItem& left, const AdItem& right) const
{
    return m_desk.score(left.best().cacheKey(), right.best().cacheKey());
}

} // namespace adtailor
