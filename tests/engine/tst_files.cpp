// SPDX-License-Identifier: GPL-3.0-or-later
// Reading, hashing and saving files: every fault is an error and the old file stays.
#include "core/atomic_file.h"
#include "core/bounded_read.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"

#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace adtailor;

namespace {

template<typename Work> ErrorCode codeOf(Work&& work)
{
    return guarded([&] { work(); }).error().code;
}

std::span<const std::byte> bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

// Lowers the largest file this process may write, which looks like a full disk.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_old);
        const rlimit limit{ bytes, m_old.rlim_max };
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_old); }

private:
    rlimit m_old{};
};

} // namespace

class TestFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boundedReads();
    void checkedArithmetic();
    void hashes_data();
    void hashes();
    void hashesOfFiles();
    void savesAndReplaces();
    void abandonedSaveLeavesTheOldFile();
    void sweepsLeftovers();
    void fullDiskLeavesTheOldFile();
    void unwritablePlaces();
    void reading();

private:
    std::filesystem::path path(const char* name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    std::size_t fileCount() const
    {
        const std::filesystem::directory_iterator folder(m_folder.path().toStdString());
        return static_cast<std::size_t>(std::distance(begin(folder), end(folder)));
    }

    QTemporaryDir m_folder;
};

void TestFiles::boundedReads()
{
    BoundedReader reader(bytesOf(std::string_view("\x01\x02\x03\x04\x05\x06\x07\x08xyz", 11)),
                         "frame");
    QCOMPARE(reader.u32(), 0x04030201U);
    QCOMPARE(reader.u16(), std::uint16_t{ 0x0605 });
    QCOMPARE(reader.u8(), std::uint8_t{ 7 });
    QCOMPARE(reader.remaining(), std::size_t{ 4 });
    QCOMPARE(codeOf([&] { (void)reader.u64(); }), ErrorCode::FileCorrupt);
    QCOMPARE(codeOf([&] { (void)reader.bytes(SIZE_MAX); }), ErrorCode::FileCorrupt);
    (void)reader.u8();
    QCOMPARE(reader.text(3), std::string_view("xyz"));
    QCOMPARE(codeOf([&] { (void)reader.u8(); }), ErrorCode::FileCorrupt);
}

void TestFiles::checkedArithmetic()
{
    QCOMPARE(checkedAdd(UINT64_MAX - 1, 1), std::optional<std::uint64_t>(UINT64_MAX));
    QVERIFY(!checkedAdd(UINT64_MAX, 1));
    QCOMPARE(checkedMultiply(1ULL << 32U, (1ULL << 32U) - 1),
             std::optional<std::uint64_t>(UINT64_MAX - UINT32_MAX));
    QVERIFY(!checkedMultiply(1ULL << 32U, 1ULL << 32U));
    QCOMPARE(checkedMultiply(UINT64_MAX, 0), std::optional<std::uint64_t>(0));
}

void TestFiles::hashes_data() // FIPS 180-4 examples
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("empty")
        << QByteArray()
        << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray(
        "abc") << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks")
        << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

void TestFiles::hashes()
{
    QFETCH(QByteArray, text);
    QTEST(QByteArray::fromStdString(sha256Hex(bytesOf(text.toStdString()))), "hex");
}

