// Lint of data sets: one finding of each kind, by record and field; the same files in every form.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"

#include <adtailor/dataset_lint.h>
#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace adtailor;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// A disc of this radius (share of the side) on a transparent canvas, or on white.
Image disc(double radius, int shade, int channels = 4)
{
    constexpr int side = 32;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * channels,
                                     channels == 4 ? 0 : 255);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            if (std::hypot(x - 15.5, y - 15.5) > radius * side)
                continue;
            auto* pixel = pixels.data() + (static_cast<std::size_t>(y) * side + x) * channels;
            pixel[0] = pixel[1] = pixel[2] = static_cast<std::uint8_t>(shade);
            if (channels == 4)
                pixel[3] = 255;
        }
    return Image(side, side, channels, std::move(pixels));
}

Image plain(int shade)
{
    return Image(8, 8, 3, std::vector<std::uint8_t>(8 * 8 * 3, static_cast<std::uint8_t>(shade)));
}

} // namespace

class TestDatasetLint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void passesASoundRecord();
    void findsEachFault_data();
    void findsEachFault();
    void findsDuplicateRecords();
    void countsBadRecords();
    void usesColumns();
    void refusesEmptyAndAbsentFiles();
    void stops();

private:
    fs::path path(const std::string& name) const
    {
        return fs::path(m_folder.path().toStdString()) / name;
    }
    void write(const json& records) const
    {
        writeFileAtomically(path("data.json"), std::string_view(records.dump()));
    }
    static json sound();
    Result<LintSummary> lint(const std::string& file = "data.json",
                             const LintOptions& options = { .shortestHistory = 2 });

    QTemporaryDir m_folder;
    std::vector<LintFinding> m_findings;
};

void TestDatasetLint::init()
{
    const auto save = [&](const char* name, const Image& image) {
        QVERIFY(imaging::savePng(image, path(name)).has_value());
    };
    save("ad.png", plain(10));
    save("copy.png", plain(10));
    save("h0.png", plain(20));
    save("h1.png", plain(30));
    save("cut.png", disc(0.3, 90));
    save("wide.png", disc(0.6, 91));
    save("clear.png", disc(0, 92));
    save("full.png", plain(40));
    save("white.png", disc(0.3, 93, 3));
    writeFileAtomically(path("broken.png"), std::string_view("GIF89a"));
    writeFileAtomically(path("empty.png"), std::string_view());
}

json TestDatasetLint::sound()
{
    return { { "f_path", "ad.png" },
             { "f_path_trans", "cut.png" },
             { "sku_title_cn", "A kettle" },
             { "gt_title_cn", "Boils fast, steel<title_split>steel" },
             { "word_list", "boils fast, steel" },
             { "history_images", { "h0.png", "h1.png" } },
             { "history_titles", { "Pan", "Pot" } } };
}

Result<LintSummary> TestDatasetLint::lint(const std::string& file, const LintOptions& options)
{
    m_findings.clear();
    return lintDataset(path(file), options,
                       [&](const LintFinding& finding) { m_findings.push_back(finding); });
}

void TestDatasetLint::passesASoundRecord()
{
    json white = sound();
    white["f_path_white"] = "white.png";
    write({ sound(), white });
    const auto summary = lint();
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QVERIFY2(m_findings.empty(), m_findings.empty() ? "" : m_findings[0].what.c_str());
    QCOMPARE(summary->records, 2);
    QCOMPARE(summary->unusable, 0);
    QCOMPARE(summary->warnings, 0);
}

