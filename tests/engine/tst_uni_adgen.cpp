// The whole network on a tiny configuration: history in, greedy title and picture tokens out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "generation/guidance.h"
#include "generation/preview.h"
#include "generation/title_decoder.h"
#include "models/uni_adgen.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

using namespace adtailor;

namespace {

constexpr std::int64_t imagePlaceholder = 5, titlePlaceholder = 6; // as in make_uni_adgen.py
constexpr double guidanceScale = 5.0, controlStrength = 1.5;

HistoryInput historyOf(const Fixture& fixture)
{
    return { .imageIds = fixture["history_ids"],
             .titleIds = fixture["history_titles"],
             .imageNoise = fixture["visual_noise"],
             .titleNoise = fixture["text_noise"] };
}

torch::Tensor extended(const torch::Tensor& mask, std::int64_t count)
{
    return at::cat({ mask.to(at::kBool), at::ones({ mask.size(0), count }, at::kBool) }, 1);
}

} // namespace

class TestUniAdGen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_network = UniAdGen(m_fixture.config());
        fillByName(*m_network, "");
    }

    void hasTheNamesAndShapesOfTheCheckpoint()
    {
        nlohmann::json names;
        for (const auto& item : m_network->named_parameters())
            names[item.key()] = item.value().sizes().vec();
        const nlohmann::json wanted = m_fixture.json()["names"];
        for (const auto& [name, shape] : wanted.items())
            QVERIFY2(names.contains(name) && names[name] == shape, name.c_str());
        for (const auto& [name, shape] : names.items())
            QVERIFY2(wanted.contains(name), name.c_str());
    }

    void readsTheHistory()
    {
        const auto pixels = m_fixture["history_pixels"].flatten(0, 1) / 127.5 - 1;
        const auto ids = m_network->gen_vision_model->encode(pixels);
        QVERIFY(at::equal(ids.view({ 2, 2, 4 }), m_fixture["history_ids"]));
        const auto preferences = m_network->extractPreferences(historyOf(m_fixture));
        COMPARE_TENSORS(preferences.images, m_fixture["image_preferences"]);
        COMPARE_TENSORS(preferences.titles, m_fixture["title_preferences"]);
        COMPARE_TENSORS(promptEmbeddings("prompt_ids"), m_fixture["prompt_embeddings"]);
    }

    void writesTheTitle()
    {
        const std::int64_t length = m_fixture["prompt_ids"].size(1), count = 6;
        const auto mask = extended(m_fixture["prompt_mask"], count);
        KvCache cache = m_network->language_model->makeCache(2, length + count);
        torch::Tensor step = promptEmbeddings("prompt_ids");
        std::vector<torch::Tensor> logits, tokens;
        for (std::int64_t i = 0; i < count; ++i) {
            const DecoderInput input{ .embeddings = step,
                                      .keyMask = mask.narrow(1, 0, length + i),
                                      .cache = &cache };
            const auto hidden = m_network->language_model(input);
            logits.push_back(m_network->language_model->textLogits(hidden.slice(1, -1)));
            tokens.push_back(logits.back().argmax(-1));
            step = m_network->embedText(tokens.back());
        }
        COMPARE_TENSORS(at::cat({ logits[0], logits[1], logits[2] }, 1), m_fixture["title_logits"]);
        QVERIFY(at::equal(at::cat(tokens, 1), m_fixture["title_tokens"]));
    }

    void drawsThePicture()
    {
        const std::int64_t length = m_fixture["image_prompt_ids"].size(1), count = 16;
        const auto mask = extended(
            interleaved(m_fixture["image_prompt_mask"], m_fixture["negative_mask"]), count);
        KvCache cache = m_network->language_model->makeCache(4, length + count);
        torch::Tensor step = interleaved(promptEmbeddings("image_prompt_ids"),
                                         m_network->embedText(m_fixture["negative_ids"]));
        const auto maps = m_network->control(m_fixture["control_pixels"]);
        std::vector<torch::Tensor> logits, tokens;
        for (std::int64_t i = 0; i < count; ++i) {
            DecoderInput input{ .embeddings = step,
                                .keyMask = mask.narrow(1, 0, length + i),
                                .cache = &cache,
                                .injectionInterval = m_network->control->interval };
            if (i > 0)
                for (const auto& map : maps)
                    input.injections.push_back(controlStrength * paired(map.narrow(1, i - 1, 1)));
            const auto hidden = m_network->language_model(input).select(1, step.size(1) - 1);
            logits.push_back(m_network->imageLogits(hidden));
            tokens.push_back(guided(logits.back(), guidanceScale).argmax(-1));
            step = m_network->embedImage(paired(tokens.back())).unsqueeze(1);
        }
        COMPARE_TENSORS(at::stack({ logits[0], logits[1], logits[2] }, 1),
                        m_fixture["image_logits"]);
        QVERIFY(at::equal(at::stack(tokens, 1), m_fixture["image_tokens"]));
        const auto picture = m_network->gen_vision_model->decode(at::stack(tokens, 1), 4, 4);
        COMPARE_TENSORS(picture.slice(2, 0, 64, 4).slice(3, 0, 64, 4), m_fixture["decoded_every4"]);
    }

    // The same through the loops of the product, one ad at a time.
    void titleDecoderAgrees()
    {
        for (std::int64_t b = 0; b < 2; ++b) {
            const auto real = m_fixture["prompt_mask"][b].nonzero().squeeze(1);
            TitleTask task;
            task.prompt = promptEmbeddings("prompt_ids")[b].index_select(0, real).unsqueeze(0);
            task.sampling.temperature = 0;
            task.maxTokens = 6;
            task.seeds = { 1, 2 };
            task.decode = [](const std::vector<std::int32_t>&) { return std::string(); };
            const auto titles = writeTitles(m_network, task, {}, [](const auto&) {});
            for (const WrittenTitle& title : titles)
                QCOMPARE(title.tokens, row("title_tokens", b));
        }
    }

    void imageDecoderAgrees_data()
    {
        QTest::addColumn<int>("given");
        QTest::addColumn<int>("shift");
        QTest::newRow("from the first token") << 0 << 0;
        QTest::newRow("after a prefix") << 5 << 0;
        QTest::newRow("control meets the prompt, from the first token") << 0 << 1;
        QTest::newRow("control meets the prompt, after a prefix") << 5 << 1;
    }
    void imageDecoderAgrees()
    {
        QFETCH(int, given);
        QFETCH(int, shift);
        m_network->control->shift = shift;
        const auto prompts = promptEmbeddings("image_prompt_ids");
        const auto negative = m_network->embedText(m_fixture["negative_ids"]);
        const auto maps = m_network->control(m_fixture["control_pixels"]);
        for (std::int64_t b = 0; b < 2; ++b) {
            ImageTask task;
            task.prompts = at::stack({ prompts[b], negative[b] });
            task.mask
                = at::stack({ m_fixture["image_prompt_mask"][b], m_fixture["negative_mask"][b] })
                      .to(at::kBool);
            task.promptOfAd = { 0, 0 };
            task.negativePrompt = 1;
            task.guidanceScale = guidanceScale;
            for (const auto& map : maps)
                task.control.push_back(controlStrength * map.narrow(0, b, 1));
            task.sampling.temperature = 0;
            const auto wanted = row(shift ? "shifted_tokens" : "image_tokens", b);
            task.prefix.assign(wanted.begin(), wanted.begin() + given);
            task.seeds = { 1, 2 };
            for (const auto& tokens : drawImages(m_network, task, {}, [](const auto&) {}))
                QCOMPARE(tokens, wanted);
        }
    }

    void previewsGrowIntoThePicture()
    {
        const ImageTokens tokens{ row("image_tokens", 0), row("image_tokens", 1) };
        PreviewPainter exact(m_network),
            strips(m_network, 1); // 1: two rows of context and a new one
        std::vector<Image> before;
        for (std::int64_t rows = 1; rows <= 4; ++rows) {
            const auto pictures = exact.paint(tokens, rows, {});
            const auto painted = strips.paint(tokens, rows, {});
            QCOMPARE(painted.size(), std::size_t(2));
            QVERIFY(isBlack(painted[1], rows * 16, 64) && !isBlack(painted[1], rows * 16 - 16, 64));
            if (rows < 4)
                QVERIFY(painted == pictures);
            else // what stood there stays
                QVERIFY(sameRows(painted[1], before[1], 48));
            before = painted;
            if (rows == 4)
                QVERIFY(pictures[0] == decodePicture(m_network, tokens[0]));
        }
    }

