// Instruction: the fixed sentence of the user's turn, with slots for product and history.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/prompt_text.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

// Slots in order: word list, title placeholders, product description, image placeholders.
class Instruction
{
public:
    // Our own short wording, for models that were trained with it.
    static Instruction own();
    // A user's file with four "{}". The published checkpoints need the sentence they were trained
    // with, whose licence does not let us ship it. InvalidInput when the slots are wrong.
    static Instruction load(const std::filesystem::path& path);
    static Instruction fromText(std::string_view text, const std::string& name);

    struct Slots
    {
        std::string wordList;
        std::string titles; // both empty: no history
        std::string description;
        std::string images;
    };
    // Whole, without blank space at both ends, as the public code strips its user's turn.
    std::vector<PromptPiece> fill(const Slots& slots) const;
    // What fromText takes; empty for our own wording.
    const std::string& text() const { return m_text; }

    // True for the exact sentence of the Uni-AdGen public code, told by its SHA-256.
    bool isReference() const { return m_isReference; }
    // The user's turn of the unconditional row in classifier-free guidance.
    std::string_view negative() const;

private:
    std::string m_text;
    std::array<std::string, 5> m_pieces; // around the four slots
    std::array<std::string, 3> m_withoutHistory; // around word list and description
    bool m_isReference = false;
};

} // namespace adtailor
