// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "serve/frame_writer.h"
#include "serve/job_inbox.h"
#include "serve/progress_merger.h"

#include <adtailor/background_similarity.h>
#include <adtailor/engine.h>
#include <adtailor/serve.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <optional>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace adtailor {

namespace {

// A reader thread turns frames into jobs; the calling thread owns the engine and runs them.
class ServeLoop
{
public:
    ServeLoop(const ServeOptions& options, const std::stop_token& stop)
        : m_options(options)
        , m_writer(options.output)
        , m_onStop(stop, [this] { shutDown(); })
    {
    }

    void run()
    {
        const std::jthread reader([this] { read(); });
        const auto engine = load();
        while (auto job = m_inbox.next()) {
            if (engine)
                m_writer.send(answer(*engine, *job));
            else
                m_writer.send(protocol::Failed{ job->id, engine.error() });
        }
        shutDown(); // the reader may still wait for input
    }

    const std::optional<Error>& brokenProtocol() const { return m_broken; }

private:
    Result<Engine> load()
    {
        ProgressMerger merger([this](const Progress& progress) {
            m_writer.send(protocol::Progressed{ 0, progress });
        });
        auto engine = Engine::load(
            m_options.model, m_options.engine,
            { .stop = m_shutDown.get_token(),
              .report = [&](const Progress& progress) { merger.report(progress); } });
        merger.flush();
        if (engine)
            m_writer.send(protocol::Ready{ protocol::version, engine->info() });
        else
            m_writer.send(protocol::Failed{ 0, engine.error() });
        return engine;
    }

    protocol::Event answer(const Engine& engine, const ServeJob& job)
    {
        ProgressMerger merger([&](const Progress& progress) {
            m_writer.send(protocol::Progressed{ job.id, progress });
            if (m_writer.isBroken())
                shutDown();
        });
        const JobControl control{ .stop = job.stop.get_token(),
                                  .report
                                  = [&](const Progress& progress) { merger.report(progress); } };
        const protocol::Event event = std::visit(
            [&](const auto& request) { return perform(engine, request, control); }, job.request);
        merger.flush();
        return event;
    }

    protocol::Event perform(const Engine& engine, const protocol::Generate& message,
                            const JobControl& control)
    {
        auto ads = engine.generate(message.request, control);
        if (!ads)
            return protocol::Failed{ message.job, ads.error() };
        return protocol::Generated{ message.job, *std::move(ads) };
    }

    protocol::Event perform(const Engine& engine, const protocol::ExtractPreferences& message,
                            const JobControl& control)
    {
        auto profile
            = engine.extractPreferences(message.brief, message.options, message.seed, control);
        if (!profile)
            return protocol::Failed{ message.job, profile.error() };
        return protocol::Extracted{ message.job, *std::move(profile) };
    }

    protocol::Event perform(const Engine&, const protocol::ReadBackgrounds& message,
                            const JobControl& control)
    {
        if (const auto loaded = loadBackgrounds(control); !loaded)
            return protocol::Failed{ message.job, loaded.error() };
        auto features = m_backgrounds->features(message.pictures, control);
        if (!features)
            return protocol::Failed{ message.job, features.error() };
        return protocol::BackgroundsRead{ message.job, *std::move(features),
                                          m_backgrounds->info().hash };
    }

    protocol::Event perform(const Engine&, const protocol::MapDifference& message,
                            const JobControl& control)
    {
        if (const auto loaded = loadBackgrounds(control); !loaded)
            return protocol::Failed{ message.job, loaded.error() };
        auto map = m_backgrounds->differenceMap(message.left, message.right, control);
        if (!map)
            return protocol::Failed{ message.job, map.error() };
        return protocol::DifferenceMapped{ message.job, *std::move(map) };
    }

