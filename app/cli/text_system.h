// TextSystem: titles by a published text model, as one system of an evaluation.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"

#include <adtailor/pad1m.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor::cli {

class TextSystem
{
public:
    static constexpr std::string_view mark = "chat:"; // NAME=chat:FOLDER

    // folder: OUT/systems/NAME; gets titles.csv and settings.json.
    TextSystem(std::string name, std::filesystem::path model, std::filesystem::path folder);

    std::filesystem::path file() const { return m_folder / "titles.csv"; }

    // Writes what is not there yet; the history is put into the question. Problems of one record
    // are warnings. InvalidInput when the folder holds titles of another model or other settings.
    void write(const Arguments& arguments, const Context& context,
               const std::filesystem::path& input, const std::vector<Pad1mRecord>& records,
               std::int64_t lastRecord) const;

private:
    std::string m_name;
    std::filesystem::path m_model, m_folder;
};

} // namespace adtailor::cli
