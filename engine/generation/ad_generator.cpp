// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/ad_generator.h"

#include "core/failure.h"
#include "core/free_memory.h"
#include "core/seconds_since.h"
#include "generation/image_decoder.h"
#include "generation/preview.h"
#include "generation/request_check.h"
#include "generation/title_decoder.h"
#include "models/control_image.h"
#include "nn/pixels.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace adtailor {

namespace {

using Clock = std::chrono::steady_clock;

// A transparent border makes the canvas square, so that the product is not stretched.
Image squared(const Image& image)
{
    if (image.width() == image.height())
        return image;
    const int side = std::max(image.width(), image.height());
    const std::size_t rowBytes = static_cast<std::size_t>(image.width()) * 4;
    const std::size_t left = static_cast<std::size_t>(side - image.width()) / 2 * 4;
    const int top = (side - image.height()) / 2;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4, 0);
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(pixels.data() + static_cast<std::size_t>(top + y) * side * 4 + left,
                    image.row(y), rowBytes);
    return Image(side, side, 4, std::move(pixels));
}

PlaceholderCounts placeholders(const UniAdGenConfig& config)
{
    if (!config.preference)
        return {};
    return { .imageTokens = static_cast<int>(config.preference->imageTokens()),
             .titleTokens = static_cast<int>(config.preference->titleTokens) };
}

} // namespace

// One request on its way through the stages.
class AdGenerator::Run
{
public:
    Run(AdGenerator& generator, const GenerationRequest& request, const JobControl& job)
        : m_generator(generator)
        , m_network(generator.m_network)
        , m_request(request)
        , m_job(job)
        , m_ads(static_cast<std::size_t>(request.count))
    {
        for (std::size_t i = 0; i < m_ads.size(); ++i) {
            m_ads[i].seed = request.seed + i;
            m_seeds.push_back(m_ads[i].seed);
        }
    }

    std::vector<Ad> run()
    {
        timed(m_timings.preference, [this] { readHistory(); });
        timed(m_timings.title, [this] { makeTitles(); });
        timed(m_timings.image, [this] { drawPictures(); });
        timed(m_timings.decode, [this] { makePixels(); });
        for (Ad& ad : m_ads)
            ad.timings = m_timings;
        return std::move(m_ads);
    }

private:
    template<typename Work> void timed(double& seconds, Work&& work)
    {
        throwIfCancelled(m_job);
        m_stageStart = Clock::now();
        work();
        seconds = secondsSince(m_stageStart);
    }

    // Once a request: title and picture read the same masks.
    void readHistory()
    {
        m_parts.wordList = joinSellingPoints(m_request.brief.product.sellingPoints);
        m_parts.description = m_request.brief.product.title;
        auto extracted = m_generator.m_extractor.extract(m_request.brief, m_request.preference,
                                                         m_request.seed, m_job);
        m_parts.historyItems = static_cast<int>(extracted.profile.items.size());
        m_preferences = std::move(extracted.tokens);
    }

    // [1, T, D]
    torch::Tensor embedded(const Prompt& prompt)
    {
        const std::vector<std::int64_t> ids(prompt.ids.begin(), prompt.ids.end());
        const SpecialTokens& special = m_generator.m_special;
        return m_network->promptEmbeddings(
            torch::tensor(ids, torch::kInt64).to(m_network->device()).unsqueeze(0),
            prompt.imagePositions.empty() ? nullptr : &m_preferences, special.imagePlaceholder,
            special.titlePlaceholder);
    }

    void makeTitles()
    {
        if (m_request.title) {
            for (Ad& ad : m_ads)
                ad.title = *m_request.title;
            return;
        }
        TitleTask task;
        task.prompt = embedded(m_generator.m_prompts.text(m_parts));
        task.sampling = m_request.text;
        task.maxTokens = m_request.maxTitleTokens;
        task.seeds = m_seeds;
        task.endToken = m_generator.m_special.endOfSentence;
        task.forbidden = m_generator.tokensNotInTitles();
        if (!m_request.freeTitle)
            task.constraint = TitleConstraint(m_request.brief.product.sellingPoints,
                                              m_network->config.titleJoints);
        task.decode = [&tokenizer = *m_generator.m_tokenizer](const auto& tokens) {
            std::string bytes;
            for (const std::int32_t token : tokens)
                bytes += tokenizer.bytesOf(token);
            return bytes;
        };
        std::int64_t done = 0;
        const auto titles = writeTitles(m_network, task, m_job, [&](const auto& written) {
            takeTitles(written);
            report(Stage::Title, ++done, task.maxTokens);
        });
        report(Stage::Title, done, done);
        takeTitles(titles);
    }

