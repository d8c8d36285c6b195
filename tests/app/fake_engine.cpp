// A stand-in for `adtailor serve` that behaves as its first argument says: ok, slow, crash,
// crash-once FILE, garbage, hang, deaf, no-model, no-model-waits, silent, no-pbs. It speaks the
// real frames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/protocol.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>

using namespace adtailor;

namespace {

std::atomic<std::uint64_t> cancelled{ 0 };
std::string mode;
constexpr int side = 16;
constexpr int cell = 16;

void send(const protocol::Event& event)
{
    const auto frame = protocol::encode(event);
    if (!frame)
        std::abort();
    std::fwrite(frame->data(), 1, frame->size(), stdout);
    std::fflush(stdout);
}

// A lit wall over a table, in colours that depend on the seed; rows from `rows` on are black.
Image picture(std::uint64_t seed, int rows)
{
    const int size = side * cell;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size) * size * 3);
    for (int y = 0; y < rows * cell; ++y) {
        for (int x = 0; x < size; ++x) {
            const bool table = y > size * 3 / 4;
            const double light = 1.0 - 0.5 * std::hypot(x - size / 3.0, y - size / 3.0) / size;
            auto* pixel = &pixels[(static_cast<std::size_t>(y) * size + x) * 3];
            for (int c = 0; c < 3; ++c) {
                const int base = table ? 120 : 150 + static_cast<int>((seed * 37 + c * 61) % 90);
                pixel[c] = static_cast<std::uint8_t>(base * light);
            }
        }
    }
    return Image(size, size, 3, std::move(pixels));
}

std::string titleOf(const GenerationRequest& request, int index)
{
    if (request.title)
        return *request.title;
    const auto& points = request.brief.product.sellingPoints;
    std::string title = request.brief.product.title;
    for (int i = 0; i < std::min<int>(2, static_cast<int>(points.size())); ++i)
        title += (i ? ", " : ": ") + points[(i + index) % points.size()];
    return title;
}

std::vector<std::int32_t> tokensOf(const GenerationRequest& request, int index, int count)
{
    std::vector<std::int32_t> tokens = request.imagePrefix;
    tokens.resize(count, static_cast<std::int32_t>(request.seed + index));
    return tokens;
}

void pause(int milliseconds)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

bool stopped(std::uint64_t job)
{
    if (cancelled != job || mode == "deaf")
        return false;
    send(protocol::Failed{ job, { ErrorCode::Cancelled, "Stopped." } });
    return true;
}

void generate(const protocol::Generate& message)
{
    const GenerationRequest& request = message.request;
    const int wait = mode == "slow" || mode == "deaf" ? 20 : 0;
    Progress progress;
    for (int i = 0; i < request.count; ++i)
        progress.titles.push_back(titleOf(request, i));
    progress.stage = Stage::Preference;
    send(protocol::Progressed{ message.job, progress });
    const std::vector<std::string> titles = progress.titles;
    progress.stage = Stage::Title;
    progress.total = request.maxTitleTokens;
    for (std::size_t length = 4; length <= titles[0].size() && !request.title; length += 4) {
        for (std::size_t i = 0; i < titles.size(); ++i)
            progress.titles[i] = titles[i].substr(0, length);
        progress.done = static_cast<std::int64_t>(length / 4);
        progress.tokensPerSecond = 40;
        send(protocol::Progressed{ message.job, progress });
        pause(wait);
        if (stopped(message.job))
            return;
    }
    progress.titles = titles;
    progress.stage = Stage::Image;
    progress.total = side * side;
    for (int token = static_cast<int>(request.imagePrefix.size()) + 1; token <= side * side;
         ++token) {
        progress.done = token;
        progress.previews.clear();
        progress.previewRows = token / side;
        progress.tokens.clear();
        for (int i = 0; token % side == 0 && i < request.count; ++i) {
            progress.previews.push_back(picture(request.seed + i, token / side));
            progress.tokens.push_back(tokensOf(request, i, token));
        }
        send(protocol::Progressed{ message.job, progress });
        pause(wait);
        if (stopped(message.job))
            return;
    }
    protocol::Generated done{ message.job, {} };
    for (int i = 0; i < request.count; ++i) {
        Ad ad;
        ad.title = titles[i];
        ad.textTokens = { 1, 2, 3 };
        ad.imageTokens = tokensOf(request, i, side * side);
        // A whole given picture stays the one it was: its tokens name its seed.
        const bool given = request.imagePrefix.size() == side * side;
        ad.image = picture(given ? request.imagePrefix[0] : request.seed + i, side);
        ad.seed = request.seed + i;
        ad.modelHash = "fake";
        done.ads.push_back(std::move(ad));
    }
    send(done);
}

