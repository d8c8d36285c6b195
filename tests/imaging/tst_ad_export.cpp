// SPDX-License-Identifier: GPL-3.0-or-later
// Channels, the layout of an ad for each, byte limits, labels and records in files, archives.
#include "core/atomic_file.h"
#include "core/input_file.h"
#include "core/stored_zip.h"
#include "imaging/xmp.h"
#include "picture_files.h"

#include <adtailor/ad_export.h>

#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <random>

using namespace adtailor;
namespace fs = std::filesystem;

class TestAdExport : public QObject
{
    Q_OBJECT

private slots:
    void readsTheShippedChannels();
    void refusesBadChannels_data();
    void refusesBadChannels();
    void keepsTheProductInTheFrame_data();
    void keepsTheProductInTheFrame();
    void makesRoomForWords();
    void leavesProductPixelsUntouched();
    void keepsByteLimits_data();
    void keepsByteLimits();
    void saysWhenALimitCannotBeKept();
    void recordComesBack_data();
    void recordComesBack();
    void historyStaysAtHome();
    void restoresOnlyTheSameAd();
    void namesFiles();
    void replacesNothing();
    void writesArchives();
    void lints();

private:
    fs::path file(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    QTemporaryDir m_folder;
};

namespace {

Image noise(int width, int height, int channels, std::uint32_t seed = 1)
{
    std::mt19937 random(seed);
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height * channels);
    for (std::uint8_t& value : pixels)
        value = static_cast<std::uint8_t>(random());
    return Image(width, height, channels, std::move(pixels));
}

// A noisy opaque box on a clear square.
Image placedBox(int side, int left, int top, int width, int height)
{
    const Image colours = noise(side, side, 4, 2);
    std::vector<std::uint8_t> pixels(colours.data(), colours.data() + colours.byteCount());
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const bool inside = x >= left && x < left + width && y >= top && y < top + height;
            pixels[(static_cast<std::size_t>(y) * side + x) * 4 + 3] = inside ? 255 : 0;
        }
    return Image(side, side, 4, std::move(pixels));
}

Channel channelOf(int width, int height, std::vector<FileKind> kinds, std::size_t mostBytes)
{
    Channel channel;
    channel.id = "test";
    channel.name = "Test";
    channel.width = width;
    channel.height = height;
    channel.kinds = std::move(kinds);
    channel.maximumBytes = mostBytes;
    return channel;
}

GenerationRequest sampleRequest()
{
    GenerationRequest request;
    request.brief.product.title = "Kettle <&> \"steel\" \u706f";
    request.brief.product.sellingPoints = { "fast", "quiet" };
    request.brief.product.cutout = placedBox(64, 20, 20, 24, 30);
    request.brief.history = { { noise(16, 16, 3, 5), "Secret clicked title" } };
    request.seed = 7;
    request.count = 4;
    request.guidanceScale = 2.5F;
    return request;
}

Ad sampleAd()
{
    Ad ad;
    ad.title = "Boil fast & quiet";
    ad.textTokens = { 1, 2, 3 };
    ad.imageTokens = { 9, 8, 7, 6 };
    ad.seed = 9;
    ad.modelHash = std::string(64, 'a');
    return ad;
}

std::string channelsJson(const std::string& channel)
{
    return R"({"format":"adtailor-channels","version":1,"date":"2026-10","channels":[)" + channel
        + "]}";
}

const char* soundChannel
    = R"({"id":"a","name":"A","width":100,"height":50,"kinds":["png"],"maximum_bytes":9999})";

} // namespace

void TestAdExport::readsTheShippedChannels()
{
    const auto set = readChannels(ADTAILOR_RESOURCES "/channels.json");
    QVERIFY2(set.has_value(), set ? "" : set.error().detail.c_str());
    QVERIFY(set->channels.size() >= 12);
    QVERIFY(!set->date.empty());
    const Channel* story = set->find("meta-story");
    QVERIFY(story != nullptr);
    QCOMPARE(story->height, 1920);
    QCOMPARE(story->safe.top, 0.14);
    QVERIFY(!set->find("amazon-sb")->text);
    QVERIFY(set->find("jd-main")->white);
    QVERIFY(set->find("nowhere") == nullptr);
}

