// SPDX-License-Identifier: GPL-3.0-or-later
// Projects on disk: nothing committed is lost, nothing damaged is touched, nothing erased stays.
#include "tests/project/stored_bytes.h"

#include <adtailor/project.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace adtailor;

namespace {

Image plainImage(std::uint8_t shade)
{
    return Image(4, 4, 3, std::vector<std::uint8_t>(48, shade));
}

AdRecord sampleAd(std::int64_t number, const std::string& title = "Warm lamp")
{
    AdRecord record;
    record.summary.number = number;
    record.summary.created = 1'000 * number;
    record.summary.state = "done";
    record.summary.title = title;
    record.summary.product = "Lamp";
    record.summary.personId = number % 2 ? "id-lin" : "";
    record.summary.person = number % 2 ? "Lin Wei" : "";
    record.summary.seed = 0xFFFFFFFFFFFFFFF0ULL + static_cast<std::uint64_t>(number);
    record.request.brief.product.title = "Lamp";
    record.request.brief.history = { { plainImage(static_cast<std::uint8_t>(number)), "a click" } };
    record.ad.title = title;
    record.ad.imageTokens = { 1, 2, 3 };
    record.ad.image = plainImage(static_cast<std::uint8_t>(100 + number));
    record.model.name = "mini";
    record.thumbnail = plainImage(7);
    return record;
}

std::filesystem::path pathOf(const QTemporaryDir& folder)
{
    return folder.path().toStdString();
}

int filesUnder(const QString& folder)
{
    int count = 0;
    for (QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories); walk.hasNext();
         walk.next())
        ++count;
    return count;
}

} // namespace

class TestProjectStore final : public QObject
{
    Q_OBJECT

private slots:
    void keepsAnAd();
    void searches_data();
    void searches();
    void filtersAndCounts();
    void trashAndRestore();
    void keepsTheQueue();
    void writesAllOrNothing();
    void survivesKills();
    void leavesOthersFilesAlone_data();
    void leavesOthersFilesAlone();
    void survivesDamage();
    void refusesASecondOwner();
    void saysWhenTheDiskIsFull();
    void erasesAPerson();

private:
    static void fill(ProjectStore& store);
};

void TestProjectStore::keepsAnAd()
{
    const QTemporaryDir folder;
    const AdRecord made = sampleAd(3);
    {
        auto store = ProjectStore::open(pathOf(folder));
        QVERIFY(store.has_value());
        QVERIFY(store->finishAd(3, "too early").has_value()); // is nothing yet
        QVERIFY(store->saveAd(made).has_value());
        QCOMPARE(store->ad(3)->finish, std::string());
        QVERIFY(store->finishAd(3, "{\"words\":1}").has_value());
        QVERIFY(store->saveAd(made).has_value()); // keeps it
        QVERIFY(store->saveSession("{\"brief\":1}").has_value());
    }
    auto store = ProjectStore::open(pathOf(folder));
    QVERIFY(store.has_value());
    QCOMPARE(*store->session(), std::string("{\"brief\":1}"));
    const Result<AdRecord> read = store->ad(3);
    QVERIFY2(read.has_value(), read.has_value() ? "" : read.error().detail.c_str());
    QCOMPARE(read->summary.seed, made.summary.seed);
    QCOMPARE(read->summary.person, made.summary.person);
    QCOMPARE(read->finish, std::string("{\"words\":1}"));
    QVERIFY(read->ad.image == made.ad.image);
    QVERIFY(read->request.brief.history[0].image == made.request.brief.history[0].image);
    QCOMPARE(read->ad.imageTokens, made.ad.imageTokens);
    QCOMPARE(read->model.name, made.model.name);
    QVERIFY(std::filesystem::exists(store->picturePath(read->summary.thumbnail)));
    QCOMPARE(store->picturePath("../../etc/passwd"), std::filesystem::path());
    QCOMPARE(*store->lastNumber(), 3);
    QCOMPARE(store->ad(4).error().code, ErrorCode::FileNotFound);
    QCOMPARE(ProjectStore::peek(pathOf(folder))->ads, 1); // while it is open
}

void TestProjectStore::fill(ProjectStore& store)
{
    const std::array titles{ "Warm evening light", "Stepless dimming, 40 h battery",
                             "暖光台灯，深色外观", "100 % \"steel\" lamp", "Quiet fan" };
    for (std::size_t i = 0; i < titles.size(); ++i) {
        AdRecord ad = sampleAd(static_cast<std::int64_t>(i) + 1, titles[i]);
        ad.summary.starred = i == 2;
        ad.summary.tags = i < 2 ? std::vector<std::string>{ "spring" } : std::vector<std::string>{};
        if (i == 4) {
            ad.summary.product = "Fan";
            ad.summary.state = "draft";
        }
        QVERIFY(store.saveAd(ad).has_value());
    }
}

