// WeightAverage: an exponential moving average of the trained weights (EMA), which generates more
// steadily than the weights of the last step.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training_task.h"

namespace adtailor {

class WeightAverage
{
public:
    // decay: 0 = off, and then everything here does nothing; typically 0.999.
    WeightAverage(NamedTensors weights, double decay);

    // average = d * average + (1 - d) * weights, d growing to `decay` in the first steps, so that
    // the fresh weights are soon forgotten. step: finished steps.
    void update(std::int64_t step);
    // The weights take the average's values and the average theirs; call it twice.
    void swap();

    NamedTensors state() const; // "average.NAME"
    void restore(const NamedTensors& state);

private:
    NamedTensors m_weights, m_average;
    double m_decay;
};

} // namespace adtailor