    void takeTitles(const std::vector<WrittenTitle>& titles)
    {
        for (std::size_t i = 0; i < m_ads.size(); ++i) {
            m_ads[i].title = titles[i].text;
            m_ads[i].textTokens = titles[i].tokens;
        }
    }

    void drawPictures()
    {
        const std::int64_t total = m_network->config.imageTokens();
        if (static_cast<std::int64_t>(m_request.imagePrefix.size()) == total) {
            for (Ad& ad : m_ads)
                ad.imageTokens = m_request.imagePrefix;
            report(Stage::Image, total, total);
            return;
        }
        ImageTask task;
        addPrompts(task);
        task.guidanceScale = m_request.guidanceScale;
        task.control = controlMaps();
        task.sampling = m_request.image;
        task.prefix = m_request.imagePrefix;
        task.seeds = m_seeds;
        const auto given = static_cast<std::int64_t>(task.prefix.size());
        PreviewClock previews;
        PreviewPainter painter(m_network);
        const auto tokens = drawImages(m_network, task, m_job, [&](const ImageTokens& drawn) {
            const auto done = static_cast<std::int64_t>(drawn.front().size());
            Progress progress = progressOf(Stage::Image, done, total, done - given);
            if (m_job.report && previews.isDue(done, m_network->config.gridSide())) {
                previews.began();
                progress.previewRows = static_cast<int>(done / m_network->config.gridSide());
                progress.previews = painter.paint(drawn, progress.previewRows, m_job);
                progress.tokens = finishedRows(drawn, progress.previewRows);
                previews.ended();
            }
            send(progress);
        });
        for (std::size_t i = 0; i < m_ads.size(); ++i)
            m_ads[i].imageTokens = tokens[i];
    }

    ImageTokens finishedRows(ImageTokens drawn, int rows) const
    {
        for (auto& tokens : drawn)
            tokens.resize(static_cast<std::size_t>(rows * m_network->config.gridSide()));
        return drawn;
    }

    // Ads with the same title share a prompt; all share the unconditional one. Left-padded.
    void addPrompts(ImageTask& task)
    {
        std::vector<torch::Tensor> rows;
        std::vector<std::string> titles;
        for (const Ad& ad : m_ads) {
            const auto known = std::find(titles.begin(), titles.end(), ad.title);
            task.promptOfAd.push_back(known - titles.begin());
            if (known != titles.end())
                continue;
            titles.push_back(ad.title);
            rows.push_back(embedded(m_generator.m_prompts.image(m_parts, ad.title)));
        }
        if (m_request.guidanceScale != 1) {
            task.negativePrompt = static_cast<std::int64_t>(rows.size());
            rows.push_back(embedded(m_generator.m_prompts.negative()));
        }
        std::int64_t longest = 0;
        for (const torch::Tensor& row : rows)
            longest = std::max(longest, row.size(1));
        std::vector<torch::Tensor> masks;
        for (torch::Tensor& row : rows) {
            const std::int64_t padding = longest - row.size(1);
            masks.push_back(torch::arange(longest, torch::device(row.device())) >= padding);
            row = torch::cat({ row.new_zeros({ 1, padding, row.size(2) }), row }, 1);
        }
        task.prompts = torch::cat(rows);
        task.mask = torch::stack(masks);
    }

