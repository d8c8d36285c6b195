// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/vq_task.h"

#include "core/failure.h"
#include "models/janus_names.h"
#include "models/vq_model.h"
#include "nn/pixels.h"
#include "training/initialize.h"
#include "training/patch_discriminator.h"
#include "training/scene_images.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

namespace adtailor {

namespace {

constexpr std::int64_t trainingCrop = 128; // pixels; the network is fully convolutional
constexpr std::int64_t restartInterval = 100; // steps between revivals of unused codes
constexpr double nativeShare = 0.6; // crops at full resolution; the rest are shrunk
constexpr double commitmentWeight = 0.25; // LlamaGen's beta
constexpr double colourWeight = 4, structureWeight = 0.5;
constexpr double bypassShare
    = 0.35; // of a run from scratch: some samples skip quantisation, fewer and fewer
constexpr std::int64_t heldOutPictures = 32;

// Mean absolute difference of neighbouring-pixel differences: punishes blur, not brightness.
torch::Tensor gradientLoss(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto d = a - b;
    return (d.slice(2, 1) - d.slice(2, 0, -1)).abs().mean()
        + (d.slice(3, 1) - d.slice(3, 0, -1)).abs().mean();
}

torch::Tensor structureLoss(torch::Tensor a, torch::Tensor b)
{
    auto loss = gradientLoss(a, b);
    for (int scale = 0; scale < 2; ++scale) {
        a = torch::avg_pool2d(a, { 2, 2 });
        b = torch::avg_pool2d(b, { 2, 2 });
        loss = loss + gradientLoss(a, b) + (a - b).abs().mean();
    }
    return loss;
}

// Mean colour of each 16 x 16 token, hue weighted above brightness: without it a young tokenizer
// spends all its codes on edges and stays grey. Squared, so that it fades as the colours come
// right.
torch::Tensor colourLoss(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto d = torch::avg_pool2d(a - b, { 16, 16 });
    const auto brightness = d.mean(1, true);
    return brightness.square().mean() + 4 * (d - brightness).square().mean();
}

class VqTask final : public TrainingTask
{
public:
    VqTask(const RunConfig& config, const TrainingImages& images, const JobControl& job)
        : m_config(config)
        , m_images(images)
        , m_model(config.model.vq)
        , m_used(torch::zeros({ config.model.vq.codebookSize }, torch::kBool))
    {
        std::vector<std::filesystem::path> training, heldOut;
        for (const Scene& scene : readSceneIndex(config.scenes)) {
            if (scene.split == "train")
                training.push_back(scene.picture);
            else if (scene.split == "valid")
                heldOut.push_back(scene.picture);
        }
        if (training.empty() || heldOut.empty())
            throw Failure(ErrorCode::InvalidInput,
                          (config.scenes / "index.jsonl").string()
                              + " needs rows of the split train and of the split valid. Build the "
                                "data set again.");
        if (config.exampleLimit > 0)
            training.resize(std::min(training.size(), config.exampleLimit));
        heldOut.resize(std::min<std::size_t>(heldOut.size(), heldOutPictures));
        m_pictures = load(training, job);
        m_heldOut = load(heldOut, job);
        useInitialWeights();
    }

    NamedTensors trainedWeights() override
    {
        NamedTensors weights;
        for (const auto& [name, tensor] : modelWeights()) {
            if (tensor.requires_grad())
                weights[name] = tensor;
        }
        if (m_config.adversarialWeight > 0)
            weights.merge(stateDict(*m_discriminator, "discriminator."));
        return weights;
    }
    NamedTensors modelWeights() override { return stateDict(*m_model, vqPrefix); }

    std::vector<std::string> skipped() const override { return m_skipped; }
    NamedTensors state() override { return { { "used", m_used } }; }

    LossTerms loss(CounterRng& random, std::int64_t step) override
    {
        const auto pixels = drawBatch(random);
        return m_config.decoderOnly ? decoderLoss(pixels, step)
                                    : tokenizerLoss(pixels, step, random);
    }

    // A code that nobody chose is moved onto a recent latent, while the learning rate is high.
    void afterStep(std::int64_t step) override
    {
        if (m_config.decoderOnly || step % restartInterval != 0)
            return;
        m_usedShare = m_used.to(torch::kFloat32).mean().item<double>();
        if (step < m_config.steps * 7 / 10) {
            const torch::NoGradGuard noGrad;
            const auto unused = m_used.logical_not().nonzero().squeeze(1);
            const auto donors = torch::randint(m_latest.size(0), { unused.size(0) }, torch::kInt64);
            m_model->quantize->embedding->weight.index_copy_(0, unused,
                                                             m_latest.index_select(0, donors));
        }
        m_used.zero_();
    }

