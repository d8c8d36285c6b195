// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/json.h"
#include "core/sha256.h"
#include "core/strict_json.h"

#include <adtailor/ad_files.h>
#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr const char* format = "adtailor-ad";
constexpr int formatVersion = 1;
constexpr const char* partsFolder = "parts";
constexpr std::size_t titleFileBytes = 64U << 10U;

[[noreturn]] void refuseSoManyPictures()
{
    throw Failure(ErrorCode::InvalidInput,
                  "The history has more than " + std::to_string(limits::historyItems)
                      + " pictures; keep the latest ones.");
}

// Pictures of a JSON file are paths relative to it.
class PictureReader
{
public:
    // Missing: what a history picture that cannot be read means: the person may have deleted it
    // since, and an ad that was made of it can still be looked at.
    enum class Missing { Refused, Empty };

    explicit PictureReader(const fs::path& file, Missing missingHistory = Missing::Refused)
        : m_folder(file.parent_path())
        , m_missingHistory(missingHistory)
    {
    }

    Image operator()(const nlohmann::json& value, const std::string& where)
    {
        if (!value.is_string() || value.get_ref<const std::string&>().empty())
            throw Failure(ErrorCode::InvalidInput,
                          '"' + where + "\" is not the path of a picture.");
        if (m_paths.size() > limits::historyItems)
            refuseSoManyPictures();
        const fs::path path = m_folder / value.get<std::string>();
        Result<Image> image = imaging::load(path);
        if (!image && m_missingHistory == Missing::Empty
            && where.find("history") != std::string::npos)
            return {};
        m_paths[valueOrThrow(image).data()] = path;
        return *image;
    }

    fs::path pathOf(const Image& image) const
    {
        const auto found = m_paths.find(image.data());
        return found == m_paths.end() ? fs::path() : found->second;
    }

private:
    fs::path m_folder;
    Missing m_missingHistory;
    std::map<const std::uint8_t*, fs::path> m_paths;
};

RequestFile withFiles(GenerationRequest request, const PictureReader& pictures)
{
    RequestFile read{ .request = std::move(request), .historyFiles = {} };
    for (const HistoryItem& item : read.request.brief.history)
        read.historyFiles.push_back(pictures.pathOf(item.image));
    return read;
}

GenerationRequest requestFrom(const nlohmann::json& json, PictureReader& pictures)
{
    return fromJson<GenerationRequest>(json, std::ref(pictures));
}

nlohmann::json member(const nlohmann::json& json, const char* name, const fs::path& file)
{
    const auto found = json.find(name);
    if (found == json.end())
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " lacks \"" + name
                          + "\"; it is not of the kind that is read here.");
    return *found;
}

// A person's file says whether their history may be used; one without the word is the user's own.
void refuseWithoutConsent(const nlohmann::json& person, const fs::path& file)
{
    const auto consent = person.find("consent");
    if (consent != person.end() && *consent != "fictional" && *consent != "given")
        throw Failure(ErrorCode::InvalidInput,
                      file.string()
                          + " is of a person who has not agreed to the use of their "
                            "history; leave it out.");
}

// Leaves out what else a person's file says of an item; of a title in several languages takes the
// English one.
nlohmann::json plainItems(nlohmann::json items)
{
    if (!items.is_array())
        return items; // refused by the reader, with its sentence
    for (nlohmann::json& item : items) {
        if (!item.is_object())
            continue;
        nlohmann::json plain;
        for (const char* name : { "image", "title" })
            if (item.contains(name))
                plain[name] = item[name];
        if (plain.contains("title") && plain["title"].is_object())
            plain["title"] = plain["title"].value("en", "");
        item = std::move(plain);
    }
    return items;
}

RequestFile readHistoryFile(const fs::path& file)
{
    nlohmann::json json = readJsonFile(file, limits::jsonFileBytes);
    if (json.is_object()) {
        refuseWithoutConsent(json, file);
        json = member(json, "history", file);
    }
    PictureReader pictures(file);
    GenerationRequest request;
    request.brief = fromJson<Brief>(nlohmann::json{ { "history", plainItems(std::move(json)) } },
                                    std::ref(pictures));
    return withFiles(std::move(request), pictures);
}

