// Writes the good and bad files that the command-line tests read, into the folder it is given.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "engine/tiny_bundle.h"

#include <adtailor/imaging.h>

#include <cmath>
#include <cstdio>
#include <string>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

// A grey disc on a transparent canvas.
Image disc(int side)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4, 0);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            if (std::hypot(x - side / 2.0, y - side / 2.0) < side * 0.4) {
                auto* pixel = pixels.data() + (static_cast<std::size_t>(y) * side + x) * 4;
                pixel[0] = static_cast<std::uint8_t>(x * 255 / side);
                pixel[1] = pixel[2] = 120;
                pixel[3] = 255;
            }
    return Image(side, side, 4, std::move(pixels));
}

Image plain(int side, int channels, std::uint8_t value)
{
    return Image(
        side, side, channels,
        std::vector<std::uint8_t>(static_cast<std::size_t>(side) * side * channels, value));
}

void savePicture(const Image& image, const fs::path& path)
{
    valueOrThrow(imaging::savePng(image, path));
}

// A PNG header that claims 20000 x 20000 pixels; its checksum does not matter to a header probe.
std::string hugeHeader()
{
    std::string png("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", 16);
    const std::string side("\0\0\x4E\x20", 4);
    return png + side + side + std::string("\x08\x06\0\0\0\0\0\0\0", 9);
}

void writePictures(const fs::path& folder)
{
    savePicture(disc(120), folder / "cutout.png");
    savePicture(plain(64, 4, 0), folder / "transparent.png");
    savePicture(plain(64, 3, 90), folder / "opaque.png");
    writeFileAtomically(folder / "empty.png", std::string_view());
    writeFileAtomically(folder / "gif.png", std::string_view("GIF89a\1\0\1\0\x80\0\0"));
    writeFileAtomically(folder / "huge.png", hugeHeader());
}

void writeHistories(const fs::path& folder)
{
    fs::create_directories(folder / "history");
    for (int i = 0; i < 3; ++i) {
        const std::string name = "ad" + std::to_string(i);
        savePicture(plain(48, 3, static_cast<std::uint8_t>(60 * i)),
                    folder / "history" / (name + ".png"));
        writeFileAtomically(folder / "history" / (name + ".txt"), "Kettle number " + name);
    }
    writeFileAtomically(folder / "persona.json",
                        std::string_view(R"({"name": "Ann", "consent": "given", "history": [
        {"image": "history/ad0.png", "title": {"en": "A kettle"}},
        {"image": "history/ad1.png", "title": "A pan"}]})"));
    writeFileAtomically(folder / "withdrawn.json",
                        std::string_view(R"({"consent": "withdrawn", "history": []})"));
    writeFileAtomically(folder / "bad_history.json",
                        std::string_view(R"([{"image": "empty.png", "title": "A pan"}])"));
    writeFileAtomically(folder / "not.json", std::string_view("{\"history\": ["));
}

void writeRecords(const fs::path& folder)
{
    std::string records = "[";
    for (int i = 0; i < 3; ++i)
        records += std::string(i ? "," : "") + R"({"f_path": "opaque.png", "f_path_trans": ")"
            + (i == 1 ? "missing.png" : "cutout.png")
            + R"(", "width": 512, "height": 512, "caption": "", "sku_title_cn": "A kettle",
            "gt_title_cn": "Boil fast", "word_list": "boils fast, cool handle", "max_ratio": 0.6,
            "history_images": ["history/ad0.png"], "history_titles": ["A pan"], "text_similarity": [0.5]})";
    writeFileAtomically(folder / "records.json", records + "]");
}

// One record each: `plain` and `leak` differ by an item with the target's title and one with its
// picture; `near` and `far` by the similarities, which leave nothing to chance.
void writeHistoryRecords(const fs::path& folder)
{
    const auto write = [&](const char* name, const std::string& images, const std::string& titles,
                           const std::string& similarities) {
        writeFileAtomically(
            folder / (std::string("history_") + name + ".json"),
            R"([{"f_path": "opaque.png", "f_path_trans": "cutout.png", "sku_title_cn": "A kettle",
            "gt_title_cn": "Boil fast<title_split>Never wait", "word_list": "boils fast",
            "history_images": [)"
                + images + R"(], "history_titles": [)" + titles + R"(], "text_similarity": [)"
                + similarities + "]}]");
    };
    const std::string images = R"("history/ad0.png", "history/ad2.png")";
    const std::string titles = R"("A pan", "A red pot")";
    write("plain", images, titles, "0.5, 0.25");
    write("leak", R"("history/ad1.png", "opaque.png", )" + images,
          R"("Never wait", "A lid", )" + titles, "0.9, 0.9, 0.5, 0.25");
    write("near", images, titles, "1, 1e-9");
    write("far", images, titles, "1e-9, 1");
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    const auto written = guarded([&] {
        const fs::path folder = argv[1];
        fs::create_directories(folder);
        writePictures(folder);
        writeHistories(folder);
        writeRecords(folder);
        writeHistoryRecords(folder);
        writeTinyBundle(folder / "model");
        writeTinyBundle(folder / "truncated", { .fault = BundleFault::Truncated });
        writeTinyBundle(folder / "web_page", { .fault = BundleFault::NotSafetensors });
        writeTinyBundle(folder / "wrong_shape", { .fault = BundleFault::WrongShape });
        writeTinyBundle(folder / "wrong_name", { .fault = BundleFault::WrongName });
        fs::create_directories(folder / "no_model");
    });
    if (!written)
        std::fprintf(stderr, "%s\n", written.error().detail.c_str());
    return written ? 0 : 1;
}
