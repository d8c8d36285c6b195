// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/pbs_task.h"

#include "core/failure.h"
#include "training/pbs_network.h"
#include "training/scene_images.h"
#include "weights/state_dict.h"

#include <algorithm>
#include <numbers>
#include <numeric>

namespace adtailor {

namespace {

constexpr double strongestGain = 0.1; // colour and brightness of a view, up and down
constexpr std::int64_t sampleRows = 6, sampleColumns = 8;

// The pictures of one split, and which of them show one product.
struct PbsPictures
{
    torch::Tensor pixels; // uint8 [N, 3, R, R], R = the model's resizedSide()
    std::vector<std::string> products, styles;
    // Per product, per style, the rows; only products with enough styles for a group.
    std::vector<std::vector<std::vector<std::int64_t>>> groups;
};

void groupByProduct(PbsPictures& pictures, std::int64_t group)
{
    std::map<std::string, std::map<std::string, std::vector<std::int64_t>>> byProduct;
    for (std::size_t i = 0; i < pictures.products.size(); ++i)
        byProduct[pictures.products[i]][pictures.styles[i]].push_back(static_cast<std::int64_t>(i));
    for (const auto& [product, styles] : byProduct) {
        if (static_cast<std::int64_t>(styles.size()) < group)
            continue;
        pictures.groups.emplace_back();
        for (const auto& [style, rows] : styles)
            pictures.groups.back().push_back(rows);
    }
}

// Another of these rows; the same one when there is no other.
std::int64_t otherThan(std::int64_t row, const std::vector<std::int64_t>& rows, CounterRng& random)
{
    if (rows.size() < 2)
        return row;
    const std::size_t place = random.below(rows.size() - 1);
    return rows[place] == row ? rows.back() : rows[place];
}

double draw(CounterRng& random, double low, double high)
{
    return low + (high - low) * random.uniform();
}

class PbsTask final : public TrainingTask
{
public:
    PbsTask(const RunConfig& config, const TrainingImages& images, const JobControl& job)
        : m_config(config)
        , m_pbs(*config.pbs)
        , m_images(images)
        , m_network(*config.pbs)
        , m_training(load("train", config.exampleLimit, job))
        , m_heldOut(load("valid", 0, job))
    {
        if (!config.initial.empty()) {
            loadBackbone(m_network->base_encoder, config.initial, job);
            m_network->copyBase();
        }
        m_network->train();
    }

    NamedTensors trainedWeights() override
    {
        NamedTensors weights;
        for (const auto& [name, tensor] : stateDict(*m_network)) {
            if (tensor.requires_grad())
                weights[name] = tensor;
        }
        return weights;
    }

    NamedTensors modelWeights() override
    {
        NamedTensors weights = stateDict(*m_network->base_encoder);
        std::erase_if(weights, [](const auto& item) { return item.first.starts_with("head."); });
        return weights;
    }

    // The second encoder, the running statistics, and a frozen backbone.
    NamedTensors state() override
    {
        NamedTensors rest = stateDict(*m_network);
        std::erase_if(rest, [](const auto& item) { return item.second.requires_grad(); });
        return rest;
    }

    std::vector<std::string> skipped() const override { return m_skipped; }

    LossTerms loss(CounterRng& random, std::int64_t /*step*/) override
    {
        std::vector<torch::Tensor> first, second;
        for (const auto& [row, sibling] : drawRows(random)) {
            first.push_back(drawView(m_training.pixels[row], random));
            second.push_back(drawView(m_training.pixels[sibling], random));
        }
        const auto total = m_network->loss(normalizeForBackground(torch::stack(first)),
                                           normalizeForBackground(torch::stack(second)));
        return { total, { { "contrast", total.item<double>() } } };
    }

    void afterStep(std::int64_t step) override
    {
        const double done = static_cast<double>(step - 1)
            / static_cast<double>(std::max<std::int64_t>(1, m_config.steps));
        const double away = (1 - m_pbs.momentum) * (std::cos(std::numbers::pi * done) + 1) / 2;
        m_network->followBase(1 - away);
    }

