// SPDX-License-Identifier: GPL-3.0-or-later
// The store of models on real folders: what is there, checks, import, removal, memory.
#include "core/atomic_file.h"
#include "core/input_file.h"

#include <adtailor/memory_plan.h>
#include <adtailor/model_store.h>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace adtailor;
namespace fs = std::filesystem;

class TestModelStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void describesTheShippedModel();
    void saysWhatIsMissing();
    void listsBrokenModelsToo();
    void describesAdapters();
    void findsByNameAndPath();
    void makesAndChecksAManifest();
    void aStoppedCheckGoesOn();
    void importsWithManifest();
    void aStoppedImportGoesOn();
    void refusesImports();
    void listsFoldersWhereTheyAre();
    void removesOnlyItsOwnFiles();
    void estimatesMemory();
    void knowsTheMachine();

private:
    fs::path copyOfTheShippedModel(const std::string& name) const;
    ModelStore store() const { return { m_root / "home", m_root / "bundled" }; }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
};

namespace {

const fs::path shipped = ADTAILOR_RESOURCES "/default_model";

void write(const fs::path& file, std::string_view text)
{
    fs::create_directories(file.parent_path());
    writeFileAtomically(file, text);
}

ModelDescription only(const ModelStore& store)
{
    const auto models = *store.list();
    return models.size() == 1 ? models.front() : ModelDescription();
}

bool contains(const std::vector<std::string>& sentences, const std::string& words)
{
    return std::any_of(sentences.begin(), sentences.end(), [&](const std::string& sentence) {
        return sentence.find(words) != std::string::npos;
    });
}

} // namespace

void TestModelStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString();
}

fs::path TestModelStore::copyOfTheShippedModel(const std::string& name) const
{
    const fs::path folder = m_root / "models" / name;
    fs::create_directories(folder);
    for (const char* file : { "config.json", "tokenizer.json", "README.md" })
        fs::copy_file(shipped / file, folder / file);
    fs::create_symlink(shipped / "model.safetensors", folder / "model.safetensors");
    return folder;
}

void TestModelStore::describesTheShippedModel()
{
    const ModelStore store(m_root / "home", shipped);
    const ModelDescription model = only(store);
    QCOMPARE(model.name, std::string("mini"));
    QVERIFY(model.kind == ModelKind::Complete);
    QVERIFY(model.bundled);
    QCOMPARE(model.dtype, std::string("BF16"));
    QVERIFY2(model.missing.empty(), model.missing.empty() ? "" : model.missing.front().c_str());
    QCOMPARE(model.weightBytes,
             static_cast<std::uint64_t>(fs::file_size(shipped / "model.safetensors")));
    // Every weight takes two bytes, so the parts add up to the parameters.
    std::uint64_t parts = 0;
    for (const std::uint64_t bytes : model.partBytes)
        parts += bytes;
    QCOMPARE(parts, static_cast<std::uint64_t>(model.parameters) * 2);
    for (const WeightPart part : { WeightPart::LanguageModel, WeightPart::PictureCodec,
                                   WeightPart::ProductControl, WeightPart::History })
        QVERIFY(model.partBytes[static_cast<std::size_t>(part)] > 0);
    QCOMPARE(model.sizes.imageTokens, 256);
}

void TestModelStore::saysWhatIsMissing()
{
    const fs::path folder = copyOfTheShippedModel("broken");
    fs::remove(folder / "tokenizer.json");
    fs::remove(folder / "model.safetensors");
    const auto model = *store().find(folder.string());
    QVERIFY(contains(model.missing, "tokenizer.json"));
    QVERIFY(contains(model.missing, "no weights"));
    write(folder / "model-00001-of-00002.safetensors", "no tensors");
    write(
        folder / "model.safetensors.index.json",
        R"({"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}})");
    const auto sharded = *store().find(folder.string());
    QVERIFY(contains(sharded.missing, "model-00002-of-00002.safetensors"));
}

void TestModelStore::listsBrokenModelsToo()
{
    const fs::path home = m_root / "home";
    write(home / "half" / "config.json", "{\"format\":");
    write(home / "text" / "config.json", "<html>");
    write(home / "text" / "model.safetensors", "version https://git-lfs.github.com/spec/v1\n");
    write(home / ".hidden" / "config.json", "{}");
    write(home / "no model" / "notes.txt", "hello");
    const auto models = *store().list();
    QCOMPARE(models.size(), 2U);
    for (const ModelDescription& model : models) {
        QVERIFY(!model.missing.empty());
        QVERIFY(model.imported);
    }
}