    // A model that is missing is looked for again by the next job: it may be installed meanwhile.
    Result<void> loadBackgrounds(const JobControl& control)
    {
        if (m_backgrounds)
            return {};
        std::error_code error;
        if (m_options.backgrounds.empty() || !std::filesystem::exists(m_options.backgrounds, error))
            return Error{ ErrorCode::FileNotFound,
                          "The feature model of PBS is not installed: \""
                              + m_options.backgrounds.string()
                              + "\" is missing. Install AdTailor again, or name another with "
                                "adtailor serve --pbs." };
        auto loaded = BackgroundSimilarity::load(m_options.backgrounds, m_options.engine, control);
        if (!loaded)
            return loaded.error();
        m_backgrounds.emplace(*std::move(loaded));
        return {};
    }

    void read()
    {
        protocol::Decoder decoder;
        std::array<std::byte, 65536> buffer{};
        while (waitForInput()) {
            const ssize_t count = ::read(m_options.input, buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                break;
            decoder.feed({ buffer.data(), static_cast<std::size_t>(count) });
            if (!takeRequests(decoder))
                break;
        }
        shutDown();
    }

    // False when the loop shall end. Wakes up now and then to see that.
    bool waitForInput() const
    {
        while (!m_shutDown.stop_requested()) {
            pollfd descriptor{ m_options.input, POLLIN, 0 };
            const int ready = ::poll(&descriptor, 1, 100 /* ms */);
            if (ready > 0)
                return true;
            if (ready < 0 && errno != EINTR)
                return false;
        }
        return false;
    }

    // False after Quit or when the stream is lost.
    bool takeRequests(protocol::Decoder& decoder)
    {
        while (true) {
            auto request = decoder.nextRequest();
            if (!request) {
                m_writer.send(protocol::Failed{ 0, request.error() });
                if (request.error().code != ErrorCode::FileCorrupt)
                    continue; // one bad message between whole frames
                m_broken = request.error();
                return false;
            }
            if (!*request)
                return true;
            if (std::holds_alternative<protocol::Quit>(**request))
                return false;
            take(**std::move(request));
        }
    }

    void take(protocol::Request request)
    {
        if (const auto* cancel = std::get_if<protocol::Cancel>(&request)) {
            if (m_inbox.cancel(cancel->job))
                m_writer.send(protocol::Failed{ cancel->job,
                                                { ErrorCode::Cancelled, "Stopped on request." } });
        } else if (auto* generate = std::get_if<protocol::Generate>(&request)) {
            add({ .id = generate->job, .request = std::move(*generate), .stop = {} });
        } else if (auto* extract = std::get_if<protocol::ExtractPreferences>(&request)) {
            add({ .id = extract->job, .request = std::move(*extract), .stop = {} });
        } else if (auto* backgrounds = std::get_if<protocol::ReadBackgrounds>(&request)) {
            add({ .id = backgrounds->job, .request = std::move(*backgrounds), .stop = {} });
        } else if (auto* difference = std::get_if<protocol::MapDifference>(&request)) {
            add({ .id = difference->job, .request = std::move(*difference), .stop = {} });
        }
    }

    void add(ServeJob job)
    {
        const std::uint64_t id = job.id;
        const auto added = guarded([&] { m_inbox.add(std::move(job)); });
        if (!added)
            m_writer.send(protocol::Failed{ id, added.error() });
    }

    void shutDown()
    {
        m_shutDown.request_stop();
        m_inbox.close();
    }

    const ServeOptions& m_options;
    FrameWriter m_writer;
    std::optional<BackgroundSimilarity> m_backgrounds; // of the engine thread
    JobInbox m_inbox;
    std::stop_source m_shutDown;
    std::optional<Error> m_broken; // written by the reader before it ends
    std::stop_callback<std::function<void()>> m_onStop;
};

} // namespace

Result<void> serve(const ServeOptions& options, const std::stop_token& stop)
{
    std::signal(SIGPIPE, SIG_IGN); // a peer that went away shows as a failed write
    return guarded([&] {
        ServeLoop loop(options, stop);
        loop.run();
        if (loop.brokenProtocol())
            throw Failure(loop.brokenProtocol()->code, loop.brokenProtocol()->detail);
    });
}

} // namespace adtailor
