// SPDX-License-Identifier: GPL-3.0-or-later
// The open data set: same seed same bytes, nothing leaks, titles say only what the seller said.
#include "dataset/catalogue.h"
#include "dataset/title_grammar.h"
#include "dataset/title_words.h"

#include <adtailor/dataset.h>
#include <adtailor/imaging.h>
#include <adtailor/pad1m.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace adtailor;

namespace {

constexpr int productCount = 24; // the last four: two valid, two test
const QStringList styles{ "neon-tech", "minimal-white", "beach-summer", "festive-red" };
const QStringList categories{ "furniture", "kitchen", "electronics", "toys" };

QString idOf(int product)
{
    return QString("thing%1").arg(product);
}

QJsonObject product(int index)
{
    const QString number = QString::number(index);
    QJsonArray english;
    QJsonArray chinese;
    for (const char* word :
         { "Solid steel frame", "Warm brown colour", "Soft round handle", "Wide top",
           "Clean, modern lines", "Easy to clean", "A lovely gift", "Fits every home" })
        english.append(QString(word) + (english.size() < 5 ? " v" + number : ""));
    for (const char* word : { "结实钢架", "温暖棕色", "柔软圆把手", "宽大台面", "现代线条",
                              "清洁省心", "送礼佳选", "适合每个家" })
        chinese.append(QString(word) + (chinese.size() < 5 ? "款式" + number : ""));
    const QString split = index < productCount - 4 ? "train"
        : index < productCount - 2                 ? "valid"
                                                   : "test";
    return { { "id", idOf(index) },
             { "name_en", "Thing Number" + number },
             { "name_zh", "物品" + number },
             { "category", categories[index % categories.size()] },
             { "split", split },
             { "points_en", english },
             { "points_zh", chinese },
             { "description_en", "A plain thing with number " + number + "." },
             { "description_zh", "普通物品第" + number + "号。" } };
}

void save(const QString& path, const QByteArray& data)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(data);
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Image boxCutout(int left, int top, int width, int height)
{
    std::vector<std::uint8_t> pixels(256 * 256 * 4);
    for (int y = top; y < top + height; ++y)
        std::fill_n(pixels.begin() + (y * 256 + left) * 4, width * 4, 255);
    return { 256, 256, 4, std::move(pixels) };
}

} // namespace

class TestDataset : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void countsAndReports();
    void sameSeedSameBytes();
    void nothingLeaks();
    void splitsAreDisjoint();
    void titlesUseOnlyTheirWords();
    void titlesAreMany();
    void clicksFollowTheTaste();
    void plainTastesHaveOneStyle();
    void filtersBadScenes();
    void refusesBadRequests();
    void checksWords();

private:
    DatasetOptions options(const QString& name) const
    {
        DatasetOptions result;
        result.source = m_folder.path().toStdString();
        result.out = m_folder.filePath(name).toStdString();
        result.trainUsers = 300;
        result.validUsers = result.testUsers = 40;
        return result;
    }
    QJsonArray records(const QString& split) const
    {
        return QJsonDocument::fromJson(read(m_folder.filePath("set/" + split + ".json"))).array();
    }

    QTemporaryDir m_folder;
};

void TestDataset::initTestCase()
{
    QDir(m_folder.path()).mkpath("assets");
    QDir(m_folder.path()).mkpath("data/scenes");
    QJsonArray catalogue;
    QByteArray index;
    for (int p = 0; p < productCount; ++p) {
        catalogue.append(product(p));
        for (const QString& style : styles) {
            for (int variation = 0; variation < 2; ++variation) {
                const QString id = QString("%1_%2_%3").arg(idOf(p), style).arg(variation);
                const int left = 40 + variation * 20;
                const QJsonObject line{ { "id", id },
                                        { "product", idOf(p) },
                                        { "style", style },
                                        { "bbox", QJsonArray{ left, 60, 100, 128 } },
                                        { "max_ratio", 0.5 },
                                        { "file", id + ".jpg" },
                                        { "neutral", id + "_neutral.png" } };
                index += QJsonDocument(line).toJson(QJsonDocument::Compact) + "\n";
                const QString path = m_folder.filePath("data/scenes/" + id);
                save(path + ".jpg", "jpeg");
                QVERIFY(imaging::savePng(boxCutout(left, 60, 100, 128),
                                         (path + "_neutral.png").toStdString())
                            .has_value());
            }
        }
    }
    save(m_folder.filePath("assets/catalogue.json"), QJsonDocument(catalogue).toJson());
    save(m_folder.filePath("data/scenes/index.jsonl"), index);
}

