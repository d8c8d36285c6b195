// SPDX-License-Identifier: GPL-3.0-or-later
// Similar products score higher than others, in English and Chinese, and hostile text does no harm.
#include "text/shopping_topics.h"
#include "text/text_similarity.h"

#include <QElapsedTimer>
#include <QTest>

#include <string>

using namespace adtailor;

class TestTextSimilarity : public QObject
{
    Q_OBJECT

private slots:
    void ordersProducts_data();
    void ordersProducts();
    void hasTheRange();
    void ignoresCaseAndFunctionWords();
    void knowsDepartments();
    void survivesAnything();
};

void TestTextSimilarity::ordersProducts_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("nearer");
    QTest::addColumn<QString>("farther");
    QTest::newRow("same noun") << "A light wooden chair with curved seat"
                               << "Oak Spindle Chair: warm oak grain"
                               << "Cherry Cupcake: swirled white frosting";
    QTest::newRow("compound") << "A comfortable chair"
                              << "Cream Armchair, plump seat"
                              << "Wide French doors: Refrigerator";
    QTest::newRow("department") << "A red capsule coffee machine with drip tray"
                                << "Stand Mixer: handles dough and cream"
                                << "Navy Slippers: soft padded footbed";
    QTest::newRow("department zh") << "红色胶囊咖啡机，镀铬把手与接水盘。"
                                   << "厨师机来啦！揉面打发都拿手！"
                                   << "藏青拖鞋，一脚蹬";
    QTest::newRow("noun zh") << "浅色木椅，座面与靠背弧线柔和。"
                             << "橡木温莎椅：车旋竖条椅背"
                             << "草莓冰淇淋，甜蜜清凉";
    QTest::newRow("across languages") << "A light wooden chair"
                                      << "橡木温莎椅，高背支撑"
                                      << "樱桃纸杯蛋糕，顶部樱桃点缀";
    QTest::newRow("unknown words") << "Zorblax quintuple frobnicator"
                                   << "The frobnicator you want"
                                   << "A blue wug";
}

void TestTextSimilarity::ordersProducts()
{
    QFETCH(QString, query);
    QFETCH(QString, nearer);
    QFETCH(QString, farther);
    const TextVector text(query.toStdString());
    const float near = text.similarity(TextVector(nearer.toStdString()));
    const float far = text.similarity(TextVector(farther.toStdString()));
    QVERIFY2(near > far + 0.05F, qPrintable(QString("%1 %2").arg(near).arg(far)));
}

void TestTextSimilarity::hasTheRange()
{
    for (const char* text : { "Oak Spindle Chair", "橡木温莎椅", "quux", "iPhone 15 手机壳" }) {
        QVERIFY(std::abs(textSimilarity(text, text) - 1.0F) < 1e-5F);
        QCOMPARE(textSimilarity(text, ""), 0.0F);
        QCOMPARE(textSimilarity("", text), 0.0F);
    }
    QCOMPARE(textSimilarity("quux", "zzyzx"), 0.0F);
    QCOMPARE(textSimilarity("oak chair", "pine table"), textSimilarity("pine table", "oak chair"));
}

void TestTextSimilarity::ignoresCaseAndFunctionWords()
{
    QVERIFY(textSimilarity("OAK Chair!", "the oak chair, with the") > 0.999F);
    QVERIFY(textSimilarity("橡木椅", "橡木椅！") > 0.999F);
    QCOMPARE(textSimilarity("with the and of", "with the and of"), 0.0F);
}

void TestTextSimilarity::knowsDepartments()
{
    const TopicCounts chair = shoppingTopics("Two Armchairs");
    const TopicCounts chinese = shoppingTopics("一把扶手椅");
    const TopicCounts sofa = shoppingTopics("a sofa");
    for (int i = 0; i < shoppingTopicCount; ++i) {
        QCOMPARE(chair[i] > 0, sofa[i] > 0);
        QCOMPARE(chinese[i] > 0, sofa[i] > 0);
    }
    const TopicCounts nothing = shoppingTopics("quux 123");
    QVERIFY(std::all_of(nothing.begin(), nothing.end(), [](float count) { return count == 0; }));
}

void TestTextSimilarity::survivesAnything()
{
    std::string bytes;
    quint32 random = 1;
    for (int i = 0; i < 5000; ++i) {
        random = random * 1664525 + 1013904223;
        bytes += static_cast<char>(random >> 24);
        if (i % 50 == 0) {
            const float value = textSimilarity(bytes, "chair");
            QVERIFY(value >= 0 && value <= 1);
        }
    }
    QElapsedTimer timer;
    timer.start();
    QVERIFY(textSimilarity(std::string(1 << 20, 'a'), std::string(1 << 20, 'a')) > 0.99F);
    QVERIFY(textSimilarity("\xE6\xA4", "\xF0\x9F") >= 0);
    QVERIFY(timer.elapsed() < 1000);
}

QTEST_GUILESS_MAIN(TestTextSimilarity)
#include "tst_text_similarity.moc"
