// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/instruction.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"

#include <algorithm>
#include <span>
#include <vector>

namespace adtailor {

namespace {

constexpr std::size_t largestInstruction = 4096;
constexpr std::string_view slot = "{}";

// wrap_p2i_prompt of the public code: 339 characters, four slots.
constexpr std::size_t referenceBytes = 339;
constexpr std::string_view referenceHash
    = "f5bb9718f792bc2a6795b6d2ca05b05bd2c71ac4445730a5abc217c081e1e314";

// The negative prompt of PlanGen (Apache-2.0), which the published checkpoints were used with.
constexpr std::string_view referenceNegative
    = "low quality, jpeg artifacts, ugly, duplicate, morbid, mutilated, extra fingers, mutated "
      "hands, poorly drawn hands, poorly drawn face, mutation, deformed, blurry, dehydrated, bad "
      "anatomy, bad proportions, extra limbs, cloned face, disfigured, gross proportions, "
      "malformed "
      "limbs, missing arms, missing legs, extra arms, extra legs, fused fingers, too many fingers.";
constexpr std::string_view ownNegative = "low quality, blurry.";

std::vector<std::string> splitAtSlots(std::string_view text)
{
    std::vector<std::string> pieces;
    for (auto at = text.find(slot); at != std::string_view::npos; at = text.find(slot)) {
        pieces.emplace_back(text.substr(0, at));
        text.remove_prefix(at + slot.size());
    }
    pieces.emplace_back(text);
    return pieces;
}

// Blank space may reach over several pieces when a slot is empty.
void stripEnds(std::vector<PromptPiece>& pieces)
{
    constexpr std::string_view blank = " \t\n\r\v\f";
    for (PromptPiece& piece : pieces) {
        piece.text.erase(0, std::min(piece.text.find_first_not_of(blank), piece.text.size()));
        if (!piece.text.empty())
            break;
    }
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
        piece->text.erase(piece->text.find_last_not_of(blank) + 1);
        if (!piece->text.empty())
            break;
    }
}

} // namespace

Instruction Instruction::own()
{
    Instruction own
        = fromText("Title from '{}' in the style of '{}', then a picture of '{}' in the "
                   "style of {}.",
                   "The built-in instruction");
    own.m_text.clear();
    own.m_withoutHistory = { "Title from '", "', then a picture of '", "'." };
    return own;
}

Instruction Instruction::load(const std::filesystem::path& path)
{
    return fromText(readTextFile(path, largestInstruction), path.string());
}

Instruction Instruction::fromText(std::string_view text, const std::string& name)
{
    while (text.ends_with('\n') || text.ends_with('\r')) // put there by an editor
        text.remove_suffix(1);
    const std::vector<std::string> pieces = splitAtSlots(text);
    if (pieces.size() != 5)
        throw Failure(ErrorCode::InvalidInput,
                      name
                          + " needs exactly four {} (word list, titles, description, pictures); it "
                            "has "
                          + std::to_string(pieces.size() - 1) + ".");
    Instruction instruction;
    instruction.m_text = text;
    std::ranges::copy(pieces, instruction.m_pieces.begin());
    // As the public code does it: the slots of the history stay, empty.
    instruction.m_withoutHistory = { pieces[0], pieces[1] + pieces[2], pieces[3] + pieces[4] };
    instruction.m_isReference = text.size() == referenceBytes && sha256Hex(text) == referenceHash;
    return instruction;
}

std::vector<PromptPiece> Instruction::fill(const Slots& slots) const
{
    using enum PromptPiece::Kind;
    std::vector<PromptPiece> pieces;
    if (slots.titles.empty() && slots.images.empty())
        pieces = { { Frame, m_withoutHistory[0] },
                   { SellingPoints, slots.wordList },
                   { Frame, m_withoutHistory[1] },
                   { Description, slots.description },
                   { Frame, m_withoutHistory[2] } };
    else
        pieces = { { Frame, m_pieces[0] }, { SellingPoints, slots.wordList },
                   { Frame, m_pieces[1] }, { HistoryTitles, slots.titles },
                   { Frame, m_pieces[2] }, { Description, slots.description },
                   { Frame, m_pieces[3] }, { HistoryPictures, slots.images },
                   { Frame, m_pieces[4] } };
    stripEnds(pieces);
    return pieces;
}

std::string_view Instruction::negative() const
{
    return m_isReference ? referenceNegative : ownNegative;
}

} // namespace adtailor