private:
    static bool isBlack(const Image& image, std::int64_t begin, std::int64_t end)
    {
        const auto* first = image.row(static_cast<int>(begin));
        return std::all_of(first, first + (end - begin) * image.width() * 3,
                           [](std::uint8_t value) { return value == 0; });
    }

    static bool sameRows(const Image& a, const Image& b, std::int64_t count)
    {
        return std::equal(a.data(), a.data() + count * a.width() * 3, b.data());
    }

    torch::Tensor promptEmbeddings(const std::string& ids)
    {
        PreferenceTokens preferences;
        preferences.images = m_fixture["image_preferences"];
        preferences.titles = m_fixture["title_preferences"];
        return m_network->promptEmbeddings(m_fixture[ids], &preferences, imagePlaceholder,
                                           titlePlaceholder);
    }

    static torch::Tensor interleaved(const torch::Tensor& even, const torch::Tensor& odd)
    {
        return at::stack({ even, odd }, 1).flatten(0, 1);
    }

    std::vector<std::int32_t> row(const std::string& name, std::int64_t index) const
    {
        const auto ids = m_fixture[name][index].to(at::kInt).contiguous();
        return { ids.data_ptr<std::int32_t>(), ids.data_ptr<std::int32_t>() + ids.numel() };
    }

    at::NoGradGuard m_noGrad;
    Fixture m_fixture{ "uni_adgen" };
    UniAdGen m_network{ nullptr };
};

QTEST_APPLESS_MAIN(TestUniAdGen)
#include "tst_uni_adgen.moc"
