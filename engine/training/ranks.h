// Ranks: the processes that train one model together, each on its part of every batch.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <functional>
#include <memory>

namespace adtailor {

// What is done here is done by all processes in the same order. Each call waits for the others;
// EngineGone when one of them has ended (at once), or has not come for half an hour.
class Ranks
{
public:
    Ranks(); // this process alone: nothing below does anything
    Ranks(Ranks&&) noexcept;
    ~Ranks();

    // As RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT say, which torchrun sets; under srun
    // SLURM_PROCID and SLURM_NTASKS stand in for the first two when MASTER_ADDR is set. Alone
    // without them. Waits up to 5 minutes for the others.
    static Ranks join();

    int rank() const { return m_rank; }
    int count() const { return m_count; }
    bool isFirst() const { return m_rank == 0; }

    void addUp(torch::Tensor values) const; // in place: the sum over all
    void share(torch::Tensor values) const; // in place: the first rank's values
    std::int64_t highest(std::int64_t value) const;
    // For work of any length before it: the waiting has no limit but a lost process.
    void barrier() const;

private:
    struct Group;
    void together(const std::function<void(Group&)>& work) const;

    std::unique_ptr<Group> m_group;
    int m_rank = 0, m_count = 1;
};

} // namespace adtailor
