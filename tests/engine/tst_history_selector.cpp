// Product similarity sampling against NumPy, and what happens at the edges.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/history_selector.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>
#include <set>

using namespace adtailor;

namespace {

QJsonObject reference()
{
    QFile file(ADTAILOR_FIXTURES "/pss.json");
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

std::vector<int> select(const std::vector<float>& scores, HistorySelection selection, int count,
                        std::uint32_t seed = 42)
{
    const std::vector<std::string> titles(scores.size());
    return selectHistory(scores, titles, { .selection = selection, .seed = seed }, count);
}

} // namespace

class TestHistorySelector : public QObject
{
    Q_OBJECT

private slots:
    void drawsAsNumpy()
    {
        const QJsonArray cases = reference()["cases"].toArray();
        QVERIFY(cases.size() > 200);
        for (const QJsonValue& one : cases) {
            std::vector<float> scores;
            for (const QJsonValue& score : one["scores"].toArray())
                scores.push_back(static_cast<float>(score.toDouble()));
            std::vector<int> expected;
            for (const QJsonValue& index : one["indices"].toArray())
                expected.push_back(index.toInt());
            QCOMPARE(select(scores, HistorySelection::Pss, one["k"].toInt(),
                            static_cast<std::uint32_t>(one["seed"].toDouble())),
                     expected);
        }
    }

    // Equal weights of n items turn a uniform draw u into the index floor(u * n).
    void uniformsAreThoseOfTheMersenneTwister()
    {
        const QJsonArray uniforms = reference()["uniform_seed_42"].toArray();
        const int n = 100'000, draws = static_cast<int>(uniforms.size());
        const std::vector<double> p(n, 1.0 / n);
        const auto indices = numpyChoice(p, draws, 42);
        std::vector<int> expected;
        for (const QJsonValue& uniform : uniforms) {
            const int index = static_cast<int>(uniform.toDouble() * n);
            if (std::find(expected.begin(), expected.end(), index) == expected.end())
                expected.push_back(index);
        }
        QVERIFY(expected.size() > 690);
        QVERIFY(std::equal(expected.begin(), expected.end(), indices.begin()));
    }

    void repeatsWhenTheHistoryIsShort()
    {
        QCOMPARE(select({}, HistorySelection::Pss, 10), std::vector<int>());
        QCOMPARE(select({ 0.5F }, HistorySelection::Pss, 3), (std::vector<int>{ 0, 0, 0 }));
        for (std::size_t n = 1; n <= 4; ++n) { // the public code fails here
            const auto chosen = select(std::vector<float>(n, 0.5F), HistorySelection::Pss, 10);
            QCOMPARE(chosen.size(), std::size_t(10));
            QCOMPARE(std::set<int>(chosen.begin(), chosen.end()).size(), n);
        }
    }

    void similarItemsComeFirstWithTopK()
    {
        QCOMPARE(select({ 0.1F, 0.9F, 0.5F, 0.9F }, HistorySelection::TopK, 3),
                 (std::vector<int>{ 1, 3, 2 }));
        QCOMPARE(select({ 0.1F, 0.9F, 0.5F }, HistorySelection::InOrder, 2),
                 (std::vector<int>{ 0, 1 }));
    }

    void randomIgnoresTheScores()
    {
        const auto chosen = select({ 0, 0, 0, 0, 1, 0, 0, 0 }, HistorySelection::Random, 8, 3);
        QCOMPARE(std::set<int>(chosen.begin(), chosen.end()).size(), std::size_t(8));
        QCOMPARE(chosen, select({ 1, 0, 0, 0, 0, 0, 0, 0 }, HistorySelection::Random, 8, 3));
    }

    void neverReadsTheAnswer()
    {
        const std::vector<std::string> titles{ "a", "answer", "b", "answer", "c" };
        const std::vector<float> scores(5, 0.5F);
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            const auto chosen = selectHistory(scores, titles, { .seed = seed }, 5, "answer");
            QCOMPARE(chosen.size(), std::size_t(5));
            for (const int index : chosen)
                QVERIFY(titles.at(index) != "answer");
        }
        const std::vector<std::string> only(2, "answer");
        QVERIFY(selectHistory(std::vector<float>(2, 0.5F), only, {}, 4, "answer").empty());
    }
};

QTEST_APPLESS_MAIN(TestHistorySelector)
#include "tst_history_selector.moc"