    std::map<std::string, double> heldOutLoss() override
    {
        const torch::NoGradGuard noGrad;
        const auto pixels = normalizePixels(m_heldOut);
        const auto difference = reconstruct(pixels) - pixels;
        const double squared = difference.square().mean().item<double>() / 4; // [0, 1] scale
        const double absolute = difference.abs().mean().item<double>();
        std::map<std::string, double> losses{
            { heldOutTotal, absolute },
            { "held_out_l1", absolute },
            { "held_out_psnr", -10 * std::log10(squared) },
        };
        if (!m_config.decoderOnly)
            losses["codes_used"] = m_usedShare;
        return losses;
    }

    std::map<std::string, double> writeSamples(const std::filesystem::path& folder,
                                               std::int64_t step) override
    {
        const torch::NoGradGuard noGrad;
        std::filesystem::create_directories(folder);
        const auto spaced = torch::arange(0, m_heldOut.size(0), 4);
        const auto pixels = normalizePixels(m_heldOut.index_select(0, spaced));
        const auto sheet
            = contactSheet(torch::cat({ pixels, reconstruct(pixels) }), pixels.size(0));
        const auto file = folder / ("step_" + std::to_string(step) + ".png");
        valueOrThrow(m_images.savePng(sheet, file));
        return {};
    }

private:
    // The readable ones of these pictures.
    torch::Tensor load(const std::vector<std::filesystem::path>& files, const JobControl& job)
    {
        const auto loaded = loadPictures(files, m_config.model.imageSize, m_images, job);
        auto readable = torch::ones({ loaded.pixels.size(0) }, torch::kBool);
        for (const auto& [row, reason] : loaded.unreadable) {
            readable[row] = false;
            m_skipped.push_back(reason);
        }
        if (loaded.unreadable.size() == files.size())
            throw Failure(ErrorCode::InvalidInput,
                          "None of the pictures can be read; the first reason: "
                              + loaded.unreadable.begin()->second);
        return loaded.unreadable.empty() ? loaded.pixels : loaded.pixels.index({ readable });
    }

    LossTerms tokenizerLoss(const torch::Tensor& pixels, std::int64_t step, CounterRng& random)
    {
        const auto z = m_model->latents(pixels);
        const auto unit = z / z.norm(2, 1, true).clamp_min(1e-12);
        const auto ids = m_model->quantize->nearest(z.detach());
        const auto codes = m_model->quantize->lookUp(ids, z.size(2), z.size(3));
        const auto codebook = (codes - unit.detach()).square().mean();
        const auto commitment = (codes.detach() - unit).square().mean();
        const auto quantized = quantizedSamples(step, random).view({ -1, 1, 1, 1 });
        const auto made = m_model->decodeLatents(unit + quantized * (codes - unit).detach());
        m_used.index_fill_(0, ids.flatten(), true);
        m_latest = unit.detach().permute({ 0, 2, 3, 1 }).flatten(0, 2);
        LossTerms terms = pictureLoss(made, pixels, step);
        terms.total = terms.total + codebook + commitmentWeight * commitment;
        terms.parts["commitment"] = commitment.item<double>();
        return terms;
    }

    LossTerms decoderLoss(const torch::Tensor& pixels, std::int64_t step)
    {
        torch::Tensor ids;
        {
            const torch::NoGradGuard noGrad;
            ids = m_model->encode(pixels);
        }
        const std::int64_t side = pixels.size(3) / 16;
        return pictureLoss(m_model->decode(ids, side, side), pixels, step);
    }

    LossTerms pictureLoss(const torch::Tensor& made, const torch::Tensor& pixels, std::int64_t step)
    {
        const auto absolute = (made - pixels).abs().mean();
        const auto structure = structureLoss(made, pixels);
        const auto colour = colourLoss(made, pixels);
        LossTerms terms{ absolute + structureWeight * structure + colourWeight * colour,
                         { { "l1", absolute.item<double>() },
                           { "structure", structure.item<double>() },
                           { "colour", colour.item<double>() } } };
        if (m_config.adversarialWeight > 0) {
            const double ramp = std::min(
                1.0, static_cast<double>(step) / static_cast<double>(m_config.adversarialWarmup));
            const auto own = m_discriminator->ownLoss(pixels, made);
            terms.total = terms.total + own
                + ramp * m_config.adversarialWeight * m_discriminator->decoderLoss(made);
            terms.parts["discriminator"] = own.item<double>();
        }
        return terms;
    }

