// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_check.h"

#include "core/failure.h"
#include "generation/guidance.h"
#include "generation/image_decoder.h"
#include "generation/title_decoder.h"

#include <optional>

namespace adtailor {

namespace {

torch::Tensor tensorOf(const std::vector<std::int32_t>& tokens)
{
    return torch::tensor(std::vector<std::int64_t>(tokens.begin(), tokens.end()));
}

// A sequence of rows that is read step by step over a cache.
class Reader
{
public:
    Reader(UniAdGen& network, const torch::Tensor& mask, std::int64_t capacity)
        : m_network(network)
        , m_mask(torch::cat(
              { mask, torch::ones({ mask.size(0), capacity - mask.size(1) }, mask.options()) }, 1))
        , m_cache(network->language_model->makeCache(mask.size(0), capacity))
    {
    }

    // maps: control of the last positions read, one for every interval-th layer.
    torch::Tensor read(const torch::Tensor& embeddings, std::vector<torch::Tensor> maps = {})
    {
        DecoderInput input{ .embeddings = embeddings,
                            .keyMask = m_mask.narrow(1, 0, m_cache.length() + embeddings.size(1)),
                            .cache = &m_cache };
        if (m_network->control)
            input.injectionInterval = m_network->control->interval;
        input.injections = std::move(maps);
        return m_network->language_model(input);
    }

private:
    UniAdGen& m_network;
    torch::Tensor m_mask; // bool [rows, capacity]
    KvCache m_cache;
};

class NetworkCheck
{
public:
    NetworkCheck(UniAdGen& network, const ExpectedValues& expected,
                 const NetworkCheckOptions& options, SelfTestReport& report, const JobControl& job)
        : m_network(network)
        , m_expected(expected)
        , m_options(options)
        , m_report(report)
        , m_job(job)
    {
    }

    void run()
    {
        checkPictures();
        checkPreferences();
        checkControl();
        throwIfCancelled(m_job);
        checkTitles();
        throwIfCancelled(m_job);
        checkImages();
    }

private:
    void compare(const std::string& name, const torch::Tensor& actual)
    {
        if (m_expected.contains(name))
            m_report.compare(name, actual, m_expected[name]);
    }

    torch::Tensor mask(const std::string& name) const { return m_expected[name].to(torch::kBool); }

    void checkPictures()
    {
        auto& vq = m_network->gen_vision_model;
        if (m_expected.contains("pixels")) {
            const auto pixels = m_expected["pixels"];
            compare("latents", vq->latents(pixels));
            compare("codes", vq->encode(pixels));
        }
        if (m_expected.contains("history_pixels")) {
            const auto pixels = m_expected["history_pixels"].flatten(0, -4);
            const auto scaled = pixels.max().item<double>() > 1 ? pixels / 127.5 - 1 : pixels;
            compare("history_ids", vq->encode(scaled).view(m_expected["history_ids"].sizes()));
        }
        const std::int64_t side = m_network->config.gridSide();
        const auto decode = [&](const torch::Tensor& ids) { return vq->decode(ids, side, side); };
        if (m_expected.contains("decoded_every4"))
            compare("decoded_every4",
                    decode(m_expected["image_tokens"])
                        .slice(2, 0, 16 * side, 4)
                        .slice(3, 0, 16 * side, 4));
        if (m_expected.contains("decoded_pixels"))
            compare("decoded_pixels", decode(m_expected["image_tokens"].narrow(0, 0, 1)));
    }

    void checkPreferences()
    {
        if (!m_expected.contains("image_preferences"))
            return;
        const auto own = m_network->extractPreferences({ .imageIds = m_expected["history_ids"],
                                                         .titleIds = m_expected["history_titles"],
                                                         .titleReal = {},
                                                         .imageNoise = m_expected["visual_noise"],
                                                         .titleNoise = m_expected["text_noise"] });
        compare("image_preferences", own.images);
        compare("title_preferences", own.titles);
        m_preferences = own;
        // Which tokens are kept hangs on rounding in 16 bits: there the prompt takes the expected.
        if (!m_report.compares("image_preferences")) {
            m_preferences->images = m_expected["image_preferences"];
            m_preferences->titles = m_expected["title_preferences"];
        }
    }

    void checkControl()
    {
        if (!m_expected.contains("maps"))
            return;
        const auto maps = m_network->control(m_expected["control_pixels"].to(m_network->dtype()));
        compare("maps", torch::stack(maps));
        for (const torch::Tensor& map : maps)
            m_maps.push_back(m_options.controlStrength * map);
    }

    torch::Tensor prompt(const std::string& name)
    {
        return m_network->promptEmbeddings(m_expected[name],
                                           m_preferences ? &*m_preferences : nullptr,
                                           m_options.imagePlaceholder, m_options.titlePlaceholder);
    }

