// Every parser of foreign bytes against thousands of seeded mutations of sound input: each is taken
// or refused with a sentence; none crashes, hangs, takes much memory or ends as an internal error.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/input_file.h"
#include "core/safetensors_header.h"
#include "core/strict_json.h"
#include "engine/mutations.h"
#include "models/config.h"
#include "text/bpe_file.h"
#include "text/instruction.h"

#include <adtailor/ad_export.h>
#include <adtailor/imaging.h>
#include <adtailor/pad1m.h>
#include <adtailor/protocol.h>

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <sys/resource.h>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t largestFixture = 1U << 20U;
constexpr long largestGrowth = 512 * 1024; // KiB of resident memory
constexpr qint64 slowest = 5000; // ms for one input, on a busy machine

using Parser = std::function<Result<void>(const std::string& bytes)>;

std::string fixture(const std::string& name)
{
    return readTextFile(fs::path(ADTAILOR_FIXTURES) / name, largestFixture);
}

std::span<const std::byte> bytesOf(const std::string& text)
{
    return std::as_bytes(std::span(text));
}

Result<void> readTokenizer(const std::string& bytes)
{
    return guarded([&] { static_cast<void>(parseBpeFile(bytes, "tokenizer.json")); });
}

Result<void> readConfig(const std::string& bytes)
{
    return guarded(
        [&] { static_cast<void>(parseUniAdGenConfig(parseStrictJson(bytes, "config.json"))); });
}

Result<void> readInstruction(const std::string& bytes)
{
    return guarded([&] { static_cast<void>(Instruction::fromText(bytes, "instruction.txt")); });
}

// A header and as much data as the sound file has.
Result<void> readTensors(const std::string& bytes)
{
    return guarded([&] {
        const auto head = bytesOf(bytes).first(std::min<std::size_t>(bytes.size(), 512));
        const std::size_t length = safetensorsHeaderLength(head, bytes.size(), "f.safetensors");
        const std::size_t data = safetensorsPrefixBytes + length;
        static_cast<void>(
            parseSafetensorsHeader(std::string_view(bytes).substr(safetensorsPrefixBytes, length),
                                   bytes.size() - data, "f.safetensors"));
    });
}

Result<void> readPicture(const std::string& bytes)
{
    const auto picture = imaging::decode(bytesOf(bytes), "picture");
    return picture ? Result<void>() : picture.error();
}

// A damaged chunk with its checksum made right, which gets past the first check.
Result<void> readRepairedPng(std::string bytes)
{
    const auto big32 = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = at; i < at + 4; ++i)
            value = value << 8U | static_cast<unsigned char>(bytes[i]);
        return value;
    };
    for (std::size_t at = 8; at + 12 <= bytes.size();) {
        const std::size_t length = big32(at);
        if (length > bytes.size() - at - 12)
            break;
        std::uint32_t crc = 0xFFFFFFFF;
        for (std::size_t i = at + 4; i < at + 8 + length; ++i) {
            crc ^= static_cast<unsigned char>(bytes[i]);
            for (int bit = 0; bit < 8; ++bit)
                crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0);
        }
        for (int i = 0; i < 4; ++i)
            bytes[at + 8 + length + static_cast<std::size_t>(i)]
                = static_cast<char>(~crc >> (24 - 8 * i));
        at += 12 + length;
    }
    return readPicture(bytes);
}

Result<void> readFrames(const std::string& bytes)
{
    protocol::Decoder decoder;
    decoder.feed(bytesOf(bytes));
    while (true) {
        const auto request = decoder.nextRequest();
        if (!request)
            return request.error();
        if (!*request)
            return {};
    }
}

std::string soundFrame()
{
    protocol::Generate message{ .job = 3 };
    message.request.brief.product
        = { .title = "A red kettle",
            .sellingPoints = { "boils fast", "省电" },
            .cutout = Image(4, 4, 4, std::vector<std::uint8_t>(64, 200)) };
    message.request.brief.history
        = { { .image = Image(2, 2, 3, std::vector<std::uint8_t>(12, 90)), .title = "Pan" } };
    const auto bytes = *protocol::encode(protocol::Request(message));
    return { reinterpret_cast<const char*>(bytes.data()), bytes.size() };
}