void TestProjectStore::searches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<qint64>>("found");
    const auto row = [](const char* text, QList<qint64> found) {
        QTest::newRow(text) << QString::fromUtf8(text) << found;
    };
    row("", { 5, 4, 3, 2, 1 });
    row("evening", { 1 });
    row("EVEN", { 1 });
    row("台灯", { 3 }); // two characters, no trigram
    row("暖光台灯", { 3 });
    row("lamp steel", { 4 });
    row("lin", { 5, 3, 1 });
    row("fan", { 5 });
    row("spring dimming", { 2 });
    row("40", { 2 });
    row("% l", { 4 });
    row("\"steel\"", { 4 });
    row("light OR fan", {}); // words, not operators
    row("NEAR(", {});
    row("title:warm", {});
    row("'; DROP TABLE ad; --", {});
}

void TestProjectStore::searches()
{
    QFETCH(QString, text);
    QFETCH(QList<qint64>, found);
    const QTemporaryDir folder;
    auto store = ProjectStore::open(pathOf(folder));
    QVERIFY(store.has_value());
    fill(*store);
    AdFilter filter;
    filter.text = text.toStdString();
    const auto numbers = store->findAds(filter);
    QVERIFY2(numbers.has_value(), numbers.has_value() ? "" : numbers.error().detail.c_str());
    QCOMPARE(QList<qint64>(numbers->begin(), numbers->end()), found);
}

void TestProjectStore::filtersAndCounts()
{
    const QTemporaryDir folder;
    auto store = ProjectStore::open(pathOf(folder));
    fill(*store);
    const auto found = [&store](const auto& change) {
        AdFilter filter;
        change(filter);
        return *store->findAds(filter);
    };
    using Numbers = std::vector<std::int64_t>;
    QCOMPARE(found([](AdFilter& f) { f.personId = "id-lin"; }), (Numbers{ 5, 3, 1 }));
    QCOMPARE(found([](AdFilter& f) { f.personId = ""; }), (Numbers{ 4, 2 }));
    QCOMPARE(found([](AdFilter& f) { f.product = "Fan"; }), Numbers{ 5 });
    QCOMPARE(found([](AdFilter& f) { f.state = "draft"; }), Numbers{ 5 });
    QCOMPARE(found([](AdFilter& f) { f.starred = true; }), Numbers{ 3 });
    QCOMPARE(found([](AdFilter& f) { f.tag = "spring"; }), (Numbers{ 2, 1 }));
    QCOMPARE(found([](AdFilter& f) {
                 f.from = 2'000;
                 f.until = 4'000;
                 f.order = AdFilter::Order::Oldest;
             }),
             (Numbers{ 2, 3 }));
    QCOMPARE(found([](AdFilter& f) { f.order = AdFilter::Order::Title; }).front(), 4);
    QVERIFY(store->tagAd(3, { "b", "a" }).has_value());
    QVERIFY(store->starAd(1, true).has_value());
    const auto read = store->summaries(std::array<std::int64_t, 3>{ 3, 99, 1 });
    QCOMPARE(read->size(), 2U);
    QCOMPARE((*read)[0].tags, (std::vector<std::string>{ "a", "b" }));
    QVERIFY((*read)[1].starred);
    const AdFacets facets = *store->facets();
    QCOMPARE(facets.ads, 5);
    QCOMPARE(facets.products[0].name, std::string("Lamp"));
    QCOMPARE(facets.products[0].ads, 4);
    QCOMPARE(facets.persons[0].key, std::string("id-lin"));
    QCOMPARE(facets.tags.size(), 3U);
}