void TestDatasetLint::findsEachFault_data()
{
    QTest::addColumn<QString>("change"); // merged into the second record
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("isError");
    QTest::addColumn<QString>("what");
    const auto row
        = [](const char* change, const char* field, LintKind kind, bool isError, const char* what) {
              QTest::newRow(what) << change << field << static_cast<int>(kind) << isError << what;
          };
    row(R"({"f_path": "none.png"})", "f_path", LintKind::MissingImage, true,
        "The ad none.png does not exist.");
    row(R"({"f_path": ""})", "f_path", LintKind::MissingImage, true,
        "The record has no ad picture.");
    row(R"({"f_path_trans": "none.png"})", "f_path_trans", LintKind::MissingImage, true,
        "The product none.png does not exist.");
    row(R"({"history_images": ["h0.png", "none.png"]})", "history_images", LintKind::MissingImage,
        true, "History item 2: none.png does not exist.");
    row(R"({"f_path": "broken.png"})", "f_path", LintKind::UnreadableImage, true,
        "The ad broken.png is no PNG");
    row(R"({"f_path_trans": "clear.png"})", "f_path_trans", LintKind::UnreadableImage, true,
        "The product clear.png is no PNG");
    row(R"({"history_images": ["empty.png", "h0.png"]})", "history_images",
        LintKind::UnreadableImage, false, "History item 1: empty.png is no PNG");
    row(R"({"f_path_trans": "full.png"})", "f_path_trans", LintKind::NoAlpha, false,
        "no transparent pixel");
    row(R"({"f_path_trans": "white.png"})", "f_path_trans", LintKind::NoAlpha, false,
        "plain white background");
    row(R"({"f_path_trans": "wide.png"})", "f_path_trans", LintKind::CutOff, false,
        "touches the frame");
    row(R"({"gt_title_cn": " <title_split> "})", "gt_title_cn", LintKind::EmptyTitle, true,
        "The record has no title.");
    row(R"({"history_titles": ["Pan", "\t"]})", "history_titles", LintKind::EmptyTitle, false,
        "History item 2 has no title.");
    row(R"({"gt_title_cn": "steel<title_split>boils slowly"})", "gt_title_cn",
        LintKind::ForeignTitle, false, "the word list does not: \"boils slowly\".");
    row(R"({"word_list": ""})", "gt_title_cn", LintKind::ForeignTitle, false,
        "the word list does not: \"Boils fast, steel\".");
    row(R"({"history_images": ["h0.png"], "history_titles": ["Pan"]})", "history_images",
        LintKind::ShortHistory, false, "has 1 items, fewer than 2.");
    row(R"({"f_path": "copy.png"})", "f_path", LintKind::DuplicateImage, false,
        "The ad copy.png equals another file");
    row(R"({"history_images": ["ad.png", "h0.png"]})", "history_images", LintKind::DuplicateImage,
        false, "History item 1 is the clicked ad itself.");
    row(R"({"history_images": ["h0.png", "h0.png"]})", "history_images", LintKind::DuplicateImage,
        false, "History item 2 shows a picture that stands");
    row(R"({"f_path_trans": "../cut.png"})", "", LintKind::BadRecord, true,
        "leaves the picture folder");
    row(R"({"max_ratio": -1})", "", LintKind::BadRecord, true, "max_ratio must be above 0.");
}

void TestDatasetLint::findsEachFault()
{
    QFETCH(QString, change);
    QFETCH(QString, field);
    QFETCH(int, kind);
    QFETCH(bool, isError);
    QFETCH(QString, what);
    json bad = sound();
    bad.merge_patch(json::parse(change.toStdString()));
    write({ sound(), bad });
    const auto summary = lint();
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    const auto found = std::ranges::find_if(m_findings, [&](const LintFinding& finding) {
        return finding.what.find(what.toStdString()) != std::string::npos;
    });
    QVERIFY2(found != m_findings.end(), m_findings.empty() ? "" : m_findings[0].what.c_str());
    QCOMPARE(found->number, 2);
    QCOMPARE(found->field, field.toStdString());
    QCOMPARE(static_cast<int>(found->kind), kind);
    QCOMPARE(found->isError, isError);
    QVERIFY(found->remedy.ends_with("."));
    QCOMPARE(summary->records, 2);
    QCOMPARE(summary->unusable, isError ? 1 : 0);
    QCOMPARE(summary->counts[static_cast<std::size_t>(kind)],
             std::ranges::count(m_findings, static_cast<LintKind>(kind), &LintFinding::kind));
}

