// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/request_check.h"

#include "core/failure.h"
#include "generation/sampler.h"

#include <string>

namespace adtailor {

namespace {

constexpr float largestGuidance = 100;
constexpr float largestControl = 10;
constexpr int largestTitleTokens = 512;
constexpr int largestHistoryCount = 64;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Failure(ErrorCode::InvalidInput, sentence);
}

bool isBlank(const std::string& text)
{
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

void checkLength(const std::string& what, const std::string& text, std::size_t limit)
{
    if (text.size() > limit)
        refuse(what + " has " + std::to_string(text.size()) + " bytes; at most "
               + std::to_string(limit) + " are read, so shorten it.");
}

void checkProduct(const Product& product)
{
    if (isBlank(product.title))
        refuse("The product has no description; say in a few words what it is.");
    checkLength("The product's description", product.title, limits::descriptionBytes);
    if (product.sellingPoints.size() > limits::sellingPoints)
        refuse("There are " + std::to_string(product.sellingPoints.size())
               + " selling points; keep at most " + std::to_string(limits::sellingPoints) + '.');
    for (std::size_t i = 0; i < product.sellingPoints.size(); ++i) {
        const std::string name = "Selling point " + std::to_string(i + 1);
        if (isBlank(product.sellingPoints[i]))
            refuse(name + " is empty; write it or take it out.");
        checkLength(name, product.sellingPoints[i], limits::sellingPointBytes);
    }
    if (product.cutout.isEmpty())
        refuse("The product has no picture; choose a cutout of it.");
    if (!product.cutout.hasAlpha())
        refuse("The product's picture is not a cutout; its background must be transparent.");
}

void checkSettings(const GenerationRequest& request)
{
    checkSampling(request.text, "title's");
    checkSampling(request.image, "picture's");
    if (!(request.guidanceScale >= 0 && request.guidanceScale <= largestGuidance))
        refuse("The guidance scale must lie between 0 and 100; 1 turns guidance off.");
    if (!(request.controlStrength >= 0 && request.controlStrength <= largestControl))
        refuse("The control strength must lie between 0 and 10; 0 turns control off.");
    if (request.count < 1 || request.count > limits::adsPerRequest)
        refuse("One request makes 1 to " + std::to_string(limits::adsPerRequest) + " ads, not "
               + std::to_string(request.count) + '.');
    if (request.maxTitleTokens < 1 || request.maxTitleTokens > largestTitleTokens)
        refuse("A title may have 1 to " + std::to_string(largestTitleTokens) + " tokens, not "
               + std::to_string(request.maxTitleTokens) + '.');
}

void checkGivenParts(const GenerationRequest& request, const UniAdGenConfig& config)
{
    if (request.title) {
        if (isBlank(*request.title))
            refuse("The given title is empty; write one, or leave it to the model.");
        checkLength("The given title", *request.title, limits::titleBytes);
    }
    const auto total = static_cast<std::size_t>(config.imageTokens());
    if (request.imagePrefix.size() > total)
        refuse("The given start of the picture has " + std::to_string(request.imagePrefix.size())
               + " tokens; a whole picture has " + std::to_string(total) + ", so keep fewer rows.");
    for (const std::int32_t token : request.imagePrefix)
        if (token < 0 || token >= config.vq.codebookSize)
            refuse("The given start of the picture holds the token " + std::to_string(token)
                   + ", but this model has tokens 0 to "
                   + std::to_string(config.vq.codebookSize - 1) + "; it is from another model.");
}

} // namespace

void checkHistory(const Brief& brief, const PreferenceOptions& options)
{
    if (brief.history.size() > limits::historyItems)
        refuse("The history has " + std::to_string(brief.history.size())
               + " items; keep the latest " + std::to_string(limits::historyItems) + '.');
    for (std::size_t i = 0; i < brief.history.size(); ++i) {
        const std::string name = "History item " + std::to_string(i + 1);
        if (brief.history[i].image.isEmpty())
            refuse(name + " has no picture; choose one or take the item out.");
        checkLength("The title of history item " + std::to_string(i + 1), brief.history[i].title,
                    limits::titleBytes);
    }
    if (options.count < 0 || options.count > largestHistoryCount)
        refuse("The number of history items to read must lie between 0 and "
               + std::to_string(largestHistoryCount) + "; 0 leaves it to the model.");
}

void checkRequest(const GenerationRequest& request, const UniAdGenConfig& config)
{
    checkProduct(request.brief.product);
    checkHistory(request.brief, request.preference);
    checkSettings(request);
    checkGivenParts(request, config);
}

} // namespace adtailor
