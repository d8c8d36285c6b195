// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ad_task.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/sha256.h"
#include "generation/ad_generator.h"
#include "models/janus_names.h"
#include "nn/autocast.h"
#include "nn/lora.h"
#include "nn/pixels.h"
#include "nn/recompute.h"
#include "training/ad_sources.h"
#include "training/batch_part.h"
#include "training/collator.h"
#include "training/dpo.h"
#include "training/fine_tuning.h"
#include "training/initialize.h"
#include "training/objective.h"
#include "training/sample_pbs.h"
#include "training/scene_images.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <adtailor/pad1m.h>

#include <numeric>
#include <set>
#include <span>

namespace adtailor {

namespace {

constexpr std::int64_t heldOutBatch = 8;
constexpr std::size_t sampleAds = 6; // drawn at each validation, always for the same briefs
constexpr std::uint64_t heldOutSeed = 20260512;

// A start file may lack whole parts (a tokenizer alone, or a model without history); these keep
// their fresh weights. The image tokenizer must be there. prefix: only names that begin with it.
void loadInitial(UniAdGen& model, const SafetensorsFile& file, const std::string& prefix)
{
    const torch::NoGradGuard noGrad;
    for (auto& [name, tensor] : stateDict(*model)) {
        if (!name.starts_with(prefix))
            continue;
        const bool present = file.contains(name);
        if (!present && name.starts_with(vqPrefix))
            throw Failure(ErrorCode::ModelMismatch,
                          file.path().string() + ": \"" + name
                              + "\" is missing. Train the image tokenizer first (stage vq).");
        if (!present)
            continue;
        if (file.shape(name) != tensor.sizes().vec())
            throw Failure(ErrorCode::ModelMismatch,
                          file.path().string() + ": \"" + name
                              + "\" has another shape than run.json says.");
        torch::Tensor(tensor).copy_(file.read(name));
    }
}

UniAdGen makeModel(const RunConfig& config)
{
    if (config.initial.empty())
        throw Failure(ErrorCode::InvalidInput,
                      "run.json: \"initial\" is missing: a file with the trained tokenizer.");
    UniAdGen model(config.model);
    const auto initial = SafetensorsFile::open(config.initial);
    loadInitial(model, initial, vqPrefix); // fresh image embeddings are its codebook
    initializeWeights(model);
    loadInitial(model, initial, {});
    return model;
}

// People are told apart by their histories.
TrainedUsers usersOf(const AdSamples& data)
{
    std::set<std::string> people;
    for (const AdSample& sample : data.samples) {
        std::string history;
        for (std::size_t i = 0; i < sample.historyTitles.size(); ++i)
            history
                += std::to_string(sample.historyPictures[i]) + ' ' + sample.historyTitles[i] + '\n';
        people.insert(sha256Hex(std::as_bytes(std::span(history))));
    }
    Sha256 hash;
    for (const std::string& person : people)
        hash.update(std::as_bytes(std::span(person)));
    return { static_cast<std::int64_t>(people.size()), hash.hex() };
}

// A held-out click as a user would bring it, and the ad that was really clicked.
struct SampleBrief
{
    Brief brief;
    Image clicked;
    std::string title;
};

std::vector<SampleBrief> loadSampleBriefs(const AdSampleSource& source,
                                          const TrainingImages& images)
{
    std::vector<SampleBrief> briefs;
    const auto read = [&](const Pad1mRecord& record) {
        SampleBrief sample;
        sample.clicked = valueOrThrow(images.load(record.targetImage));
        sample.title = record.titles.front();
        sample.brief.product.title = record.description;
        sample.brief.product.sellingPoints = record.sellingPoints;
        sample.brief.product.cutout = valueOrThrow(images.load(record.cutout));
        for (std::size_t i = 0; i < record.historyImages.size(); ++i)
            sample.brief.history.push_back(
                { valueOrThrow(images.load(record.historyImages[i])), record.historyTitles[i] });
        return sample;
    };
    const auto add = [&](const Pad1mRecord& record) {
        if (!source.takes(record))
            return true;
        auto sample = guarded([&] { return read(record); });
        if (sample)
            briefs.push_back(std::move(*sample));
        else if (!isBadPicture(sample.error().code)) // a bad one is reported with the records
            throw Failure(sample.error().code, sample.error().detail);
        return briefs.size() < sampleAds;
    };
    static_cast<void>(valueOrThrow(readPad1m(source.records, source.options(), add)));
    return briefs;
}

class AdTask final : public TrainingTask
{
public:
    AdTask(const RunConfig& config, const TrainingImages& images, const JobControl& job)
        : m_config(config)
        , m_images(images)
        , m_model(config.base ? loadBase(config, job) : makeModel(config))
        , m_tokenizer(BpeTokenizer::load(config.tokenizer))
        , m_instruction(config.instruction.empty() ? Instruction::own()
                                                   : Instruction::load(config.instruction))
        , m_prompts(m_tokenizer, SpecialTokens::registerIn(m_tokenizer), placeholders(config.model),
                    m_instruction)
    {
        for (auto& parameter : m_model->gen_vision_model->parameters())
            parameter.set_requires_grad(false);
        const AdSources sources = adSources(config, job);
        m_note = sources.note;
        m_briefs = loadSampleBriefs(sources.heldOut, images);
        if (!images.pbsModel.empty())
            preparePbs();
        m_training = loadAdSamples(sources.training, m_model, images, job);
        m_heldOut = loadAdSamples(sources.heldOut, m_model, images, job);
        if (!config.dpoBeta)
            return;
        m_rejected = loadRejected(sources.training, m_training, m_model, images, job);
        m_heldOutRejected = loadRejected(sources.heldOut, m_heldOut, m_model, images, job);
    }

