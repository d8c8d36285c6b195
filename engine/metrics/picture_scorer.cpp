// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/picture_scorer.h"

#include "core/failure.h"
#include "metrics/picture_view.h"
#include "models/clip.h"
#include "models/dinov2.h"
#include "models/image_reward.h"
#include "nn/pixels.h"
#include "text/bpe_tokenizer.h"
#include "text/wordpiece_tokenizer.h"
#include "weights/checkpoint_files.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

#include <cmath>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

// [D], [D] -> [-1, 1]
double cosineOf(const torch::Tensor& a, const torch::Tensor& b)
{
    const double lengths = a.norm().item<double>() * b.norm().item<double>();
    return lengths > 0 ? a.dot(b).item<double>() / lengths : 0;
}

// float [1, 3, side, side]
torch::Tensor viewedPixels(const Image& picture, const PictureView& view,
                           const PixelStatistics& statistics, torch::Device device)
{
    return standardized(toTensor(pictureView(picture, view)).unsqueeze(0).to(device), statistics);
}

torch::Tensor rowOf(const std::vector<std::int32_t>& ids, torch::Device device)
{
    const std::vector<std::int64_t> wide(ids.begin(), ids.end());
    return torch::tensor(wide).unsqueeze(0).to(device);
}

// Features of a few pictures or texts that come again and again: one record's, for all systems.
template<typename Key> class Remembered
{
public:
    template<typename Compute> const torch::Tensor& get(const Key& key, const Compute& compute)
    {
        if (!m_value.defined() || !(m_key == key)) {
            m_value = compute();
            m_key = key;
        }
        return m_value;
    }

private:
    Key m_key;
    torch::Tensor m_value;
};

struct PictureBytes
{
    int width = 0, height = 0;
    std::vector<std::uint8_t> bytes;
    bool operator==(const PictureBytes&) const = default;
};

PictureBytes bytesOfPicture(const Image& picture)
{
    const std::size_t count = static_cast<std::size_t>(picture.width()) * picture.height()
        * static_cast<std::size_t>(picture.hasAlpha() ? 4 : 3);
    return { picture.width(), picture.height(), { picture.data(), picture.data() + count } };
}

// Both CLIP and PickScore, which differ in what they make of the features.
class ClipScorer : public PictureScorer
{
public:
    ClipScorer(const fs::path& path, CropRounding rounding, torch::Device device,
               const JobControl& job)
        : m_tokenizer(BpeTokenizer::load(checkpointFolder(path) / "tokenizer.json"))
        , m_network(loadClip(path, device, job))
        , m_device(device)
    {
        m_view.side = m_view.resizedSide = static_cast<int>(m_network->config.imageSize);
        m_view.rounding = rounding;
        const auto start = m_tokenizer.idOf("<|startoftext|>");
        const auto end = m_tokenizer.idOf("<|endoftext|>");
        if (!start || !end
            || m_tokenizer.vocabularySize()
                > static_cast<std::size_t>(m_network->config.vocabularySize))
            throw Failure(ErrorCode::ModelMismatch,
                          "The tokenizer.json beside " + path.string()
                              + " is not this CLIP model's: use the file that was published with "
                                "it.");
        m_start = *start;
        m_end = *end;
    }

protected:
    torch::Tensor pictureFeatures(const Image& picture)
    {
        return m_network->imageFeatures(viewedPixels(picture, m_view, clipPixels, m_device))[0];
    }

    const torch::Tensor& otherFeatures(const Image& picture)
    {
        return m_other.get(bytesOfPicture(picture), [&] { return pictureFeatures(picture); });
    }

    // Cut to the model's length; the end token stays, as in transformers.
    const torch::Tensor& textFeatures(const std::string& text)
    {
        return m_text.get(text, [&] {
            std::vector<std::int32_t> ids = m_tokenizer.encode(text);
            ids.insert(ids.begin(), m_start);
            ids.resize(
                std::min(ids.size(), static_cast<std::size_t>(m_network->config.positions - 1)));
            ids.push_back(m_end);
            return m_network->textFeatures(rowOf(ids, m_device))[0];
        });
    }

    Clip& network() { return m_network; }
    torch::Device device() const { return m_device; }

private:
    BpeTokenizer m_tokenizer;
    Clip m_network;
    torch::Device m_device;
    PictureView m_view;
    std::int32_t m_start = 0, m_end = 0;
    Remembered<std::string> m_text;
    Remembered<PictureBytes> m_other;
};

class ClipSimilarity : public ClipScorer
{
public:
    // OpenAI's own preprocessing.
    ClipSimilarity(const fs::path& path, const fs::path& head, torch::Device device,
                   const JobControl& job)
        : ClipScorer(path, CropRounding::HalfToEven, device, job)
    {
        if (!head.empty())
            m_head = loadScoreHead(head, network()->config.projectionSize, device, job);
    }

    PictureScores score(const PictureToScore& item) override
    {
        PictureScores scores(m_head ? 3 : 2);
        if (item.picture.isEmpty())
            return scores;
        const auto features = pictureFeatures(item.picture);
        if (!item.other.isEmpty())
            scores[0] = cosineOf(features, otherFeatures(item.other));
        if (!item.text.empty())
            scores[1] = cosineOf(features, textFeatures(item.text));
        if (m_head)
            scores[2] = m_head(features / features.norm()).item<double>();
        return scores;
    }

private:
    ScoreHead m_head{ nullptr }; // may be null
};

