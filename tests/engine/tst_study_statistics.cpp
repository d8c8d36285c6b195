// SPDX-License-Identifier: GPL-3.0-or-later
// Agreement, Bradley–Terry, tests and quantiles agree with scikit-learn, statsmodels, krippendorff,
// choix and scipy to 1e-6, on random and awkward tables; intervals hold the truth.
#include "core/strict_json.h"
#include "study/agreement.h"
#include "study/bradley_terry.h"

#include <adtailor/study_report.h>

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <limits>

using namespace adtailor;
using nlohmann::json;

namespace {

constexpr double precision = 1e-6;

// The committed cases, or more of them: see fixtures/make_study.py.
const json& cases()
{
    static const json all = readJsonFile(
        qEnvironmentVariable("ADTAILOR_STUDY_CASES", ADTAILOR_FIXTURES "/study.json").toStdString(),
        64U << 20U);
    return all;
}

bool near(double value, double expected)
{
    return std::abs(value - expected) <= precision * std::max(1.0, std::abs(expected));
}

// Null in the fixture: undefined, and explained.
bool agrees(const Coefficient& ours, const json& theirs)
{
    if (theirs.is_null())
        return !ours.value && !ours.reason.empty();
    return ours.value && near(*ours.value, theirs) && ours.reason.empty();
}

std::vector<Compared> comparisons(const json& ranking)
{
    std::vector<Compared> list;
    for (const json& vote : ranking["votes"])
        list.push_back(
            { vote[0], vote[1], vote[2], vote[3], vote[4], static_cast<int>(list.size()) });
    return list;
}

} // namespace

class TestStudyStatistics : public QObject
{
    Q_OBJECT

private slots:
    void agreement();
    void intervalsOfAgreement();
    void strengths();
    void sandwiches();
    void sharesAndQuantiles();
    void joinsIslands();
    void coversTheTruth();
    void knowsHowManyVotes();
};

void TestStudyStatistics::agreement()
{
    const BootstrapOptions none{ .resamples = 1 };
    for (const json& known : cases()["agreement"]) {
        Ratings ratings;
        for (const json& row : known["table"]) {
            auto& unit = ratings.emplace_back();
            for (const json& cell : row)
                unit.push_back(cell.is_null() ? std::nullopt : std::optional<int>(cell.get<int>()));
        }
        const int k = known["categories"];
        const auto name = known.dump().substr(0, 300);
        QVERIFY2(agrees(fleissKappa(ratings, k, none), known["fleiss"]), name.c_str());
        QVERIFY2(agrees(krippendorffAlpha(ratings, k, Level::Nominal, none), known["nominal"]),
                 name.c_str());
        QVERIFY2(agrees(krippendorffAlpha(ratings, k, Level::Ordinal, none), known["ordinal"]),
                 name.c_str());
        const bool two = ratings.front().size() == 2;
        const char* const keys[] = { "cohen", "cohen_linear", "cohen_quadratic" };
        for (int weights = 0; weights < 3; ++weights) {
            const auto ours = cohenKappa(ratings, k, static_cast<Weights>(weights), none);
            QVERIFY2(two ? agrees(ours, known[keys[weights]]) : !ours.value && !ours.reason.empty(),
                     name.c_str());
        }
    }
}

void TestStudyStatistics::intervalsOfAgreement()
{
    Ratings ratings;
    for (int i = 0; i < 60; ++i)
        ratings.push_back({ i % 3, i % 5 == 0 ? (i + 1) % 3 : i % 3, i % 3 });
    const auto alpha = krippendorffAlpha(ratings, 3, Level::Nominal, {});
    QVERIFY(alpha.interval && alpha.interval->low < *alpha.value
            && *alpha.value < alpha.interval->high && alpha.interval->high <= 1);
    QCOMPARE(krippendorffAlpha(ratings, 3, Level::Nominal, {}).interval->low, alpha.interval->low);
}

void TestStudyStatistics::strengths()
{
    for (const json& known : cases()["ranking"]) {
        const int n = known["sources"];
        const auto ours = bradleyTerry(winMatrix(comparisons(known), n), n, studyRidge);
        double sum = 0;
        for (int i = 0; i < n; ++i) {
            const auto s = static_cast<std::size_t>(i);
            QVERIFY2(near(ours[s], known["strengths"][s]),
                     qPrintable(QStringLiteral("%1: %2, not %3")
                                    .arg(QString::fromStdString(known["name"]))
                                    .arg(ours[s], 0, 'g', 12)
                                    .arg(known["strengths"][s].get<double>(), 0, 'g', 12)));
            sum += ours[s];
        }
        QVERIFY(std::abs(sum) < 1e-9);
    }
}

