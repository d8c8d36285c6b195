// The table of commands of `adtailor`.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "interrupt.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace adtailor;
using namespace adtailor::cli;

namespace {

std::vector<Command> allCommands()
{
#ifdef ADTAILOR_IMAGING
    return { generateCommand(), batchCommand(),   serveCommand(),  evaluateCommand(),
             checkCommand(),    datasetCommand(), trainCommand(),  modelsCommand(),
             pbsCommand(),      exportCommand(),  verifyCommand(), studyCommand() };
#else
    return { serveCommand(), checkCommand(),
             modelsCommand() }; // what a server without image codecs can do
#endif
}

std::string overview(const std::vector<Command>& commands)
{
    std::string text
        = "AdTailor makes personalised ads: a product cutout, its selling points and one "
          "person's click\nhistory go in, a title and a picture come out.\n\n"
          "Usage: adtailor COMMAND [OPTIONS]\n\nCommands:\n";
    for (const Command& command : commands) {
        std::string name = command.help.name;
        name.resize(10, ' ');
        text += "  " + name + command.help.summary + "\n";
    }
    return text
        + "\nadtailor COMMAND --help shows the options and examples of one.\n\n"
          "Examples:\n"
          "  adtailor generate --sample --count 4 --out out\n"
          "  adtailor generate --cutout shoe.png --description \"White running shoe\" \\\n"
          "      --point \"light sole\" --history persona.json --out out\n\n"
          "Exit codes: 0 done, 1 internal error, 2 wrong input, 3 file not found, 4 file damaged,\n"
          "5 wrong model, 6 out of memory, 7 disk full, 9 a part of a batch failed,\n10 made "
          "again, an ad differs, 130 stopped.\n";
}

// Beside the source tree in a build, under share/ once installed.
std::filesystem::path resourceFolder()
{
    if (const char* given = std::getenv("ADTAILOR_RESOURCES"))
        return given;
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    const auto installed = folder.parent_path() / "share" / "adtailor";
    return std::filesystem::is_directory(installed, error) ? installed : ADTAILOR_SOURCE_RESOURCES;
}

// OpenMP's threads spin while they wait unless the environment says otherwise before the library is
// loaded. Beside any other busy program that made one ad on two cores take ten times as long, so
// the command starts itself once more with the policy set.
void waitWithoutSpinning(char** argv)
{
    if (std::getenv("OMP_WAIT_POLICY") != nullptr)
        return;
    setenv("OMP_WAIT_POLICY", "passive", 1);
    execv("/proc/self/exe", argv); // comes back only if it failed; then it is just slower
}

int run(const Command& command, std::vector<std::string> words, const std::stop_token& stop)
{
    if (std::find(words.begin(), words.end(), "--help") != words.end()) {
        std::fputs(helpText(command.help).c_str(), stdout);
        return 0;
    }
    const auto json = std::find(words.begin(), words.end(), "--json");
    Console console(json != words.end());
    const auto code = guarded([&] {
        const Arguments arguments(command.help, words);
        return command.run(arguments, { resourceFolder(), stop, console });
    });
    if (code)
        return *code;
    console.fail(code.error());
    return exitCode(code.error().code);
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<std::string> words(argv + 1, argv + argc);
    const std::vector<Command> commands = allCommands();
    if (words.size() == 2 && words[0] == "help")
        words = { words[1], "--help" };
    if (words.empty() || words[0] == "--help" || words[0] == "help") {
        std::fputs(overview(commands).c_str(), words.empty() ? stderr : stdout);
        return words.empty() ? exitCode(ErrorCode::InvalidInput) : 0;
    }
    if (words[0] == "--version") {
        std::puts("adtailor " ADTAILOR_VERSION);
        return 0;
    }
    const auto command = std::find_if(commands.begin(), commands.end(), [&](const Command& known) {
        return known.help.name == words[0];
    });
    if (command == commands.end()) {
        std::fprintf(stderr, "There is no command \"%s\"; adtailor --help lists them.\n",
                     words[0].c_str());
        return exitCode(ErrorCode::InvalidInput);
    }
    if (std::find(words.begin(), words.end(), "--help") == words.end())
        waitWithoutSpinning(argv);
    const Interrupt interrupt;
    return run(*command, { words.begin() + 1, words.end() }, interrupt.token());
}
