// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/memory_plan.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <dlfcn.h>
#include <memory>
#include <optional>
#include <string_view>

namespace adtailor {

namespace {

// Files of the kernel have no size of their own, so they are read as streams.
std::string kernelText(const char* path)
{
    std::string text(16384, '\0');
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path, "r"), std::fclose);
    text.resize(file ? std::fread(text.data(), 1, text.size(), file.get()) : 0);
    return text;
}

std::optional<std::uint64_t> numberIn(std::string_view text)
{
    const auto first = text.find_first_of("0123456789");
    if (first == std::string_view::npos)
        return {};
    std::uint64_t value = 0;
    const auto result = std::from_chars(text.data() + first, text.data() + text.size(), value);
    return result.ec == std::errc() ? std::optional(value) : std::nullopt;
}

// A line of /proc/meminfo, in bytes.
std::uint64_t memoryLine(std::string_view text, std::string_view name)
{
    const auto at = text.find(name);
    return at == std::string_view::npos
        ? 0
        : numberIn(text.substr(at + name.size())).value_or(0) * 1024;
}

// NVIDIA's management library, as its public header nvml.h declares it. It comes with the driver,
// so it is looked for at run time.
class Nvml
{
public:
    Nvml()
        : m_library(dlopen("libnvidia-ml.so.1", RTLD_LAZY | RTLD_LOCAL))
    {
        const auto init = function<int()>("nvmlInit_v2");
        m_ready = init && init() == 0;
    }
    ~Nvml()
    {
        if (const auto shutdown = function<int()>("nvmlShutdown"); m_ready && shutdown)
            shutdown();
        if (m_library)
            dlclose(m_library);
    }
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    std::vector<MemoryRoom> rooms() const
    {
        std::vector<MemoryRoom> found;
        const auto count = function<int(unsigned*)>("nvmlDeviceGetCount_v2");
        const auto handle = function<int(unsigned, void**)>("nvmlDeviceGetHandleByIndex_v2");
        const auto memory = function<int(void*, Memory*)>("nvmlDeviceGetMemoryInfo");
        unsigned devices = 0;
        if (!m_ready || !count || !handle || !memory || count(&devices) != 0)
            return found;
        for (unsigned i = 0; i < devices && i < 64; ++i) {
            void* device = nullptr;
            Memory sizes;
            if (handle(i, &device) != 0 || memory(device, &sizes) != 0)
                continue;
            found.push_back({ "cuda:" + std::to_string(i), sizes.total, sizes.free });
        }
        return found;
    }

private:
    struct Memory // nvmlMemory_t
    {
        unsigned long long total = 0, free = 0, used = 0;
    };

    template<typename Signature> Signature* function(const char* name) const
    {
        return m_library ? reinterpret_cast<Signature*>(dlsym(m_library, name)) : nullptr;
    }

    void* m_library = nullptr;
    bool m_ready = false;
};

} // namespace

MemoryRoom mainMemory()
{
    const std::string text = kernelText("/proc/meminfo");
    MemoryRoom room{ .device = "cpu",
                     .total = memoryLine(text, "MemTotal:"),
                     .available = memoryLine(text, "MemAvailable:") };
    // "max" holds no digit: no limit of the group.
    const auto most = numberIn(kernelText("/sys/fs/cgroup/memory.max"));
    const auto used = numberIn(kernelText("/sys/fs/cgroup/memory.current"));
    if (most && *most < room.total) {
        room.total = *most;
        room.available = std::min(room.available, *most - std::min(*most, used.value_or(0)));
    }
    return room;
}

std::vector<MemoryRoom> memoryRooms()
{
    std::vector<MemoryRoom> rooms{ mainMemory() };
    const std::vector<MemoryRoom> gpus = Nvml().rooms();
    rooms.insert(rooms.end(), gpus.begin(), gpus.end());
    return rooms;
}

} // namespace adtailor
