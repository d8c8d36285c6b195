// Shards of computed rows: a stop costs one of them, a change only those it touches.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "training/shard_cache.h"

#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;
namespace fs = std::filesystem;

class TestShardCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsRows();
    void goesOnAfterAStop();
    void growsByTheNewFiles();
    void computesAgain_data();
    void computesAgain();
    void retriesUnreadableFiles();
    void doesWithoutAFolder_data();
    void doesWithoutAFolder();
    void removesOldShards();

private:
    static constexpr std::int64_t shardRows = 10;

    fs::path path(const std::string& name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    void write(const std::string& name, const std::string& text) const
    {
        writeFileAtomically(path(name), std::string_view(text));
    }
    // The number in each file, and its double; files that hold x are unreadable.
    NamedTensors numbers(ShardCache& cache, const std::string& key = "key",
                         const JobControl& job = {})
    {
        m_computed = 0;
        m_unreadable.clear();
        const auto compute = [&](std::span<const fs::path> files, Unreadable& bad) {
            std::vector<std::int64_t> values;
            for (const fs::path& file : files) {
                const std::string text = readTextFile(file, 100);
                if (text == "x")
                    bad[static_cast<std::int64_t>(values.size())] = file.string();
                values.push_back(text == "x" ? -1 : std::stoll(text));
                ++m_computed;
            }
            const auto column = torch::tensor(values, torch::kInt64);
            return NamedTensors{ { "value", column },
                                 { "pair", torch::stack({ column, 2 * column }, 1) } };
        };
        return cache.rows(m_files, key, compute, m_unreadable, job);
    }
    std::ptrdiff_t shards() const
    {
        return std::distance(fs::directory_iterator(path("cache")), fs::directory_iterator());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<fs::path> m_files;
    Unreadable m_unreadable;
    int m_computed = 0;
};

void TestShardCache::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_files.clear();
    for (int i = 0; i < 35; ++i) {
        write(std::to_string(i), std::to_string(i));
        m_files.push_back(path(std::to_string(i)));
    }
}

void TestShardCache::keepsRows()
{
    for (const int computed : { 35, 0 }) {
        ShardCache cache(path("cache"), shardRows);
        const auto rows = numbers(cache);
        QCOMPARE(m_computed, computed);
        QVERIFY(rows.at("value").equal(torch::arange(35)));
        QVERIFY(rows.at("pair").select(1, 1).equal(2 * torch::arange(35)));
        QCOMPARE(rows.size(), 2U);
        QVERIFY(m_unreadable.empty());
        QCOMPARE(shards(), 4);
    }
}

void TestShardCache::goesOnAfterAStop()
{
    std::stop_source stop;
    const JobControl job{ .stop = stop.get_token(), .report = [&](const Progress& progress) {
                             QCOMPARE(progress.total, 35);
                             if (progress.done == 28) // the second batch of the third shard
                                 stop.request_stop();
                         } };
    ShardCache cache(path("cache"), shardRows);
    const auto stopped = guarded([&] { numbers(cache, "key", job); });
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(shards(), 3);
    QVERIFY(numbers(cache).at("value").equal(torch::arange(35)));
    QCOMPARE(m_computed, 5);
}

// Only the last shard, which was not full.
void TestShardCache::growsByTheNewFiles()
{
    ShardCache cache(path("cache"), shardRows);
    numbers(cache);
    write("35", "35");
    m_files.push_back(path("35"));
    QVERIFY(numbers(cache).at("value").equal(torch::arange(36)));
    QCOMPARE(m_computed, 6);
}

void TestShardCache::computesAgain_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("computed");
    QTest::newRow("nothing") << "" << 0;
    QTest::newRow("another key") << "key" << 35;
    QTest::newRow("a changed file") << "file" << 10;
    QTest::newRow("a moved file") << "name" << 10;
    QTest::newRow("damaged shards") << "cut" << 35;
    QTest::newRow("shards of something else") << "other" << 35;
}

void TestShardCache::computesAgain()
{
    QFETCH(QString, what);
    QFETCH(int, computed);
    ShardCache cache(path("cache"), shardRows);
    numbers(cache);
    if (what == "file")
        write("12", "112");
    if (what == "name")
        fs::rename(m_files[12], path("twelve"));
    if (what == "name")
        m_files[12] = path("twelve");
    for (const auto& shard : fs::directory_iterator(path("cache"))) {
        if (what == "cut")
            fs::resize_file(shard, fs::file_size(shard) / 2);
        if (what == "other")
            fs::copy_file(fs::path(ADTAILOR_FIXTURES) / "python.safetensors", shard,
                          fs::copy_options::overwrite_existing);
    }
    const auto values = numbers(cache, what == "key" ? "other key" : "key").at("value");
    QCOMPARE(m_computed, computed);
    QCOMPARE(values[12].item<std::int64_t>(), what == "file" ? 112 : 12);
    QCOMPARE(values.sum().item<std::int64_t>(), what == "file" ? 695 : 595);
}

void TestShardCache::retriesUnreadableFiles()
{
    write("3", "x");
    write("14", "x");
    const auto time = fs::last_write_time(path("14"));
    ShardCache cache(path("cache"), shardRows);
    numbers(cache);
    QCOMPARE(m_unreadable.size(), 2U);
    QCOMPARE(m_unreadable.at(14), path("14").string());
    numbers(cache);
    QCOMPARE(m_computed, 2);
    QCOMPARE(m_unreadable.size(), 2U);
    write("14", "9"); // as after a disk that was away: same size, same time
    fs::last_write_time(path("14"), time);
    const auto rows = numbers(cache);
    QCOMPARE(m_computed, 2);
    QCOMPARE(m_unreadable.size(), 1U);
    QCOMPARE(rows.at("value")[14].item<std::int64_t>(), 9);
}

void TestShardCache::doesWithoutAFolder_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("none") << "";
    QTest::newRow("a file") << "0/cache";
}

void TestShardCache::doesWithoutAFolder()
{
    QFETCH(QString, folder);
    ShardCache cache(folder.isEmpty() ? fs::path() : path(folder.toStdString()), shardRows);
    for (int i = 0; i < 2; ++i) {
        QVERIFY(numbers(cache).at("value").equal(torch::arange(35)));
        QCOMPARE(m_computed, 35);
    }
    cache.removeOthers();
    QVERIFY(fs::exists(path("1")));
}

void TestShardCache::removesOldShards()
{
    ShardCache old(path("cache"), shardRows);
    numbers(old, "old");
    ShardCache cache(path("cache"), shardRows);
    numbers(cache);
    QCOMPARE(shards(), 8);
    cache.removeOthers();
    QCOMPARE(shards(), 4);
    numbers(cache);
    QCOMPARE(m_computed, 0);
}

QTEST_GUILESS_MAIN(TestShardCache)
#include "tst_shard_cache.moc"