void TestDataset::countsAndReports()
{
    std::int64_t last = 0;
    JobControl job;
    job.report = [&](const Progress& progress) { last = progress.done; };
    const auto report = buildDataset(options("set"), job);
    QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
    QCOMPARE(report->trainRecords, 300);
    QCOMPARE(report->testRecords, 40);
    QCOMPARE(report->testProducts, 2);
    QCOMPARE(report->scenes, productCount * 4 * 2);
    QVERIFY(report->dropped.empty());
    QVERIFY(report->meanHistory >= 16 && report->meanHistory <= 17);
    QVERIFY(report->noiseShare > 0.07 && report->noiseShare < 0.15);
    QVERIFY(report->englishShare > 0.4 && report->englishShare < 0.6);
    QCOMPARE(last, 380);
    QCOMPARE(records("train").size(), 300);

    // The reader takes every record, pictures included.
    Pad1mOptions reading;
    reading.root = m_folder.filePath("data/scenes").toStdString();
    reading.needTarget = true;
    const auto summary
        = readPad1m(m_folder.filePath("set/train.json").toStdString(), reading,
                    [](Pad1mRecord&& record) { return record.similarities.size() >= 8; });
    QVERIFY(summary.has_value());
    QCOMPARE(summary->records, 300);
    QCOMPARE(summary->skipped, 0);
}

void TestDataset::sameSeedSameBytes()
{
    QVERIFY(buildDataset(options("again")).has_value());
    DatasetOptions other = options("other");
    other.seed = 2;
    QVERIFY(buildDataset(other).has_value());
    DatasetOptions fewer = options("fewer");
    fewer.trainUsers = 10;
    QVERIFY(buildDataset(fewer).has_value());
    for (const char* file :
         { "train.json", "valid.json", "test.json", "tastes.jsonl", "report.json" }) {
        const QByteArray first = read(m_folder.filePath(QString("set/") + file));
        QVERIFY(!first.isEmpty());
        QVERIFY(first == read(m_folder.filePath(QString("again/") + file)));
        QVERIFY(first != read(m_folder.filePath(QString("other/") + file)));
    }
    // More users do not change those that were there.
    QVERIFY(read(m_folder.filePath("set/test.json")) == read(m_folder.filePath("fewer/test.json")));
}

void TestDataset::nothingLeaks()
{
    for (const char* split : { "train", "valid", "test" }) {
        for (const QJsonValue& value : records(split)) {
            const QJsonObject record = value.toObject();
            const QString target = record["f_path"].toString();
            const QJsonArray images = record["history_images"].toArray();
            QVERIFY(images.size() >= 8 && images.size() <= 24);
            QCOMPARE(images.size(), record["history_titles"].toArray().size());
            QCOMPARE(images.size(), record["text_similarity"].toArray().size());
            std::set<QString> seen;
            for (const QJsonValue& image : images) {
                QVERIFY(image.toString().section('_', 0, 0) != target.section('_', 0, 0));
                QVERIFY(seen.insert(image.toString()).second);
            }
            QVERIFY(record["f_path_trans"].toString().endsWith("_neutral.png"));
            QCOMPARE(record["f_path_trans"].toString().section('_', 0, 2), target.chopped(4));
        }
    }
}

