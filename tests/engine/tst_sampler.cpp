// The sampler against distributions worked out by hand, and against transformers' warpers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/counter_rng.h"
#include "core/failure.h"
#include "generation/sampler.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <vector>

using namespace adtailor;

namespace {

// Logits of the given probabilities.
std::vector<float> logitsOf(const std::vector<double>& probabilities)
{
    std::vector<float> logits;
    for (const double probability : probabilities)
        logits.push_back(static_cast<float>(std::log(probability)));
    return logits;
}

std::map<int, int> countDraws(const std::vector<float>& logits, const SamplingOptions& options,
                              int draws = 40'000)
{
    CounterRng rng(5, RandomStream::Title);
    std::map<int, int> counts;
    for (int i = 0; i < draws; ++i)
        ++counts[sampleToken(logits, options, rng.uniform())];
    return counts;
}

} // namespace

class TestSampler : public QObject
{
    Q_OBJECT

private slots:
    void greedyTakesTheFirstLargest()
    {
        QCOMPARE(sampleToken(std::vector<float>{ 1, 3, 3, 2 }, { .temperature = 0 }, 0.99), 1);
    }

    void invertsTheDistribution()
    {
        const auto logits = logitsOf({ 0.1, 0.2, 0.3, 0.4 });
        const std::vector<std::pair<double, int>> cases
            = { { 0, 0 },    { 0.09, 0 }, { 0.11, 1 },     { 0.29, 1 },
                { 0.31, 2 }, { 0.61, 3 }, { 0.9999999, 3 } };
        for (const auto& [uniform, token] : cases)
            QCOMPARE(sampleToken(logits, {}, uniform), token);
    }

    void followsTheProbabilities()
    {
        auto counts = countDraws(logitsOf({ 0.1, 0.2, 0.3, 0.4 }), {});
        for (int token = 0; token < 4; ++token)
            QVERIFY(std::abs(counts[token] / 40'000.0 - 0.1 * (token + 1)) < 0.015);
    }

    void temperatureSharpens()
    {
        // At 0.5 the probabilities are squared: 1/5 and 4/5.
        auto counts = countDraws(logitsOf({ 1.0 / 3, 2.0 / 3 }), { .temperature = 0.5F });
        QVERIFY(std::abs(counts[1] / 40'000.0 - 0.8) < 0.01);
    }

    void topKKeepsTheLargestAndTies()
    {
        auto counts = countDraws(logitsOf({ 0.1, 0.4, 0.2, 0.3 }), { .topK = 2 });
        QCOMPARE(counts.size(), std::size_t(2));
        QVERIFY(counts[1] > 0 && counts[3] > 0);
        counts = countDraws(logitsOf({ 0.25, 0.25, 0.25, 0.25 }), { .topK = 1 });
        QCOMPARE(counts.size(), std::size_t(4));
    }

    void topPKeepsTheSmallestSet()
    {
        // 0.4 + 0.3 = 0.7 reaches 0.65; the two others go.
        auto counts = countDraws(logitsOf({ 0.1, 0.4, 0.2, 0.3 }), { .topP = 0.65F });
        QCOMPARE(counts.size(), std::size_t(2));
        QVERIFY(std::abs(counts[1] / 40'000.0 - 4.0 / 7) < 0.015);
        counts = countDraws(logitsOf({ 0.1, 0.4, 0.2, 0.3 }), { .topP = 0.01F });
        QCOMPARE(counts.size(), std::size_t(1));
        QVERIFY(counts[1] > 0);
    }

    void topPComesAfterTemperature()
    {
        // Squared, 0.6 : 0.4 becomes 0.69 : 0.31, so 0.65 keeps only the first.
        const auto logits = logitsOf({ 0.6, 0.4 });
        QCOMPARE(countDraws(logits, { .topP = 0.65F }).size(), std::size_t(2));
        QCOMPARE(countDraws(logits, { .temperature = 0.5F, .topP = 0.65F }).size(), std::size_t(1));
    }

    void drawsWhatTransformersWouldKeep()
    {
        QFile file(ADTAILOR_FIXTURES "/sampler.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray cases = QJsonDocument::fromJson(file.readAll())["cases"].toArray();
        QVERIFY(cases.size() > 20);
        for (const QJsonValue& one : cases) {
            std::vector<float> logits;
            for (const QJsonValue& logit : one["logits"].toArray())
                logits.push_back(static_cast<float>(logit.toDouble()));
            const SamplingOptions options{ .temperature
                                           = static_cast<float>(one["temperature"].toDouble()),
                                           .topP = static_cast<float>(one["top_p"].toDouble()),
                                           .topK = one["top_k"].toInt() };
            const QJsonArray kept = one["kept"].toArray();
            double below = 0; // probability of the kept tokens with smaller ids
            for (int i = 0; i < kept.size(); ++i) {
                const double probability = one["probabilities"][i].toDouble();
                for (const double inside : { 0.001, 0.5, 0.999 })
                    if (probability > 1e-3)
                        QCOMPARE(sampleToken(logits, options, below + inside * probability),
                                 kept[i].toInt());
                below += probability;
            }
        }
    }

    void refusesNumbersThatAreNone()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QVERIFY_THROWS_EXCEPTION(Failure, sampleToken(std::vector<float>{ 1, nan }, {}, 0.5));
        QVERIFY_THROWS_EXCEPTION(Failure, sampleToken(std::vector<float>{ 1, INFINITY }, {}, 0.5));
        QVERIFY_THROWS_EXCEPTION(Failure, sampleToken({}, {}, 0.5));
    }

    void checksRanges()
    {
        checkSampling({}, "title");
        checkSampling({ .temperature = 0 }, "title");
        const float nan = std::numeric_limits<float>::quiet_NaN();
        for (const SamplingOptions& options :
             { SamplingOptions{ .temperature = -1 }, SamplingOptions{ .temperature = nan },
               SamplingOptions{ .temperature = 11 }, SamplingOptions{ .temperature = 1e-30F },
               SamplingOptions{ .topP = 0 }, SamplingOptions{ .topP = 1.1F },
               SamplingOptions{ .topP = nan }, SamplingOptions{ .topK = -1 } })
            QVERIFY_THROWS_EXCEPTION(Failure, checkSampling(options, "title"));
    }
};

QTEST_APPLESS_MAIN(TestSampler)
#include "tst_sampler.moc"
