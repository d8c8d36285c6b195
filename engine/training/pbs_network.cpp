// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/pbs_network.h"

#include "nn/attention.h"

namespace adtailor {

NormalizedMlpImpl::NormalizedMlpImpl(const std::vector<std::int64_t>& widths)
{
    std::size_t place = 0; // as in a Sequential of Linear, norm, ReLU, ...
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
        const bool isLast = i + 2 == widths.size();
        m_linears.push_back(
            register_module(std::to_string(place), plainLinear(widths[i], widths[i + 1])));
        m_norms.push_back(
            register_module(std::to_string(place + 1), BatchNorm(widths[i + 1], !isLast)));
        place += 3;
    }
}

torch::Tensor NormalizedMlpImpl::forward(torch::Tensor x)
{
    for (std::size_t i = 0; i < m_linears.size(); ++i) {
        x = m_norms[i](m_linears[i](x));
        if (i + 1 < m_linears.size())
            x = torch::relu(x);
    }
    return x;
}

torch::Tensor groupContrast(const torch::Tensor& q, const torch::Tensor& k, std::int64_t group,
                            double temperature)
{
    const auto inGroups = [&](const torch::Tensor& rows) { // unit vectors [groups, group, D]
        const auto unit = rows / rows.norm(2, { 1 }, true).clamp_min(1e-12);
        return unit.view({ -1, group, rows.size(1) });
    };
    const auto likeness = inGroups(q).bmm(inGroups(k).transpose(1, 2)) / temperature;
    const auto right = likeness.log_softmax(2).diagonal(0, 1, 2);
    return -2 * temperature * right.mean();
}

PbsNetworkImpl::PbsNetworkImpl(const PbsTrainingConfig& config_)
    : config(config_)
    , base_encoder(register_module("base_encoder", BackgroundEncoder(config.encoder)))
    , momentum_encoder(register_module("momentum_encoder", BackgroundEncoder(config.encoder)))
{
    const std::int64_t out = config.encoder.featureSize, wide = config.projectorSize;
    const std::vector<std::int64_t> widths{ out, wide, wide, out };
    m_head = base_encoder->register_module("head", NormalizedMlp(widths));
    m_momentumHead = momentum_encoder->register_module("head", NormalizedMlp(widths));
    predictor
        = register_module("predictor", NormalizedMlp(std::vector<std::int64_t>{ out, wide, out }));
    for (auto& item : base_encoder->named_parameters()) {
        const bool isOnTop
            = item.key().starts_with("compress_layer.") || item.key().starts_with("head.");
        item.value().set_requires_grad(isOnTop || !config.freezeBackbone);
    }
    for (auto& parameter : momentum_encoder->parameters())
        parameter.set_requires_grad(false);
    copyBase();
}

torch::Tensor PbsNetworkImpl::query(const torch::Tensor& pixels)
{
    return predictor(m_head(base_encoder(pixels)));
}

torch::Tensor PbsNetworkImpl::key(const torch::Tensor& pixels)
{
    const torch::NoGradGuard noGrad;
    return m_momentumHead(momentum_encoder(pixels));
}

torch::Tensor PbsNetworkImpl::loss(const torch::Tensor& first, const torch::Tensor& second)
{
    const auto q1 = query(first), q2 = query(second);
    const auto k1 = key(first), k2 = key(second);
    return groupContrast(q1, k2, config.group, config.temperature)
        + groupContrast(q2, k1, config.group, config.temperature);
}

void PbsNetworkImpl::followBase(double rate)
{
    const torch::NoGradGuard noGrad;
    const auto from = base_encoder->parameters(), to = momentum_encoder->parameters();
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i].lerp_(from[i], 1 - rate);
}

void PbsNetworkImpl::copyBase()
{
    followBase(0);
}

} // namespace adtailor
