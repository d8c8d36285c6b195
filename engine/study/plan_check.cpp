// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/plan_check.h"

#include "core/failure.h"
#include "study/trials.h"

#include <algorithm>
#include <set>

namespace adtailor {

namespace {

constexpr std::size_t longestStudyText = 4000;
constexpr std::int64_t mostStudyTasks = 2'000'000;

[[noreturn]] void refusePlan(const std::string& sentence)
{
    throw Failure(ErrorCode::InvalidInput, sentence);
}

void checkText(const std::string& text, const std::string& what)
{
    if (text.size() > longestStudyText)
        refusePlan(what + " is longer than " + std::to_string(longestStudyText)
                   + " bytes; shorten it.");
}

void checkSources(const StudyPlan& plan)
{
    if (plan.sources.size() < 2)
        refusePlan("A study compares at least two sources, this one has "
                   + std::to_string(plan.sources.size()) + "; add another.");
    if (std::ssize(plan.sources) > mostStudySources)
        refusePlan("A study has at most " + std::to_string(mostStudySources) + " sources.");
    if (plan.question == StudyQuestion::BestWorst && plan.sources.size() < 4)
        refusePlan(
            "Best and worst of four needs at least four sources; add some, or ask for pairs.");
    std::set<std::string> labels;
    for (const std::string& label : plan.sources) {
        checkText(label, "A source's label");
        if (label.empty() || !labels.insert(label).second)
            refusePlan("Every source needs a label of its own; \"" + label.substr(0, 80)
                       + "\" is empty or stands twice.");
    }
}

void checkAd(const StudyAd& ad, const std::string& what, bool checkPicture)
{
    checkText(ad.title, "The title of " + what);
    std::error_code error;
    if (ad.picture.empty()
        || (checkPicture && !std::filesystem::is_regular_file(ad.picture, error)))
        throw Failure(ErrorCode::FileNotFound,
                      "The picture of " + what + " is missing"
                          + (ad.picture.empty() ? "" : " (" + ad.picture.string() + ")")
                          + "; make it, or take the item out of the study.");
}

void checkItem(const StudyPlan& plan, const StudyItem& item, bool checkPictures)
{
    const std::string name = "item \"" + item.id.substr(0, 80) + '"';
    for (const std::string* text :
         { &item.id, &item.product, &item.person, &item.category, &item.language })
        checkText(*text, "A text of " + name);
    if (item.ads.size() != plan.sources.size())
        refusePlan("Study " + name + " has " + std::to_string(item.ads.size()) + " ads for "
                   + std::to_string(plan.sources.size()) + " sources; it needs one of each.");
    for (std::size_t i = 0; i < item.ads.size(); ++i)
        checkAd(item.ads[i], name + " from " + plan.sources[i], checkPictures);
}

void checkItems(const StudyPlan& plan, bool checkPictures)
{
    if (plan.items.empty())
        refusePlan("The study has no items; add products with an ad from every source.");
    if (plan.items.size() > mostStudyItems)
        refusePlan("A study has at most " + std::to_string(mostStudyItems) + " items.");
    std::set<std::string> ids;
    for (const StudyItem& item : plan.items) {
        if (item.id.empty() || !ids.insert(item.id).second)
            refusePlan("Every item needs an id of its own; \"" + item.id.substr(0, 80)
                       + "\" is empty or stands twice.");
        checkItem(plan, item, checkPictures);
    }
    if (studyTasks(plan) > mostStudyTasks)
        refusePlan("The study asks more than " + std::to_string(mostStudyTasks)
                   + " different questions; take fewer items or sources.");
    for (const StudyCatch& broken : plan.catches) {
        if (broken.item < 0 || broken.item >= std::ssize(plan.items))
            refusePlan("A catch of the study belongs to no item.");
        checkAd(broken.ad, "a catch", checkPictures);
    }
}

template<typename T> void checkRange(T value, T low, T high, const std::string& what)
{
    if (!(value >= low && value <= high))
        refusePlan(what + " must lie between " + std::to_string(low) + " and "
                   + std::to_string(high) + '.');
}

} // namespace

void checkPlan(const StudyPlan& plan, bool checkPictures)
{
    checkText(plan.name, "The study's name");
    checkText(plan.instruction, "The instruction");
    if (plan.name.empty())
        refusePlan("The study needs a name.");
    checkRange(plan.version, 1, 1'000'000, "The version");
    checkRange(plan.trialsPerRater, 0, 100'000, "Trials for each rater");
    checkRange(plan.catchEvery, 0, 1000, "Trials for each catch");
    checkRange(plan.repeatShare, 0.0, 0.5, "The share of repeats");
    checkRange(plan.practice, 0, 50, "Practice trials");
    checkRange(plan.minimumSeconds, 0.0, 60.0, "The minimum viewing time in seconds");
    checkRange(plan.breakEvery, 0, 10'000, "Trials between breaks");
    checkSources(plan);
    checkItems(plan, checkPictures);
}

void checkAnswer(StudyQuestion question, const StudyAnswer& answer)
{
    const bool pair = answer.choice != PairChoice::None;
    const bool ends = answer.best >= 0 || answer.worst >= 0;
    if (question == StudyQuestion::Pairwise && (!pair || ends || !answer.criteria.empty()))
        refusePlan("The answer must be left, right, equally good or both bad.");
    if (question == StudyQuestion::BestWorst
        && (pair || !answer.criteria.empty() || answer.best == answer.worst || answer.best < 0
            || answer.best > 3 || answer.worst < 0 || answer.worst > 3))
        refusePlan(
            "The answer must name the best and the worst of the four ads, two different ones.");
    const auto complete
        = [](const CriterionAnswer& one) { return one.score >= 1 && one.score <= 5; };
    if (question == StudyQuestion::Rating
        && (pair || ends || answer.criteria.size() != studyCriteria
            || !std::ranges::all_of(answer.criteria, complete)))
        refusePlan("The answer must give all four criteria a score from 1 to 5.");
}

Result<void> checkStudyPlan(const StudyPlan& plan)
{
    return guarded([&] { checkPlan(plan, true); });
}

} // namespace adtailor
