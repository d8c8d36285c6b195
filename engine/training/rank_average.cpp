// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rank_average.h"

namespace adtailor {

namespace {

constexpr std::int64_t bucketBytes = 25 << 20; // many small messages are slow, one large one waits

// Whether it was finite, the losses, and which weights have a gradient.
void averageNumbers(const Ranks& ranks, const NamedTensors& weights,
                    std::map<std::string, double>& losses, bool& finite)
{
    std::vector<double> numbers{ finite ? 0.0 : 1.0 };
    for (const auto& [name, value] : losses)
        numbers.push_back(value);
    for (const auto& [name, weight] : weights)
        numbers.push_back(weight.grad().defined() ? 1.0 : 0.0);
    const auto sums = torch::tensor(numbers, torch::kFloat64);
    ranks.addUp(sums);
    const double* sum = sums.const_data_ptr<double>();
    finite = *sum++ == 0;
    for (auto& [name, value] : losses)
        value = *sum++ / ranks.count();
    for (const auto& [name, weight] : weights) {
        if (*sum++ > 0 && !weight.grad().defined())
            torch::Tensor(weight).mutable_grad() = torch::zeros_like(weight);
    }
}

void averageBucket(const Ranks& ranks, const std::vector<torch::Tensor>& gradients)
{
    std::vector<torch::Tensor> flat;
    for (const auto& gradient : gradients)
        flat.push_back(gradient.reshape({ -1 }));
    const auto bucket = torch::cat(flat);
    ranks.addUp(bucket);
    bucket.div_(ranks.count());
    std::int64_t start = 0;
    for (const auto& gradient : gradients) {
        torch::Tensor(gradient).copy_(bucket.narrow(0, start, gradient.numel()).view_as(gradient));
        start += gradient.numel();
    }
}

} // namespace

void averageOverRanks(const Ranks& ranks, const NamedTensors& weights,
                      std::map<std::string, double>& losses, bool& finite)
{
    const torch::NoGradGuard noGrad;
    averageNumbers(ranks, weights, losses, finite);
    std::vector<torch::Tensor> bucket;
    std::int64_t bytes = 0;
    const auto send = [&] {
        if (!bucket.empty())
            averageBucket(ranks, bucket);
        bucket.clear();
        bytes = 0;
    };
    for (const auto& [name, weight] : weights) {
        const torch::Tensor& gradient = weight.grad();
        if (!gradient.defined())
            continue;
        if (!bucket.empty() && bucket[0].dtype() != gradient.dtype())
            send();
        bucket.push_back(gradient);
        bytes += static_cast<std::int64_t>(gradient.nbytes());
        if (bytes >= bucketBytes)
            send();
    }
    send();
}

} // namespace adtailor
