// TitleConstraint: keeps a title to whole selling points, joined by phrases the model was taught.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

// Lexically constrained decoding: a title is any chain of joints and points in which every point
// stands word for word (its first letter large or small), none stands twice, no two stand without
// a joint between them, and at least one stands; then the closing tag. The model still chooses
// which points, in which order, and in which manner they are joined.
class TitleConstraint
{
public:
    // joints: texts between points, with their spaces and punctuation, such as ": " or " with ".
    // One marked "^" in front only begins a title ("^Say hello to the "), one marked "$" behind
    // only ends it ("!$"). Points beyond the 64th are not used.
    TitleConstraint(const std::vector<std::string>& points, const std::vector<std::string>& joints);

    // All ways in which a title so far can be read; empty: it cannot be completed.
    struct Reading
    {
        std::uint64_t used = 0; // points that stand so far
        std::int32_t piece = -1; // being written; -1: between two pieces
        std::uint32_t offset = 0; // bytes of it that are written
        enum Last : std::uint8_t { Nothing, Joint, Point, End } last = Nothing; // whole piece
    };
    using State = std::vector<Reading>;

    bool isActive() const { return m_pointPieces > 0; }
    State start() const { return { Reading{} }; }
    State advance(const State& state, std::string_view bytes) const;

private:
    struct Piece
    {
        std::string text;
        enum Kind : std::uint8_t { Point, Lead, Between, End, Close } kind = Between;
        int point = -1; // which selling point
    };

    bool mayBegin(const Reading& reading, const Piece& piece) const;
    static Piece joint(const std::string& marked);
    void feed(const Reading& reading, char byte, State& next) const;
    void feedPiece(Reading reading, char byte, State& next) const;

    std::vector<Piece> m_pieces;
    int m_points = 0; // the most that may stand in one title
    int m_pointPieces = 0;
};

} // namespace adtailor
