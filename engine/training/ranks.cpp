// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ranks.h"

#include "core/failure.h"

#ifdef ADTAILOR_RANKS
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <string>

namespace adtailor {

namespace {

[[maybe_unused]] constexpr std::chrono::minutes joinTimeout{ 5 };
[[maybe_unused]] constexpr std::chrono::minutes stepTimeout{ 30 };
[[maybe_unused]] constexpr std::chrono::hours barrierTimeout{ 24 * 30 };

std::string variable(const char* name, const char* instead = "")
{
    const char* value = std::getenv(name);
    if (value == nullptr && *instead != '\0')
        value = std::getenv(instead);
    return value == nullptr ? std::string() : value;
}

int toNumber(const char* name, const std::string& text, int least, int most)
{
    int value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || rest != text.data() + text.size() || value < least || value > most)
        throw Failure(ErrorCode::InvalidInput,
                      std::string(name) + " is \"" + text.substr(0, 40)
                          + "\", not a whole number between " + std::to_string(least) + " and "
                          + std::to_string(most)
                          + ". Start with torchrun --no-python or srun, or unset it.");
    return value;
}

} // namespace

#ifdef ADTAILOR_RANKS

struct Ranks::Group
{
    c10::intrusive_ptr<c10d::Store> store;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
};

namespace {

// torchrun keeps the store itself; else the first rank does.
c10::intrusive_ptr<c10d::Store> makeStore(const std::string& host, int port, int rank, int count)
{
    const bool hasAgent = variable("TORCHELASTIC_USE_AGENT_STORE") == "True";
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(port);
    options.isServer = rank == 0 && !hasAgent;
    options.numWorkers = static_cast<std::size_t>(count);
    options.waitWorkers = !hasAgent;
    options.timeout = joinTimeout;
    const auto store = c10::make_intrusive<c10d::TCPStore>(host, options);
    const std::string attempt = variable("TORCHELASTIC_RESTART_COUNT");
    return c10::make_intrusive<c10d::PrefixStore>("adtailor/" + attempt, store);
}

std::shared_ptr<::gloo::transport::Device> makeDevice(const std::string& host)
{
    using c10d::ProcessGroupGloo;
    if (const std::string interface = variable("GLOO_SOCKET_IFNAME"); !interface.empty())
        return ProcessGroupGloo::createDeviceForInterface(interface);
    if (host == "localhost" || host == "127.0.0.1" || host == "::1")
        return ProcessGroupGloo::createDeviceForHostname(host == "::1" ? host : "127.0.0.1");
    return ProcessGroupGloo::createDefaultDevice();
}

} // namespace

Ranks Ranks::join()
{
    Ranks ranks;
    const std::string host = variable("MASTER_ADDR");
    const std::string count
        = host.empty() ? variable("WORLD_SIZE") : variable("WORLD_SIZE", "SLURM_NTASKS");
    if (count.empty() || toNumber("WORLD_SIZE", count, 1, 4096) == 1)
        return ranks;
    if (host.empty())
        throw Failure(ErrorCode::InvalidInput,
                      "WORLD_SIZE is " + count
                          + " but MASTER_ADDR is not set. Start with torchrun --no-python or "
                            "srun, or unset WORLD_SIZE.");
    ranks.m_count = toNumber("WORLD_SIZE", count, 2, 4096);
    ranks.m_rank = toNumber("RANK", variable("RANK", "SLURM_PROCID"), 0, ranks.m_count - 1);
    const int port = toNumber("MASTER_PORT", variable("MASTER_PORT"), 1, 65535);
    try {
        auto group = std::make_unique<Group>();
        group->store = makeStore(host, port, ranks.m_rank, ranks.m_count);
        const auto options = c10d::ProcessGroupGloo::Options::create(stepTimeout);
        options->devices.push_back(makeDevice(host));
        group->gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(group->store, ranks.m_rank,
                                                                  ranks.m_count, options);
        ranks.m_group = std::move(group);
    } catch (const std::exception& error) {
        const std::string what = error.what();
        throw Failure(ErrorCode::EngineGone,
                      "Rank " + std::to_string(ranks.m_rank) + " of "
                          + std::to_string(ranks.m_count) + " could not meet the others at " + host
                          + ":" + std::to_string(port)
                          + ". Check that all of them were started and that this address can be "
                            "reached. ("
                          + what.substr(0, std::min<std::size_t>(what.find('\n'), 300)) + ")");
    }
    return ranks;
}

void Ranks::together(const std::function<void(Group&)>& work) const
{
    if (!m_group)
        return;
    try {
        work(*m_group);
    } catch (const std::exception&) {
        throw Failure(ErrorCode::EngineGone,
                      "Rank " + std::to_string(m_rank) + " lost another process of this run: it "
                          + "ended, or did not answer for " + std::to_string(stepTimeout.count())
                          + " minutes. Its own message says why. The last checkpoint is kept: "
                            "start all of them again.");
    }
}

void Ranks::addUp(torch::Tensor values) const
{
    together([&](Group& group) {
        std::vector<torch::Tensor> tensors{ values };
        group.gloo->allreduce(tensors)->wait();
    });
}

void Ranks::share(torch::Tensor values) const
{
    together([&](Group& group) {
        // Gloo wants contiguous memory; a copy of a tensor that is so already costs nothing.
        std::vector<torch::Tensor> tensors{ values.contiguous() };
        group.gloo->broadcast(tensors)->wait();
        if (!tensors[0].is_same(values))
            values.copy_(tensors[0]);
    });
}

std::int64_t Ranks::highest(std::int64_t value) const
{
    auto values = torch::tensor({ value }, torch::kInt64);
    together([&](Group& group) {
        std::vector<torch::Tensor> tensors{ values };
        c10d::AllreduceOptions options;
        options.reduceOp = c10d::ReduceOp::MAX;
        group.gloo->allreduce(tensors, options)->wait();
    });
    return values[0].item<std::int64_t>();
}

void Ranks::barrier() const
{
    together([&](Group& group) {
        c10d::BarrierOptions options;
        options.timeout = barrierTimeout;
        group.gloo->barrier(options)->wait();
    });
}

#else

struct Ranks::Group
{
};

Ranks Ranks::join()
{
    const std::string count = variable("WORLD_SIZE");
    if (!count.empty() && toNumber("WORLD_SIZE", count, 1, 4096) > 1)
        throw Failure(ErrorCode::InvalidInput,
                      "WORLD_SIZE is " + count
                          + ", but this program was built without libgloo-dev and trains in one "
                            "process. Install it and build again, or unset WORLD_SIZE.");
    return {};
}

void Ranks::together(const std::function<void(Group&)>&) const { }
void Ranks::addUp(torch::Tensor) const { }
void Ranks::share(torch::Tensor) const { }
void Ranks::barrier() const { }
std::int64_t Ranks::highest(std::int64_t value) const
{
    return value;
}

#endif

Ranks::Ranks() = default;
Ranks::Ranks(Ranks&&) noexcept = default;
Ranks::~Ranks() = default;

} // namespace adtailor
