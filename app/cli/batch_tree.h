// BatchTree: the output folders of a batch, laid out and named as the public evaluation scripts
// expect: {out}/test/hico_p2i_{N}/{step}/pr_image/{n}.png and {step}_batch/{n}_layout.json.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/generation.h>
#include <adtailor/pad1m.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor::cli {

// A row of results.csv.
struct BatchResult
{
    std::int64_t number = 0;
    std::string user, product;
    std::string state; // made, kept, failed
    std::string text; // the ad's title, or why it failed
};

class BatchTree
{
public:
    // N: records asked for; step: the training step that names the run.
    BatchTree(const std::filesystem::path& out, std::int64_t records, std::int64_t step);

    // Creates the folders and claims them for one kind of run: `settings` is kept in batch.json,
    // and a folder that holds another run is refused, so that a resumed batch never mixes two.
    void open(const std::string& settings);
    bool isDone(std::int64_t number) const; // its texts, which are written last, are there
    void write(const Pad1mRecord& record, const Image& cutout, const std::vector<Ad>& ads);
    std::string titleOf(std::int64_t number) const; // of one that is done; empty: unknown
    // results.csv; a cell that a spreadsheet would take for a formula is quoted as text.
    void writeResults(const std::vector<BatchResult>& results) const;
    void writeReport(const std::string& json);
    const std::filesystem::path& root() const { return m_root; }

private:
    std::filesystem::path layoutFile(std::int64_t number) const;
    void writeSheet(const std::string& name, const std::vector<std::vector<Image>>& rows);

    std::filesystem::path m_root;
    std::string m_step;
};

} // namespace adtailor::cli
