// CandidateSlots: which ads stand at A to D of the compare page, by their numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <array>

namespace adtailor {

class CandidateSlots
{
public:
    static constexpr int count = 4;

    int at(int slot) const { return m_numbers[static_cast<std::size_t>(slot)]; } // 0: empty
    bool contains(int number) const;
    void clear() { m_numbers.fill(0); }
    // Takes out what is gone, then fills the holes in the order of `all`.
    void fill(const QList<int>& all);
    void setPair(int a, int b);
    void put(int slot, int number); // where the ad stands in another slot, both change places
    void swapPair();
    // The next of `all` after this slot's that none of the first `visible` shows; 0: none.
    int neighbour(int slot, int direction, int visible, const QList<int>& all) const;

private:
    bool isShown(int number, int visible) const;

    std::array<int, count> m_numbers{};
};

} // namespace adtailor