void TestStudyStatistics::sandwiches()
{
    constexpr double hardlyAny = 1e-10;
    int compared = 0;
    for (const json& known : cases()["ranking"]) {
        if (!known.contains("variances"))
            continue;
        const int n = known["sources"];
        const auto votes = comparisons(known);
        const auto ours = bradleyTerry(winMatrix(votes, n), n, hardlyAny);
        const char* const keys[] = { "votes", "items", "raters_and_items" };
        for (int clusters = 0; clusters < 3; ++clusters) {
            const auto covariance
                = sandwich(ours, votes, hardlyAny, static_cast<Clusters>(clusters));
            const json& variances = known["variances"][keys[clusters]];
            for (std::size_t c = 0; c < variances.size(); ++c) {
                const int i = known["contrasts"][c][0], j = known["contrasts"][c][1];
                const auto at = [&](int row, int column) {
                    return covariance[static_cast<std::size_t>(row * n + column)];
                };
                const double variance = at(i, i) + at(j, j) - 2 * at(i, j);
                QVERIFY2(near(variance, variances[c]),
                         qPrintable(QStringLiteral("%1: %2, not %3")
                                        .arg(QLatin1String(keys[clusters]))
                                        .arg(variance, 0, 'g', 12)
                                        .arg(variances[c].get<double>(), 0, 'g', 12)));
                ++compared;
            }
        }
    }
    QVERIFY(compared >= 20);
}

void TestStudyStatistics::sharesAndQuantiles()
{
    for (const json& known : cases()["shares"]) {
        const auto interval = wilsonInterval(known["hits"], known["count"], 0.95);
        QVERIFY(near(interval.low, known["wilson"][0]));
        QVERIFY(near(interval.high, known["wilson"][1]));
        QVERIFY(near(fairCoinTest(known["hits"], known["count"]), known["p"]));
    }
    for (const json& known : cases()["quantiles"]) {
        QVERIFY(near(normalQuantile(known["share"]), known["normal"]));
        QVERIFY(near(studentQuantile(known["share"], known["freedom"]), known["student"]));
    }
}

void TestStudyStatistics::joinsIslands()
{
    for (const json& known : cases()["ranking"]) {
        const int n = known["sources"];
        const auto island = islands(winMatrix(comparisons(known), n), n);
        if (known["name"] == "islands")
            QVERIFY(island[0] == island[1] && island[2] == island[3] && island[0] != island[2]);
        if (known["name"] == "a chain won")
            QVERIFY(std::ranges::count(island, island[0]) == 4);
    }
}

// A short form; `adtailor study simulate --coverage` runs 2,000 studies.
void TestStudyStatistics::coversTheTruth()
{
    StudyCoverageOptions options{ .studies = 250 };
    options.bootstrap.resamples = 200;
    const auto rows = studyCoverage(options);
    QVERIFY(rows && rows->size() == 5);
    for (const StudyCoverage& row : *rows) {
        const double share = static_cast<double>(row.covered) / static_cast<double>(row.intervals);
        // 250 studies: four standard errors of 95 % are 5.5 %.
        QVERIFY2(share > 0.9 && share < 0.985, (row.interval + std::to_string(share)).c_str());
        QVERIFY(row.missing * 50 < row.intervals);
    }
    options.strengths = { 1 };
    QVERIFY(!studyCoverage(options));
    options.strengths = { 1, std::numeric_limits<double>::quiet_NaN() };
    QVERIFY(!studyCoverage(options));
}

void TestStudyStatistics::knowsHowManyVotes()
{
    StudySizeOptions options{ .raters = 4, .tieShare = 0, .raterSpread = 0 };
    // Without ties and tastes the half-width is 1.96 · ½ / √n: 196 votes for ± 7 %.
    const auto votes = votesNeeded(0.07, options);
    QVERIFY(votes && *votes > 180 && *votes < 215);
    options.raters = 12;
    options.raterSpread = 0.5;
    const auto more = votesNeeded(0.12, options);
    QVERIFY(more && *more > 60);
    QVERIFY(!votesNeeded(0.03, options)); // twelve tastes stay twelve, however much they vote
    const auto sizes = studySizes(options);
    QVERIFY(sizes.size() > 8 && sizes.back().halfWidth < sizes.front().halfWidth);
}

QTEST_GUILESS_MAIN(TestStudyStatistics)
#include "tst_study_statistics.moc"
