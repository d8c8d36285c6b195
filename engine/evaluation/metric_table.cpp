// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"

#include <adtailor/evaluation.h>
#include <adtailor/product_fidelity.h>
#include <adtailor/text_metrics.h>

#include <algorithm>

namespace adtailor {

namespace {

using Values = std::vector<std::optional<double>>;

constexpr const char* notInstalled = "not installed";
constexpr const char* needsPeople = "needs a study";

Scorer titleScorer()
{
    const auto metric
        = [](const char* key, const char* name, const char* group, const char* about) {
              return Metric{ key, name, group, about, true, {} };
          };
    return { { metric("bleu", "BLEU", "personal", "BLEU-4 against the clicked title, 0 to 1"),
               metric("rouge", "ROUGE-L", "personal",
                      "ROUGE-L F1 against the clicked title, 0 to 1"),
               metric("m_bleu", "m-BLEU", "general", "BLEU-4 against all titles of the record"),
               metric("m_rouge", "m-ROUGE", "general", "ROUGE-L against the best of all titles"),
               metric("smoothed_bleu", "BLEU, smoothed", "titles",
                      "add one to orders above 1: says something about short titles too"),
               metric("bleu_1", "BLEU-1", "titles", "words alone"),
               metric("plain_rouge", "ROUGE-L, plain", "titles",
                      "longest common subsequence of tokens, with repeats"),
               metric("coverage", "Selling points said", "titles",
                      "share of the word list that stands in the title") },
             [](const AdToScore& ad) -> Values {
                 const auto& titles = ad.record->titles;
                 if (!ad.title)
                     return Values(8);
                 const auto points = pointCoverage(*ad.title, ad.record->sellingPoints);
                 const auto coverage = points ? std::optional(*points / 100) : std::nullopt;
                 if (titles.empty()) {
                     Values values(8);
                     values.back() = coverage;
                     return values;
                 }
                 const std::vector<std::string> clicked{ titles.front() };
                 const BleuOptions smoothed{ .smoothing = BleuSmoothing::AddOne };
                 return { bleu(*ad.title, clicked) / 100,
                          rougeL(*ad.title, clicked) / 100,
                          bleu(*ad.title, titles) / 100,
                          rougeL(*ad.title, titles) / 100,
                          bleu(*ad.title, titles, smoothed) / 100,
                          bleu(*ad.title, titles, { .order = 1 }) / 100,
                          plainRougeL(*ad.title, titles) / 100,
                          coverage };
             },
             {} };
}

Scorer fidelityScorer()
{
    return {
        { { "placement",
            "Placement IoU",
            "product",
            "where the drawn product fits best, against where the cutout was put",
            true,
            {} },
          { "ssim", "SSIM, drawn", "product", "of the drawn product and the cutout", true, {} },
          { "delta_e",
            "CIEDE2000, drawn",
            "product",
            "colour difference of the drawn product and the cutout",
            false,
            {} },
          { "ad_delta_e",
            "CIEDE2000, ad",
            "product",
            "the same in the finished ad: 0 when the product's pixels are untouched",
            false,
            {} } },
        [](const AdToScore& ad) -> Values {
            Values values(4);
            if (ad.placed.isEmpty())
                return values;
            if (const Image& picture = ad.drawn.isEmpty() ? ad.composed : ad.drawn;
                !picture.isEmpty()) {
                const auto drawn = productFidelity(picture, ad.placed);
                values = { drawn.placement, drawn.similarity, drawn.deltaE, std::nullopt };
            }
            if (!ad.composed.isEmpty())
                values[3] = productFidelity(ad.composed, ad.placed).deltaE;
            return values;
        }
    };
}

// Shown so that nobody takes their absence for a result.
Scorer absentScorer(const char* key, const char* name, const char* group, const char* about,
                    const char* why = notInstalled)
{
    return { { { key, name, group, about, true, why } }, nullptr, {} };
}

} // namespace

std::vector<Scorer> standardScorers()
{
    return { absentScorer("pbs", "PBS", "personal", "background similarity to the clicked ad"),
             absentScorer("image_reward", "IR", "general", "ImageReward"),
             absentScorer("pick_score", "PS", "general", "PickScore"),
             absentScorer("aesthetic", "ASE", "general", "LAION aesthetic score"),
             absentScorer("human_image", "Human image %", "general", "share that people accept",
                          needsPeople),
             titleScorer(),
             absentScorer("human_text", "Human text %", "general", "share that people accept",
                          needsPeople),
             absentScorer("clip", "CLIP", "pictures",
                          "CLIP similarity to the product's description"),
             absentScorer("clip_i", "CLIP-I", "pictures", "CLIP similarity to the clicked ad"),
             absentScorer("dino", "DINO", "pictures", "DINO similarity to the clicked ad"),
             fidelityScorer() };
}

void installScorer(std::vector<Scorer>& scorers, Scorer scorer)
{
    const auto provides = [&](const Metric& metric) {
        return std::any_of(scorer.metrics.begin(), scorer.metrics.end(),
                           [&](const Metric& own) { return own.key == metric.key; });
    };
    std::size_t place = scorers.size();
    for (std::size_t i = 0; i < scorers.size(); ++i) {
        if (std::erase_if(scorers[i].metrics, provides) > 0)
            place = std::min(place, i);
    }
    const auto at = scorers.begin() + static_cast<std::ptrdiff_t>(place);
    scorers.insert(at, std::move(scorer));
    std::erase_if(scorers, [](const Scorer& known) { return known.metrics.empty(); });
}

} // namespace adtailor