    void useInitialWeights()
    {
        const torch::NoGradGuard noGrad;
        initializeTokenizer(m_model);
        if (!m_config.initial.empty()) {
            const auto stored = SafetensorsFile::open(m_config.initial);
            for (auto& [name, tensor] : modelWeights())
                torch::Tensor(tensor).copy_(stored.read(name));
        }
        if (m_config.decoderOnly) {
            for (auto& [name, tensor] : stateDict(*m_model)) {
                const bool isDecoder
                    = name.starts_with("decoder.") || name.starts_with("post_quant_conv.");
                torch::Tensor(tensor).set_requires_grad(isDecoder);
            }
        }
        for (auto& parameter : m_model->parameters()) {
            if (parameter.dim() == 4)
                parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
        }
    }

    // [batch, 3, crop, crop] in [-1, 1]: random place, scale, flip, brightness and colour balance.
    // A decoder alone sees whole pictures, as it will when it is used.
    torch::Tensor drawBatch(CounterRng& random)
    {
        std::vector<torch::Tensor> crops;
        const std::int64_t side = m_pictures.size(2);
        const std::int64_t cropSide = m_config.decoderOnly ? side : trainingCrop;
        for (std::int64_t i = 0; i < m_config.batch; ++i) {
            const auto picture = m_pictures[static_cast<std::int64_t>(
                random.below(static_cast<std::uint64_t>(m_pictures.size(0))))];
            const bool native = random.uniform() < nativeShare;
            const std::int64_t cut = native ? cropSide
                                            : cropSide
                    + static_cast<std::int64_t>(random.below(
                        static_cast<std::uint64_t>(side - cropSide + 1)));
            const auto room = static_cast<std::uint64_t>(side - cut + 1);
            const auto y = static_cast<std::int64_t>(random.below(room));
            const auto x = static_cast<std::int64_t>(random.below(room));
            auto crop = resizeBicubic(
                picture.slice(1, y, y + cut).slice(2, x, x + cut).contiguous(), cropSide, cropSide);
            if (random.uniform() < 0.5)
                crop = crop.flip(2);
            crops.push_back(jitter(normalizePixels(crop), random));
        }
        return torch::stack(crops).contiguous(at::MemoryFormat::ChannelsLast);
    }

    static torch::Tensor jitter(const torch::Tensor& pixels, CounterRng& random)
    {
        if (random.uniform() < 0.5)
            return pixels;
        std::vector<float> gains;
        const double brightness = 0.85 + 0.3 * random.uniform();
        for (int channel = 0; channel < 3; ++channel)
            gains.push_back(static_cast<float>(brightness * (0.93 + 0.14 * random.uniform())));
        const auto gain = torch::tensor(gains).view({ 3, 1, 1 });
        return ((pixels + 1) * gain - 1).clamp(-1, 1);
    }

    // [batch] of 1 = decoded from codes, 0 = from the latents themselves. Early on this gives the
    // encoder a clean gradient, without which the latents stay nearly one-dimensional.
    torch::Tensor quantizedSamples(std::int64_t step, CounterRng& random) const
    {
        const double share = m_config.initial.empty()
            ? static_cast<double>(step) / (bypassShare * static_cast<double>(m_config.steps))
            : 1.0;
        std::vector<float> quantized;
        for (std::int64_t i = 0; i < m_config.batch; ++i)
            quantized.push_back(random.uniform() < share ? 1.0F : 0.0F);
        return torch::tensor(quantized);
    }

    torch::Tensor reconstruct(const torch::Tensor& pixels)
    {
        std::vector<torch::Tensor> made;
        for (const auto& part : pixels.split(8)) {
            const auto ids = m_model->encode(part.contiguous(at::MemoryFormat::ChannelsLast));
            made.push_back(m_model->decode(ids, part.size(2) / 16, part.size(3) / 16));
        }
        return torch::cat(made);
    }

    RunConfig m_config;
    TrainingImages m_images;
    VqModel m_model;
    PatchDiscriminator m_discriminator;
    torch::Tensor m_pictures, m_heldOut; // uint8 [N, 3, S, S]
    torch::Tensor m_used; // bool [codes], since the last revival
    torch::Tensor m_latest; // unit latents of the last batch [n, dim]
    double m_usedShare = 0;
    std::vector<std::string> m_skipped;
};

} // namespace

std::unique_ptr<TrainingTask> makeVqTask(const RunConfig& config, const TrainingImages& images,
                                         const JobControl& job)
{
    return std::make_unique<VqTask>(config, images, job);
}

} // namespace adtailor