void TestAdExport::refusesBadChannels_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, const std::string& json, const char* word) {
        QTest::newRow(name) << QString::fromStdString(json) << QString::fromLatin1(word);
    };
    const auto changed = [](const char* from, const char* to) {
        std::string text = soundChannel;
        text.replace(text.find(from), std::strlen(from), to);
        return channelsJson(text);
    };
    row("format", "{}", "format");
    row("none", channelsJson(""), "list");
    row("no width", changed("\"width\":100,", ""), "\"width\"");
    row("wide", changed("100", "100000"), "\"width\"");
    row("fraction", changed("100", "100.5"), "\"width\"");
    row("id", changed("\"a\"", "\"../a\""), "\"id\"");
    row("kind", changed("png", "svg"), "\"kinds\"");
    row("bytes", changed("9999", "-1"), "\"maximum_bytes\"");
    row("unknown", changed("\"name\"", "\"colour\":1,\"name\""), "\"colour\"");
    row("safe", changed("\"name\"", "\"safe\":[0,0,0,0.9],\"name\""), "\"safe\"");
    row("least above most", changed("\"name\"", "\"minimum_bytes\":10000,\"name\""),
        "\"minimum_bytes\"");
    row("twice", channelsJson(std::string(soundChannel) + ',' + soundChannel), "twice");
    row("not JSON", "{", "JSON");
}

void TestAdExport::refusesBadChannels()
{
    QFETCH(QString, json);
    QFETCH(QString, word);
    writeFileAtomically(file("sound.json"), channelsJson(soundChannel));
    QVERIFY(readChannels(file("sound.json")).has_value());
    writeFileAtomically(file("bad.json"), json.toStdString());
    const auto set = readChannels(file("bad.json"));
    QVERIFY(!set.has_value());
    QVERIFY2(set.error().detail.find(word.toStdString()) != std::string::npos,
             set.error().detail.c_str());
}

void TestAdExport::keepsTheProductInTheFrame_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    const auto set = readChannels(ADTAILOR_RESOURCES "/channels.json");
    for (const Channel& channel : set->channels)
        QTest::newRow(channel.id.c_str()) << channel.width << channel.height;
    QTest::newRow("extreme") << 4096 << 16;
}

void TestAdExport::keepsTheProductInTheFrame()
{
    QFETCH(int, width);
    QFETCH(int, height);
    for (const auto& box : { std::array{ 0.2, 0.25, 0.6, 0.55 }, std::array{ 0.0, 0.0, 1.0, 1.0 },
                             std::array{ 0.9, 0.05, 0.1, 0.9 } })
        for (const bool room : { false, true }) {
            const FramePlan plan = planFrame(box, width, height, room);
            QVERIFY(plan.left + box[0] * plan.side >= -1);
            QVERIFY(plan.top + box[1] * plan.side >= -1);
            QVERIFY(plan.left + (box[0] + box[2]) * plan.side <= width + 1);
            QVERIFY(plan.top + (box[1] + box[3]) * plan.side <= height + 1);
            QVERIFY(room || plan.side >= std::min(width, height)); // the short side is not bare
        }
}

void TestAdExport::makesRoomForWords()
{
    const std::array box{ 0.25, 0.25, 0.5, 0.55 };
    const FramePlan wide = planFrame(box, 728, 90, true);
    QCOMPARE(wide.left + wide.side, 728);
    const FramePlan tall = planFrame(box, 160, 600, true);
    QCOMPARE(tall.top + tall.side, 600);
    const FramePlan middle = planFrame(box, 728, 90, false);
    QVERIFY(std::abs(middle.left + middle.side / 2 - 728 / 2) <= 1);
    const FramePlan square = planFrame(box, 1200, 1200, true);
    QVERIFY(square.side * box[3] < 0.48 * 1200);
}