void TestModelStore::describesAdapters()
{
    const fs::path folder = m_root / "home" / "warm";
    write(folder / "adapter_config.json",
          R"({"peft_type":"LORA","r":16,"base_model_name_or_path":"deepseek-ai/Janus-Pro-1B"})");
    write(folder / "adapter_model.safetensors", "");
    const ModelDescription model = only(store());
    QVERIFY(model.kind == ModelKind::Adapter);
    QCOMPARE(model.rank, 16);
    QCOMPARE(model.base, std::string("deepseek-ai/Janus-Pro-1B"));
    write(folder / "adapter_config.json", R"({"peft_type":"IA3","r":16})");
    QVERIFY(contains(only(store()).missing, "LoRA"));
}

void TestModelStore::findsByNameAndPath()
{
    const ModelStore store(m_root / "home", shipped);
    QVERIFY(store.find("mini")->bundled);
    QVERIFY(store.find(shipped.string())->bundled);
    QVERIFY(store.find((shipped / "model.safetensors").string())->bundled);
    QCOMPARE(store.find("maxi").error().code, ErrorCode::FileNotFound);
    QCOMPARE(store.find("").error().code, ErrorCode::FileNotFound);
    // An entry of a cache stands for its current snapshot.
    const fs::path entry = m_root / "hub" / "models--org--tiny";
    fs::create_directories(entry / "snapshots");
    fs::rename(copyOfTheShippedModel("x"), entry / "snapshots" / "abc");
    QCOMPARE(store.find(entry.string())->folder, entry / "snapshots" / "abc");
    fs::copy(entry / "snapshots" / "abc", entry / "snapshots" / "def");
    QVERIFY(store.find(entry.string()).error().detail.find("2 snapshots") != std::string::npos);
    QVERIFY(!store.addFolder(entry)); // no list breaks on it
    write(entry / "refs" / "main", "def\n");
    QCOMPARE(store.find(entry.string())->folder, entry / "snapshots" / "def");
    QCOMPARE(store.import(entry, {})->name, std::string("tiny"));
}

void TestModelStore::makesAndChecksAManifest()
{
    const fs::path folder = copyOfTheShippedModel("mine");
    const ModelStore store = this->store();
    const ModelDescription model = *store.find(folder.string());
    QVERIFY(store.lastCheck(model)->first);
    const ModelCheck first = *store.check(model, CheckDepth::Full);
    QVERIFY(first.first && first.isIntact());
    QCOMPARE(first.files, 4U);
    QCOMPARE(first.hashed, 4U);
    const ModelCheck quick = *store.check(model, CheckDepth::Quick);
    QVERIFY(!quick.first && quick.isIntact());
    QCOMPARE(quick.hashed, 0U);
    QCOMPARE(store.check(model, CheckDepth::Full)->hashed, 4U);

    // One byte is turned and the time put back: only a full check can see it.
    const fs::path readme = folder / "README.md";
    const auto time = fs::last_write_time(readme);
    std::string text = readTextFile(readme, 1U << 20U);
    text[10] ^= 1;
    write(readme, text);
    fs::last_write_time(readme, time);
    QVERIFY(store.lastCheck(model)->isIntact());
    QVERIFY(store.check(model, CheckDepth::Quick)->isIntact());
    QCOMPARE(store.check(model, CheckDepth::Full)->changed,
             std::vector<std::string>{ "README.md" });
    // Refused again and again, until it is what it was.
    QVERIFY(!store.check(model, CheckDepth::Full)->isIntact());
    text[10] ^= 1;
    write(readme, text);
    QVERIFY(!store.lastCheck(model)->isIntact()); // the time is another one
    QVERIFY(store.check(model, CheckDepth::Quick)->isIntact());
    QVERIFY(store.lastCheck(model)->isIntact());

    fs::remove(readme);
    write(folder / "extra.txt", "x");
    const ModelCheck less = *store.check(model, CheckDepth::Quick);
    QCOMPARE(less.missing, std::vector<std::string>{ "README.md" });
    QCOMPARE(less.added, std::vector<std::string>{ "extra.txt" });
}

