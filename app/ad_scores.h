// AdScores: what every installed metric says of an ad: PBS, BLEU, ROUGE-L, points, exact product.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"
#include "app/score_desk.h"

#include <QObject>

#include <set>

namespace adtailor {

class ProjectSession;

enum class Metric { Pbs, Bleu, RougeL, Points, Product };
inline constexpr int metricCount = 5;

class AdScores final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdScores)

public:
    AdScores(ProjectSession& session, ScoreDesk& desk, QObject* parent = nullptr);

    ScoreDesk& desk() { return m_desk; }
    static QString name(Metric metric);
    static QString description(Metric metric); // what it measures, for the tooltip
    static bool higherIsBetter(Metric metric) { return metric != Metric::Product; }
    // nullopt: not known; `whyMissing` says why.
    std::optional<double> value(const AdItem& ad, Metric metric) const;
    QString text(const AdItem& ad, Metric metric) const; // "…" while it is measured, "–" without
    QString whyMissing(const AdItem& ad, Metric metric) const;
    std::optional<double> between(const AdItem& left, const AdItem& right) const; // PBS
    // What ads are compared with: the included clicks of the chosen person.
    QString referenceName() const; // of the person; empty: nobody
    int referenceCount() const { return static_cast<int>(m_references.size()); }

    // Measures these ads, and the clicks they are compared with.
    void want(const std::vector<const AdItem*>& ads);

signals:
    void changed();

private:
    void readReferences();
    void measureProduct(const AdItem& ad);

    ProjectSession& m_session;
    ScoreDesk& m_desk;
    std::vector<ScoredPicture> m_references;
    std::vector<qint64> m_referenceKeys;
    std::vector<std::string> m_titles; // of the references
    mutable std::map<QString, std::pair<double, double>> m_titleScores; // BLEU, ROUGE-L by title
    std::map<qint64, double> m_deltaE; // by picture
    std::set<qint64> m_measuring;
};

} // namespace adtailor
