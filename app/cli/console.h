// Console: what a command shows: a progress bar on a terminal, JSON lines with --json, one sentence
// for each error.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <chrono>
#include <optional>
#include <string>

namespace adtailor::cli {

// 0 when all is well; one number per ErrorCode; 9 when some items of a batch failed.
int exitCode(ErrorCode code);
inline constexpr int exitPartial = 9;
const char* errorName(ErrorCode code); // "invalid-input", as in JSON lines
const char* stageName(Stage stage); // "image"

class Console
{
public:
    explicit Console(bool json);

    void progress(const Progress& progress);
    // One result line: plain text for people, or one JSON object.
    void result(const std::string& sentence, const std::string& jsonObject);
    void warn(const std::string& sentence);
    void fail(const Error& error);
    bool isJson() const { return m_json; }

private:
    void drawBar(const Progress& progress);
    void clearBar();
    bool isDue(const Progress& progress);

    bool m_json;
    bool m_terminal;
    bool m_barShown = false;
    std::optional<Stage> m_stage;
    std::chrono::steady_clock::time_point m_stageStart;
    std::chrono::steady_clock::time_point m_lastShown;
};

// A JSON string literal of UTF-8 text.
std::string jsonQuoted(const std::string& text);

} // namespace adtailor::cli
