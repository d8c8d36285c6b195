// SPDX-License-Identifier: GPL-3.0-or-later
// Bundles of training runs: which bytes they are made of, and what is refused.
#include "core/atomic_file.h"
#include "core/input_file.h"
#include "core/safetensors_header.h"

#include <adtailor/model_store.h>
#include <adtailor/run_bundle.h>

#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace adtailor;
namespace fs = std::filesystem;

class TestRunBundle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theResultIsAModelOfItsOwn();
    void aCheckpointIsLaidOverTheBeginning();
    void theMovingAverageIsTheResultWhereThereIsOne();
    void aBundleIsMadeOnce();
    void refusesWhatIsNotThere_data();
    void refusesWhatIsNotThere();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_run;
};

namespace {

using Values = std::map<std::string, std::vector<float>>;

void writeTensors(const fs::path& path, const Values& values)
{
    SafetensorsHeader header;
    for (const auto& [name, numbers] : values)
        header.tensors.push_back(
            { name, TensorType::F32, { static_cast<std::int64_t>(numbers.size()) } });
    std::string text = buildSafetensorsHeader(header);
    for (const TensorEntry& entry : header.tensors) {
        const auto& numbers = values.at(entry.name);
        text.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float));
    }
    fs::create_directories(path.parent_path());
    writeFileAtomically(path, text);
}

Values readTensors(const fs::path& path)
{
    const InputFile file(path);
    std::uint64_t begin = 0;
    Values values;
    for (const TensorEntry& entry : readSafetensorsHeader(file, begin).tensors) {
        auto& numbers = values[entry.name];
        numbers.resize((entry.end - entry.begin) / sizeof(float));
        file.readAt(begin + entry.begin, std::as_writable_bytes(std::span(numbers)));
    }
    return values;
}

void write(const fs::path& path, std::string_view text)
{
    fs::create_directories(path.parent_path());
    writeFileAtomically(path, text);
}

} // namespace

void TestRunBundle::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_run = fs::path(m_folder->path().toStdString()) / "run";
    const fs::path base = m_run.parent_path() / "base";
    writeTensors(base / "model.safetensors", { { "a", { 1, 2 } }, { "b", { 3 } }, { "c", { 4 } } });
    write(base / "README.md", "---\nlicense: CC0-1.0\n---\n");
    write(base / "tokenizer.json", "{\"tokens\":1}");
    write(
        m_run / "run.json",
        R"({"name":"Linen","initial":"../base/model.safetensors","tokenizer":"../base/tokenizer.json",
              "records":"ads.json","model":{"format":"adtailor-uni-adgen","version":1,"name":"mini"}})");
    write(m_run / "checkpoints/step_40/manifest.json", "{}");
    writeTensors(m_run / "checkpoints/step_40/weights.safetensors", { { "b", { 30 } } });
    writeTensors(m_run / "checkpoints/step_40/optimizer.safetensors", { { "moment.b", { 9 } } });
}

void TestRunBundle::theResultIsAModelOfItsOwn()
{
    writeTensors(m_run / "model.safetensors", { { "a", { 7 } } });
    const auto bundle = bundleRun(m_run, 0);
    QVERIFY2(bundle.has_value(), bundle ? "" : bundle.error().detail.c_str());
    QCOMPARE(readTensors(*bundle / "model.safetensors"), (Values{ { "a", { 7 } } }));
    QCOMPARE(readTextFile(*bundle / "tokenizer.json", 100), std::string("{\"tokens\":1}"));
    const auto found = ModelStore(m_run.parent_path() / "home", {}).find(bundle->string());
    QVERIFY(found.has_value());
    QCOMPARE(found->name, std::string("run")); // a folder without a whole config
    QCOMPARE(found->licence, std::string("CC0-1.0")); // goes on with the weights
}

void TestRunBundle::aCheckpointIsLaidOverTheBeginning()
{
    const auto bundle = bundleRun(m_run, 40);
    QVERIFY2(bundle.has_value(), bundle ? "" : bundle.error().detail.c_str());
    QCOMPARE(readTensors(*bundle / "model.safetensors"),
             (Values{ { "a", { 1, 2 } }, { "b", { 30 } }, { "c", { 4 } } }));
    QVERIFY(readTextFile(*bundle / "config.json", 1000).find("Linen, step 40")
            != std::string::npos);
}

void TestRunBundle::theMovingAverageIsTheResultWhereThereIsOne()
{
    writeTensors(m_run / "checkpoints/step_40/optimizer.safetensors",
                 { { "moment.b", { 9 } }, { "average.b", { 33 } } });
    const auto bundle = bundleRun(m_run, 40);
    QVERIFY(bundle.has_value());
    QCOMPARE(readTensors(*bundle / "model.safetensors").at("b"), (std::vector<float>{ 33 }));
}

void TestRunBundle::aBundleIsMadeOnce()
{
    const auto first = bundleRun(m_run, 40);
    QVERIFY(first.has_value());
    fs::remove_all(m_run / "checkpoints");
    const auto second = bundleRun(m_run, 40); // the old checkpoint is gone, its bundle stays
    QVERIFY(second.has_value());
    QCOMPARE(second->string(), first->string());
}

void TestRunBundle::refusesWhatIsNotThere_data()
{
    QTest::addColumn<QString>("file"); // removed, or emptied when it ends in '!'
    QTest::addColumn<int>("step");
    QTest::newRow("settings") << "run.json" << 40;
    QTest::newRow("no model in the settings") << "run.json!" << 40;
    QTest::newRow("checkpoint") << "checkpoints/step_40/manifest.json" << 40;
    QTest::newRow("cut weights") << "checkpoints/step_40/weights.safetensors!" << 40;
    QTest::newRow("beginning") << "../base/model.safetensors" << 40;
    QTest::newRow("tokenizer") << "../base/tokenizer.json" << 40;
    QTest::newRow("not finished") << "nothing" << 0;
    QTest::newRow("another step") << "nothing" << 41;
}

void TestRunBundle::refusesWhatIsNotThere()
{
    QFETCH(QString, file);
    QFETCH(int, step);
    const bool emptied = file.endsWith(QLatin1Char('!'));
    const fs::path path = m_run / file.remove(QLatin1Char('!')).toStdString();
    fs::remove(path);
    if (emptied)
        write(path, "{}");
    const auto bundle = bundleRun(m_run, step);
    QVERIFY(!bundle.has_value());
    QVERIFY(bundle.error().detail.size() > 20);
    for (const char* name :
         { "run", "run-step_40", "run-step_41" }) // nothing that looks like a model
        QVERIFY(!fs::exists(m_run / "bundles" / name / "config.json"));
}

QTEST_GUILESS_MAIN(TestRunBundle)
#include "tst_run_bundle.moc"