void TestDataset::splitsAreDisjoint()
{
    std::set<QString> users;
    std::map<QString, std::set<QString>> targets;
    const QList<QByteArray> lines = read(m_folder.filePath("set/tastes.jsonl")).split('\n');
    QCOMPARE(lines.size(), 381);
    for (const QByteArray& line : lines.first(380)) {
        const QJsonObject taste = QJsonDocument::fromJson(line).object();
        QVERIFY(users.insert(QString::number(taste["user"].toDouble(), 'f', 0)).second);
        targets[taste["split"].toString()].insert(taste["product"].toString());
    }
    QCOMPARE(targets["train"].size(), std::size_t(productCount - 4));
    QCOMPARE(targets["test"], (std::set<QString>{ idOf(22), idOf(23) }));
    for (const char* split : { "train", "valid", "test" }) {
        for (const QJsonValue& record : records(split)) {
            for (const QJsonValue& image : record.toObject()["history_images"].toArray())
                QVERIFY(targets["train"].contains(image.toString().section('_', 0, 0)));
        }
    }
}

// Independent of the builder's own check: what is left after removing the phrases must be a
// connective or punctuation.
void TestDataset::titlesUseOnlyTheirWords()
{
    const QStringList connectives{ "with",  "and",    "thanks",   "to",   "the",  "your",  "say",
                                   "hello", "oh",     "this",     "love", "at",   "first", "sight",
                                   "yes",   "psst",   "的",       "就选", "尽在", "有了",  "遇见",
                                   "来啦",  "你好呀", "爱了爱了", "有",   "呀" };
    int checked = 0;
    for (const char* split : { "train", "test" }) {
        for (const QJsonValue& value : records(split)) {
            QString title = value.toObject()["gt_title_cn"].toString().toLower();
            QStringList phrases
                = value.toObject()["word_list"].toString().toLower().split(", ") + connectives;
            QVERIFY(phrases.size() >= 5);
            std::ranges::sort(
                phrases, [](const QString& a, const QString& b) { return a.size() > b.size(); });
            for (const QString& phrase : phrases)
                title.replace(phrase, " ");
            static const QRegularExpression letters("[\\w]");
            QVERIFY2(!title.contains(letters),
                     qPrintable(value.toObject()["gt_title_cn"].toString() + " -> " + title));
            ++checked;
        }
    }
    QCOMPARE(checked, 340);
}

void TestDataset::titlesAreMany()
{
    const Catalogue catalogue = readCatalogue(m_folder.path().toStdString());
    CounterRng random(5, RandomStream::Data);
    for (const Language language : { Language::English, Language::Chinese }) {
        std::set<std::string> titles;
        for (int i = 0; i < 4000; ++i) {
            const Taste taste = drawTaste(1, 4, false, random);
            const ComposedTitle title
                = composeTitle(catalogue.products[0], language, taste.groups[0], random);
            QVERIFY(!title.text.empty() && title.text.size() < 200);
            QVERIFY(title.text.find('{') == std::string::npos);
            titles.insert(title.text);
        }
        QVERIFY2(titles.size() > 300, qPrintable(QString::number(titles.size())));
    }
}

void TestDataset::clicksFollowTheTaste()
{
    CounterRng random(9, RandomStream::Data);
    const Taste taste = drawTaste(3, 12, false, random);
    int primary = 0;
    int secondary = 0;
    int noise = 0;
    constexpr int clicks = 20'000;
    for (int i = 0; i < clicks; ++i) {
        const Click click = drawClick(taste, 1, 12, true, random);
        primary += !click.isNoise && click.style == taste.groups[1].primaryStyle;
        secondary += !click.isNoise && click.style == taste.groups[1].secondaryStyle;
        noise += click.isNoise;
    }
    QVERIFY(std::abs(primary / double(clicks) - 0.70) < 0.02);
    QVERIFY(std::abs(secondary / double(clicks) - 0.20) < 0.02);
    QVERIFY(std::abs(noise / double(clicks) - 0.10) < 0.02);
    QVERIFY(taste.groups[0].primaryStyle != taste.groups[0].secondaryStyle);
}

void TestDataset::plainTastesHaveOneStyle()
{
    DatasetOptions plain = options("plain");
    plain.plainTastes = true;
    const auto report = buildDataset(plain);
    QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
    QCOMPARE(report->noiseShare, 0.0);
    const QJsonArray all
        = QJsonDocument::fromJson(read(m_folder.filePath("plain/train.json"))).array();
    QCOMPARE(all.size(), 300);
    std::set<QString> seen;
    for (const QJsonValue& value : all) {
        const QString style = value.toObject()["f_path"].toString().section('_', 1, 1);
        for (const QJsonValue& image : value.toObject()["history_images"].toArray())
            QCOMPARE(image.toString().section('_', 1, 1), style);
        seen.insert(style);
    }
    QCOMPARE(seen.size(), styles.size());
}