class PickScorer : public ClipScorer
{
public:
    PickScorer(const fs::path& path, torch::Device device, const JobControl& job)
        : ClipScorer(path, CropRounding::Down, device, job)
    {
    }

    PictureScores score(const PictureToScore& item) override
    {
        if (item.picture.isEmpty() || item.text.empty())
            return { std::nullopt };
        const double scale = std::exp(network()->logit_scale.item<double>());
        return { scale * cosineOf(pictureFeatures(item.picture), textFeatures(item.text)) };
    }
};

class RewardScorer : public PictureScorer
{
public:
    RewardScorer(const fs::path& path, torch::Device device, const JobControl& job)
        : m_tokenizer(WordPieceTokenizer::load(checkpointFolder(path)))
        , m_network(loadImageReward(path, device, job))
        , m_device(device)
    {
        if (m_tokenizer.vocabularySize()
            > static_cast<std::size_t>(m_network->config.text.vocabularySize))
            throw Failure(ErrorCode::ModelMismatch,
                          "The vocabulary beside " + path.string()
                              + " has more tokens than the model: use bert-base-uncased's.");
        m_view.side = m_view.resizedSide = static_cast<int>(m_network->config.vision.imageSize);
    }

    PictureScores score(const PictureToScore& item) override
    {
        if (item.picture.isEmpty() || item.text.empty())
            return { std::nullopt };
        constexpr std::size_t longestPrompt = 35; // tokens, of the published code
        const auto most = std::min<std::size_t>(
            longestPrompt, static_cast<std::size_t>(m_network->config.text.positions));
        const auto ids = m_tokenizer.encodeSentence(item.text, most);
        return { m_network(viewedPixels(item.picture, m_view, clipPixels, m_device),
                           rowOf(ids, m_device))
                     .item<double>() };
    }

private:
    WordPieceTokenizer m_tokenizer;
    ImageReward m_network;
    torch::Device m_device;
    PictureView m_view;
};

class DinoScorer : public PictureScorer
{
public:
    DinoScorer(const fs::path& path, torch::Device device, const JobControl& job)
        : m_device(device)
    {
        const TensorSource source = openCheckpoint(path).tensors.renamed(olderDinov2Name);
        const Dinov2Config config = dinov2Config(source);
        {
            const DeferredInit deferred;
            m_network = Dinov2(config);
        }
        StateDictRules rules;
        rules.place = [&](const std::string&) {
            return torch::TensorOptions(device).dtype(torch::kFloat32);
        };
        loadStateDict(*m_network, source, rules, job);
        m_network->eval();
        m_view = { .resizedSide = 256, .side = 224, .rounding = CropRounding::Down };
        m_view.side -= m_view.side % static_cast<int>(config.patch);
    }

    PictureScores score(const PictureToScore& item) override
    {
        if (item.picture.isEmpty() || item.other.isEmpty())
            return { std::nullopt };
        const auto& other
            = m_other.get(bytesOfPicture(item.other), [&] { return summary(item.other); });
        return { cosineOf(summary(item.picture), other) };
    }

private:
    static Dinov2Config dinov2Config(const TensorSource& source)
    {
        const CheckpointShapes shapes(source, "DINOv2 model",
                                      "Use a checkpoint such as dinov2-base.");
        Dinov2Config c;
        c.hiddenSize = shapes.of("embeddings.cls_token", 3)[2];
        if (c.hiddenSize % 64 != 0)
            shapes.refuse("its width is not a multiple of 64");
        c.heads = c.hiddenSize / 64; // in every DINOv2
        c.layers = shapes.count("encoder.layer.", ".norm1.weight");
        c.feedForwardSize = shapes.of("encoder.layer.0.mlp.fc1.weight", 2)[0];
        c.patch = shapes.of("embeddings.patch_embeddings.projection.weight", 4)[2];
        if (c.patch > 64)
            shapes.refuse("its patches are too large");
        c.nativeSide = shapes.gridSide(shapes.of("embeddings.position_embeddings", 3)[1]);
        c.interpolation = PositionInterpolation::TargetSize;
        return c;
    }

    torch::Tensor summary(const Image& picture)
    {
        return m_network->tokens(viewedPixels(picture, m_view, imageNetPixels, m_device))[0][0];
    }

    torch::Device m_device;
    Dinov2 m_network{ nullptr };
    PictureView m_view;
    Remembered<PictureBytes> m_other;
};

} // namespace

std::unique_ptr<PictureScorer> loadPictureScorer(PictureModel kind, const fs::path& path,
                                                 const fs::path& head, torch::Device device,
                                                 const JobControl& job)
{
    switch (kind) {
    case PictureModel::Clip:
        return std::make_unique<ClipSimilarity>(path, head, device, job);
    case PictureModel::PickScore:
        return std::make_unique<PickScorer>(path, device, job);
    case PictureModel::ImageReward:
        return std::make_unique<RewardScorer>(path, device, job);
    case PictureModel::Dino:
        break;
    }
    return std::make_unique<DinoScorer>(path, device, job);
}

} // namespace adtailor