bool looksLikePicture(const fs::path& path)
{
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char letter) { return std::tolower(letter); });
    return extension == ".png" || extension == ".jpg" || extension == ".jpeg"
        || extension == ".webp";
}

std::string titleBeside(const fs::path& picture)
{
    const fs::path file = fs::path(picture).replace_extension(".txt");
    if (!fs::exists(file))
        return {};
    std::string title = readTextFile(file, titleFileBytes);
    title.erase(title.find_last_not_of(" \t\r\n") + 1);
    return title;
}

RequestFile readHistoryFolder(const fs::path& folder)
{
    RequestFile read;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (looksLikePicture(entry.path()))
            read.historyFiles.push_back(entry.path());
    if (read.historyFiles.empty())
        throw Failure(ErrorCode::FileNotFound,
                      "The folder " + folder.string() + " holds no PNG, JPEG or WebP picture.");
    if (read.historyFiles.size() > limits::historyItems)
        refuseSoManyPictures();
    std::sort(read.historyFiles.begin(), read.historyFiles.end());
    for (const fs::path& path : read.historyFiles)
        read.request.brief.history.push_back(
            { .image = valueOrThrow(imaging::load(path)), .title = titleBeside(path) });
    return read;
}

std::string utf8(const fs::path& path)
{
    const std::u8string text = path.generic_u8string();
    return { text.begin(), text.end() };
}

nlohmann::json requestJson(const fs::path& folder, const RequestFile& file,
                           const std::string& cutoutName)
{
    std::map<const std::uint8_t*, std::string> names;
    names[file.request.brief.product.cutout.data()] = cutoutName;
    const auto& history = file.request.brief.history;
    for (std::size_t i = 0; i < history.size() && i < file.historyFiles.size(); ++i)
        if (!file.historyFiles[i].empty())
            names[history[i].image.data()]
                = utf8(fs::proximate(fs::absolute(file.historyFiles[i]), fs::absolute(folder)));
    return toJson(file.request, [&](const Image& image) -> nlohmann::json {
        const auto found = names.find(image.data());
        return found == names.end() ? nlohmann::json() : nlohmann::json(found->second);
    });
}

std::vector<std::pair<std::string, std::string>> provenance(const Ad& ad, const ModelInfo& model)
{
    return { { "Title", ad.title },
             { "Software", "AdTailor" },
             { "Comment",
               "Made by a machine: model " + model.name + ' ' + ad.modelHash.substr(0, 12)
                   + ", seed " + std::to_string(ad.seed) } };
}

// Lists of numbers on one line: token ids would fill pages otherwise.
std::string readable(const nlohmann::json& json)
{
    const std::string text = json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::string result;
    bool inText = false;
    bool inNumbers = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped = inText && text[i] == '\\';
        if (text[i] == '"')
            inText = !inText;
        if (!inText && text[i] == '[')
            inNumbers = text.find_first_not_of("[ \n-0123456789.,e+", i) == text.find(']', i);
        else if (text[i] == ']')
            inNumbers = false;
        if (!inNumbers || (text[i] != ' ' && text[i] != '\n'))
            result += text[i];
        if (escaped)
            result += text[++i];
    }
    return result + '\n';
}

// Writes the files of one ad; unless all of them are written, none stays.
class AdWriter
{
public:
    AdWriter(fs::path folder, const Ad& ad)
        : m_folder(std::move(folder))
        , m_ad(ad)
        , m_name("ad-" + std::to_string(ad.seed))
        , m_files{ .composite = m_folder / (m_name + ".png"),
                   .picture = m_folder / partsFolder / (m_name + ".png"),
                   .record = m_folder / (m_name + ".json") }
    {
    }

    AdFiles write(const RequestFile& request, const ModelInfo& model)
    {
        try {
            makeFolders();
            writeAll(request, model);
        } catch (...) {
            takeBack();
            throw;
        }
        return m_files;
    }

private:
    void makeFolders()
    {
        for (fs::path folder = m_folder / partsFolder; !folder.empty() && !fs::exists(folder);
             folder = folder.parent_path())
            m_newFolders.push_back(folder);
        std::error_code error;
        fs::create_directories(m_folder / partsFolder, error);
        if (error)
            throw Failure(ErrorCode::InvalidInput,
                          "The folder " + m_folder.string() + " cannot be made: " + error.message()
                              + ". Choose another place for the ads.");
    }

