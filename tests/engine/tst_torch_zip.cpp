// SPDX-License-Identifier: GPL-3.0-or-later
// Files of torch.save: values of the Python library, and a corpus of hostile files that are refused
// without a process, a socket or a file being made.
#include "core/failure.h"
#include "core/input_file.h"
#include "weights/checkpoint_files.h"
#include "weights/safetensors.h"
#include "weights/torch_zip.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstddef>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <random>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

Error errorOf(const fs::path& path)
{
    const auto result = guarded([&] { return openTensorFile(path); });
    return result ? Error{ ErrorCode::Internal, "accepted" } : result.error();
}

void writePlain(const fs::path& path, std::string_view bytes)
{
    FILE* stream = std::fopen(path.c_str(), "wb");
    QVERIFY(stream && std::fwrite(bytes.data(), 1, bytes.size(), stream) == bytes.size());
    std::fclose(stream);
}

// From now on this process dies when it starts a program or a process, opens a socket, or opens a
// file for writing or creates one.
bool allowReadingOnly()
{
    constexpr std::array forbidden = {
        SYS_execve,  SYS_execveat, SYS_clone,     SYS_clone3,  SYS_socket,
        SYS_connect, SYS_unlinkat, SYS_renameat2, SYS_mkdirat,
#ifdef __x86_64__ // calls that newer machines never had
        SYS_fork,    SYS_vfork,    SYS_open,      SYS_creat,   SYS_mkdir,
        SYS_unlink,  SYS_rename,   SYS_renameat,
#endif
    };
    std::vector<sock_filter> program;
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
    for (const long call : forbidden) {
        program.push_back(
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
        program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    }
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3));
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[2])));
    program.push_back(
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_CREAT | O_WRONLY | O_RDWR | O_TRUNC, 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog filter{ static_cast<unsigned short>(program.size()), program.data() };
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

// Runs `work` in a child that may read only, with 1 GiB more memory than it has; its exit status.
template<typename Work> int runConfined(Work&& work)
{
    const pid_t child = fork();
    if (child == 0) {
        if (!allowReadingOnly())
            _exit(99);
        _exit(work());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

long peakKilobytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class TestTorchZip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTorchSave()
    {
        const auto expected = SafetensorsFile::open(ADTAILOR_FIXTURES "/torch_zip.safetensors");
        const auto source = openTensorFile(ADTAILOR_FIXTURES "/torch_zip.pth");
        QCOMPARE(source.names(), expected.names());
        for (const std::string& name : expected.names()) {
            const auto values = source.read(name);
            QVERIFY2(values.equal(expected.read(name)), name.c_str());
            auto other = torch::empty(values.sizes(), torch::kFloat64);
            source.readInto(name, other, true);
            QVERIFY2(other.equal(values.to(torch::kFloat64)), name.c_str());
        }
        QVERIFY(!source.at("model.transposed").strides.empty());
        QVERIFY(source.at("model.one").strides.empty()); // extents of 1 have no order
    }

    void theConfinementBites()
    {
        QCOMPARE(runConfined([] { return 7; }), 7);
        QCOMPARE(runConfined([] { return system("true"); }), 1000 + SIGSYS);
        QCOMPARE(runConfined([] { return open("/tmp/owned", O_CREAT | O_WRONLY, 0600); }),
                 1000 + SIGSYS);
    }

    void refusesTheHostileCorpus()
    {
        const auto cases = nlohmann::json::parse(
            readTextFile(ADTAILOR_FIXTURES "/torch_zip_hostile.json", 1 << 20));
        QVERIFY(cases.size() > 350);
        std::vector<std::pair<std::string, std::string>> files; // label, mark
        for (const auto& [label, item] : cases.items()) {
            const auto packed = QByteArray::fromBase64(
                QByteArray::fromStdString(item.at("file").get<std::string>()));
            const QByteArray raw = qUncompress(packed);
            writePlain(path(files.size()), { raw.data(), static_cast<std::size_t>(raw.size()) });
            files.emplace_back(label, item.at("mark"));
        }
        for (std::size_t i = 0; i < files.size(); ++i) {
            const Error error = errorOf(path(i));
            const std::string told = files[i].first + ": " + error.detail;
            QVERIFY2(error.code == ErrorCode::FileCorrupt, told.c_str());
            QVERIFY2(error.detail.find(files[i].second) != std::string::npos, told.c_str());
        }
        // Once more where a process, a socket or a file would kill, within 300 MiB.
        const int refused = runConfined([&] {
            const long before = peakKilobytes();
            for (std::size_t i = 0; i < files.size(); ++i) {
                if (errorOf(path(i)).code != ErrorCode::FileCorrupt)
                    return 2;
            }
            return peakKilobytes() - before < 300 * 1024 ? 0 : 3;
        });
        QCOMPARE(refused, 0);
    }

    // Any cut, and any flipped byte of the directory or the pickle: an answer, never a crash.
    void survivesDamage()
    {
        const std::string whole = readTextFile(ADTAILOR_FIXTURES "/torch_zip.pth", 1 << 20);
        std::mt19937 random(3);
        for (int i = 0; i < 400; ++i) {
            writePlain(path(0), std::string_view(whole).substr(0, random() % whole.size()));
            QCOMPARE(errorOf(path(0)).code, ErrorCode::FileCorrupt);
        }
        int refused = 0;
        for (int i = 0; i < 2000; ++i) {
            std::string bad = whole;
            bad[random() % bad.size()] ^= static_cast<char>(1U << (random() % 8));
            writePlain(path(0), bad);
            const auto source = guarded([&] { return openTensorFile(path(0)); });
            refused += !source;
            if (!source) {
                QCOMPARE(source.error().code, ErrorCode::FileCorrupt);
                continue;
            }
            for (const std::string& name : source->names())
                (void)source->read(name);
        }
        QVERIFY(refused > 100);
    }

private:
    fs::path path(std::size_t number) const
    {
        return fs::path(m_folder.path().toStdString()) / (std::to_string(number) + ".pth");
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestTorchZip)
#include "tst_torch_zip.moc"
