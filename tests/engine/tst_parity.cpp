// A small Janus as transformers publishes it, against what transformers computes: the part of the
// parity suite (tests/parity) that needs no Python.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "engine/published_model.h"
#include "models/janus_config.h"
#include "models/uni_adgen.h"
#include "weights/named_weights.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <adtailor/selftest.h>

#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

class TestParity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const nlohmann::json tiny = janusNames().at("tiny");
        UniAdGen network(parseJanusConfig(tiny.at("config")));
        fillByName(*network, "");
        auto own = stateDict(*network);
        std::map<std::string, torch::Tensor> published;
        for (const auto& [deepSeek, transformers] : tiny.at("pairs").items()) {
            if (const auto found = own.extract(deepSeek); !found.empty())
                published[transformers.get<std::string>()] = found.mapped();
        }
        QVERIFY(own.empty());
        writeFileAtomically(folder() / "config.json", tiny.at("config").dump());
        writeSafetensors(folder() / "model.safetensors", published);
    }

    void computesWhatTransformersDoes()
    {
        const auto results = compare("cpu");
        QVERIFY(results.size() >= 12);
        for (const SelfTestResult& result : results) {
            qInfo("%s: %.2g", result.what.c_str(), result.difference);
            QVERIFY2(result.passed(), result.what.c_str());
        }
    }

    void comparesNamesWithoutMemory() { QVERIFY(compare("meta").empty()); }

    void noticesAWrongWeight()
    {
        auto tensors = std::map<std::string, torch::Tensor>();
        const auto file = SafetensorsFile::open(folder() / "model.safetensors");
        for (const std::string& name : file.names())
            tensors[name] = file.read(name);
        tensors.at("model.language_model.layers.1.mlp.up_proj.weight")[3][5] += 0.1;
        writeSafetensors(folder() / "model.safetensors", tensors);
        const auto results = compare("cpu");
        QVERIFY(std::ranges::any_of(results, [](const auto& one) { return !one.passed(); }));
    }

private:
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    std::vector<SelfTestResult> compare(const std::string& device) const
    {
        const std::filesystem::path expected = ADTAILOR_FIXTURES "/janus.safetensors";
        const auto results = checkModel(folder(), expected, { .device = device, .threads = 1 });
        if (!results.has_value())
            QTest::qFail(results.error().detail.c_str(), __FILE__, __LINE__);
        return results.has_value() ? *results : std::vector<SelfTestResult>();
    }

    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestParity)
#include "tst_parity.moc"