void TestDatasetLint::findsDuplicateRecords()
{
    json other = sound();
    other["history_titles"][1] = "Pots";
    write({ sound(), other, sound() });
    QCOMPARE(lint()->warnings, 1);
    QCOMPARE(m_findings[0].number, 3);
    QCOMPARE(m_findings[0].what, "The record is the same as record 1.");
    QVERIFY(m_findings[0].kind == LintKind::DuplicateRecord);

    // The door's limit on a title, by characters, not bytes.
    json longest = sound();
    longest["word_list"] = "省";
    longest["gt_title_cn"] = "省省省省";
    write(json::array({ longest }));
    QCOMPARE(lint("data.json", { .shortestHistory = 0, .longestTitle = 4 })->warnings, 0);
    QCOMPARE(lint("data.json", { .shortestHistory = 0, .longestTitle = 3 })->warnings, 1);
    QVERIFY(m_findings[0].kind == LintKind::LongTitle);
}

// More than readPad1m lists; several findings of one record count it once.
void TestDatasetLint::countsBadRecords()
{
    json records = json::array();
    for (int i = 0; i < 1500; ++i)
        records.push_back(i);
    json bad = sound();
    bad["f_path"] = bad["f_path_trans"] = "none.png";
    records.push_back(bad);
    write(records);
    const auto summary = lint();
    QCOMPARE(summary->records, 1501);
    QCOMPARE(summary->unusable, 1501);
    QCOMPARE(m_findings.size(), 1502U);
    QCOMPARE(m_findings[1499].number, 1500);
    QCOMPARE(lintName(m_findings[1499].kind), "bad-record");
}

void TestDatasetLint::usesColumns()
{
    fs::create_directories(path("tables"));
    writeFileAtomically(path("tables/data.csv"),
                        std::string_view("ad,product,slogan,words\n"
                                         "ad.png,cut.png,\"steel, boils fast\",\"steel, boils "
                                         "fast\"\nad.png,none.png,steel,steel\n"));
    LintOptions options{ .shortestHistory = 0 };
    options.columns = { { "f_path", "ad" },
                        { "f_path_trans", "product" },
                        { "gt_title_cn", "slogan" },
                        { "word_list", "words" } };
    options.root = path("");
    QCOMPARE(lint("tables/data.csv", options)->unusable, 1);
    QCOMPARE(m_findings.size(), 1U);
    QCOMPARE(m_findings[0].field, "product");
    options.columns.erase("word_list");
    const auto refused = lint("tables/data.csv", options);
    QVERIFY(refused.error().detail.find("columns are missing: \"word_list\"") != std::string::npos);
}

void TestDatasetLint::refusesEmptyAndAbsentFiles()
{
    write(json::array());
    QCOMPARE(lint().error().code, ErrorCode::InvalidInput);
    QVERIFY(lint().error().detail.find("no record") != std::string::npos);
    QCOMPARE(lint("none.json").error().code, ErrorCode::FileNotFound);
    QCOMPARE(lint("data.json", { .root = path("none") }).error().code, ErrorCode::FileNotFound);
}

void TestDatasetLint::stops()
{
    write({ sound(), sound(), sound() });
    std::stop_source stop;
    std::int64_t last = 0;
    const JobControl job{ .stop = stop.get_token(), .report = [&](const Progress& progress) {
                             last = progress.done;
                             stop.request_stop();
                         } };
    const auto summary = lintDataset(
        path("data.json"), {}, [](const LintFinding&) {}, job);
    QCOMPARE(summary.error().code, ErrorCode::Cancelled);
    QCOMPARE(last, 1);
}

QTEST_GUILESS_MAIN(TestDatasetLint)
#include "tst_dataset_lint.moc"
