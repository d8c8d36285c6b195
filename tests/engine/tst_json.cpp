// SPDX-License-Identifier: GPL-3.0-or-later
// Strict parsing of foreign JSON, and the JSON form of the public structs.
#include "core/failure.h"
#include "core/json.h"
#include "core/strict_json.h"

#include <adtailor/generation.h>
#include <adtailor/model.h>

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>

using namespace adtailor;
using nlohmann::json;

namespace {

Error parseError(const std::string& text, const JsonLimits& limits = {})
{
    return guarded([&] { (void)parseStrictJson(text, "x.json", limits); }).error();
}

Image noImage(const json&, const std::string&)
{
    return {};
}

template<typename T> Error readError(const std::string& text)
{
    return guarded([&] { (void)fromJson<T>(json::parse(text), noImage); }).error();
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses();
    void refusesText_data();
    void refusesText();
    void limits();
    void defaults();
    void imagesGoThroughTheCallbacks();
    void refusesValues_data();
    void refusesValues();
    void numbersStayExact();
};

void TestJson::parses()
{
    const std::string text
        = R"( {"a":[1,-2,3.5,true,null,"x\u00e9\ud83d\ude00",{}],"b":{"c":[[]]}} )";
    QVERIFY(parseStrictJson(text, "x") == json::parse(text));
    QVERIFY(parseStrictJson("7", "x") == json(7));
    QVERIFY(parseStrictJson("18446744073709551615", "x") == json(UINT64_MAX));
}

void TestJson::refusesText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("empty") << QByteArray() << QByteArray("not valid JSON");
    QTest::newRow("cut") << QByteArray("{\"a\":[1,") << QByteArray("not valid JSON");
    QTest::newRow("rest") << QByteArray("{} x") << QByteArray("not valid JSON");
    QTest::newRow("comment") << QByteArray("{/**/}") << QByteArray("not valid JSON");
    QTest::newRow("NaN") << QByteArray("[NaN]") << QByteArray("not valid JSON");
    QTest::newRow("1e400") << QByteArray("[1e400]") << QByteArray("not valid JSON");
    QTest::newRow("bad UTF-8") << QByteArray("[\"\xff\"]") << QByteArray("not valid JSON");
    QTest::newRow("lone surrogate") << QByteArray("[\"\\udc00\"]") << QByteArray("not valid JSON");
    QTest::newRow("twice") << QByteArray("{\"a\":1,\"a\":1}") << QByteArray("\"a\" appears twice");
    QTest::newRow("twice inside") << QByteArray("[{\"a\":{\"b\":1,\"\\u0062\":2}}]")
                                  << QByteArray("\"b\" appears twice");
    QTest::newRow("deep lists") << QByteArray(100'000, '[') << QByteArray("32 levels");
    QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(100'000)
                                  << QByteArray("32 levels");
    QTest::newRow("long text") << QByteArray("[\"") + QByteArray((1 << 20) + 1, 'x') + "\"]"
                               << QByteArray("too long");
    QTest::newRow("long key") << QByteArray("{\"") + QByteArray((1 << 20) + 1, 'x') + "\":1}"
                              << QByteArray("too long");
    QTest::newRow("many values") << QByteArray("[") + QByteArray("0,").repeated(1'000'000) + "0]"
                                 << QByteArray("1000000 values");
}

void TestJson::refusesText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    const Error error = parseError(text.toStdString());
    QCOMPARE(error.code, ErrorCode::FileCorrupt);
    QVERIFY2(error.detail.starts_with("x.json cannot be read"), error.detail.c_str());
    QVERIFY2(error.detail.find(reason.toStdString()) != std::string::npos, error.detail.c_str());
}

void TestJson::limits()
{
    (void)parseStrictJson(std::string(32, '[') + std::string(32, ']'), "x");
    QCOMPARE(parseError(std::string(33, '[') + std::string(33, ']')).code, ErrorCode::FileCorrupt);
    (void)parseStrictJson("[\"abc\"]", "x", { .stringBytes = 3 });
    QCOMPARE(parseError("[\"abcd\"]", { .stringBytes = 3 }).code, ErrorCode::FileCorrupt);
}

void TestJson::defaults()
{
    const auto request
        = fromJson<GenerationRequest>(json::parse(R"({"count":3,"text":{"top_k":7}})"), noImage);
    QCOMPARE(request.count, 3);
    QCOMPARE(request.text.topK, 7);
    QCOMPARE(request.text.temperature, GenerationRequest{}.text.temperature);
    QCOMPARE(request.guidanceScale, GenerationRequest{}.guidanceScale);
    QVERIFY(!request.title);
    QVERIFY(fromJson<GenerationRequest>(json::parse(R"({"title":""})"), noImage).title == "");
    QVERIFY(!fromJson<GenerationRequest>(json::parse(R"({"title":null})"), noImage).title);
}

void TestJson::imagesGoThroughTheCallbacks()
{
    Brief brief;
    brief.product.cutout = Image(1, 1, 4, { 1, 2, 3, 4 });
    brief.history.resize(2);
    brief.history[1].image = Image(1, 1, 3, { 5, 6, 7 });
    int written = 0;
    const json file
        = toJson(brief, [&](const Image&) { return json("picture" + std::to_string(++written)); });
    QCOMPARE(file["product"]["cutout"].dump(), std::string("\"picture1\""));
    QVERIFY(file["history"][0]["image"].is_null());
    std::vector<std::string> paths;
    const auto again = fromJson<Brief>(file, [&](const json& value, const std::string& path) {
        paths.push_back(path + '=' + value.get<std::string>());
        return brief.product.cutout;
    });
    QVERIFY(again.history[0].image.isEmpty());
    QVERIFY(again.history[1].image == brief.product.cutout);
    std::ranges::sort(paths);
    QCOMPARE(paths,
             (std::vector<std::string>{ "history[1].image=picture2", "product.cutout=picture1" }));
}

void TestJson::refusesValues_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const char* text, const char* sentence) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(sentence);
    };
    row("[]", "The JSON is not an object.");
    row(R"({"cuont":1})", "\"cuont\" is not a field that is known here.");
    row(R"({"text":{"topk":1}})", "\"text.topk\" is not a field that is known here.");
    row(R"({"count":"1"})", "\"count\" is not a whole number.");
    row(R"({"count":1.0})", "\"count\" is not a whole number.");
    row(R"({"count":2147483648})", "\"count\" is out of range.");
    row(R"({"count":-2147483649})", "\"count\" is out of range.");
    row(R"({"seed":-1})", "\"seed\" is out of range.");
    row(R"({"guidance_scale":"5"})", "\"guidance_scale\" is not a number.");
    row(R"({"guidance_scale":1e300})", "\"guidance_scale\" is too large a number.");
    row(R"({"title":1})", "\"title\" is not a text.");
    row(R"({"brief":{"product":{"selling_points":"a"}}})",
        "\"brief.product.selling_points\" is not a list.");
    row(R"({"brief":{"product":{"selling_points":["a",1]}}})",
        "\"brief.product.selling_points[1]\" is not a text.");
    row(R"({"brief":{"history":[{"titel":""}]}})",
        "\"brief.history[0].titel\" is not a field that is known here.");
    row(R"({"image_prefix":[4294967296]})", "\"image_prefix[0]\" is out of range.");
    row(R"({"preference":{"selection":"best"}})",
        "\"preference.selection\" is not one of: pss, top-k, random, in-order.");
    row(R"({"preference":{"selection":0}})",
        "\"preference.selection\" is not one of: pss, top-k, random, in-order.");
}

void TestJson::refusesValues()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sentence);
    const Error error = readError<GenerationRequest>(text.toStdString());
    QCOMPARE(error.code, ErrorCode::InvalidInput);
    QCOMPARE(QByteArray::fromStdString(error.detail), sentence);
}

void TestJson::numbersStayExact()
{
    GenerationRequest request;
    request.seed = UINT64_MAX;
    request.text.temperature = 0.7F;
    request.guidanceScale = 1.0F / 3;
    const json value = toJson(request, {});
    QCOMPARE(value["text"]["temperature"].dump(), std::string("0.7")); // not 0.699999988079071
    const auto again = fromJson<GenerationRequest>(json::parse(value.dump()), noImage);
    QCOMPARE(again.seed, UINT64_MAX);
    QVERIFY(again.text.temperature == 0.7F && again.guidanceScale == 1.0F / 3);
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