void TestFiles::hashesOfFiles()
{
    const std::string million(1'000'000, 'a');
    writeFileAtomically(path("million"), million);
    QCOMPARE(sha256HexOfFile(path("million")),
             std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(codeOf([&] { (void)sha256HexOfFile(path("million"), { .stop = stop.get_token() }); }),
             ErrorCode::Cancelled);
}

void TestFiles::savesAndReplaces()
{
    writeFileAtomically(path("a.txt"), "first");
    ::chmod(path("a.txt").c_str(), 0600);
    writeFileAtomically(path("a.txt"), "second");
    QCOMPARE(readTextFile(path("a.txt"), 100), std::string("second"));
    struct stat status
    {
    };
    QCOMPARE(::stat(path("a.txt").c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
}

void TestFiles::abandonedSaveLeavesTheOldFile()
{
    writeFileAtomically(path("b.txt"), "old");
    const auto before = fileCount();
    {
        AtomicFile file(path("b.txt"));
        file.write("half of the new");
        QCOMPARE(fileCount(), before + 1);
    }
    QCOMPARE(fileCount(), before);
    QCOMPARE(readTextFile(path("b.txt"), 100), std::string("old"));
}

void TestFiles::fullDiskLeavesTheOldFile()
{
    writeFileAtomically(path("c.txt"), "old");
    const auto before = fileCount();
    const std::string large(300'000, 'x');
    Result<void> result;
    {
        const FileSizeLimit limit(100'000);
        result = guarded([&] { writeFileAtomically(path("c.txt"), large); });
    }
    QCOMPARE(result.error().code, ErrorCode::DiskFull);
    QVERIFY2(result.error().detail.find("200000 more bytes") != std::string::npos,
             result.error().detail.c_str());
    QCOMPARE(fileCount(), before);
    QCOMPARE(readTextFile(path("c.txt"), 100), std::string("old"));
    writeFileAtomically(path("c.txt"), large); // works again once there is room
    QCOMPARE(std::filesystem::file_size(path("c.txt")), std::uintmax_t{ 300'000 });
}

void TestFiles::unwritablePlaces()
{
    QCOMPARE(codeOf([&] { writeFileAtomically(path("no/such/folder"), "x"); }),
             ErrorCode::InvalidInput);
    std::filesystem::create_directory(path("folder"));
    QCOMPARE(codeOf([&] { writeFileAtomically(path("folder"), "x"); }), ErrorCode::InvalidInput);
}

void TestFiles::reading()
{
    writeFileAtomically(path("d.txt"), "12345");
    QCOMPARE(readFile(path("d.txt"), 5).size(), std::size_t{ 5 });
    QCOMPARE(codeOf([&] { (void)readFile(path("d.txt"), 4); }), ErrorCode::InvalidInput);
    QCOMPARE(codeOf([&] { (void)readFile(path("missing"), 4); }), ErrorCode::FileNotFound);
    QCOMPARE(codeOf([&] { (void)readFile(m_folder.path().toStdString(), 4); }),
             ErrorCode::FileNotFound);
    QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
    QCOMPARE(codeOf([&] { (void)readFile(path("pipe"), 4); }), ErrorCode::FileNotFound);

    const InputFile file(path("d.txt"));
    std::filesystem::resize_file(path("d.txt"), 2); // shrinks after it was opened
    std::array<std::byte, 5> content{};
    QCOMPARE(codeOf([&] { file.readAt(0, content); }), ErrorCode::FileCorrupt);
}

// Only old files of our pattern go, and only those whose process is gone.
void TestFiles::sweepsLeftovers()
{
    const pid_t gone = ::fork();
    if (gone == 0)
        ::_exit(0);
    ::waitpid(gone, nullptr, 0);
    const QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.path().toStdString();
    const std::string dead = std::to_string(gone), alive = std::to_string(::getppid());
    const auto lay = [&](const std::string& name, int ageMinutes) {
        const std::filesystem::path file = folder / name;
        ::close(::open(file.c_str(), O_CREAT | O_WRONLY, 0600));
        std::filesystem::last_write_time(
            file, std::filesystem::file_time_type::clock::now() - std::chrono::minutes(ageMinutes));
    };
    const std::vector<std::string> swept
        = { ".adtailor-" + dead + "-0.part", ".adtailor-" + dead + "-17.part" };
    const std::vector<std::string> kept = { ".adtailor-" + alive + "-0.part",
                                            ".adtailor--1-0.part",
                                            ".adtailor-0-0.part",
                                            ".adtailor-" + dead + ".part",
                                            ".adtailor-" + dead + "-.part",
                                            ".adtailor-" + dead + "-x.part",
                                            ".adtailor-" + dead + "-1.part.png",
                                            ".adtailor-99999999999999999999-1.part",
                                            ".adtailor-.part",
                                            dead + "-1.part",
                                            "picture.part" };
    for (const std::string& name : swept)
        lay(name, 60);
    for (const std::string& name : kept)
        lay(name, 60);
    const std::string young = ".adtailor-" + dead + "-2.part";
    lay(young, 1);
    std::filesystem::create_directory(folder / (".adtailor-" + dead + "-3.part"));

    writeFileAtomically(folder / "saved", std::string_view("x"));
    for (const std::string& name : swept)
        QVERIFY2(!std::filesystem::exists(folder / name), name.c_str());
    for (const std::string& name : kept)
        QVERIFY2(std::filesystem::exists(folder / name), name.c_str());
    QVERIFY(std::filesystem::exists(folder / young));
    QVERIFY(std::filesystem::exists(folder / (".adtailor-" + dead + "-3.part")));
}

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
