// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/serve.h>

#include <unistd.h>

namespace adtailor::cli {

namespace {

int serveFrames(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(0);
    ServeOptions options;
    options.model = modelFolder(arguments, context);
    options.engine = engineOptions(arguments, options.model);
    options.backgrounds = arguments.path("pbs").value_or(context.resources / "pbs_mini");
    // Frames keep the real standard output for themselves: whatever a library prints goes to the
    // log.
    options.output = ::dup(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    valueOrThrow(serve(options, context.stop));
    return 0;
}

} // namespace

Command serveCommand()
{
    std::vector<Option> options = engineOptionList();
    options.push_back(
        { "pbs", "FOLDER", "The feature model of PBS (default: the shipped pbs-mini)" });
    CommandHelp help{
        .name = "serve",
        .usage = "serve [OPTIONS]",
        .summary = "Answer framed requests on standard input (the studio starts this).",
        .options = std::move(options),
        .examples = { "serve --model resources/default_model", "serve --device cuda --threads 4" }
    };
    return { help, serveFrames };
}

} // namespace adtailor::cli