    NamedTensors trainedWeights() override
    {
        NamedTensors weights;
        for (auto& [name, tensor] : stateDict(*m_model)) {
            if (tensor.requires_grad() && (usesHistory() || !isPreferenceWeight(name)))
                weights[name] = tensor;
        }
        return weights;
    }
    double rate(const std::string& name) const override
    {
        return isPreferenceWeight(name) ? m_config.preferenceRate : 1.0;
    }
    NamedTensors modelWeights() override { return stateDict(*m_model); }
    TrainedUsers users() const override { return usersOf(m_training); }
    std::vector<std::string> skipped() const override
    {
        std::vector<std::string> all;
        if (!m_note.empty())
            all.push_back(m_note);
        all.insert(all.end(), m_training.skipped.begin(), m_training.skipped.end());
        all.insert(all.end(), m_heldOut.skipped.begin(), m_heldOut.skipped.end());
        return all;
    }

    LossTerms loss(CounterRng& random, std::int64_t) override
    {
        m_model->train();
        const RecomputeGuard recompute(m_config.gradientCheckpointing);
        const AutocastGuard autocast(trainingType());
        if (m_config.dpoBeta)
            return pairLoss(random);
        const Collator collator(m_training, m_config.model, m_tokenizer, m_prompts);
        auto total = torch::zeros({});
        std::map<std::string, double> parts;
        if (m_config.batch > 0) {
            Part part = draw(m_config.batch, trainingOptions(), collator, random);
            part.batch.history.trainsEmbeddings = m_config.historyTrainsEmbeddings;
            const auto full = jointLoss(m_model, part.batch, m_config.imageStartWeight);
            total = total + m_config.textWeight * part.textShare * full.text
                + m_config.imageWeight * full.image;
            parts["text"] = part.textShare * full.text.item<double>();
            parts["image"] = full.image.item<double>();
            parts["image_start"] = full.imageStart;
            parts["text_accuracy"] = part.textShare * share(full);
        }
        if (m_config.textBatch > 0) {
            auto options = trainingOptions();
            options.pictures = options.history = false;
            options.promptDropout = options.imageNoise = 0;
            options.lossOnPrompt = true; // word lists teach copying, which titles are made by
            options.wordSubstitution = m_config.wordSubstitution;
            const Part part = draw(m_config.textBatch, options, collator, random);
            const auto titles = jointLoss(m_model, part.batch);
            total = total + m_config.textWeight * part.textShare * titles.text;
            parts["text_only"] = part.textShare * titles.text.item<double>();
            parts["text_only_accuracy"] = part.textShare * share(titles);
        }
        return { total, parts };
    }

    // "..._other": the same samples reading somebody else's history. The nearer it is to the
    // plain loss, the less the model reads from a history.
    std::map<std::string, double> heldOutLoss() override
    {
        if (m_config.dpoBeta)
            return heldOutPairs();
        const HeldOut own = heldOut({ .history = usesHistory() });
        std::map<std::string, double> losses{
            { heldOutTotal, m_config.textWeight * own.text + m_config.imageWeight * own.image },
            { "held_out_text", own.text },
            { "held_out_image", own.image },
            { "held_out_image_start", own.imageStart },
            { "held_out_text_accuracy", own.textAccuracy }
        };
        if (usesHistory()) {
            const HeldOut other = heldOut({ .history = true, .otherHistory = true });
            losses["held_out_image_other"] = other.image;
            losses["held_out_image_start_other"] = other.imageStart;
        }
        return losses;
    }