std::string soundRecords()
{
    return R"([{"f_path": "ad.png", "f_path_trans": "cut.png", "f_path_white": "",
      "ref_exps": [[0, 0, 1, 1]], "width": 512, "height": 512, "caption": "a beach",
      "sku_title_cn": "灯", "gt_title_cn": "First title<title_split>第二个标题",
      "word_list": "warm light, 省电，dimmable", "max_ratio": 0.5,
      "history_images": ["ad.png", "cut.png"], "history_titles": ["one", "two"],
      "text_similarity": [0.25, 1]},
     {"f_path": "ad.png", "f_path_trans": "cut.png", "sku_title_cn": "A lamp",
      "word_list": "warm", "history_images": [], "history_titles": []}])";
}

std::string soundLines()
{
    std::string lines;
    for (const auto& record : nlohmann::json::parse(soundRecords()))
        lines += record.dump() + "\n";
    return lines;
}

std::string soundTable()
{
    return "\xEF\xBB\xBF"
           "f_path,f_path_trans,sku_title_cn,gt_title_cn,word_list,max_ratio,history_images,"
           "history_titles,text_similarity,note\r\n"
           "ad.png,cut.png,灯,\"First, \"\"title\"\"\",\"warm\nlight, 省电\",0.5,ad.png|cut.png,"
           "\"[\"\"one\"\", \"\"two\"\"]\",0.25|1,x\r\n"
           "ad.png,cut.png,A lamp,Lamp,warm,,,,,\r\n";
}

// A picture with the record of an ad in it.
std::string soundExport(FileKind kind)
{
    GenerationRequest request;
    request.brief.product = { .title = "A red kettle", .sellingPoints = { "boils fast" } };
    const Image picture(16, 16, 3, std::vector<std::uint8_t>(768, 90));
    Channel channel{ .id = "c", .name = "C", .width = 16, .height = 16, .kinds = { kind } };
    channel.maximumBytes = 1U << 20U;
    const auto bytes = encodeForChannel(picture, channel, makeProvenance(request, {}, {}))->bytes;
    return { reinterpret_cast<const char*>(bytes.data()), bytes.size() };
}

long residentPeak() // KiB
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class TestMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survives_data();
    void survives();

private:
    Result<void> readRecords(const std::string& bytes, const char* fileName) const;
    bool write(const std::string& bytes, const QString& name) const;

    QTemporaryDir m_folder;
};

bool TestMutations::write(const std::string& bytes, const QString& name) const
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly)
        && file.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0;
}

Result<void> TestMutations::readRecords(const std::string& bytes, const char* fileName) const
{
    const QString name = m_folder.filePath(QString::fromLatin1(fileName));
    if (!write(bytes, name))
        return Error{ ErrorCode::Internal, "cannot write" };
    std::int64_t records = 0;
    const auto summary
        = readPad1m(name.toStdString(), {}, [&](Pad1mRecord&&) { return ++records < 100; });
    if (!summary)
        return summary.error();
    if (summary->skipped > 0)
        return Error{ ErrorCode::InvalidInput, "a record was skipped" };
    return {};
}