    std::map<std::string, double> heldOutLoss() override
    {
        const torch::NoGradGuard noGrad;
        m_network->eval();
        std::vector<std::int64_t> rows;
        for (const auto& styles : m_heldOut.groups) {
            for (std::int64_t i = 0;
                 i < static_cast<std::int64_t>(styles.size()) / m_pbs.group * m_pbs.group; ++i)
                rows.push_back(styles[static_cast<std::size_t>(i)].front());
        }
        const auto views = centre(m_heldOut.pixels.index_select(0, torch::tensor(rows)));
        const auto loss
            = m_network->loss(normalizeForBackground(views), normalizeForBackground(views.flip(3)));
        const Separation apart
            = separationOf(heldOutFeatures(), m_heldOut.products, m_heldOut.styles);
        m_network->train();
        return { { heldOutTotal, loss.item<double>() },
                 { "held_out_auc", apart.auc },
                 { "held_out_same", apart.sameMean },
                 { "held_out_other", apart.otherMean } };
    }

    // Rows: a held-out picture and those of other products that are most like it by PBS.
    std::map<std::string, double> writeSamples(const std::filesystem::path& folder,
                                               std::int64_t step) override
    {
        const torch::NoGradGuard noGrad;
        m_network->eval();
        const auto unit = heldOutFeatures();
        m_network->train();
        std::vector<std::int64_t> shown;
        const std::int64_t count = unit.size(0);
        for (std::int64_t row = 0; row < std::min(sampleRows, count); ++row) {
            const std::int64_t picture = row * count / sampleRows;
            const auto order = unit.mv(unit[picture]).argsort(0, true);
            shown.push_back(picture);
            for (std::int64_t i = 0; i < count && std::ssize(shown) % sampleColumns != 0; ++i) {
                const auto other = order[i].item<std::int64_t>();
                if (m_heldOut.products[other] != m_heldOut.products[picture])
                    shown.push_back(other);
            }
            shown.resize(static_cast<std::size_t>(row + 1) * sampleColumns, picture);
        }
        std::filesystem::create_directories(folder);
        const auto sheet
            = contactSheet(m_heldOut.pixels.index_select(0, torch::tensor(shown)), sampleColumns);
        valueOrThrow(m_images.savePng(sheet, folder / ("step_" + std::to_string(step) + ".png")));
        return {};
    }

private:
    PbsPictures load(const std::string& split, std::size_t limit, const JobControl& job)
    {
        PbsPictures pictures;
        std::vector<Scene> scenes = readSceneIndex(m_config.scenes);
        std::erase_if(scenes, [&](const Scene& scene) { return scene.split != split; });
        std::vector<std::filesystem::path> files;
        for (const Scene& scene : scenes)
            files.push_back(scene.picture);
        if (limit > 0) // an estimate: still enough for a group or two
            files.resize(std::min(files.size(), std::max<std::size_t>(limit, 4 * m_pbs.group)));
        auto loaded = loadPictures(files, m_pbs.encoder.resizedSide(), m_images, job);
        std::vector<std::int64_t> readable;
        for (std::int64_t i = 0; i < loaded.pixels.size(0); ++i) {
            if (const auto bad = loaded.unreadable.find(i); bad != loaded.unreadable.end()) {
                m_skipped.push_back(bad->second);
                continue;
            }
            readable.push_back(i);
            pictures.products.push_back(scenes[static_cast<std::size_t>(i)].product);
            pictures.styles.push_back(scenes[static_cast<std::size_t>(i)].style);
        }
        pictures.pixels = std::ssize(readable) == loaded.pixels.size(0)
            ? loaded.pixels
            : loaded.pixels.index_select(0, torch::tensor(readable, torch::kInt64));
        groupByProduct(pictures, m_pbs.group);
        if (pictures.groups.empty())
            throw Failure(ErrorCode::InvalidInput,
                          (m_config.scenes / "index.jsonl").string()
                              + " has no product of the split " + split + " with "
                              + std::to_string(m_pbs.group)
                              + " readable pictures of different \"style\": PBS learns from one "
                                "product on different backgrounds. Lower \"group\" or add scenes.");
        return pictures;
    }