void TestModelStore::aStoppedCheckGoesOn()
{
    const fs::path folder = copyOfTheShippedModel("mine");
    const ModelStore store = this->store();
    const ModelDescription model = *store.find(folder.string());
    std::stop_source stop;
    std::int64_t total = 0;
    const JobControl job{ .stop = stop.get_token(), .report = [&](const Progress& progress) {
                             total = progress.total;
                             if (progress.done > 1'000'000)
                                 stop.request_stop();
                         } };
    QCOMPARE(store.check(model, CheckDepth::Full, job).error().code, ErrorCode::Cancelled);
    QVERIFY(total > 30'000'000);
    const ModelCheck rest = *store.check(model, CheckDepth::Full);
    QVERIFY(rest.first);
    QCOMPARE(rest.hashed, 2U); // README.md and config.json were done
}

void TestModelStore::importsWithManifest()
{
    const fs::path folder = copyOfTheShippedModel("mine");
    const ModelStore store = this->store();
    const auto model = store.import(folder, {});
    QVERIFY2(model.has_value(), model.has_value() ? "" : model.error().detail.c_str());
    QVERIFY(model->imported);
    QCOMPARE(model->folder, m_root / "home" / "mine");
    // The copy is a file of its own, not a link into the source.
    QVERIFY(!fs::is_symlink(model->folder / "model.safetensors"));
    QCOMPARE(fs::file_size(model->folder / "model.safetensors"),
             fs::file_size(shipped / "model.safetensors"));
    const ModelCheck check = *store.check(*model, CheckDepth::Full);
    QVERIFY(!check.first && check.isIntact());
    QCOMPARE(store.list()->size(), 1U);
}

void TestModelStore::aStoppedImportGoesOn()
{
    const fs::path folder = copyOfTheShippedModel("mine");
    const ModelStore store = this->store();
    std::stop_source stop;
    const JobControl job{ .stop = stop.get_token(), .report = [&](const Progress& progress) {
                             if (progress.done > 5'000'000)
                                 stop.request_stop();
                         } };
    QCOMPARE(store.import(folder, {}, job).error().code, ErrorCode::Cancelled);
    QVERIFY(store.list()->empty()); // no half model is listed
    const fs::path partial = m_root / "home" / ".importing-mine";
    const auto kept = fs::last_write_time(partial / "config.json");
    QVERIFY(store.import(folder, {}).has_value());
    QCOMPARE(fs::last_write_time(m_root / "home" / "mine" / "config.json"), kept);
    QVERIFY(!fs::exists(partial));
}

void TestModelStore::refusesImports()
{
    const ModelStore store = this->store();
    fs::create_directories(m_root / "empty");
    QCOMPARE(store.import(m_root / "empty", {}).error().code, ErrorCode::FileNotFound);
    QCOMPARE(store.import(m_root / "nothing", {}).error().code, ErrorCode::FileNotFound);
    const fs::path folder = copyOfTheShippedModel("mine");
    QCOMPARE(store.import(folder, "../..").error().code, ErrorCode::InvalidInput);
    QVERIFY(store.import(folder, "a/../b").has_value()); // one folder's name, not a path
    QVERIFY(fs::exists(m_root / "home" / "a-..-b"));
    const auto twice = store.import(folder, "a/../b");
    QCOMPARE(twice.error().code, ErrorCode::InvalidInput);
    QVERIFY(twice.error().detail.find("already") != std::string::npos);
}

void TestModelStore::listsFoldersWhereTheyAre()
{
    copyOfTheShippedModel("one");
    copyOfTheShippedModel("two");
    const ModelStore store = this->store();
    QVERIFY(store.addFolder(m_root / "models").has_value());
    QVERIFY(store.addFolder(m_root / "models").has_value()); // once
    QCOMPARE(store.folders()->size(), 1U);
    QCOMPARE(store.list()->size(), 2U);
    QCOMPARE(store.addFolder(m_root / "nothing").error().code, ErrorCode::FileNotFound);
    // One that was imported from there is listed as well; it is another copy.
    QVERIFY(store.import(m_root / "models" / "one", {}).has_value());
    QCOMPARE(store.list()->size(), 3U);
    write(m_root / "home" / "folders.json", "{}");
    QCOMPARE(store.list().error().code, ErrorCode::FileCorrupt);
}