void TestMutations::survives_data()
{
    QTest::addColumn<std::string>("sound");
    QTest::addColumn<Parser>("parser");
    QTest::addColumn<int>("count");
    for (const char* name : { "ad.png", "cut.png" })
        QVERIFY(QFile(m_folder.filePath(QString::fromLatin1(name))).open(QIODevice::WriteOnly));
    const auto row = [](const char* name, const std::string& sound, const Parser& parser,
                        int count) { QTest::newRow(name) << sound << parser << count; };
    UniAdGenConfig config;
    config.control.emplace();
    config.preference.emplace();
    row("config.json", toJson(config).dump(1), readConfig, 8000);
    row("instruction.txt", "A {} b {} c {} d {} e", readInstruction, 8000);
    row("tokenizer.json", fixture("tokenizer_janus.json"), readTokenizer, 3000);
    row("tokenizer.json, another", fixture("tokenizer_gpt2.json"), readTokenizer, 3000);
    row("safetensors", fixture("python.safetensors"), readTensors, 8000);
    row("frames", soundFrame(), readFrames, 8000);
    const auto records = [&](const char* file, const std::string& sound, int count) {
        row(
            file, sound,
            [this, file](const std::string& bytes) { return readRecords(bytes, file); }, count);
    };
    records("records.json", soundRecords(), 3000);
    records("records.jsonl", soundLines(), 3000);
    records("records.csv", soundTable(), 5000);
    const auto fromFile = [&](const char* name, const std::string& sound, const auto& read) {
        const QString path = m_folder.filePath(QStringLiteral("foreign"));
        const Parser parser = [this, path, read](const std::string& bytes) -> Result<void> {
            if (!write(bytes, path))
                return Error{ ErrorCode::Internal, "cannot write" };
            const auto result = read(path.toStdString());
            return result ? Result<void>() : Result<void>(result.error());
        };
        row(name, sound, parser, 3000);
    };
    fromFile("channels.json",
             R"({"format":"adtailor-channels","version":1,"date":"2026-10","channels":[{"id":"a",
             "name":"A","width":100,"height":50,"kinds":["png","jpeg"],"maximum_bytes":9999,
             "safe":[0.1,0,0.2,0],"text":false,"source":"a page"}]})",
             readChannels);
    fromFile("exported PNG", soundExport(FileKind::Png), readProvenance);
    fromFile("exported JPEG", soundExport(FileKind::Jpeg), readProvenance);
    fromFile("exported WebP", soundExport(FileKind::WebP), readProvenance);
    for (const char* name :
         { "jpeg_444.jpg", "jpeg_progressive.jpg", "jpeg_cmyk.jpg", "jpeg_orientation6.jpg",
           "webp_lossy.webp", "webp_lossless_alpha.webp", "animated.webp" })
        row(name, fixture(std::string("imaging/") + name), readPicture, 2000);
    for (const char* name : { "png_interlaced.png", "png_palette.png", "png_16bit.png" }) {
        row(name, fixture(std::string("imaging/") + name), readPicture, 1000);
        row((std::string(name) + ", checksums repaired").c_str(),
            fixture(std::string("imaging/") + name), readRepairedPng, 3000);
    }
}

void TestMutations::survives()
{
    QFETCH(std::string, sound);
    QFETCH(Parser, parser);
    QFETCH(int, count);
    const bool isAnimation = QByteArray(QTest::currentDataTag()).startsWith("animated");
    QCOMPARE(parser(sound).has_value(), !isAnimation); // one kind of sound file is refused
    Mutations mutations(sound, 20260512);
    const long before = residentPeak();
    int taken = 0, refused = 0;
    for (int i = 0; i < count; ++i) {
        const std::string bytes = mutations.next();
        QElapsedTimer timer;
        timer.start();
        const auto result = parser(bytes);
        QVERIFY2(timer.elapsed() < slowest, qPrintable(QString::number(i)));
        ++(result ? taken : refused);
        if (result)
            continue;
        const Error& error = result.error();
        const bool expected = error.code == ErrorCode::InvalidInput
            || error.code == ErrorCode::FileCorrupt || error.code == ErrorCode::ModelMismatch
            || error.code == ErrorCode::EngineGone;
        QVERIFY2(expected,
                 qPrintable(QStringLiteral("mutation %1: %2")
                                .arg(i)
                                .arg(QString::fromStdString(error.detail))));
        QVERIFY(!error.detail.empty() && error.detail.size() < 2000);
    }
    QVERIFY(refused > count / 20);
    QVERIFY(taken > 0 || isAnimation);
    QVERIFY(residentPeak() - before < largestGrowth);
    qInfo("%d taken, %d refused", taken, refused);
}

QTEST_GUILESS_MAIN(TestMutations)
#include "tst_mutations.moc"
