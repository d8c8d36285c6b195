// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/candidate_slots.h"

#include <algorithm>

namespace adtailor {

bool CandidateSlots::contains(int number) const
{
    return isShown(number, count);
}

bool CandidateSlots::isShown(int number, int visible) const
{
    const auto end = m_numbers.begin() + visible;
    return std::find(m_numbers.begin(), end, number) != end;
}

void CandidateSlots::fill(const QList<int>& all)
{
    for (int& number : m_numbers)
        if (!all.contains(number))
            number = 0;
    for (const int candidate : all) {
        const auto hole = std::find(m_numbers.begin(), m_numbers.end(), 0);
        if (hole != m_numbers.end() && !contains(candidate))
            *hole = candidate;
    }
}

void CandidateSlots::setPair(int a, int b)
{
    std::replace_if(
        m_numbers.begin() + 2, m_numbers.end(), [&](int n) { return n == a || n == b; }, 0);
    m_numbers[0] = a;
    m_numbers[1] = b;
}

void CandidateSlots::put(int slot, int number)
{
    int& here = m_numbers[static_cast<std::size_t>(slot)];
    const auto there = std::find(m_numbers.begin(), m_numbers.end(), number);
    if (there != m_numbers.end())
        std::swap(*there, here);
    else
        here = number;
}

void CandidateSlots::swapPair()
{
    std::swap(m_numbers[0], m_numbers[1]);
}

int CandidateSlots::neighbour(int slot, int direction, int visible, const QList<int>& all) const
{
    if (all.size() <= visible)
        return 0;
    qsizetype at = all.indexOf(this->at(slot));
    do {
        at = (at + direction + all.size()) % all.size();
    } while (isShown(all[at], visible));
    return all[at];
}

} // namespace adtailor
