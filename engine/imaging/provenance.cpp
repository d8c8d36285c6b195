// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/provenance.h"

#include "core/bounded_read.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/json.h"
#include "core/sha256.h"
#include "core/strict_json.h"
#include "imaging/xmp.h"

#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <random>

namespace adtailor {

namespace {

using nlohmann::json;

constexpr const char* recordFormat = "adtailor-record";
constexpr int recordVersion = 1;

std::span<const std::byte> bytesOf(const void* data, std::size_t size)
{
    return { static_cast<const std::byte*>(data), size };
}

void addPicture(Sha256& hash, const Image& image)
{
    std::string head;
    for (const int number : { image.width(), image.height(), image.channels() })
        appendLittleEndian(head, static_cast<std::uint32_t>(number));
    hash.update(bytesOf(head.data(), head.size()));
    hash.update(bytesOf(image.data(), image.byteCount()));
}

void addText(Sha256& hash, const std::string& text)
{
    std::string head;
    appendLittleEndian(head, static_cast<std::uint64_t>(text.size()));
    hash.update(bytesOf(head.data(), head.size()));
    hash.update(bytesOf(text.data(), text.size()));
}

void addTokens(Sha256& hash, const std::vector<std::int32_t>& tokens)
{
    std::string bytes;
    appendLittleEndian(bytes, static_cast<std::uint64_t>(tokens.size()));
    for (const std::int32_t token : tokens)
        appendLittleEndian(bytes, static_cast<std::uint32_t>(token));
    hash.update(bytesOf(bytes.data(), bytes.size()));
}

std::string newSalt()
{
    std::random_device random;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string salt;
    for (int i = 0; i < 32; ++i)
        salt += digits[random() & 15U];
    return salt;
}

[[noreturn]] void refuseRecord(const std::string& name, const std::string& problem)
{
    throw Failure(ErrorCode::FileCorrupt,
                  name + " cannot be traced: " + problem
                      + ". Take the file as AdTailor exported it.");
}

std::string textIn(const json& object, const char* key, const std::string& name)
{
    const json value = object.value(key, json(""));
    if (!value.is_string())
        refuseRecord(name, std::string("\"") + key + "\" of its record is not a text");
    return value.get<std::string>();
}

Provenance recordOf(const json& object, const std::string& name)
{
    if (!object.is_object() || object.value("format", json()) != recordFormat)
        refuseRecord(name, "its record has another format");
    if (object.value("version", json()) != recordVersion)
        refuseRecord(name, "its record was written by a newer AdTailor");
    Provenance record;
    record.title = textIn(object, "title", name);
    record.modelName = textIn(object, "model", name);
    record.modelHash = textIn(object, "model_hash", name);
    record.tokens = textIn(object, "token_digest", name);
    record.cutout = textIn(object, "cutout_digest", name);
    record.salt = textIn(object, "history_salt", name);
    record.history = textIn(object, "history_digest", name);
    record.channel = textIn(object, "channel", name);
    const json items = object.value("history_items", json(0));
    if (!items.is_number_integer() || items < 0 || items > limits::historyItems)
        refuseRecord(name, "\"history_items\" of its record is out of range");
    record.historyItems = items.get<int>();
    record.request = fromJson<GenerationRequest>(
        object.value("request", json::object()), [&](const json&, const std::string&) -> Image {
            refuseRecord(name, "its record names pictures");
        });
    const json seed = object.value("seed", json());
    if (!seed.is_number_unsigned())
        refuseRecord(name, "its record has no \"seed\"");
    record.seed = seed.get<std::uint64_t>();
    if (!record.request.brief.history.empty())
        refuseRecord(name, "its record has a history in clear, which AdTailor never writes");
    return record;
}

} // namespace

std::string provenanceJson(const Provenance& record)
{
    json object{ { "format", recordFormat },
                 { "version", recordVersion },
                 { "seed", record.seed },
                 { "title", record.title },
                 { "model", record.modelName },
                 { "model_hash", record.modelHash },
                 { "token_digest", record.tokens },
                 { "cutout_digest", record.cutout },
                 { "history_items", record.historyItems },
                 { "channel", record.channel },
                 { "request", toJson(record.request, {}) } };
    if (record.historyItems > 0) {
        object["history_salt"] = record.salt;
        object["history_digest"] = record.history;
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string tokenDigest(const Ad& ad)
{
    Sha256 hash;
    addTokens(hash, ad.textTokens);
    addTokens(hash, ad.imageTokens);
    return hash.hex();
}

std::string cutoutDigest(const Image& cutout)
{
    if (cutout.isEmpty())
        return {};
    Sha256 hash;
    addPicture(hash, cutout);
    return hash.hex();
}

std::string historyDigest(const std::vector<HistoryItem>& history, const std::string& salt)
{
    if (history.empty())
        return {};
    Sha256 hash;
    addText(hash, salt);
    for (const HistoryItem& item : history) {
        addText(hash, item.title);
        addPicture(hash, item.image);
    }
    return hash.hex();
}

Provenance makeProvenance(const GenerationRequest& request, const Ad& ad, const ModelInfo& model,
                          const std::string& channel)
{
    Provenance record;
    record.request = request;
    record.seed = ad.seed;
    const bool alone = request.brief.history.empty() || ad.seed < request.seed
        || ad.seed - request.seed >= limits::adsPerRequest;
    if (alone)
        record.request.seed = ad.seed;
    record.request.count = static_cast<int>(ad.seed - record.request.seed) + 1;
    record.request.brief.product.cutout = {};
    record.request.brief.history.clear();
    record.title = ad.title;
    record.modelName = model.name;
    record.modelHash = ad.modelHash.empty() ? model.hash : ad.modelHash;
    record.tokens = tokenDigest(ad);
    record.cutout = cutoutDigest(request.brief.product.cutout);
    record.historyItems = static_cast<int>(request.brief.history.size());
    if (record.historyItems > 0) {
        record.salt = newSalt();
        record.history = historyDigest(request.brief.history, record.salt);
    }
    record.channel = channel;
    return record;
}

Result<Provenance> readProvenance(const std::filesystem::path& picture)
{
    return guarded([&] {
        const auto bytes = readFile(picture, imaging::maximumFileBytes);
        const std::string text = imaging::recordInXmp(imaging::xmpOf(bytes));
        if (text.empty())
            refuseRecord(picture.string(), "it has no record of AdTailor");
        return recordOf(parseStrictJson(text, picture.string()), picture.string());
    });
}

Result<GenerationRequest> restoredRequest(const Provenance& record,
                                          const GenerationRequest& pictures)
{
    return guarded([&] {
        const Brief& brief = pictures.brief;
        if (cutoutDigest(brief.product.cutout) != record.cutout)
            throw Failure(ErrorCode::InvalidInput,
                          "The product's picture is not the one this file was made with; choose "
                          "the saved ad or project it comes from.");
        std::vector<HistoryItem> history;
        if (record.historyItems > 0)
            history = brief.history;
        if (historyDigest(history, record.salt) != record.history)
            throw Failure(ErrorCode::InvalidInput,
                          "The history is not the one this file was made with ("
                              + std::to_string(record.historyItems)
                              + " items); choose the saved ad or project it comes from.");
        GenerationRequest request = record.request;
        request.brief.product.cutout = brief.product.cutout;
        request.brief.history = std::move(history);
        return request;
    });
}

} // namespace adtailor