void TestProjectStore::trashAndRestore()
{
    const QTemporaryDir folder;
    auto store = ProjectStore::open(pathOf(folder));
    fill(*store);
    QVERIFY(store->trashAd(2, 5'000).has_value());
    QVERIFY(store->trashAd(4, 9'000).has_value());
    AdFilter trash;
    trash.trashed = true;
    QCOMPARE(store->findAds(trash)->size(), 2U);
    QCOMPARE(store->findAds({})->size(), 3U);
    QVERIFY(store->trashAd(4, 0).has_value());
    QCOMPARE(store->findAds({})->size(), 4U);
    const int before = filesUnder(folder.path());
    QCOMPARE(*store->emptyTrash(6'000), 1);
    QCOMPARE(*store->emptyTrash(6'000), 0);
    QVERIFY(!store->ad(2).has_value());
    QVERIFY(store->ad(4).has_value());
    QCOMPARE(filesUnder(folder.path()), before - 2); // its picture and its click, nothing shared
    QCOMPARE(*store->lastNumber(), 5);
}

void TestProjectStore::keepsTheQueue()
{
    const QTemporaryDir folder;
    using State = QueuedJob::State;
    {
        auto store = ProjectStore::open(pathOf(folder));
        for (std::int64_t id = 1; id <= 4; ++id) {
            QueuedJob job{ .id = id, .product = "Lamp", .personId = "p", .person = "Lin" };
            job.request.count = static_cast<int>(id);
            job.request.brief.history = { { plainImage(1), "click" } };
            QVERIFY(store->saveJob(job).has_value());
        }
        QVERIFY(store->removeJob(3).has_value());
        QVERIFY(store->orderJobs(std::array<std::int64_t, 3>{ 4, 1, 2 }).has_value());
        QVERIFY(store->saveJob({ .id = 1, .state = State::Running, .attempts = 1 }).has_value());
        QVERIFY(store->saveJob({ .id = 2, .state = State::Running, .attempts = 2 }).has_value());
    }
    auto store = ProjectStore::open(pathOf(folder));
    const auto jobs = store->jobs();
    QVERIFY2(jobs.has_value(), jobs.has_value() ? "" : jobs.error().detail.c_str());
    QCOMPARE(jobs->size(), 3U);
    QCOMPARE((*jobs)[0].id, 4);
    QCOMPARE((*jobs)[0].request.count, 4);
    QVERIFY((*jobs)[0].request.brief.history[0].image == plainImage(1));
    QCOMPARE((*jobs)[1].id, 1);
    QCOMPARE((*jobs)[1].state, State::Waiting); // it ran when the program ended
    QCOMPARE((*jobs)[1].request.count, 1); // a change of state leaves the request
    QCOMPARE((*jobs)[2].state, State::Failed); // twice is enough
}

void TestProjectStore::writesAllOrNothing()
{
    const QTemporaryDir folder;
    auto store = ProjectStore::open(pathOf(folder));
    const Result<void> failed = store->together([&] {
        QVERIFY(store->saveAd(sampleAd(1)).has_value());
        QVERIFY(store->saveSession("new").has_value());
        throw std::runtime_error("the second ad is broken");
    });
    QVERIFY(!failed.has_value());
    QVERIFY(store->findAds({})->empty());
    QVERIFY(store->session()->empty());
    QVERIFY(store->together([&] { QVERIFY(store->saveAd(sampleAd(1)).has_value()); }).has_value());
    QCOMPARE(store->findAds({})->size(), 1U);
}

// A child writes ads and says each number once it is stored; it is killed at any moment.
void TestProjectStore::survivesKills()
{
    const QTemporaryDir folder;
    std::int64_t next = 1;
    for (int round = 0; round < 25; ++round) {
        std::array<int, 2> ends{};
        QVERIFY(::pipe(ends.data()) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto store = ProjectStore::open(pathOf(folder));
            for (std::int64_t number = next;; ++number)
                if (!store || !store->saveAd(sampleAd(number)).has_value()
                    || ::write(ends[1], &number, sizeof number) < 0)
                    ::_exit(1);
        }
        ::close(ends[1]);
        std::int64_t number = 0;
        QVERIFY(::read(ends[0], &number, sizeof number) == sizeof number); // it works
        ::usleep(static_cast<useconds_t>(1'000 + 3'700 * (round % 8)));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        std::int64_t last = number;
        while (::read(ends[0], &number, sizeof number) == sizeof number)
            last = number;
        ::close(ends[0]);
        auto store = ProjectStore::open(pathOf(folder));
        QVERIFY2(store.has_value(), store.has_value() ? "" : store.error().detail.c_str());
        const std::int64_t stored = *store->lastNumber();
        QVERIFY2(stored >= last, "a stored ad is lost");
        for (std::int64_t i = next; i <= stored; ++i)
            QVERIFY(store->ad(i).has_value()); // with its pictures
        QCOMPARE(static_cast<std::int64_t>(store->findAds({})->size()), stored);
        next = stored + 1;
    }
}

void TestProjectStore::leavesOthersFilesAlone_data()
{
    QTest::addColumn<QByteArray>("change"); // "": another kind of file
    QTest::newRow("no database") << QByteArray("text");
    QTest::newRow("a damaged page") << QByteArray("page");
    QTest::newRow("cut short") << QByteArray("short");
    QTest::newRow("a newer version") << QByteArray("newer");
    QTest::newRow("of another program") << QByteArray("foreign");
}

void TestProjectStore::leavesOthersFilesAlone()
{
    QFETCH(QByteArray, change);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("project.db"));
    {
        auto store = ProjectStore::open(pathOf(folder));
        for (int i = 1; i < 60; ++i)
            QVERIFY(store->saveAd(sampleAd(i)).has_value());
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    if (change == "text")
        bytes = QByteArray("this is not a database, but it is a few bytes long").repeated(40);
    else if (change == "page")
        bytes.replace(4096 * 5, 4096 * 4, QByteArray(4096 * 4, '\x5a'));
    else if (change == "short")
        bytes.chop(4096 * 3 + 100);
    else
        bytes[change == "newer" ? 63 : 71] = 99; // low byte of user_version, application_id
    file.resize(0);
    file.seek(0);
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    const auto store = ProjectStore::open(pathOf(folder));
    QVERIFY(!store.has_value());
    QCOMPARE(store.error().code, ErrorCode::FileCorrupt);
    QVERIFY(store.error().detail.find("left as it is") != std::string::npos);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
    QVERIFY(!QFile::exists(path + QStringLiteral("-wal"))
            || QFile(path + QStringLiteral("-wal")).size() == 0);
}

// Whatever bytes change, every door answers; a sound part may still be read.
void TestProjectStore::survivesDamage()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("project.db"));
    {
        auto store = ProjectStore::open(pathOf(folder));
        fill(*store);
        QVERIFY(store->saveJob({ .id = 1, .product = "Lamp" }).has_value());
        QVERIFY(store->saveSession("{}").has_value());
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray sound = file.readAll();
    file.close();
    std::mt19937 random(7);
    int refused = 0;
    for (int round = 0; round < 300; ++round) {
        QByteArray bytes = sound;
        for (int flip = 0; flip <= round % 6; ++flip)
            bytes[static_cast<int>(random() % static_cast<unsigned>(bytes.size()))]
                = static_cast<char>(random());
        if (round % 9 == 0)
            bytes.truncate(static_cast<int>(random() % static_cast<unsigned>(bytes.size())));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(bytes);
        file.close();
        auto store = ProjectStore::open(pathOf(folder));
        refused += !store.has_value();
        if (!store)
            continue;
        (void)store->session();
        (void)store->jobs();
        (void)store->facets();
        AdFilter filter;
        filter.text = "lamp";
        (void)store->findAds(filter);
        for (std::int64_t number = 1; number <= 5; ++number)
            (void)store->ad(number);
        (void)store->saveAd(sampleAd(6));
    }
    QVERIFY(refused > 50); // else the damage was too small to matter
}

void TestProjectStore::refusesASecondOwner()
{
    const QTemporaryDir folder;
    const auto first = ProjectStore::open(pathOf(folder));
    QVERIFY(first.has_value());
    const auto second = ProjectStore::open(pathOf(folder));
    QVERIFY(!second.has_value());
    QVERIFY(second.error().detail.find("open in another") != std::string::npos);
}

void TestProjectStore::saysWhenTheDiskIsFull()
{
    const QTemporaryDir folder;
    auto store = ProjectStore::open(pathOf(folder));
    QVERIFY(store->saveAd(sampleAd(1)).has_value());
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    ::getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small{ 200'000, old.rlim_max };
    ::setrlimit(RLIMIT_FSIZE, &small);
    std::optional<Error> error;
    std::int64_t stored = 1;
    for (std::int64_t number = 2; !error && number < 500; ++number) {
        const Result<void> saved = store->saveAd(sampleAd(number));
        if (saved)
            stored = number;
        else
            error = saved.error();
    }
    ::setrlimit(RLIMIT_FSIZE, &old);
    QVERIFY(error.has_value());
    QCOMPARE(error->code, ErrorCode::DiskFull);
    QVERIFY(store->saveAd(sampleAd(stored + 1)).has_value()); // after some space was freed
    QCOMPARE(static_cast<std::int64_t>(store->findAds({})->size()), stored + 1);
}

void TestProjectStore::erasesAPerson()
{
    const QTemporaryDir folder;
    auto store = ProjectStore::open(pathOf(folder));
    AdRecord theirs = sampleAd(1, "Marker-title-of-Lin");
    theirs.request.brief.history[0].title = "Marker-click";
    QVERIFY(store->saveAd(theirs).has_value());
    QVERIFY(store->saveAd(sampleAd(2)).has_value());
    QueuedJob job{ .id = 1, .personId = "id-lin", .person = "Marker-name" };
    QVERIFY(store->saveJob(job).has_value());
    QVERIFY(bytesThatSay(folder.path(), "Marker-") > 0);
    QCOMPARE(*store->adsOfPerson("id-lin"), 1);
    const Result<void> erased = store->erasePerson("id-lin");
    QVERIFY2(erased.has_value(), erased.has_value() ? "" : erased.error().detail.c_str());
    QCOMPARE(bytesThatSay(folder.path(), "Marker-"), 0);
    QCOMPARE(bytesThatSay(folder.path(), "id-lin"), 0);
    QVERIFY(store->jobs()->empty());
    QVERIFY(store->ad(2).has_value()); // with the pictures that others share
    QVERIFY(!store->ad(1).has_value());
}

QTEST_MAIN(TestProjectStore)
#include "tst_project_store.moc"