    void checkTitles()
    {
        if (!m_expected.contains("title_tokens"))
            return;
        const auto embeddings = prompt("prompt_ids");
        compare("prompt_embeddings", embeddings);
        const auto rows = mask("prompt_mask");
        const auto tokens = m_expected["title_tokens"];
        checkTitleSteps(embeddings, rows, tokens);
        for (std::int64_t sample = 0; sample < tokens.size(0); ++sample) {
            TitleTask task; // without padding, as the title loop takes it
            task.prompt = embeddings[sample].index({ rows[sample] }).unsqueeze(0);
            task.sampling.temperature = 0;
            task.maxTokens = static_cast<int>(tokens.size(1));
            task.seeds = { 0 };
            task.decode = [](const auto&) { return std::string(); };
            const auto titles = writeTitles(m_network, task, m_job, [](const auto&) {});
            m_report.compare("title_tokens", tensorOf(titles.front().tokens), tokens[sample],
                             "title " + std::to_string(sample));
        }
    }

    // The prompt of all rows at once, then each expected token.
    void checkTitleSteps(const torch::Tensor& embeddings, const torch::Tensor& rows,
                         const torch::Tensor& tokens)
    {
        if (!m_expected.contains("title_logits"))
            return;
        const std::int64_t steps = m_expected["title_logits"].size(1);
        auto& model = m_network->language_model;
        Reader reader(m_network, rows, rows.size(1) + steps);
        auto hidden = reader.read(embeddings);
        compare("prompt_logits", model->textLogits(hidden) * rows.unsqueeze(-1));
        std::vector<torch::Tensor> logits;
        for (std::int64_t i = 0; i < steps; ++i) {
            logits.push_back(model->textLogits(hidden.select(1, hidden.size(1) - 1)));
            hidden = reader.read(m_network->embedText(tokens.narrow(1, i, 1)));
        }
        compare("title_logits", torch::stack(logits, 1));
    }

    void checkImages()
    {
        if (!m_expected.contains("image_tokens"))
            return;
        const auto conditional = prompt("image_prompt_ids");
        const auto negative = m_network->embedText(m_expected["negative_ids"]);
        const auto rows = torch::stack({ mask("image_prompt_mask"), mask("negative_mask") }, 1);
        const auto embeddings = torch::stack({ conditional, negative }, 1);
        const auto tokens = m_expected["image_tokens"];
        checkImageSteps(embeddings.flatten(0, 1), rows.flatten(0, 1), tokens);
        for (std::int64_t sample = 0; sample < tokens.size(0); ++sample)
            checkImage(sample, embeddings[sample], rows[sample], tokens[sample]);
    }

    // Rows 2b and 2b + 1 are conditional and negative. Image token k meets map entry k.
    void checkImageSteps(const torch::Tensor& embeddings, const torch::Tensor& rows,
                         const torch::Tensor& tokens)
    {
        const std::int64_t steps = m_expected["image_logits"].size(1);
        Reader reader(m_network, rows, rows.size(1) + steps);
        auto hidden = reader.read(embeddings);
        std::vector<torch::Tensor> logits;
        for (std::int64_t i = 0; i < steps; ++i) {
            logits.push_back(m_network->imageLogits(hidden.select(1, hidden.size(1) - 1)));
            std::vector<torch::Tensor> maps;
            for (const torch::Tensor& map : m_maps)
                maps.push_back(paired(map.narrow(1, i, 1)));
            hidden = reader.read(m_network->embedImage(paired(tokens.narrow(1, i, 1))), maps);
        }
        const auto all = torch::stack(logits, 1);
        compare("image_logits", all);
        const auto pairs = all.transpose(0, 1).flatten(0, 1); // [steps * rows, codes]
        compare("guided_logits",
                guided(pairs, m_options.guidanceScale)
                    .view({ steps, tokens.size(0), -1 })
                    .transpose(0, 1));
    }

    void checkImage(std::int64_t sample, const torch::Tensor& prompts, const torch::Tensor& rows,
                    const torch::Tensor& expected)
    {
        ImageTask task;
        task.prompts = prompts;
        task.mask = rows;
        task.promptOfAd = { 0 };
        task.negativePrompt = 1;
        task.guidanceScale = m_options.guidanceScale;
        for (const auto& map : m_maps)
            task.control.push_back(map.narrow(0, sample, 1));
        task.sampling.temperature = 0;
        task.seeds = { 0 };
        const auto draw
            = [&] { return drawImages(m_network, task, m_job, [](const auto&) {}).front(); };
        const std::string number = std::to_string(sample);
        m_report.compare("image_tokens", tensorOf(draw()), expected, "picture tokens " + number);
        for (std::int64_t i = 0; i < 5; ++i)
            task.prefix.push_back(expected[i].item<std::int32_t>());
        m_report.compare("image_tokens", tensorOf(draw()), expected, "picture resumed " + number);
    }

    UniAdGen& m_network;
    const ExpectedValues& m_expected;
    const NetworkCheckOptions& m_options;
    SelfTestReport& m_report;
    const JobControl& m_job;
    std::optional<PreferenceTokens> m_preferences;
    std::vector<torch::Tensor> m_maps; // times the control strength
};

} // namespace

void checkNetwork(UniAdGen& network, const ExpectedValues& expected,
                  const NetworkCheckOptions& options, SelfTestReport& report, const JobControl& job)
{
    NetworkCheck(network, expected, options, report, job).run();
}

} // namespace adtailor