    std::vector<torch::Tensor> controlMaps()
    {
        std::vector<torch::Tensor> maps;
        if (!m_network->control || m_request.controlStrength == 0)
            return maps;
        const std::int64_t side = controlSourceSide(m_network->config);
        const auto product
            = resizeBicubic(toTensor(squared(m_request.brief.product.cutout)), side, side);
        const auto pixels = controlPixels(product.unsqueeze(0), m_network->config);
        for (const torch::Tensor& map :
             m_network->control(pixels.to(m_network->device(), m_network->dtype())))
            maps.push_back(m_request.controlStrength * map);
        return maps;
    }

    void makePixels()
    {
        giveBackFreeMemory(); // of keys and values
        for (std::size_t i = 0; i < m_ads.size(); ++i) {
            throwIfCancelled(m_job);
            m_ads[i].image = decodePicture(m_network, m_ads[i].imageTokens);
            report(Stage::Decode, static_cast<std::int64_t>(i) + 1,
                   static_cast<std::int64_t>(m_ads.size()));
        }
    }

    // tokens: positions drawn in this stage; 0 leaves the rate out.
    Progress progressOf(Stage stage, std::int64_t done, std::int64_t total, std::int64_t tokens)
    {
        if (m_timings.firstToken == 0)
            m_timings.firstToken = secondsSince(m_start);
        Progress progress{ .stage = stage, .done = done, .total = total };
        const double seconds = secondsSince(m_stageStart);
        if (seconds > 0)
            progress.tokensPerSecond
                = static_cast<double>(tokens) * static_cast<double>(m_ads.size()) / seconds;
        for (const Ad& ad : m_ads)
            progress.titles.push_back(ad.title);
        return progress;
    }

    void report(Stage stage, std::int64_t done, std::int64_t total)
    {
        send(progressOf(stage, done, total, stage == Stage::Title ? done : 0));
    }

    void send(const Progress& progress)
    {
        if (m_job.report)
            m_job.report(progress);
    }

    AdGenerator& m_generator;
    UniAdGen& m_network;
    const GenerationRequest& m_request;
    const JobControl& m_job;
    std::vector<Ad> m_ads;
    std::vector<std::uint64_t> m_seeds;
    PromptParts m_parts;
    PreferenceTokens m_preferences;
    Timings m_timings;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_stageStart = m_start;
};

AdGenerator::AdGenerator(UniAdGen network, BpeTokenizer tokenizer, Instruction instruction,
                         std::shared_ptr<SentenceEncoder> encoder)
    : m_network(std::move(network))
    , m_tokenizer(std::make_unique<BpeTokenizer>(std::move(tokenizer)))
    , m_special(SpecialTokens::registerIn(*m_tokenizer))
    , m_prompts(*m_tokenizer, m_special, placeholders(m_network->config), std::move(instruction))
    , m_extractor(m_network, *m_tokenizer, m_special.pad, std::move(encoder))
{
    const auto known = static_cast<std::int64_t>(m_tokenizer->vocabularySize());
    if (known > m_network->config.language.vocabularySize)
        throw Failure(ErrorCode::ModelMismatch,
                      "tokenizer.json has " + std::to_string(known) + " tokens but the model only "
                          + std::to_string(m_network->config.language.vocabularySize)
                          + "; use the tokenizer that came with the model.");
}

std::vector<Ad> AdGenerator::generate(const GenerationRequest& request, const JobControl& job)
{
    const c10::InferenceMode inference;
    checkRequest(request, m_network->config);
    return Run(*this, request, job).run();
}

PreferenceProfile AdGenerator::extractPreferences(const Brief& brief,
                                                  const PreferenceOptions& options,
                                                  std::uint64_t seed, const JobControl& job)
{
    const c10::InferenceMode inference;
    checkHistory(brief, options);
    return m_extractor.extract(brief, options, seed, job).profile;
}

// Placeholders and the like, and rows of the embedding table that no token has.
std::vector<std::int32_t> AdGenerator::tokensNotInTitles() const
{
    std::vector<std::int32_t> tokens = m_special.neverInTitles;
    const auto known = static_cast<std::int32_t>(m_tokenizer->vocabularySize());
    for (std::int32_t token = known; token < m_network->config.language.vocabularySize; ++token)
        tokens.push_back(token);
    return tokens;
}

} // namespace adtailor
