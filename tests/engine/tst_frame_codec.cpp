// SPDX-License-Identifier: GPL-3.0-or-later
// Every message survives its frame; hostile frames are refused without harm.
#include "core/bounded_read.h"
#include "core/failure.h"

#include <adtailor/protocol.h>

#include <QTest>

#include <random>

using namespace adtailor;
using namespace adtailor::protocol;

namespace {

Image testImage(int width, int height, int channels, int start)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height * channels);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>(start + i * 7);
    return { width, height, channels, std::move(pixels) };
}

Brief testBrief()
{
    Brief brief;
    brief.product = { "Sofa \"Lund\" 三人沙发\n\t\x01\U0001F6CB",
                      { "soft", "", "耐脏" },
                      testImage(5, 4, 4, 1) };
    brief.history = { { testImage(3, 2, 3, 2), "first" },
                      { Image(), "no picture" },
                      { testImage(1, 1, 4, 3), "" } };
    return brief;
}

Generate testGenerate()
{
    Generate message{ .job = UINT64_MAX };
    message.request.brief = testBrief();
    message.request.preference
        = { HistorySelection::TopK, MaskSampling::Deterministic, 7, 4'000'000'000U, UINT64_MAX };
    message.request.text = { 0.25F, 0.9F, 33 };
    message.request.image = { 1.5F, 0.1F, 1 };
    message.request.guidanceScale = 3.3F;
    message.request.controlStrength = 0.0F;
    message.request.count = 4;
    message.request.seed = 1ULL << 63U;
    message.request.maxTitleTokens = 9;
    message.request.title = "kept";
    message.request.imagePrefix = { 0, 16383, -1 };
    return message;
}

std::vector<std::byte> frameOf(const std::string& header, const std::string& tail,
                               std::optional<std::uint32_t> headerBytes = {},
                               std::optional<std::uint32_t> tailBytes = {})
{
    std::string text = "ADT1";
    appendLittleEndian(text, headerBytes.value_or(static_cast<std::uint32_t>(header.size())));
    appendLittleEndian(text, tailBytes.value_or(static_cast<std::uint32_t>(tail.size())));
    text += header + tail;
    const auto bytes = std::as_bytes(std::span(text));
    return { bytes.begin(), bytes.end() };
}

template<typename Message> Message throughRequest(const Message& message)
{
    Decoder decoder;
    decoder.feed(*encode(Request(message)));
    return std::get<Message>(**decoder.nextRequest());
}

template<typename Message> Message throughEvent(const Message& message)
{
    Decoder decoder;
    decoder.feed(*encode(Event(message)));
    return std::get<Message>(**decoder.nextEvent());
}

Error eventError(const std::string& header, const std::string& tail = {})
{
    Decoder decoder;
    decoder.feed(frameOf(header, tail));
    return decoder.nextEvent().error();
}

const char* const oneImage
    = R"({"type":"progressed","progress":{"previews":[{"width":2,"height":1,"channels":3,"offset":0}]}})";

} // namespace

class TestFrameCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void generate();
    void extractPreferences();
    void backgrounds();
    void smallMessages();
    void progressed();
    void generated();
    void extracted();
    void arrivesInPieces();
    void severalInOneRead();
    void invalidTextIsReplaced();
    void refusesToEncodeTooMuch();
    void refusesStreams_data();
    void refusesStreams();
    void waitsForTruncatedFrames();
    void refusesMessages_data();
    void refusesMessages();
    void goesOnAfterAMessageItCannotUse();
    void survivesBrokenBytes();
};

void TestFrameCodec::generate()
{
    const Generate sent = testGenerate();
    const Generate got = throughRequest(sent);
    QCOMPARE(got.job, sent.job);
    const GenerationRequest &a = sent.request, &b = got.request;
    QCOMPARE(b.brief.product.title, a.brief.product.title);
    QCOMPARE(b.brief.product.sellingPoints, a.brief.product.sellingPoints);
    QVERIFY(b.brief.product.cutout == a.brief.product.cutout);
    QCOMPARE(b.brief.history.size(), std::size_t{ 3 });
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(b.brief.history[i].image == a.brief.history[i].image);
        QCOMPARE(b.brief.history[i].title, a.brief.history[i].title);
    }
    QVERIFY(b.preference.selection == a.preference.selection
            && b.preference.masks == a.preference.masks);
    QCOMPARE(b.preference.count, 7);
    QCOMPARE(b.preference.seed, 4'000'000'000U);
    QVERIFY(b.preference.maskSeed == UINT64_MAX);
    QVERIFY(b.text.temperature == 0.25F && b.text.topP == 0.9F && b.text.topK == 33);
    QVERIFY(b.image.temperature == 1.5F && b.image.topP == 0.1F && b.image.topK == 1);
    QVERIFY(b.guidanceScale == 3.3F && b.controlStrength == 0.0F && b.count == 4);
    QCOMPARE(b.seed, 1ULL << 63U);
    QCOMPARE(b.maxTitleTokens, 9);
    QVERIFY(b.title == "kept");
    QCOMPARE(b.imagePrefix, a.imagePrefix);
}

