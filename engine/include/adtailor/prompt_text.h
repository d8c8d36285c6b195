// promptPieces: the words of the chat that a model reads, in pieces that say where they come from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/brief.h>
#include <adtailor/error.h>

#include <string>
#include <vector>

namespace adtailor {

struct PromptPiece
{
    enum class Kind {
        Frame, // fixed: turns of the chat and the words of the instruction
        SellingPoints, // joined by commas
        Description,
        HistoryTitles, // one placeholder for each clicked title that is read
        HistoryPictures, // one for each clicked picture
    };
    Kind kind = Kind::Frame;
    std::string text;
};

// The text before tokens are made of it; it ends where the model begins to write the title.
// instruction: ModelInfo::instruction. historyItems: of the history that the model reads.
Result<std::vector<PromptPiece>> promptPieces(const std::string& instruction,
                                              const Product& product, int historyItems);

} // namespace adtailor
