// The real `adtailor serve` with a tiny model, spoken to through the protocol.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tiny_bundle.h"

#include <adtailor/background_similarity.h>
#include <adtailor/protocol.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace adtailor;

namespace {

constexpr int patience = 60'000; // ms; the machine may be busy

Image plainPicture(int side, int channels, std::uint8_t value)
{
    return Image(
        side, side, channels,
        std::vector<std::uint8_t>(static_cast<std::size_t>(side) * side * channels, value));
}

protocol::Generate generateMessage(std::uint64_t job)
{
    protocol::Generate message{ .job = job };
    message.request.brief.product = { .title = "A red kettle",
                                      .sellingPoints = { "boils fast" },
                                      .cutout = plainPicture(64, 4, 200) };
    message.request.brief.history = { { .image = plainPicture(32, 3, 90), .title = "Steel pan" } };
    message.request.maxTitleTokens = 8;
    message.request.seed = 3;
    return message;
}

// One `adtailor serve` and the events it sent.
class Server
{
public:
    explicit Server(const QString& model, const QString& pbs = ADTAILOR_RESOURCES "/pbs_mini")
    {
        m_process.start(ADTAILOR_COMMAND,
                        { "serve", "--model", model, "--threads", "1", "--pbs", pbs });
    }
    ~Server()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    void send(const protocol::Request& request)
    {
        const auto bytes = protocol::encode(request);
        QVERIFY(bytes.has_value());
        sendBytes(QByteArray(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
    }
    void sendBytes(const QByteArray& bytes) { m_process.write(bytes); }

    // The next event; nullopt when the process ends or takes too long.
    std::optional<protocol::Event> next()
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < patience) {
            auto event = m_decoder.nextEvent();
            if (!event)
                return std::nullopt;
            if (*event)
                return **event;
            if (!m_process.waitForReadyRead(200) && m_process.state() == QProcess::NotRunning
                && m_process.bytesAvailable() == 0)
                return std::nullopt;
            const QByteArray bytes = m_process.readAllStandardOutput();
            m_decoder.feed(std::as_bytes(std::span(bytes.data(), bytes.size())));
        }
        return std::nullopt;
    }

    // The next event of one kind; others are counted and dropped.
    template<typename Kind> std::optional<Kind> waitFor()
    {
        while (auto event = next()) {
            if (const auto* found = std::get_if<Kind>(&*event))
                return *found;
            if (std::holds_alternative<protocol::Progressed>(*event))
                ++progressEvents;
        }
        return std::nullopt;
    }

    QProcess& process() { return m_process; }
    int progressEvents = 0;

private:
    QProcess m_process;
    protocol::Decoder m_decoder;
};

} // namespace