void TestFrameCodec::extractPreferences()
{
    const auto got = throughRequest(ExtractPreferences{
        .job = 3, .brief = testBrief(), .options = { .count = 2, .seed = 5 }, .seed = 99 });
    QCOMPARE(got.job, std::uint64_t{ 3 });
    QCOMPARE(got.seed, std::uint64_t{ 99 });
    QCOMPARE(got.options.count, 2);
    QCOMPARE(got.options.seed, 5U);
    QVERIFY(got.brief.history[2].image == testBrief().history[2].image);
}

void TestFrameCodec::backgrounds()
{
    const auto asked = throughRequest(
        ReadBackgrounds{ .job = 8, .pictures = { testImage(4, 3, 3, 9), testImage(2, 2, 4, 1) } });
    QCOMPARE(asked.job, std::uint64_t{ 8 });
    QCOMPARE(asked.pictures.size(), std::size_t{ 2 });
    QVERIFY(asked.pictures[1] == testImage(2, 2, 4, 1));
    const auto pair
        = throughRequest(MapDifference{ 9, testImage(2, 3, 3, 5), testImage(1, 1, 3, 7) });
    QVERIFY(pair.left == testImage(2, 3, 3, 5) && pair.right == testImage(1, 1, 3, 7));

    const auto read = throughEvent(
        BackgroundsRead{ .job = 8, .features = { { 0.1F, -3e-9F }, {} }, .modelHash = "ab" });
    QVERIFY(read.features == (std::vector<BackgroundFeature>{ { 0.1F, -3e-9F }, {} }));
    QVERIFY(read.modelHash == "ab");
    const auto mapped = throughEvent(DifferenceMapped{
        .job = 9, .map = { .side = 1, .extent = 0.875, .cells = { 0.25F }, .score = -0.5 } });
    QCOMPARE(mapped.map.side, 1);
    QVERIFY(mapped.map.extent == 0.875 && mapped.map.score == -0.5);
    QVERIFY(mapped.map.cells == std::vector<float>{ 0.25F });
}