    // step_N.png: rows of control picture, clicked ad, generated ad. step_N.txt: their titles.
    std::map<std::string, double> writeSamples(const std::filesystem::path& folder,
                                               std::int64_t step) override
    {
        if (m_briefs.empty())
            return {};
        const torch::NoGradGuard noGrad;
        m_model->eval();
        std::filesystem::create_directories(folder);
        AdGenerator generator(m_model, m_tokenizer, m_instruction);
        std::vector<torch::Tensor> controls, clicked, made;
        std::vector<Image> pictures;
        std::string titles;
        for (const SampleBrief& sample : m_briefs) {
            GenerationRequest request{ .brief = sample.brief, .seed = heldOutSeed };
            if (!usesHistory())
                request.brief.history.clear();
            const Ad ad = generator.generate(request, {}).front();
            const auto side = m_config.model.imageSize;
            controls.push_back(pictureTensor(sample.brief.product.cutout, side));
            clicked.push_back(pictureTensor(sample.clicked, side));
            made.push_back(pictureTensor(ad.image, side));
            pictures.push_back(ad.image);
            titles += "clicked:   " + sample.title + "\ngenerated: " + ad.title + "\n\n";
        }
        controls.insert(controls.end(), clicked.begin(), clicked.end());
        controls.insert(controls.end(), made.begin(), made.end());
        const auto name = "step_" + std::to_string(step);
        const auto sheet
            = contactSheet(torch::stack(controls), static_cast<std::int64_t>(made.size()));
        valueOrThrow(m_images.savePng(sheet, folder / (name + ".png")));
        writeFileAtomically(folder / (name + ".txt"), titles);
        return m_pbs ? m_pbs->score(pictures) : std::map<std::string, double>();
    }

private:
    void preparePbs()
    {
        m_pbs.emplace(m_images.pbsModel);
        for (const SampleBrief& sample : m_briefs) {
            std::vector<Image> history;
            for (const HistoryItem& item : sample.brief.history)
                history.push_back(item.image);
            m_pbs->add(sample.clicked, history);
        }
    }
    static PlaceholderCounts placeholders(const UniAdGenConfig& config)
    {
        if (!config.preference)
            return {};
        return { .imageTokens = static_cast<int>(config.preference->imageTokens()),
                 .titleTokens = static_cast<int>(config.preference->titleTokens) };
    }
    struct Part
    {
        TrainingBatch batch;
        double textShare = 1; // see takePart
    };
    // This rank's rows of a batch that is drawn alike on all of them.
    Part draw(std::int64_t count, const CollatorOptions& options, const Collator& collator,
              CounterRng& random) const
    {
        const auto seed = static_cast<std::uint64_t>(random.bits());
        at::manual_seed(seed);
        const auto rows = drawRows(count * m_config.ranks, random);
        Part part{ .batch = collator.collate(rows, options, random) };
        part.batch.dropoutSeed = seed;
        part.textShare = takePart(part.batch, m_config.rank, m_config.ranks);
        return part;
    }
    static double share(const JointLoss& loss)
    {
        return static_cast<double>(loss.textHits)
            / static_cast<double>(std::max<std::int64_t>(1, loss.textCount));
    }
    struct Pairs
    {
        DpoLoss loss;
        double text = 0, image = 0; // mean loss of a title and of an image token of chosen ads
    };
    // Against the same network without its LoRA paths.
    Pairs compare(const TrainingBatch& chosen, const TrainingBatch& rejected)
    {
        const auto whole = [](const SampleLogProbabilities& p) { return p.title + p.picture; };
        AdLogProbabilities reference;
        const bool trains = m_model->is_training();
        m_model->eval(); // no dropout but LoRA's own, or the two would differ from the beginning
        {
            const torch::NoGradGuard noGrad;
            const WithoutTrainedPaths base;
            reference.chosen = whole(sampleLogProbabilities(m_model, chosen));
            reference.rejected = whole(sampleLogProbabilities(m_model, rejected));
        }
        for (const auto& module : m_model->modules()) {
            if (auto* path = module->as<LoraPath>())
                path->train(trains);
        }
        const auto own = sampleLogProbabilities(m_model, chosen);
        const auto other = sampleLogProbabilities(m_model, rejected);
        const auto labels = (chosen.textLabels != ignoredLabel).sum().item<double>();
        return { .loss = dpoLoss({ whole(own), whole(other) }, reference, *m_config.dpoBeta),
                 .text = -own.title.sum().item<double>() / std::max(labels, 1.0),
                 .image = -own.picture.mean().item<double>()
                     / static_cast<double>(chosen.imageIds.size(1)) };
    }
    // Both ads of a pair are drawn alike: history, masks, dropout.
    LossTerms pairLoss(CounterRng& random)
    {
        const Collator chosen(m_training, m_config.model, m_tokenizer, m_prompts);
        const Collator rejected(m_rejected, m_config.model, m_tokenizer, m_prompts);
        CounterRng twin = random;
        const CollatorOptions options{ .history = usesHistory() };
        const Part own = draw(m_config.batch, options, chosen, random);
        const Part other = draw(m_config.batch, options, rejected, twin);
        const Pairs pairs = compare(own.batch, other.batch);
        return { pairs.loss.loss,
                 { { "dpo", pairs.loss.loss.item<double>() },
                   { "dpo_margin", pairs.loss.margin },
                   { "dpo_accuracy", pairs.loss.accuracy },
                   { "text", own.textShare * pairs.text },
                   { "image", pairs.image } } };
    }
    std::map<std::string, double> heldOutPairs()
    {
        const torch::NoGradGuard noGrad;
        m_model->eval();
        const Collator chosen(m_heldOut, m_config.model, m_tokenizer, m_prompts);
        const Collator rejected(m_heldOutRejected, m_config.model, m_tokenizer, m_prompts);
        CounterRng random(heldOutSeed, RandomStream::Training), twin = random;
        std::map<std::string, double> mean;
        const auto total = static_cast<std::int64_t>(m_heldOut.samples.size());
        for (std::int64_t start = 0; start < total; start += heldOutBatch) {
            std::vector<std::int64_t> rows(
                static_cast<std::size_t>(std::min(heldOutBatch, total - start)));
            std::iota(rows.begin(), rows.end(), start);
            const CollatorOptions options{ .history = usesHistory() };
            const Pairs pairs = compare(chosen.collate(rows, options, random),
                                        rejected.collate(rows, options, twin));
            const double share = static_cast<double>(rows.size()) / static_cast<double>(total);
            mean[heldOutTotal] += share * pairs.loss.loss.item<double>();
            mean["held_out_dpo_accuracy"] += share * pairs.loss.accuracy;
            mean["held_out_dpo_margin"] += share * pairs.loss.margin;
            mean["held_out_text"] += share * pairs.text;
            mean["held_out_image"] += share * pairs.image;
        }
        return mean;
    }
    struct HeldOut
    {
        double text = 0, image = 0, imageStart = 0, textAccuracy = 0; // means
    };
    HeldOut heldOut(const CollatorOptions& options)
    {
        const torch::NoGradGuard noGrad;
        m_model->eval();
        const Collator collator(m_heldOut, m_config.model, m_tokenizer, m_prompts);
        CounterRng random(heldOutSeed, RandomStream::Training);
        HeldOut mean;
        double hits = 0, labelled = 0;
        const auto total = static_cast<std::int64_t>(m_heldOut.samples.size());
        const auto batches = static_cast<double>((total + heldOutBatch - 1) / heldOutBatch);
        for (std::int64_t start = 0; start < total; start += heldOutBatch) {
            std::vector<std::int64_t> rows;
            for (std::int64_t row = start; row < std::min(total, start + heldOutBatch); ++row)
                rows.push_back(row);
            const auto loss = jointLoss(m_model, collator.collate(rows, options, random));
            mean.text += loss.text.item<double>() / batches;
            mean.image += loss.image.item<double>() / batches;
            mean.imageStart += loss.imageStart / batches;
            hits += static_cast<double>(loss.textHits);
            labelled += static_cast<double>(loss.textCount);
        }
        mean.textAccuracy = hits / labelled;
        return mean;
    }
    AutocastState trainingType() const
    {
        AutocastState state{ m_model->device().type() };
        if (m_config.bfloat16)
            state.type = torch::kBFloat16;
        return state;
    }
    bool usesHistory() const { return m_config.stage == TrainingStage::Personalised; }
    CollatorOptions trainingOptions() const
    {
        return { .history = usesHistory(),
                 .historyDropout = m_config.historyDropout,
                 .conditionDropout = m_config.conditionDropout,
                 .promptDropout = m_config.promptDropout,
                 .imageNoise = m_config.imageTokenNoise,
                 .lossOnPrompt = m_config.lossOnPrompt };
    }
    std::vector<std::int64_t> drawRows(std::int64_t count, CounterRng& random) const
    {
        std::vector<std::int64_t> rows;
        for (std::int64_t i = 0; i < count; ++i)
            rows.push_back(static_cast<std::int64_t>(random.below(m_training.samples.size())));
        return rows;
    }

    RunConfig m_config;
    TrainingImages m_images;
    UniAdGen m_model;
    BpeTokenizer m_tokenizer;
    Instruction m_instruction;
    PromptBuilder m_prompts;
    AdSamples m_training, m_heldOut;
    AdSamples m_rejected, m_heldOutRejected; // objective dpo: row for row beside the chosen ads
    std::vector<SampleBrief> m_briefs;
    std::optional<SamplePbs> m_pbs; // empty: samples are not scored
    std::string m_note; // on the users held out
};

} // namespace

std::unique_ptr<TrainingTask> makeAdTask(const RunConfig& config, const TrainingImages& images,
                                         const JobControl& job)
{
    return std::make_unique<AdTask>(config, images, job);
}

} // namespace adtailor