    void writeAll(const RequestFile& request, const ModelInfo& model)
    {
        const Image& cutout = request.request.brief.product.cutout;
        const std::string pictureName = utf8(fs::path(partsFolder) / m_files.picture.filename());
        const nlohmann::json record{
            { "format", format },
            { "version", formatVersion },
            { "ad", toJson(m_ad, [&](const Image&) { return nlohmann::json(pictureName); }) },
            { "model", toJson(model, {}) },
            { "request", requestJson(m_folder, request, writeCutout(cutout)) }
        };
        const auto text = provenance(m_ad, model);
        add(m_files.picture);
        valueOrThrow(imaging::savePng(m_ad.image, m_files.picture, text));
        add(m_files.composite);
        valueOrThrow(
            imaging::savePng(imaging::compose(m_ad.image, cutout), m_files.composite, text));
        add(m_files.record); // last, so that a record always has its pictures
        writeFileAtomically(m_files.record, readable(record));
    }

    // The placed product under a name made of its own bytes, so that ads of one product share it.
    std::string writeCutout(const Image& cutout)
    {
        const auto bytes = valueOrThrow(imaging::encodePng(cutout));
        const fs::path name
            = fs::path(partsFolder) / ("cutout-" + sha256Hex(bytes).substr(0, 12) + ".png");
        if (!fs::exists(m_folder / name)) {
            add(m_folder / name);
            writeFileAtomically(m_folder / name, bytes);
        }
        return utf8(name);
    }

    void add(const fs::path& file)
    {
        if (!fs::exists(file)) // an ad that is replaced stays as it was
            m_newFiles.push_back(file);
    }

    void takeBack() const
    {
        std::error_code ignored;
        for (const fs::path& file : m_newFiles)
            fs::remove(file, ignored);
        for (const fs::path& folder : m_newFolders) // the innermost first; only empty ones go
            fs::remove(folder, ignored);
    }

    fs::path m_folder;
    const Ad& m_ad;
    std::string m_name;
    AdFiles m_files;
    std::vector<fs::path> m_newFiles, m_newFolders;
};

AdFile read(const fs::path& file)
{
    const nlohmann::json json = readJsonFile(file, limits::jsonFileBytes);
    if (!json.is_object() || json.value("format", nlohmann::json()) != format)
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " is not the record of an ad; choose an ad-*.json.");
    if (json.value("version", nlohmann::json()) != formatVersion)
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " was written by a newer AdTailor; update this one.");
    PictureReader pictures(file, PictureReader::Missing::Empty);
    AdFile result;
    result.request = withFiles(requestFrom(member(json, "request", file), pictures), pictures);
    result.ad = fromJson<Ad>(member(json, "ad", file), std::ref(pictures));
    result.model = fromJson<ModelInfo>(member(json, "model", file), {});
    return result;
}

} // namespace

Result<RequestFile> readRequest(const fs::path& file)
{
    return guarded([&] {
        const nlohmann::json json = readJsonFile(file, limits::jsonFileBytes);
        PictureReader pictures(file);
        const bool isRecord = json.is_object() && json.contains("request");
        return withFiles(requestFrom(isRecord ? json["request"] : json, pictures), pictures);
    });
}

Result<RequestFile> readHistory(const fs::path& fileOrFolder)
{
    return guarded([&] {
        if (!fs::is_directory(fileOrFolder))
            return readHistoryFile(fileOrFolder);
        const fs::path person = fileOrFolder / "persona.json";
        return fs::exists(person) ? readHistoryFile(person) : readHistoryFolder(fileOrFolder);
    });
}

Result<AdFiles> saveAd(const fs::path& folder, const RequestFile& request, const Ad& ad,
                       const ModelInfo& model)
{
    return guarded([&] { return AdWriter(folder, ad).write(request, model); });
}

Result<AdFile> readAd(const fs::path& record)
{
    return guarded([&] { return read(record); });
}

} // namespace adtailor
