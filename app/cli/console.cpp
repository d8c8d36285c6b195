// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include "core/utf8.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace adtailor::cli {

namespace {

constexpr int barWidth = 28;
constexpr std::chrono::milliseconds shownEvery{ 100 };

std::string duration(double seconds)
{
    char text[32];
    if (seconds < 60)
        std::snprintf(text, sizeof text, "%.0f s", std::ceil(seconds));
    else
        std::snprintf(text, sizeof text, "%d min %02d s", int(seconds) / 60, int(seconds) % 60);
    return text;
}

const char* stageText(Stage stage)
{
    switch (stage) {
    case Stage::LoadModel:
        return "Loading model";
    case Stage::Preference:
        return "Reading history";
    case Stage::Title:
        return "Writing title";
    case Stage::Image:
        return "Drawing picture";
    case Stage::Decode:
        return "Finishing pixels";
    case Stage::Train:
        return "Training";
    case Stage::Data:
        return "Building data";
    }
    return "";
}

} // namespace

int exitCode(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Internal:
        return 1;
    case ErrorCode::InvalidInput:
        return 2;
    case ErrorCode::FileNotFound:
        return 3;
    case ErrorCode::FileCorrupt:
        return 4;
    case ErrorCode::ModelMismatch:
        return 5;
    case ErrorCode::OutOfMemory:
        return 6;
    case ErrorCode::DiskFull:
        return 7;
    case ErrorCode::EngineGone:
        return 8;
    case ErrorCode::Cancelled:
        return 130; // as a shell reports SIGINT
    }
    return 1;
}

const char* errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::InvalidInput:
        return "invalid-input";
    case ErrorCode::FileNotFound:
        return "file-not-found";
    case ErrorCode::FileCorrupt:
        return "file-corrupt";
    case ErrorCode::ModelMismatch:
        return "model-mismatch";
    case ErrorCode::OutOfMemory:
        return "out-of-memory";
    case ErrorCode::DiskFull:
        return "disk-full";
    case ErrorCode::EngineGone:
        return "engine-gone";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

const char* stageName(Stage stage)
{
    switch (stage) {
    case Stage::LoadModel:
        return "load";
    case Stage::Preference:
        return "preference";
    case Stage::Title:
        return "title";
    case Stage::Image:
        return "image";
    case Stage::Decode:
        return "decode";
    case Stage::Train:
        return "train";
    case Stage::Data:
        return "data";
    }
    return "";
}

std::string jsonQuoted(const std::string& text)
{
    std::string quoted = "\"";
    for (const char character : repairedUtf8(text)) {
        const auto byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            quoted += '\\';
            quoted += character;
        } else if (byte < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", byte);
            quoted += escape;
        } else {
            quoted += character;
        }
    }
    return quoted + '"';
}

Console::Console(bool json)
    : m_json(json)
    , m_terminal(isatty(STDERR_FILENO) == 1)
{
}

void Console::progress(const Progress& progress)
{
    if (!isDue(progress))
        return;
    if (m_json) {
        std::printf("{\"event\":\"progress\",\"stage\":\"%s\",\"done\":%lld,\"total\":%lld,"
                    "\"tokensPerSecond\":%.2f}\n",
                    stageName(progress.stage), static_cast<long long>(progress.done),
                    static_cast<long long>(progress.total), progress.tokensPerSecond);
        std::fflush(stdout);
    } else if (m_terminal) {
        drawBar(progress);
    }
}

// The first and the last report of a stage, and ten a second between them.
bool Console::isDue(const Progress& progress)
{
    const auto now = std::chrono::steady_clock::now();
    const bool newStage = m_stage != progress.stage;
    if (newStage) {
        m_stage = progress.stage;
        m_stageStart = now;
    }
    if (!newStage && progress.done != progress.total && now - m_lastShown < shownEvery)
        return false;
    m_lastShown = now;
    return true;
}

void Console::drawBar(const Progress& progress)
{
    const double share = progress.total > 0
        ? std::clamp(static_cast<double>(progress.done) / progress.total, 0.0, 1.0)
        : 0.0;
    const int filled = static_cast<int>(share * barWidth);
    const std::chrono::duration<double> elapsed = m_lastShown - m_stageStart;
    std::string tail;
    if (share > 0 && share < 1 && elapsed.count() > 0.5)
        tail = ", " + duration(elapsed.count() * (1 - share) / share) + " left";
    if (progress.tokensPerSecond > 0) {
        char rate[32];
        std::snprintf(rate, sizeof rate, ", %.0f tokens/s", progress.tokensPerSecond);
        tail += rate;
    }
    std::fprintf(stderr, "\r\033[K%-16s [%s%s] %3.0f %%%s", stageText(progress.stage),
                 std::string(filled, '#').c_str(), std::string(barWidth - filled, ' ').c_str(),
                 share * 100, tail.c_str());
    std::fflush(stderr);
    m_barShown = true;
}

void Console::clearBar()
{
    if (m_barShown)
        std::fputs("\r\033[K", stderr);
    m_barShown = false;
}

void Console::result(const std::string& sentence, const std::string& jsonObject)
{
    clearBar();
    std::printf("%s\n", (m_json ? jsonObject : sentence).c_str());
    std::fflush(stdout);
}

void Console::warn(const std::string& sentence)
{
    clearBar();
    if (m_json)
        std::printf("{\"event\":\"warning\",\"detail\":%s}\n", jsonQuoted(sentence).c_str());
    else
        std::fprintf(stderr, "Note: %s\n", sentence.c_str());
    std::fflush(stdout);
}

void Console::fail(const Error& error)
{
    clearBar();
    if (m_json)
        std::printf("{\"event\":\"error\",\"code\":\"%s\",\"detail\":%s}\n", errorName(error.code),
                    jsonQuoted(error.detail).c_str());
    else
        std::fprintf(stderr, "%s\n", error.detail.c_str());
    std::fflush(stdout);
}

} // namespace adtailor::cli