void TestAdExport::leavesProductPixelsUntouched()
{
    const Image placed = placedBox(100, 25, 30, 50, 50);
    const Image background = noise(48, 48, 3, 3);
    for (const auto& [width, height] : { std::pair{ 300, 120 }, { 120, 300 }, { 90, 90 } }) {
        const FramePlan plan = planFrame(productBox(placed), width, height, true);
        const Image frame = reframe(background, placed, plan);
        QCOMPARE(frame.width(), width);
        QCOMPARE(frame.height(), height);
        const Image product = imaging::resize(placed, plan.side, plan.side);
        int compared = 0;
        for (int y = 0; y < plan.side; ++y)
            for (int x = 0; x < plan.side; ++x) {
                const std::uint8_t* want = product.row(y) + 4 * x;
                if (want[3] != 255)
                    continue;
                ++compared;
                QVERIFY(std::memcmp(frame.row(y + plan.top) + 3 * (x + plan.left), want, 3) == 0);
            }
        QVERIFY(compared > plan.side * plan.side / 8);
        const Image white = reframe({}, placed, plan);
        QCOMPARE(int(white.row(0)[0]), 255);
    }
}

void TestAdExport::keepsByteLimits_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("jpeg") << int(FileKind::Jpeg);
    QTest::newRow("webp") << int(FileKind::WebP);
}

void TestAdExport::keepsByteLimits()
{
    QFETCH(int, kind);
    const Image picture = imaging::resize(noise(40, 40, 3), 200, 120);
    Channel channel = channelOf(200, 120, { static_cast<FileKind>(kind) }, 1U << 20U);
    const Provenance record = makeProvenance(sampleRequest(), sampleAd(), {}, "test");
    const auto free = encodeForChannel(picture, channel, record);
    QVERIFY(free.has_value());
    QCOMPARE(free->quality, 92);
    channel.maximumBytes = free->bytes.size() - 1; // one byte less: a lower quality, but the best
    const auto tight = encodeForChannel(picture, channel, record);
    QVERIFY(tight.has_value());
    QVERIFY(tight->bytes.size() <= channel.maximumBytes);
    QVERIFY(tight->quality < 92);
    QVERIFY(tight->quality >= 85);
    channel.maximumBytes = 1U << 20U;
    channel.minimumBytes = free->bytes.size() + 1;
    const auto large = encodeForChannel(picture, channel, record);
    QVERIFY(large.has_value());
    QCOMPARE(large->quality, 100);
    QVERIFY(large->bytes.size() >= channel.minimumBytes);
}

