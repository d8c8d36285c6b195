// serve: one engine behind the protocol's frames, for a child process or `ssh host adtailor serve`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/model.h>

#include <filesystem>
#include <stop_token>

namespace adtailor {

struct ServeOptions
{
    std::filesystem::path model;
    EngineOptions engine;
    // The feature model of PBS, loaded by the first job that asks; FileNotFound when it is missing.
    std::filesystem::path backgrounds;
    int input = 0; // file descriptors
    int output = 1; // carries frames and nothing else
};

// Answers until Quit, end of input or `stop`. A model that cannot be loaded is reported as Failed
// with job 0, and every later job is answered with the same error. FileCorrupt when the peer broke
// the protocol, so that the stream had to be closed.
Result<void> serve(const ServeOptions& options, const std::stop_token& stop = {});

} // namespace adtailor
