// A small study of plain pictures, for tests.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/failure.h"

#include <adtailor/imaging.h>
#include <adtailor/study.h>

#include <filesystem>
#include <string>

namespace adtailor {

inline Image plainPicture(std::uint8_t red, std::uint8_t green)
{
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < 24; ++y) {
        for (int x = 0; x < 24; ++x)
            pixels.insert(pixels.end(), { red, green, static_cast<std::uint8_t>(x * 10 + y) });
    }
    return { 24, 24, 3, std::move(pixels) };
}

// `items` products from `sources` systems, pictures in `folder`, seed 7.
inline StudyPlan examplePlan(const std::filesystem::path& folder, int items, int sources,
                             StudyQuestion question = StudyQuestion::Pairwise)
{
    StudyPlan plan{ .name = "Lamp study", .question = question, .seed = 7 };
    plan.minimumSeconds = 0;
    std::filesystem::create_directories(folder);
    for (int s = 0; s < sources; ++s)
        plan.sources.push_back("System " + std::string(1, static_cast<char>('A' + s)));
    for (int i = 0; i < items; ++i) {
        StudyItem item{ .product = "Lamp " + std::to_string(i),
                        .id = "lamp" + std::to_string(i),
                        .person = i % 2 == 0 ? "Ann" : "Bo",
                        .category = i % 3 == 0 ? "desk" : "floor",
                        .language = "en" };
        item.sellingPoints = { "warm light", "steel" };
        for (int s = 0; s < sources; ++s) {
            const auto file = folder / (item.id + '-' + std::to_string(s) + ".png");
            valueOrThrow(imaging::savePng(
                plainPicture(static_cast<std::uint8_t>(i * 7), static_cast<std::uint8_t>(s * 50)),
                file, { { "adtailor", "secret model name" } }));
            item.ads.push_back({ file, "Title " + std::to_string(s) });
        }
        plan.items.push_back(std::move(item));
    }
    return plan;
}

// Any answer that fits the question: the left one, 4 and acceptable, or the first best.
inline StudyAnswer plainAnswer(StudyQuestion question)
{
    StudyAnswer answer;
    if (question == StudyQuestion::Pairwise)
        answer.choice = PairChoice::Left;
    else if (question == StudyQuestion::Rating)
        answer.criteria.assign(studyCriteria, { 4, true });
    else
        answer.best = 0, answer.worst = 3;
    return answer;
}

} // namespace adtailor