void TestAdExport::saysWhenALimitCannotBeKept()
{
    const Image picture = noise(200, 120, 3);
    const Provenance record = makeProvenance(sampleRequest(), sampleAd(), {}, "test");
    const auto png
        = encodeForChannel(picture, channelOf(200, 120, { FileKind::Png }, 4096), record);
    QVERIFY(!png.has_value());
    QVERIFY(png.error().detail.find("Allow JPEG") != std::string::npos);
    const auto both = encodeForChannel(
        picture, channelOf(200, 120, { FileKind::Png, FileKind::Jpeg }, 40'000), record);
    QVERIFY(both.has_value());
    QVERIFY(both->kind == FileKind::Jpeg);
    QVERIFY(!encodeForChannel(picture, channelOf(201, 120, { FileKind::Png }, 1U << 20U), record));
}

void TestAdExport::recordComesBack_data()
{
    keepsByteLimits_data();
    QTest::newRow("png") << int(FileKind::Png);
}

void TestAdExport::recordComesBack()
{
    QFETCH(int, kind);
    const Image picture = imaging::resize(noise(9, 9, 3), 101, 50); // an odd width: padded chunks
    const Provenance record
        = makeProvenance(sampleRequest(), sampleAd(), { .name = "mini" }, "test");
    const auto made = encodeForChannel(
        picture, channelOf(101, 50, { static_cast<FileKind>(kind) }, 1U << 20U), record);
    QVERIFY(made.has_value());
    writeFileAtomically(file("ad.bin"), made->bytes);
    const auto decoded = imaging::load(file("ad.bin"));
    QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().detail.c_str());
    QCOMPARE(decoded->width(), 101);
    if (made->kind == FileKind::Png)
        QVERIFY(*decoded == picture);
    const auto back = readProvenance(file("ad.bin"));
    QVERIFY2(back.has_value(), back ? "" : back.error().detail.c_str());
    QCOMPARE(back->request.brief.product.title, record.request.brief.product.title);
    QCOMPARE(back->seed, std::uint64_t(9));
    QCOMPARE(back->request.seed, std::uint64_t(7)); // with a history the batch counts
    QCOMPARE(back->request.count, 3);
    QCOMPARE(back->request.guidanceScale, 2.5F);
    QCOMPARE(back->title, std::string("Boil fast & quiet"));
    QCOMPARE(back->tokens, tokenDigest(sampleAd()));
    QCOMPARE(back->history, record.history);
    QCOMPARE(back->modelHash, std::string(64, 'a'));
    const std::string packet = imaging::xmpOf(made->bytes);
    QVERIFY(packet.find("compositeWithTrainedAlgorithmicMedia<") != std::string::npos);
    GenerationRequest bare = sampleRequest();
    bare.brief.product.cutout = {};
    const auto plain
        = encodeForChannel(picture, channelOf(101, 50, { static_cast<FileKind>(kind) }, 1U << 20U),
                           makeProvenance(bare, sampleAd(), {}));
    QVERIFY(imaging::xmpOf(plain->bytes).find("/trainedAlgorithmicMedia<") != std::string::npos);
}

void TestAdExport::historyStaysAtHome()
{
    const Provenance one = makeProvenance(sampleRequest(), sampleAd(), {});
    const Provenance two = makeProvenance(sampleRequest(), sampleAd(), {});
    QVERIFY(one.history != two.history); // the salt parts them
    QCOMPARE(historyDigest(sampleRequest().brief.history, one.salt), one.history);
    const auto made
        = encodeForChannel(noise(64, 64, 3), channelOf(64, 64, { FileKind::Png }, 1U << 20U), one);
    const std::string bytes(reinterpret_cast<const char*>(made->bytes.data()), made->bytes.size());
    QVERIFY(bytes.find("Secret") == std::string::npos);
    QVERIFY(bytes.find("Kettle") != std::string::npos);
}

void TestAdExport::restoresOnlyTheSameAd()
{
    const GenerationRequest whole = sampleRequest();
    const Provenance record = makeProvenance(whole, sampleAd(), {});
    const auto restored = restoredRequest(record, whole);
    QVERIFY(restored.has_value());
    QCOMPARE(restored->seed, std::uint64_t(7));
    QCOMPARE(restored->count, 3);
    GenerationRequest bare = whole;
    bare.brief.history.clear();
    QCOMPARE(makeProvenance(bare, sampleAd(), {}).request.seed, std::uint64_t(9));
    QCOMPARE(makeProvenance(bare, sampleAd(), {}).request.count, 1);
    QVERIFY(restored->brief.product.cutout == whole.brief.product.cutout);
    QCOMPARE(restored->brief.history.size(), std::size_t(1));
    GenerationRequest other = whole;
    other.brief.history[0].title += '!';
    QVERIFY(!restoredRequest(record, other));
    other = whole;
    other.brief.product.cutout = placedBox(64, 21, 20, 24, 30);
    QVERIFY(!restoredRequest(record, other));
    Ad changed = sampleAd();
    changed.imageTokens.back() ^= 1;
    QVERIFY(tokenDigest(changed) != record.tokens);
    std::swap(changed.imageTokens, changed.textTokens);
    QVERIFY(tokenDigest(changed) != tokenDigest(sampleAd()));
}

void TestAdExport::namesFiles()
{
    const Provenance record = makeProvenance(sampleRequest(), sampleAd(), {});
    const Channel channel = channelOf(20, 10, { FileKind::Png }, 4096);
    QCOMPARE(*exportName(defaultExportName, record, channel),
             std::string("Kettle-steel-\u706f_test_20x10_9"));
    QCOMPARE(*exportName("{title}", record, channel), std::string("Boil-fast-quiet"));
    for (const char* bad : { "{user}", "a/b", "..", "", "{seed}\n", ".{seed}" })
        QVERIFY2(!exportName(bad, record, channel), bad);
    Provenance hostile = record;
    hostile.request.brief.product.title = "../../etc/" + std::string(3000, 'x');
    const auto name = exportName(defaultExportName, hostile, channel);
    QVERIFY(name.has_value());
    QVERIFY(name->find('/') == std::string::npos);
    QVERIFY(name->size() < 100);
}

void TestAdExport::replacesNothing()
{
    const std::vector<std::byte> one(10, std::byte(1)), two(10, std::byte(2));
    QVERIFY(saveExport(file("once.png"), one).has_value());
    QVERIFY(saveExport(file("once.png"), one).has_value());
    const auto other = saveExport(file("once.png"), two);
    QVERIFY(!other.has_value());
    QVERIFY(readFile(file("once.png"), 100) == one);
}

void TestAdExport::writesArchives()
{
    const std::vector<NamedBytes> entries{ { "a.png", { std::byte(1), std::byte(2) } },
                                           { "\u706f.jpg", {} } };
    QVERIFY(saveZip(file("all.zip"), entries).has_value());
    const auto found = readStoredZip(InputFile(file("all.zip")));
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].name, std::string("a.png"));
    QCOMPARE(found[0].size, std::uint64_t(2));
    QCOMPARE(found[1].name, std::string("\u706f.jpg"));
    QVERIFY(!saveZip(file("twice.zip"), { entries[0], entries[0] }));
    QVERIFY(!fs::exists(file("twice.zip")));
}