void TestDataset::filtersBadScenes()
{
    const QString scenes = m_folder.filePath("data/scenes/");
    const QByteArray index = read(scenes + "index.jsonl");
    const auto entry = [&](const char* name, const QJsonArray& box, double ratio) {
        const QJsonObject line{ { "id", name },
                                { "product", idOf(0) },
                                { "style", styles[0] },
                                { "bbox", box },
                                { "max_ratio", ratio },
                                { "file", QString(name) + ".jpg" },
                                { "neutral", QString(name) + ".png" } };
        return QJsonDocument(line).toJson(QJsonDocument::Compact) + "\n";
    };
    save(scenes + "index.jsonl",
         index + entry("cut", { 0, 60, 100, 128 }, 0.5) + entry("ratio", { 40, 60, 100, 128 }, 0.8)
             + entry("missing", { 40, 60, 100, 128 }, 0.5)
             + entry("moved", { 40, 60, 100, 128 }, 0.5) + entry("empty", { 40, 60, 100, 128 }, 0.5)
             + entry("broken", { 40, 60, 100, 128 }, 0.5));
    for (const char* name : { "moved", "empty", "broken" })
        save(scenes + name + ".jpg", "jpeg");
    QVERIFY(imaging::savePng(boxCutout(60, 60, 100, 128), (scenes + "moved.png").toStdString())
                .has_value());
    QVERIFY(imaging::savePng(Image(8, 8, 4, std::vector<std::uint8_t>(256)),
                             (scenes + "empty.png").toStdString())
                .has_value());
    save(scenes + "broken.png", "not a picture");
    const auto report = buildDataset(options("filtered"));
    save(scenes + "index.jsonl", index);
    QVERIFY(report.has_value());
    const std::map<std::string, std::int64_t> expected{
        { "product cut by the frame", 1 }, { "max_ratio does not match the product", 1 },
        { "picture missing", 1 },          { "cutout does not match its scene", 1 },
        { "cutout without a product", 1 }, { "cutout unreadable", 1 },
    };
    QVERIFY(report->dropped == expected);
    QCOMPARE(report->scenes, productCount * 4 * 2);
}

void TestDataset::refusesBadRequests()
{
    DatasetOptions bad = options("bad");
    bad.trainUsers = -1;
    QCOMPARE(buildDataset(bad).error().code, ErrorCode::InvalidInput);
    bad = options("bad");
    bad.source = "/no/such/folder";
    QCOMPARE(buildDataset(bad).error().code, ErrorCode::FileNotFound);
    bad = options("");
    bad.out = "";
    QCOMPARE(buildDataset(bad).error().code, ErrorCode::InvalidInput);
    QVERIFY(!QFile::exists(m_folder.filePath("bad")));
    std::stop_source source;
    source.request_stop();
    JobControl job;
    job.stop = source.get_token();
    QCOMPARE(buildDataset(options("stopped"), job).error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(m_folder.filePath("stopped/train.json")));
}

void TestDataset::checksWords()
{
    const std::vector<std::string> english{ "Oak Chair", "Warm oak grain", "Easy to clean" };
    QVERIFY(usesOnlyWords("Say hello to the Oak Chair! Warm oak grain.", english));
    QVERIFY(usesOnlyWords("oak chair, EASY to clean", english));
    QVERIFY(!usesOnlyWords("Oak Chair, free shipping", english));
    const std::vector<std::string> chinese{ "橡木椅", "温润橡木纹", "清洁省心" };
    QVERIFY(usesOnlyWords("遇见橡木椅，清洁省心！", chinese));
    QVERIFY(usesOnlyWords("温润橡木纹的橡木椅", chinese));
    QVERIFY(!usesOnlyWords("橡木椅，包邮", chinese));
    QVERIFY(!usesOnlyWords("橡木，清洁省心", chinese));
}

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