void extract(const protocol::ExtractPreferences& message)
{
    protocol::Extracted done{ message.job, {} };
    done.profile.similarityMethod = "words and letters";
    const int clicks = static_cast<int>(message.brief.history.size());
    for (int i = 0; i < clicks; ++i)
        done.profile.similarities.push_back(0.2F + 0.6F * static_cast<float>((i * 7) % 11) / 11.0F);
    for (int i = 0; i < std::min(clicks, 8); ++i) {
        const int index = (i * 3) % clicks;
        PreferenceProfile::Item item{ index, done.profile.similarities[index], {}, {}, {} };
        for (int patch = 0; patch < 64; ++patch) // a lit corner that shrinks from item to item
            item.patches.push_back(patch % 8 + patch / 8 < 9 - i ? 1.0F / (1 + i) : 0);
        item.wordTexts = { " warm", " light", " and", " oak" };
        item.words = { 1.0F / (1 + i), 0.2F, 0, i < 2 ? 0.6F : 0 };
        done.profile.items.push_back(std::move(item));
    }
    send(done);
}

// Three numbers that follow the mean colour: PBS of them tells the fake pictures apart.
void readBackgrounds(const protocol::ReadBackgrounds& message)
{
    if (mode == "no-pbs") {
        send(protocol::Failed{ message.job,
                               { ErrorCode::FileNotFound, "The feature model is missing." } });
        return;
    }
    protocol::BackgroundsRead done{ message.job, {}, "fake" };
    for (const Image& picture : message.pictures) {
        BackgroundFeature feature(3);
        const std::size_t pixels = picture.byteCount() / picture.channels();
        for (std::size_t i = 0; i < pixels; ++i)
            for (int c = 0; c < 3; ++c)
                feature[c] += (picture.data()[i * picture.channels() + c] - 120.0F)
                    / static_cast<float>(pixels);
        done.features.push_back(std::move(feature));
    }
    Progress progress;
    progress.stage = Stage::Data;
    progress.done = progress.total = 1;
    send(protocol::Progressed{ message.job, progress });
    pause(mode == "slow" ? 300 : 0);
    if (!stopped(message.job))
        send(done);
}

void mapDifference(const protocol::MapDifference& message)
{
    DifferenceMap map{ .side = 4, .extent = 0.875, .cells = {}, .score = 0.5 };
    for (int i = 0; i < 16; ++i)
        map.cells.push_back(static_cast<float>(i) / 100);
    send(protocol::DifferenceMapped{ message.job, std::move(map) });
}

void handle(const protocol::Request& request, const std::string& marker)
{
    if (const auto* cancel = std::get_if<protocol::Cancel>(&request)) {
        cancelled = cancel->job;
        return;
    }
    if (std::holds_alternative<protocol::Quit>(request))
        std::_Exit(0);
    if (mode == "crash-once" && !std::ifstream(marker)) {
        std::ofstream(marker) << "died";
        std::abort();
    }
    if (mode == "crash")
        std::abort();
    if (mode == "garbage") {
        std::puts("Segmentation fault? No, just a stray print.");
        std::fflush(stdout);
        return;
    }
    if (mode == "hang")
        return;
    if (const auto* job = std::get_if<protocol::Generate>(&request))
        std::thread(generate, *job).detach();
    else if (const auto* ask = std::get_if<protocol::ExtractPreferences>(&request))
        extract(*ask);
    else if (const auto* read = std::get_if<protocol::ReadBackgrounds>(&request))
        std::thread(readBackgrounds, *read).detach();
    else if (const auto* map = std::get_if<protocol::MapDifference>(&request))
        mapDifference(*map);
}

} // namespace

int main(int argc, char** argv)
{
    mode = argc > 1 ? argv[1] : "ok";
    const std::string marker = argc > 2 ? argv[2] : "";
    if (mode == "no-model" || mode == "no-model-waits") {
        send(protocol::Failed{ 0, { ErrorCode::FileNotFound, "model.safetensors is missing." } });
        if (mode == "no-model-waits")
            pause(60'000);
        return 3;
    }
    if (mode == "silent")
        pause(60'000);
    send(protocol::Progressed{ 0, {} });
    ModelInfo model;
    model.name = "fake";
    model.quality = "demo";
    model.device = "cpu";
    model.imageSize = side * cell;
    model.gridSide = side;
    model.historyLength = 8;
    model.parameters = 9'000'000;
    send(protocol::Ready{ protocol::version, model });

    protocol::Decoder decoder;
    std::array<std::byte, 65536> buffer;
    while (true) {
        const ssize_t count = ::read(0, buffer.data(), buffer.size());
        if (count <= 0)
            return 0;
        decoder.feed(std::span(buffer.data(), static_cast<std::size_t>(count)));
        while (true) {
            const auto request = decoder.nextRequest();
            if (!request)
                return 4;
            if (!request->has_value())
                break;
            handle(**request, marker);
        }
    }
}