void TestFrameCodec::smallMessages()
{
    QCOMPARE(throughRequest(Cancel{ 12 }).job, std::uint64_t{ 12 });
    (void)throughRequest(Quit{});
    const auto ready = throughEvent(
        Ready{ .model = { "mini", "demo", "abc", "cuda:1", 256, 16, 8, 5'000'000'000 } });
    QCOMPARE(ready.protocolVersion, version);
    QVERIFY(ready.model.name == "mini" && ready.model.quality == "demo" && ready.model.hash == "abc"
            && ready.model.device == "cuda:1");
    QVERIFY(ready.model.imageSize == 256 && ready.model.gridSide == 16
            && ready.model.historyLength == 8 && ready.model.parameters == 5'000'000'000);
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        const auto failed = throughEvent(Failed{ 4, { static_cast<ErrorCode>(code), "why" } });
        QCOMPARE(static_cast<int>(failed.error.code), code);
        QVERIFY(failed.error.detail == "why" && failed.job == 4);
    }
}

void TestFrameCodec::progressed()
{
    for (int stage = 0; stage <= static_cast<int>(Stage::Data); ++stage) {
        const auto got = throughEvent(
            Progressed{ .job = 1,
                        .progress = { .stage = static_cast<Stage>(stage),
                                      .done = 1LL << 40U,
                                      .total = -1,
                                      .tokensPerSecond = 0.1,
                                      .titles = { "a", "" },
                                      .previews = { testImage(4, 4, 3, 0), testImage(2, 2, 3, 9) },
                                      .previewRows = 2 } });
        QCOMPARE(static_cast<int>(got.progress.stage), stage);
        QVERIFY(got.progress.done == 1LL << 40U && got.progress.total == -1);
        QVERIFY(got.progress.tokensPerSecond == 0.1 && got.progress.previewRows == 2);
        QCOMPARE(got.progress.titles, (std::vector<std::string>{ "a", "" }));
        QVERIFY(got.progress.previews.size() == 2
                && got.progress.previews[1] == testImage(2, 2, 3, 9));
    }
}

void TestFrameCodec::generated()
{
    Ad ad{ "t", { 1, 2 }, { 3, 4, 5 }, testImage(6, 6, 3, 1), 77, { 1, 2, 3, 4, 0.5 }, "hash" };
    const auto got = throughEvent(Generated{ .job = 2, .ads = { Ad{}, ad } }).ads;
    QCOMPARE(got.size(), std::size_t{ 2 });
    QVERIFY(got[0].image.isEmpty() && got[0].imageTokens.empty());
    QVERIFY(got[1].title == "t" && got[1].textTokens == ad.textTokens
            && got[1].imageTokens == ad.imageTokens);
    QVERIFY(got[1].image == ad.image && got[1].seed == 77 && got[1].modelHash == "hash");
    const Timings& t = got[1].timings;
    QVERIFY(t.preference == 1 && t.title == 2 && t.image == 3 && t.decode == 4
            && t.firstToken == 0.5);
}

void TestFrameCodec::extracted()
{
    const auto got = throughEvent(
        Extracted{ .job = 2,
                   .profile = { .items = { { 4, 0.5F, { 0, 1 }, { 0.25F }, { "wo" } } },
                                .similarities = { -1, 0.1F } } });
    QCOMPARE(got.profile.similarities, (std::vector<float>{ -1, 0.1F }));
    const auto& item = got.profile.items.at(0);
    QVERIFY(item.historyIndex == 4 && item.similarity == 0.5F && item.wordTexts.at(0) == "wo");
    QVERIFY(item.patches == (std::vector<float>{ 0, 1 })
            && item.words == std::vector<float>{ 0.25F });
}

void TestFrameCodec::arrivesInPieces()
{
    const auto bytes = *encode(Request(testGenerate()));
    Decoder decoder;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto early = decoder.nextRequest();
        QVERIFY(early && !*early);
        decoder.feed(std::span(bytes).subspan(i, 1));
    }
    QVERIFY(std::holds_alternative<Generate>(**decoder.nextRequest()));
    QVERIFY(!*decoder.nextRequest());
}

void TestFrameCodec::severalInOneRead()
{
    std::vector<std::byte> bytes;
    for (std::uint64_t job = 1; job <= 3; ++job) {
        const auto frame = *encode(Request(Cancel{ job }));
        bytes.insert(bytes.end(), frame.begin(), frame.end());
    }
    Decoder decoder;
    decoder.feed(std::span(bytes).first(bytes.size() - 1));
    QCOMPARE(std::get<Cancel>(**decoder.nextRequest()).job, std::uint64_t{ 1 });
    QCOMPARE(std::get<Cancel>(**decoder.nextRequest()).job, std::uint64_t{ 2 });
    QVERIFY(!*decoder.nextRequest());
    decoder.feed(std::span(bytes).last(1));
    QCOMPARE(std::get<Cancel>(**decoder.nextRequest()).job, std::uint64_t{ 3 });
}

void TestFrameCodec::invalidTextIsReplaced()
{
    const auto got = throughEvent(Progressed{ .progress = { .titles = { "half \xe4\xb8" } } });
    QCOMPARE(got.progress.titles.at(0), std::string("half \xef\xbf\xbd"));
}

void TestFrameCodec::refusesToEncodeTooMuch()
{
    Generate message;
    message.request.brief.history.assign(9, { testImage(1700, 1700, 3, 0), "" }); // 78 MB
    QCOMPARE(encode(Request(message)).error().code, ErrorCode::InvalidInput);
    message.request.brief.history.assign(9, { Image(), std::string(1 << 20, 'x') });
    QCOMPARE(encode(Request(message)).error().code, ErrorCode::InvalidInput);
}

void TestFrameCodec::refusesStreams_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const std::vector<std::byte>& frame) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(frame.data()),
                                          int(frame.size()));
    };
    QTest::newRow("other program") << QByteArray("hello");
    QTest::newRow("first byte") << QByteArray("X");
    QTest::newRow("version 2") << QByteArray("ADT2");
    row("header above the limit", frameOf("", "", maximumHeaderBytes + 1, 0));
    row("header of 4 GiB", frameOf("", "", UINT32_MAX, 0));
    row("tail above the limit", frameOf("", "", 2, maximumTailBytes + 1));
    row("both of 4 GiB", frameOf("", "", UINT32_MAX, UINT32_MAX));
    row("empty header", frameOf("", ""));
    row("not JSON", frameOf("{", ""));
    row("deep", frameOf(std::string(100'000, '['), ""));
    row("duplicate key", frameOf(R"({"type":"quit","type":"cancel"})", ""));
}

void TestFrameCodec::refusesStreams()
{
    QFETCH(QByteArray, bytes);
    Decoder decoder;
    decoder.feed(std::as_bytes(std::span(bytes.constData(), bytes.size())));
    QCOMPARE(decoder.nextRequest().error().code, ErrorCode::FileCorrupt);
}

void TestFrameCodec::waitsForTruncatedFrames()
{
    const auto bytes = *encode(Request(testGenerate()));
    for (std::size_t kept = 0; kept < bytes.size(); kept += 3) {
        Decoder decoder;
        decoder.feed(std::span(bytes).first(kept));
        const auto request = decoder.nextRequest();
        QVERIFY(request && !*request);
    }
}

void TestFrameCodec::refusesMessages_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("tail");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, QByteArray header, const char* tail, const char* reason) {
        QTest::newRow(name) << header << QByteArray(tail) << QByteArray(reason);
    };
    const auto image = [](const char* fields) {
        return QByteArray(R"({"type":"progressed","progress":{"previews":[{)") + fields + "}]}}";
    };
    row("list", "[]", "", "unknown type");
    row("no type", "{}", "", "unknown type");
    row("type is number", R"({"type":1})", "", "unknown type");
    row("unknown type", R"({"type":"explode"})", "", "\"explode\"");
    row("a request", R"({"type":"quit"})", "", "unknown type");
    row("wrong field", R"({"type":"failed","jbo":1})", "", "\"jbo\"");
    row("wrong value", R"({"type":"failed","error":{"code":"x"}})", "", "\"error.code\"");
    row("unused tail", R"({"type":"failed"})", "x", "\"tail\"");
    row("tail too long", oneImage, "1234567", "\"tail\"");
    row("tail too short", oneImage, "12345", "past the end");
    row("no width", image(R"("height":1,"channels":3,"offset":0)"), "123", "width");
    row("zero width", image(R"("width":0,"height":1,"channels":3,"offset":0)"), "",
        "impossible size");
    row("negative", image(R"("width":-2,"height":-1,"channels":3,"offset":0)"), "123456", "width");
    row("fraction", image(R"("width":2.0,"height":1,"channels":3,"offset":0)"), "123456", "width");
    row("huge width", image(R"("width":16385,"height":1,"channels":3,"offset":0)"), "", "width");
    row("2^64 pixels", image(R"("width":4294967296,"height":4294967296,"channels":4,"offset":0)"),
        "", "width");
    row("largest", image(R"("width":16384,"height":16384,"channels":4,"offset":0)"), "",
        "past the end");
    row("2 channels", image(R"("width":2,"height":1,"channels":2,"offset":0)"), "1234",
        "impossible size");
    row("5 channels", image(R"("width":2,"height":1,"channels":5,"offset":0)"), "1234567890",
        "channels");
    row("offset", image(R"("width":2,"height":1,"channels":3,"offset":1)"), "1234567",
        "previous picture");
    row("offset 2^64-1",
        image(R"("width":2,"height":1,"channels":3,"offset":18446744073709551615)"), "123456",
        "offset");
    row("twice the same", image(R"("width":2,"height":1,"channels":3,"offset":0},
                                    {"width":2,"height":1,"channels":3,"offset":0)"),
        "123456", "previous picture");
    row("image is text", R"({"type":"progressed","progress":{"previews":["/etc/passwd"]}})", "",
        "no picture");
}

void TestFrameCodec::refusesMessages()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, tail);
    QFETCH(QByteArray, reason);
    const Error error = eventError(header.toStdString(), tail.toStdString());
    QCOMPARE(error.code, ErrorCode::InvalidInput);
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
}

void TestFrameCodec::goesOnAfterAMessageItCannotUse()
{
    Decoder decoder;
    decoder.feed(frameOf(R"({"type":"explode"})", "with a tail"));
    decoder.feed(*encode(Event(Failed{ .job = 8 })));
    QCOMPARE(decoder.nextEvent().error().code, ErrorCode::InvalidInput);
    QCOMPARE(std::get<Failed>(**decoder.nextEvent()).job, std::uint64_t{ 8 });
}

void TestFrameCodec::survivesBrokenBytes()
{
    const auto good = *encode(Request(testGenerate()));
    std::mt19937 random(3);
    for (int i = 0; i < 3000; ++i) {
        auto bytes = good;
        for (int flips = 1 + int(random() % 3); flips > 0; --flips)
            bytes[random() % bytes.size()] = std::byte(random());
        Decoder decoder;
        decoder.feed(bytes);
        while (true) {
            const auto request = decoder.nextRequest();
            if (!request || !*request)
                break;
        }
    }
}

QTEST_GUILESS_MAIN(TestFrameCodec)
#include "tst_frame_codec.moc"
