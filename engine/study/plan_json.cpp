// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/plan_json.h"

#include "core/json_archive.h"

namespace adtailor {

namespace {

constexpr std::array<const char*, 3> questionNames{ "pairwise", "rating", "best_worst" };
constexpr std::array<const char*, 4> trialKindNames{ "practice", "counted", "catch", "repeat" };
constexpr std::array<const char*, 5> choiceNames{ "none", "left", "right", "tie", "both_bad" };
constexpr std::array<const char*, studyCriteria> criterionNames{ "realism", "layout",
                                                                 "text_accuracy", "text_fluency" };

// What of an item packages do not hold.
constexpr std::array<const char*, 7> originFields{ "id",       "person",         "category",
                                                   "language", "selling_points", "cutout",
                                                   "history" };

nlohmann::json noPictures(const Image& /*image*/)
{
    return nullptr;
}

Image noImage(const nlohmann::json& /*json*/, const std::string& /*path*/)
{
    return {};
}

template<typename T> nlohmann::json written(const T& value)
{
    const ImageWriter images = noPictures;
    return JsonWriter(images).value(value);
}

template<typename T> T readAs(const nlohmann::json& value)
{
    const ImageReader images = noImage;
    JsonReader reader(value, "", images);
    T read;
    fields(reader, read);
    reader.refuseUnknownFields();
    return read;
}

} // namespace

constexpr const auto& enumNames(StudyQuestion /*value*/)
{
    return questionNames;
}

constexpr const auto& enumNames(PairChoice /*value*/)
{
    return choiceNames;
}

template<typename Archive> void fields(Archive& archive, StudyAd& ad)
{
    archive("picture", ad.picture);
    archive("title", ad.title);
}

template<typename Archive> void fields(Archive& archive, StudyItem& item)
{
    archive("product", item.product);
    archive("ads", item.ads);
    archive("id", item.id);
    archive("person", item.person);
    archive("category", item.category);
    archive("language", item.language);
    archive("selling_points", item.sellingPoints);
    archive("cutout", item.cutout);
    archive("history", item.history);
}

template<typename Archive> void fields(Archive& archive, StudyCatch& broken)
{
    archive("item", broken.item);
    archive("ad", broken.ad);
}

template<typename Archive> void fields(Archive& archive, StudyPlan& plan)
{
    archive("name", plan.name);
    archive("version", plan.version);
    archive("follows", plan.follows);
    archive("question", plan.question);
    archive("instruction", plan.instruction);
    archive("sources", plan.sources);
    archive("items", plan.items);
    archive("catches", plan.catches);
    archive("seed", plan.seed);
    archive("trials_per_rater", plan.trialsPerRater);
    archive("catch_every", plan.catchEvery);
    archive("repeat_share", plan.repeatShare);
    archive("practice", plan.practice);
    archive("minimum_seconds", plan.minimumSeconds);
    archive("break_every", plan.breakEvery);
}

template<typename Archive> void fields(Archive& archive, CriterionAnswer& answer)
{
    archive("score", answer.score);
    archive("acceptable", answer.acceptable);
}

template<typename Archive> void fields(Archive& archive, StudyAnswer& answer)
{
    archive("choice", answer.choice);
    archive("criteria", answer.criteria);
    archive("best", answer.best);
    archive("worst", answer.worst);
}

nlohmann::json planJson(const StudyPlan& plan)
{
    return written(plan);
}

StudyPlan planFromJson(const nlohmann::json& value)
{
    return readAs<StudyPlan>(value);
}

nlohmann::json openJson(const StudyPlan& plan)
{
    nlohmann::json open = planJson(plan);
    for (std::size_t i = 0; i < plan.sources.size(); ++i)
        open["sources"][i] = "Source " + std::to_string(i + 1);
    for (auto& item : open["items"]) {
        for (const char* field : originFields)
            item.erase(field);
    }
    return open;
}

nlohmann::json originJson(const StudyPlan& plan)
{
    const nlohmann::json whole = planJson(plan);
    nlohmann::json origin{ { "sources", whole["sources"] }, { "items", nlohmann::json::array() } };
    for (const auto& item : whole["items"]) {
        auto& kept = origin["items"].emplace_back(nlohmann::json::object());
        for (const char* field : originFields)
            kept[field] = item[field];
    }
    return origin;
}

StudyPlan joined(const nlohmann::json& open, const nlohmann::json& origin)
{
    nlohmann::json whole = open;
    if (!origin.is_null()) {
        whole["sources"] = origin.at("sources");
        for (std::size_t i = 0; i < whole["items"].size(); ++i)
            whole["items"][i].update(origin.at("items").at(i));
    }
    StudyPlan plan = planFromJson(whole);
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
        if (plan.items[i].id.empty())
            plan.items[i].id = std::to_string(i + 1);
    }
    return plan;
}

nlohmann::json answerJson(const StudyAnswer& answer)
{
    return written(answer);
}

StudyAnswer answerFromJson(const nlohmann::json& value)
{
    return readAs<StudyAnswer>(value);
}

const char* trialKindName(TrialKind kind)
{
    return trialKindNames.at(static_cast<std::size_t>(kind));
}

const char* pairChoiceName(PairChoice choice)
{
    return choiceNames.at(static_cast<std::size_t>(choice));
}

const char* criterionName(int criterion)
{
    return criterionNames.at(static_cast<std::size_t>(criterion));
}

} // namespace adtailor
