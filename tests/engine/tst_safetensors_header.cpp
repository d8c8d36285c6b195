// SPDX-License-Identifier: GPL-3.0-or-later
// Every check of the safetensors header has one row that is red when that check is removed.
#include "core/bounded_read.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/safetensors_header.h"

#include <QTest>

using namespace adtailor;

namespace {

Error errorOf(const std::string& json, std::uint64_t dataBytes)
{
    return guarded([&] { (void)parseSafetensorsHeader(json, dataBytes, "f.safetensors"); }).error();
}

Error lengthErrorOf(const std::string& content, std::uint64_t fileBytes)
{
    const auto head
        = std::as_bytes(std::span(content)).first(std::min<std::size_t>(content.size(), 512));
    return guarded([&] { (void)safetensorsHeaderLength(head, fileBytes, "f.safetensors"); })
        .error();
}

std::string tensor(const std::string& fields)
{
    return "{\"a\":{" + fields + "}}";
}

std::string prefixed(std::uint64_t length, const std::string& text)
{
    std::string content;
    appendLittleEndian(content, length);
    return content + text;
}

const char good[] = R"({"__metadata__":{"format":"pt"},
    "b":{"dtype":"F32","shape":[2,3],"data_offsets":[4,28]},
    "a":{"data_offsets":[0,4],"dtype":"BF16","shape":[2]},
    "scalar":{"dtype":"I64","shape":[],"data_offsets":[28,36]},
    "empty":{"dtype":"F32","shape":[0,7],"data_offsets":[36,36]}}   )";

} // namespace

class TestSafetensorsHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTensors();
    void refuses_data();
    void refuses();
    void refusesTooMany();
    void refusesLengths_data();
    void refusesLengths();
    void diagnoses_data();
    void diagnoses();
    void writesWhatItReads();
};

void TestSafetensorsHeader::readsTensors()
{
    const SafetensorsHeader header = parseSafetensorsHeader(good, 36, "f");
    QCOMPARE(header.tensors.size(), std::size_t{ 4 });
    QCOMPARE(header.tensors[0].name, std::string("a"));
    QCOMPARE(header.tensors[1].shape, (std::vector<std::int64_t>{ 2, 3 }));
    QCOMPARE(header.tensors[1].begin, std::uint64_t{ 4 });
    QVERIFY(header.tensors[2].type == TensorType::I64);
    QCOMPARE(header.metadata.at("format"), std::string("pt"));
    QVERIFY(parseSafetensorsHeader("{}", 0, "f").tensors.empty());
}