void TestAdExport::lints()
{
    Channel channel = channelOf(100, 200, { FileKind::Png }, 4096);
    channel.safe = { .top = 0.1, .right = 0.05, .bottom = 0.2, .left = 0.05 };
    channel.headlineLetters = 10;
    channel.minimumLetter = 12;
    PlacedLayer headline{ .id = "h",
                          .kind = PlacedLayer::Kind::Headline,
                          .left = 10,
                          .top = 30,
                          .width = 50,
                          .height = 40,
                          .letterSize = 20,
                          .letters = 10,
                          .contrast = 3 };
    using Rules = std::vector<LintRule>;
    const auto rules = [&](const PlacedLayer& layer, bool white = false) {
        Rules found;
        for (const LintFinding& finding : lintPicture(channel, { layer }, { .whiteGround = white }))
            found.push_back(finding.rule);
        return found;
    };
    QVERIFY(rules(headline).empty());
    PlacedLayer layer = headline;
    layer.top = 10;
    QVERIFY(rules(layer) == Rules{ LintRule::OutsideSafeArea });
    layer.top = -5;
    QVERIFY(rules(layer) == Rules{ LintRule::OutsidePicture });
    layer = headline;
    layer.letters = 11;
    layer.letterSize = 11;
    layer.fits = false;
    layer.contrast = 4.4; // small type needs 4.5
    QVERIFY(rules(layer)
            == (Rules{ LintRule::DoesNotFit, LintRule::HeadlineTooLong, LintRule::LetterTooSmall,
                       LintRule::LowContrast }));
    QVERIFY(lintPicture(channel, { layer }, {}).front().blocks);
    const PictureFacts product{ .left = 55, .top = 60, .width = 40, .height = 90 };
    QVERIFY(lintPicture(channel, { headline }, product).front().rule == LintRule::CoversProduct);
    channel.text = false;
    QVERIFY(rules(layer) == Rules{ LintRule::TextNotAllowed });
    layer.kind = PlacedLayer::Kind::Logo;
    QVERIFY(rules(layer).empty());
    channel.logo = false;
    channel.white = true;
    QVERIFY(rules(layer) == (Rules{ LintRule::NeedsWhite, LintRule::LogoNotAllowed }));
    QVERIFY(rules(layer, true) == Rules{ LintRule::LogoNotAllowed });
    QCOMPARE(neededContrast(24, false), 3.0);
    QCOMPARE(neededContrast(23, false), 4.5);
    QCOMPARE(neededContrast(19, true), 3.0);
}

QTEST_GUILESS_MAIN(TestAdExport)
#include "tst_ad_export.moc"