class TestServe : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        writeTinyBundle(model("quick").toStdString());
        writeTinyBundle(model("slow").toStdString(), { .imageSize = 1024 }); // 4096 tokens
        writeTinyBundle(model("broken").toStdString(), { .fault = BundleFault::Truncated });
    }

    void answersAJob()
    {
        Server server(model("quick"));
        const auto ready = server.waitFor<protocol::Ready>();
        QVERIFY(ready.has_value());
        QCOMPARE(ready->protocolVersion, protocol::version);
        QCOMPARE(ready->model.gridSide, 4);
        server.progressEvents = 0;
        server.send(generateMessage(7));
        const auto generated = server.waitFor<protocol::Generated>();
        QVERIFY(generated.has_value());
        QCOMPARE(generated->job, std::uint64_t(7));
        QCOMPARE(generated->ads.size(), std::size_t(1));
        QCOMPARE(generated->ads[0].image.width(), 64);
        QVERIFY(server.progressEvents >= 3); // one a stage at least
        server.send(protocol::Quit{});
        QVERIFY(server.process().waitForFinished(patience));
        QCOMPARE(server.process().exitCode(), 0);
    }

    void extractsPreferences()
    {
        Server server(model("quick"));
        const auto message = generateMessage(1);
        server.send(protocol::ExtractPreferences{ .job = 5, .brief = message.request.brief });
        const auto extracted = server.waitFor<protocol::Extracted>();
        QVERIFY(extracted.has_value());
        QCOMPARE(extracted->job, std::uint64_t(5));
        QCOMPARE(extracted->profile.items.size(), std::size_t(3));
    }

    // Against the same model called directly: the frames lose nothing.
    void readsBackgrounds()
    {
        const auto direct = BackgroundSimilarity::load(ADTAILOR_RESOURCES "/pbs_mini");
        QVERIFY(direct.has_value());
        const std::vector<Image> pictures{ plainPicture(128, 3, 40), plainPicture(200, 4, 210),
                                           plainPicture(96, 3, 120) };
        const auto expected = direct->features(pictures);
        const auto map = direct->differenceMap(pictures[0], pictures[1]);
        QVERIFY(expected && map);
        Server server(model("quick"));
        server.send(protocol::ReadBackgrounds{ 3, pictures });
        const auto read = server.waitFor<protocol::BackgroundsRead>();
        QVERIFY(read && read->job == 3);
        QCOMPARE(read->features, *expected);
        QCOMPARE(read->modelHash, direct->info().hash);
        server.send(protocol::MapDifference{ 4, pictures[0], pictures[1] });
        const auto mapped = server.waitFor<protocol::DifferenceMapped>();
        QVERIFY(mapped && mapped->job == 4);
        QCOMPARE(mapped->map.cells, map->cells);
        QCOMPARE(mapped->map.side * mapped->map.side, int(mapped->map.cells.size()));
        QVERIFY(mapped->map.extent > 0.5 && mapped->map.extent <= 1);
        server.send(protocol::ReadBackgrounds{ 5, { Image() } });
        const auto refused = server.waitFor<protocol::Failed>();
        QVERIFY(refused && refused->job == 5 && refused->error.code == ErrorCode::InvalidInput);
    }

    void saysThatPbsIsNotInstalled()
    {
        Server server(model("quick"), model("no such folder"));
        server.send(protocol::ReadBackgrounds{ 3, { plainPicture(32, 3, 40) } });
        const auto missing = server.waitFor<protocol::Failed>();
        QVERIFY(missing && missing->job == 3 && missing->error.code == ErrorCode::FileNotFound);
        server.send(generateMessage(4));
        QVERIFY(server.waitFor<protocol::Generated>().has_value());
    }

    void stopsARunningAndAWaitingJob()
    {
        Server server(model("slow"));
        server.send(generateMessage(1));
        server.send(generateMessage(2));
        std::optional<protocol::Event> event;
        do { // until the picture is being drawn
            event = server.next();
            QVERIFY(event.has_value());
        } while (!std::holds_alternative<protocol::Progressed>(*event)
                 || std::get<protocol::Progressed>(*event).progress.stage != Stage::Image);
        QElapsedTimer timer;
        timer.start();
        server.send(protocol::Cancel{ 2 });
        server.send(protocol::Cancel{ 1 });
        const auto first = server.waitFor<protocol::Failed>();
        QVERIFY(first && first->error.code == ErrorCode::Cancelled);
        const auto second = server.waitFor<protocol::Failed>();
        QVERIFY(second && second->error.code == ErrorCode::Cancelled);
        QCOMPARE(first->job + second->job, std::uint64_t(3));
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    }

    void aRefusedJobLeavesTheEngineAlive()
    {
        Server server(model("quick"));
        auto bad = generateMessage(1);
        bad.request.brief.product.title.clear();
        server.send(bad);
        const auto failed = server.waitFor<protocol::Failed>();
        QVERIFY(failed && failed->job == 1 && failed->error.code == ErrorCode::InvalidInput);
        server.send(generateMessage(2));
        QVERIFY(server.waitFor<protocol::Generated>().has_value());
    }

    void aBrokenModelIsReportedAndStaysAnswering()
    {
        Server server(model("broken"));
        const auto failed = server.waitFor<protocol::Failed>();
        QVERIFY(failed && failed->job == 0 && failed->error.code == ErrorCode::FileCorrupt);
        server.send(generateMessage(4));
        const auto answer = server.waitFor<protocol::Failed>();
        QVERIFY(answer && answer->job == 4 && answer->error.code == ErrorCode::FileCorrupt);
    }

    void garbageEndsTheProcessWithAnAnswer()
    {
        Server server(model("quick"));
        QVERIFY(server.waitFor<protocol::Ready>().has_value());
        server.sendBytes(QByteArray(4096, 'x'));
        const auto failed = server.waitFor<protocol::Failed>();
        QVERIFY(failed && failed->job == 0 && failed->error.code == ErrorCode::FileCorrupt);
        QVERIFY(server.process().waitForFinished(patience));
        QCOMPARE(server.process().exitStatus(), QProcess::NormalExit);
        QVERIFY(server.process().exitCode() != 0);
    }

    void endOfInputEndsAJob()
    {
        Server server(model("slow"));
        server.send(generateMessage(1));
        QVERIFY(server.waitFor<protocol::Progressed>().has_value());
        server.process().closeWriteChannel();
        QVERIFY(server.process().waitForFinished(patience));
        QCOMPARE(server.process().exitCode(), 0);
    }

private:
    QString model(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