void TestSafetensorsHeader::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("dataBytes");
    QTest::addColumn<QByteArray>("reason"); // a part of the sentence
    const auto row = [](const char* name, const std::string& json, int bytes, const char* reason) {
        QTest::newRow(name) << QByteArray::fromStdString(json) << bytes << QByteArray(reason);
    };
    const std::string u8 = R"("dtype":"U8","shape":[4],"data_offsets":[0,4])";
    row("empty text", "", 0, "start with '{'");
    row("list", "[]", 0, "start with '{'");
    row("blank first", " {}", 0, "start with '{'");
    row("not JSON", "{\"a\"", 0, "valid JSON");
    row("two values", "{}{}", 0, "valid JSON");
    row("trailing comma", "{\"a\":{" + u8 + "},}", 4, "valid JSON");
    row("bad UTF-8 name", "{\"\xff\":{" + u8 + "}}", 4, "valid JSON");
    row("overlong UTF-8", "{\"\xc0\xaf\":{" + u8 + "}}", 4, "valid JSON");
    row("lone surrogate", "{\"\\ud800\":{" + u8 + "}}", 4, "valid JSON");
    row("raw control character", "{\"\x01\":{" + u8 + "}}", 4, "valid JSON");
    row("number 1e400", tensor(R"("dtype":"U8","shape":[1e400],"data_offsets":[0,4])"), 4,
        "valid JSON");
    row("NaN", tensor(R"("dtype":"U8","shape":[NaN],"data_offsets":[0,4])"), 4, "valid JSON");
    row("duplicate tensor", "{\"a\":{" + u8 + "},\"a\":{" + u8 + "}}", 4, "twice");
    row("duplicate escaped", "{\"a\":{" + u8 + "},\"\\u0061\":{" + u8 + "}}", 4, "twice");
    row("duplicate dtype", tensor(u8 + R"(,"dtype":"U8")"), 4, "twice");
    row("duplicate shape", tensor(u8 + R"(,"shape":[4])"), 4, "twice");
    row("duplicate metadata", R"({"__metadata__":{},"__metadata__":{}})", 0, "twice");
    row("duplicate in metadata", R"({"__metadata__":{"k":"1","k":"2"}})", 0, "twice");
    row("metadata number", R"({"__metadata__":{"k":1}})", 0, "number where none");
    row("metadata nested", R"({"__metadata__":{"k":{}}})", 0, "nested");
    row("metadata list", R"({"__metadata__":{"k":[]}})", 0, "list where none");
    row("metadata is text", R"({"__metadata__":"x"})", 0, "text where none");
    row("unknown field", tensor(u8 + R"(,"x":1)"), 4, "unknown field");
    row("no dtype", tensor(R"("shape":[4],"data_offsets":[0,4])"), 4, "lacks");
    row("no shape", tensor(R"("dtype":"U8","data_offsets":[0,4])"), 4, "lacks");
    row("no offsets", tensor(R"("dtype":"U8","shape":[4])"), 4, "lacks");
    row("empty entry", R"({"a":{}})", 0, "lacks");
    row("entry is number", R"({"a":1})", 0, "number where none");
    row("entry is null", R"({"a":null})", 0, "null");
    row("entry is list", R"({"a":[]})", 0, "list where none");
    row("entry is true", R"({"a":true})", 0, "true and false");
    row("unknown dtype", tensor(R"("dtype":"Q4","shape":[4],"data_offsets":[0,4])"), 4,
        "unknown element type");
    row("lower-case dtype", tensor(R"("dtype":"u8","shape":[4],"data_offsets":[0,4])"), 4,
        "unknown element type");
    row("dtype is number", tensor(R"("dtype":8,"shape":[4],"data_offsets":[0,4])"), 4,
        "number where none");
    row("long dtype",
        tensor(R"("dtype":"UUUUUUUUUUUUUUUUUUUUUUUUU","shape":[4],"data_offsets":[0,4])"), 4,
        "text where none");
    row("shape is text", tensor(R"("dtype":"U8","shape":"4","data_offsets":[0,4])"), 4,
        "text where none");
    row("text in shape", tensor(R"("dtype":"U8","shape":["4"],"data_offsets":[0,4])"), 4,
        "text where none");
    row("nested shape", tensor(R"("dtype":"U8","shape":[[4]],"data_offsets":[0,4])"), 4,
        "list where none");
    row("object in shape", tensor(R"("dtype":"U8","shape":[{}],"data_offsets":[0,4])"), 4,
        "nested");
    row("negative extent", tensor(R"("dtype":"U8","shape":[-4],"data_offsets":[0,4])"), 4,
        "negative");
    row("two negative extents", tensor(R"("dtype":"U8","shape":[-2,-2],"data_offsets":[0,4])"), 4,
        "negative");
    row("fractional extent", tensor(R"("dtype":"U8","shape":[4.0],"data_offsets":[0,4])"), 4,
        "whole number");
    row("extent above 64 bits",
        tensor(R"("dtype":"U8","shape":[18446744073709551616],"data_offsets":[0,4])"), 4,
        "whole number");
    row("extent above 63 bits",
        tensor(R"("dtype":"U8","shape":[9223372036854775808,0],"data_offsets":[0,0])"), 0,
        "impossible shape");
    row("rank 9", tensor(R"("dtype":"U8","shape":[1,1,1,1,1,1,1,1,4],"data_offsets":[0,4])"), 4,
        "8 dimensions");
    row("product wraps to 4",
        tensor(R"("dtype":"U8","shape":[4611686018427387905,4],"data_offsets":[0,4])"), 4,
        "do not agree");
    row("type width wraps",
        tensor(R"("dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4])"), 4,
        "do not agree");
    row("shape too small", tensor(R"("dtype":"U8","shape":[3],"data_offsets":[0,4])"), 4,
        "do not agree");
    row("shape too large", tensor(R"("dtype":"F32","shape":[4],"data_offsets":[0,4])"), 4,
        "do not agree");
    row("end before begin", tensor(R"("dtype":"U8","shape":[4],"data_offsets":[4,0])"), 4,
        "do not agree");
    row("one offset", tensor(R"("dtype":"U8","shape":[4],"data_offsets":[4])"), 4,
        "two data_offsets");
    row("three offsets", tensor(R"("dtype":"U8","shape":[4],"data_offsets":[0,4,8])"), 4,
        "number where none");
    row("negative offset", tensor(R"("dtype":"U8","shape":[4],"data_offsets":[-4,0])"), 4,
        "negative");
    row("text offset", tensor(R"("dtype":"U8","shape":[4],"data_offsets":["0",4])"), 4,
        "text where none");
    row("data cut short", tensor(u8), 3, "cut short, 1 bytes");
    row("bytes left over", tensor(u8), 5, "1 unexpected bytes");
    row("bytes without tensors", "{}", 1, "1 unexpected bytes");
    row("hole at the start", tensor(R"("dtype":"U8","shape":[4],"data_offsets":[1,5])"), 5, "hole");
    row("hole between",
        "{\"a\":{" + u8 + R"(},"b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}})", 6, "hole");
    row("overlap", "{\"a\":{" + u8 + R"(},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}})", 5,
        "overlaps");
    row("same bytes twice", "{\"a\":{" + u8 + "},\"b\":{" + u8 + "}}", 4, "overlaps");
    row("offsets at 2^64",
        tensor(
            R"("dtype":"U8","shape":[1],"data_offsets":[18446744073709551614,18446744073709551615])"),
        4, "hole");
    row("long name", "{\"" + std::string(1025, 'n') + "\":{" + u8 + "}}", 4, "1024 bytes");
    row("deep", "{\"a\":" + std::string(100'000, '['), 0, "list where none");
    row("deep objects", "{\"a\":{\"shape\":{\"b\":{}}}}", 0, "nested");
}

void TestSafetensorsHeader::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(int, dataBytes);
    QFETCH(QByteArray, reason);
    const Error error = errorOf(json.toStdString(), static_cast<std::uint64_t>(dataBytes));
    QCOMPARE(error.code, ErrorCode::FileCorrupt);
    QVERIFY2(error.detail.starts_with("f.safetensors cannot be used: "), error.detail.c_str());
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
}

void TestSafetensorsHeader::refusesTooMany()
{
    std::string json = "{";
    for (std::size_t i = 0; i <= limits::safetensorsTensors; ++i)
        json += (i ? ",\"" : "\"") + std::to_string(i)
            + R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    const Error error = errorOf(json + "}", 0);
    QCOMPARE(error.code, ErrorCode::FileCorrupt);
    QVERIFY(error.detail.find("200000") != std::string::npos);
}

void TestSafetensorsHeader::refusesLengths_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<quint64>("fileBytes");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const std::string& content, quint64 bytes,
                        const char* reason) {
        QTest::newRow(name) << QByteArray::fromStdString(content) << bytes << QByteArray(reason);
    };
    row("three bytes", "abc", 3, "cut short after 3");
    row("prefix only", prefixed(2, ""), 8, "cut short after 8");
    row("no brace", prefixed(2, "[]"), 10, "no JSON header");
    row("zero", prefixed(0, "{}"), 10, "claims 0 bytes");
    row("above the limit", prefixed(100'000'001, "{}"), 1'000'000'000, "claims 100000001");
    row("wraps", prefixed(UINT64_MAX, "{}"), 10, "claims 18446744073709551615");
    row("past the end", prefixed(3, "{}"), 10, "inside its header");
}

