// The commands of `adtailor`: each takes the words after its name and answers an exit code.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "arguments.h"
#include "console.h"

#include <stop_token>
#include <string>
#include <vector>

namespace adtailor::cli {

struct Context
{
    std::filesystem::path resources; // default model, samples, self-test fixtures
    std::stop_token stop; // set by Ctrl+C and SIGTERM
    Console& console;
};

struct Command
{
    CommandHelp help;
    int (*run)(const Arguments&, const Context&); // throws Failure
};

Command generateCommand();
Command batchCommand();
Command serveCommand();
Command checkCommand();
Command datasetCommand();
Command evaluateCommand();
Command exportCommand();
Command modelsCommand();
Command pbsCommand();
Command studyCommand();
Command trainCommand();
Command verifyCommand();

} // namespace adtailor::cli
