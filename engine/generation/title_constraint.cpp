// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/title_constraint.h"

#include "text/prompt.h"

#include <algorithm>
#include <bit>
#include <cctype>
#include <tuple>

namespace adtailor {

namespace {

constexpr int mostPoints = 4; // in one title
constexpr std::size_t readablePoints = 64; // bits of Reading::used

std::string withFirstLetter(std::string text, int (*change)(int))
{
    if (!text.empty() && static_cast<unsigned char>(text[0]) < 0x80)
        text[0] = static_cast<char>(change(static_cast<unsigned char>(text[0])));
    return text;
}

bool isPlain(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A name in capitals ("Coffee Machine") is never made small.
bool isName(std::string_view text)
{
    return std::ranges::any_of(text.substr(1), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool same(const TitleConstraint::Reading& a, const TitleConstraint::Reading& b)
{
    return std::tie(a.used, a.piece, a.offset, a.last)
        == std::tie(b.used, b.piece, b.offset, b.last);
}

} // namespace

TitleConstraint::TitleConstraint(const std::vector<std::string>& points,
                                 const std::vector<std::string>& joints)
{
    if (joints.empty())
        return;
    for (std::size_t i = 0; i < std::min(points.size(), readablePoints); ++i) {
        if (points[i].empty())
            continue;
        const std::string large = withFirstLetter(points[i], std::toupper);
        const std::string small
            = isName(points[i]) ? large : withFirstLetter(points[i], std::tolower);
        m_pieces.push_back({ large, Piece::Point, static_cast<int>(i) });
        if (small != large)
            m_pieces.push_back({ small, Piece::Point, static_cast<int>(i) });
    }
    m_points = std::min<int>(mostPoints, static_cast<int>(points.size()));
    m_pointPieces = static_cast<int>(m_pieces.size());
    // Joints of the points' own writing: Latin ones for Latin points.
    const bool plain = std::ranges::all_of(points, isPlain);
    for (const std::string& marked : joints) {
        const Piece piece = joint(marked);
        if (!piece.text.empty() && isPlain(piece.text) == plain)
            m_pieces.push_back(piece);
    }
    m_pieces.push_back({ std::string(titleClose), Piece::Close });
}

TitleConstraint::Piece TitleConstraint::joint(const std::string& marked)
{
    if (marked.starts_with('^'))
        return { marked.substr(1), Piece::Lead };
    if (marked.ends_with('$'))
        return { marked.substr(0, marked.size() - 1), Piece::End };
    return { marked, Piece::Between };
}

bool TitleConstraint::mayBegin(const Reading& reading, const Piece& piece) const
{
    const int written = std::popcount(reading.used);
    switch (piece.kind) {
    case Piece::Lead:
        return reading.last == Reading::Nothing;
    case Piece::Between:
        return reading.last == Reading::Point && written < m_points;
    case Piece::End:
        return reading.last == Reading::Point;
    case Piece::Close:
        return reading.last == Reading::Point || reading.last == Reading::End;
    case Piece::Point:
        break;
    }
    const bool isUnused = (reading.used >> static_cast<unsigned>(piece.point) & 1U) == 0;
    const bool follows = reading.last == Reading::Nothing || reading.last == Reading::Joint;
    return isUnused && follows && written < m_points;
}

void TitleConstraint::feedPiece(Reading reading, char byte, State& next) const
{
    const Piece& piece = m_pieces[static_cast<std::size_t>(reading.piece)];
    if (piece.text[reading.offset] != byte)
        return;
    if (++reading.offset == piece.text.size()) {
        if (piece.point >= 0)
            reading.used |= std::uint64_t{ 1 } << static_cast<unsigned>(piece.point);
        reading.last = piece.kind == Piece::Point ? Reading::Point
            : piece.kind == Piece::End            ? Reading::End
                                                  : Reading::Joint;
        reading.piece = -1;
        reading.offset = 0;
    }
    if (std::ranges::none_of(next, [&](const Reading& known) { return same(known, reading); }))
        next.push_back(reading);
}

void TitleConstraint::feed(const Reading& reading, char byte, State& next) const
{
    if (reading.piece >= 0) {
        feedPiece(reading, byte, next);
        return;
    }
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        if (m_pieces[i].text[0] != byte || !mayBegin(reading, m_pieces[i]))
            continue;
        Reading begun = reading;
        begun.piece = static_cast<std::int32_t>(i);
        begun.offset = 0;
        feedPiece(begun, byte, next);
    }
}

TitleConstraint::State TitleConstraint::advance(const State& state, std::string_view bytes) const
{
    State current = state;
    for (const char byte : bytes) {
        State next;
        for (const Reading& reading : current)
            feed(reading, byte, next);
        if (next.empty())
            return {};
        current = std::move(next);
    }
    return current;
}

} // namespace adtailor