void TestSafetensorsHeader::refusesLengths()
{
    QFETCH(QByteArray, content);
    QFETCH(quint64, fileBytes);
    QFETCH(QByteArray, reason);
    const Error error = lengthErrorOf(content.toStdString(), fileBytes);
    QCOMPARE(error.code, ErrorCode::FileCorrupt);
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
}

void TestSafetensorsHeader::diagnoses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("empty") << QByteArray() << QByteArray("it is empty");
    QTest::newRow("lfs") << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:0")
                         << QByteArray("Git LFS");
    QTest::newRow("html") << QByteArray("\n <!DOCTYPE html><html>") << QByteArray("web page");
    QTest::newRow("html without doctype") << QByteArray("<HTML><body>") << QByteArray("web page");
    QTest::newRow("zeros") << QByteArray(4096, '\0') << QByteArray("zeros");
    QTest::newRow("torch zip") << QByteArray("PK\x03\x04............") << QByteArray("torch.save");
    QTest::newRow("pickle") << QByteArray("\x80\x02}q............") << QByteArray("pickle");
    QTest::newRow("gguf") << QByteArray("GGUF............") << QByteArray("GGUF");
    QTest::newRow("gzip") << QByteArray("\x1f\x8b............") << QByteArray("gzip");
    QTest::newRow("png") << QByteArray("\x89PNG............") << QByteArray("PNG");
}

void TestSafetensorsHeader::diagnoses()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, reason);
    const Error error = lengthErrorOf(content.toStdString(), static_cast<quint64>(content.size()));
    QCOMPARE(error.code, ErrorCode::FileCorrupt);
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
}

void TestSafetensorsHeader::writesWhatItReads()
{
    SafetensorsHeader header = parseSafetensorsHeader(good, 36, "f");
    const std::string built = buildSafetensorsHeader(header);
    QCOMPARE(built.size() % 8, std::size_t{ 0 });
    QCOMPARE(safetensorsHeaderLength(std::as_bytes(std::span(built)), built.size() + 36, "f"),
             built.size() - 8);
    const SafetensorsHeader again
        = parseSafetensorsHeader(std::string_view(built).substr(8), 36, "f");
    QCOMPARE(again.metadata, header.metadata);
    QCOMPARE(again.tensors.size(), std::size_t{ 4 });
    QCOMPARE(again.tensors[0].name, std::string("scalar")); // widest elements first
    for (std::size_t i = 0; i < 4; ++i) {
        QCOMPARE(again.tensors[i].name, header.tensors[i].name);
        QCOMPARE(again.tensors[i].shape, header.tensors[i].shape);
        QCOMPARE(again.tensors[i].begin % elementBytes(again.tensors[i].type), std::uint64_t{ 0 });
    }
}

QTEST_GUILESS_MAIN(TestSafetensorsHeader)
#include "tst_safetensors_header.moc"