    // `batch` products, of each `group` pictures on different backgrounds; for each the picture of
    // its second view.
    std::vector<std::pair<std::int64_t, std::int64_t>> drawRows(CounterRng& random)
    {
        const auto below
            = [&](std::size_t limit) { return static_cast<std::size_t>(random.below(limit)); };
        std::vector<std::pair<std::int64_t, std::int64_t>> rows;
        for (std::int64_t product = 0; product < m_config.batch; ++product) {
            const auto& styles = m_training.groups[below(m_training.groups.size())];
            std::vector<std::size_t> order(styles.size());
            std::iota(order.begin(), order.end(), 0U);
            for (std::size_t i = 0; i < static_cast<std::size_t>(m_pbs.group); ++i) {
                std::swap(order[i], order[i + below(order.size() - i)]);
                const std::vector<std::int64_t>& scenes = styles[order[i]];
                const std::int64_t row = scenes[below(scenes.size())];
                const bool isSibling
                    = m_pbs.siblingViews > 0 && random.uniform() < m_pbs.siblingViews;
                rows.emplace_back(row, isSibling ? otherThan(row, scenes, random) : row);
            }
        }
        return rows;
    }

    // A mild view, float in 0 ... 255, that keeps the background: where it is cut, mirrored or not,
    // and a little of its light and colour.
    torch::Tensor drawView(const torch::Tensor& picture, CounterRng& random) const
    {
        const std::int64_t side = m_pbs.encoder.vision.imageSize;
        const auto room = static_cast<std::uint64_t>(picture.size(1) - side + 1);
        const auto y = static_cast<std::int64_t>(random.below(room));
        const auto x = static_cast<std::int64_t>(random.below(room));
        auto view = picture.narrow(1, y, side).narrow(2, x, side).to(torch::kFloat32);
        if (random.uniform() < 0.5)
            view = view.flip(2);
        const double brightness = draw(random, 1 - strongestGain, 1 + strongestGain);
        std::vector<float> gains;
        for (int channel = 0; channel < 3; ++channel)
            gains.push_back(static_cast<float>(
                brightness * draw(random, 1 - strongestGain / 2, 1 + strongestGain / 2)));
        return (view * torch::tensor(gains).view({ 3, 1, 1 })).clamp_(0, 255);
    }

    torch::Tensor centre(const torch::Tensor& pictures) const
    {
        const std::int64_t side = m_pbs.encoder.vision.imageSize;
        const std::int64_t start = (pictures.size(2) - side) / 2;
        return pictures.narrow(2, start, side).narrow(3, start, side);
    }

    torch::Tensor heldOutFeatures() // unit length; the network is in evaluation
    {
        std::vector<torch::Tensor> rows;
        for (const auto& part : centre(m_heldOut.pixels).split(16))
            rows.push_back(m_network->base_encoder(normalizeForBackground(part)));
        const auto features = torch::cat(rows);
        return features / features.norm(2, { 1 }, true).clamp_min(1e-12);
    }

    RunConfig m_config;
    PbsTrainingConfig m_pbs;
    TrainingImages m_images;
    PbsNetwork m_network;
    std::vector<std::string> m_skipped;
    PbsPictures m_training, m_heldOut;
};

} // namespace

Separation separationOf(const torch::Tensor& unit, const std::vector<std::string>& products,
                        const std::vector<std::string>& backgrounds)
{
    const auto likeness = unit.mm(unit.t()).to(torch::kCPU).contiguous();
    const auto* scores = likeness.const_data_ptr<float>();
    const std::size_t count = products.size();
    std::map<std::string, std::pair<std::vector<float>, std::vector<float>>> pairs; // same, other
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = i + 1; j < count; ++j) {
            if (products[i] != products[j])
                continue;
            auto& [same, other] = pairs[products[i]];
            (backgrounds[i] == backgrounds[j] ? same : other).push_back(scores[i * count + j]);
        }
    }
    double won = 0, compared = 0, sameSum = 0, otherSum = 0, sames = 0, others = 0;
    for (auto& [product, lists] : pairs) {
        auto& [same, other] = lists;
        std::ranges::sort(other);
        for (const float score : same) {
            const auto [low, high] = std::ranges::equal_range(other, score);
            won += static_cast<double>(low - other.begin()) + static_cast<double>(high - low) / 2;
        }
        compared += static_cast<double>(same.size()) * static_cast<double>(other.size());
        sameSum = std::accumulate(same.begin(), same.end(), sameSum);
        otherSum = std::accumulate(other.begin(), other.end(), otherSum);
        sames += static_cast<double>(same.size());
        others += static_cast<double>(other.size());
    }
    return { won / compared, sameSum / sames, otherSum / others };
}

std::unique_ptr<TrainingTask> makePbsTask(const RunConfig& config, const TrainingImages& images,
                                          const JobControl& job)
{
    return std::make_unique<PbsTask>(config, images, job);
}

} // namespace adtailor