void TestModelStore::removesOnlyItsOwnFiles()
{
    const fs::path folder = copyOfTheShippedModel("one");
    const ModelStore store(m_root / "home", shipped);
    QCOMPARE(store.remove("mini").error().code, ErrorCode::InvalidInput);
    QVERIFY(store.addFolder(folder).has_value());
    QCOMPARE(*store.remove(folder.string()), false);
    QVERIFY(fs::exists(folder / "config.json"));
    QCOMPARE(store.list()->size(), 1U);
    QVERIFY(store.import(folder, "copy").has_value());
    QCOMPARE(*store.remove((m_root / "home" / "copy").string()), true);
    QVERIFY(!fs::exists(m_root / "home" / "copy"));
    QVERIFY(fs::exists(shipped / "model.safetensors")); // behind the link of the source
    QCOMPARE(store.remove("copy").error().code, ErrorCode::FileNotFound);
}

void TestModelStore::estimatesMemory()
{
    // Janus-Pro-7B with Uni-AdGen's history: 30 layers, 32 heads of 128.
    ModelDescription model;
    model.parameters = 7'000'000'000;
    model.weightBytes = 14'000'000'000;
    model.sizes = { .layers = 30,
                    .keyValueHeads = 32,
                    .headDim = 128,
                    .vocabulary = 102400,
                    .imageSize = 384,
                    .imageTokens = 576,
                    .historyTokens = 980,
                    .codecChannels = 128 };
    const MemoryUse half{ .precision = Precision::BFloat16, .ads = 1 };
    const MemoryPlan plan = planMemory(model, half);
    QCOMPARE(plan.weights, 14'000'000'000U);
    // 480 KiB a position and row in bf16 (2 x 30 x 32 x 128 x 2 bytes), two rows with guidance.
    QCOMPARE(plan.cache, 480ULL * 1024 * 2 * (980 + 576 + 256));
    QCOMPARE(plan.working, 32ULL << 20); // previews: decoding comes when the cache is gone
    // With a small cache it is decoding that takes most: four maps of 128 channels.
    ModelDescription small = model;
    small.sizes.layers = 1;
    const MemoryPlan decoding = planMemory(small, half);
    QCOMPARE(decoding.working + decoding.cache, 4ULL * 128 * 384 * 384 * 4);
    // The mini model takes most while it reads the history: fewer ads would free nothing.
    small.sizes = { .layers = 5,
                    .keyValueHeads = 4,
                    .headDim = 64,
                    .vocabulary = 2048,
                    .imageSize = 256,
                    .imageTokens = 256,
                    .historyTokens = 126,
                    .codecChannels = 8 };
    small.parameters = 0;
    small.weightBytes = 90'000'000;
    QVERIFY(memoryKnobs(small, { .precision = Precision::BFloat16, .ads = 4 }).empty());
    // The picture tokenizer is held in float32, and what ads do not need is not loaded.
    model.partBytes[std::size_t(WeightPart::PictureCodec)] = 200'000'000;
    model.partBytes[std::size_t(WeightPart::Other)] = 600'000'000;
    QCOMPARE(planMemory(model, half).weights, 13'600'000'000U);
    model.partBytes = {};
    MemoryUse full = half;
    full.precision = Precision::Float32;
    QCOMPARE(planMemory(model, full).weights, 28'000'000'000U);
    const auto knobs = memoryKnobs(model, { .precision = Precision::Float32, .ads = 4 });
    QCOMPARE(knobs.size(), 3U);
    QVERIFY(knobs.front().use.precision == Precision::BFloat16); // frees most
    QVERIFY(knobs.front().freed > 14'000'000'000U);
    QVERIFY(memoryKnobs(model, { .precision = Precision::BFloat16, .ads = 1, .guidance = false })
                .empty());
    QVERIFY(memoryFit(80, 100) == MemoryFit::Fits);
    QVERIFY(memoryFit(90, 100) == MemoryFit::Tight);
    QVERIFY(memoryFit(101, 100) == MemoryFit::No);
}

void TestModelStore::knowsTheMachine()
{
    const MemoryRoom memory = memoryRooms().front();
    QCOMPARE(memory.device, std::string("cpu"));
    QVERIFY(memory.total > 100'000'000);
    QVERIFY(memory.available > 0 && memory.available <= memory.total);
}

QTEST_GUILESS_MAIN(TestModelStore)
#include "tst_model_store.moc"
