// config.json of a model: both directions agree, and every bad value is refused by its key.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "engine/fixture.h"

#include <nlohmann/json.hpp>

using namespace adtailor;
using nlohmann::json;

namespace {

Error refusalOf(const json& config)
{
    const Result<UniAdGenConfig> result = guarded([&] { return parseUniAdGenConfig(config); });
    return result.has_value() ? Error{ ErrorCode::Internal, "accepted" } : result.error();
}

void collectLeaves(const json& node, const json::json_pointer& at,
                   std::vector<json::json_pointer>& leaves)
{
    if (!node.is_object()) {
        leaves.push_back(at);
        return;
    }
    for (const auto& [key, value] : node.items())
        collectLeaves(value, at / key, leaves);
}

} // namespace

class TestModelConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrites()
    {
        UniAdGenConfig janus; // sizes of Janus-Pro-7B
        janus.control.emplace();
        janus.preference.emplace();
        for (const json& source : { toJson(janus), toJson(Fixture("control").config()) })
            QCOMPARE(toJson(parseUniAdGenConfig(source)).dump(), source.dump());
        QCOMPARE(janus.imageTokens(), 576);
        QCOMPARE(janus.preference->imageTokens(), 64);
    }

    void controlAndPreferenceMayBeAbsent()
    {
        const UniAdGenConfig config = parseUniAdGenConfig(toJson(UniAdGenConfig{}));
        QVERIFY(!config.control && !config.preference);
    }

    void namesTheKeyThatIsMissingOrOfAnotherType()
    {
        const json whole = Fixture("control").json();
        std::vector<json::json_pointer> leaves;
        collectLeaves(whole, json::json_pointer(), leaves);
        int checked = 0;
        for (const json::json_pointer& leaf : leaves) {
            const std::string key = leaf.back();
            if (key == "format" || key == "version")
                continue;
            json lacking = whole, wrong = whole;
            lacking[leaf.parent_pointer()].erase(key);
            wrong[leaf] = json::object();
            for (const json& config : { lacking, wrong }) {
                const Error error = refusalOf(config);
                QCOMPARE(error.code, ErrorCode::FileCorrupt);
                QVERIFY2(error.detail.find(key) != std::string::npos, error.detail.c_str());
            }
            ++checked;
        }
        QVERIFY(checked > 25);
    }

    void refusesImpossibleSizes_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<double>("value");
        QTest::newRow("huge") << "/language_model/vocab_size" << 1e9;
        QTest::newRow("negative") << "/language_model/hidden_size" << -48.0;
        QTest::newRow("no layers") << "/language_model/num_hidden_layers" << 0.0;
        QTest::newRow("heads do not divide") << "/language_model/num_attention_heads" << 5.0;
        QTest::newRow("no heads") << "/language_model/num_attention_heads" << 0.0;
        QTest::newRow("picture not of whole tokens") << "/image_size" << 100.0;
        QTest::newRow("no picture") << "/image_size" << 0.0;
        QTest::newRow("no codes") << "/vq/codebook_size" << 0.0;
        QTest::newRow("groups do not divide") << "/vq/norm_groups" << 3.0;
        QTest::newRow("no interval") << "/control/interval" << 0.0;
        QTest::newRow("no patch") << "/control/encoder/patch_size" << 0.0;
        QTest::newRow("history not of whole tokens") << "/preference/image_size" << 20.0;
        QTest::newRow("keeps nothing") << "/preference/keep_ratio" << 0.0;
        QTest::newRow("keeps more than all") << "/preference/keep_ratio" << 1.5;
    }
    void refusesImpossibleSizes()
    {
        QFETCH(QString, pointer);
        QFETCH(double, value);
        json config = Fixture("control").json();
        const json::json_pointer at(pointer.toStdString());
        if (config[at].is_number_integer())
            config[at] = static_cast<std::int64_t>(value);
        else
            config[at] = value;
        QCOMPARE(refusalOf(config).code, ErrorCode::FileCorrupt);
    }
};

QTEST_APPLESS_MAIN(TestModelConfig)
#include "tst_model_config.moc"
