// Channels: the places ads are shown at: sizes, byte limits and what each allows on the picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

enum class FileKind { Png, Jpeg, WebP };

// Shares of the picture's height (top, bottom) and width (left, right) that stay clear, 0 to 0.4.
struct SafeArea
{
    double top = 0, right = 0, bottom = 0, left = 0;
};

struct Channel
{
    std::string id; // a-z, 0-9 and -; part of file names
    std::string name; // for people
    int width = 0, height = 0; // pixels, 16 to 4096
    std::size_t minimumBytes = 0, maximumBytes = 0; // of a file
    std::vector<FileKind> kinds; // at least one, the preferred first
    bool text = true, logo = true; // allowed on the picture
    bool white = false; // the ground behind the product has to be plain white
    SafeArea safe;
    int headlineLetters = 0; // longest headline in letters; 0 = no limit
    int minimumLetter = 0; // smallest type in pixels; 0 = no limit
    std::string source; // where these numbers come from
};

struct ChannelSet
{
    std::string date; // of the numbers, as in the file: "2026-10"
    std::vector<Channel> channels;

    const Channel* find(const std::string& id) const; // nullptr: not there
};

// FileCorrupt or InvalidInput name the first value that is missing, unknown or out of range.
Result<ChannelSet> readChannels(const std::filesystem::path& file);
// The user's own channels.json in userDataFolder() when there is one, else the shipped one.
std::filesystem::path channelFile(const std::filesystem::path& resources);

// What lies on the picture, as far as a channel cares.
struct PlacedLayer
{
    enum class Kind { Headline, Text, Button, Logo };
    std::string id;
    Kind kind = Kind::Text;
    double left = 0, top = 0, width = 0, height = 0; // pixels of the channel's picture
    double letterSize = 0; // pixels; 0: no type
    int letters = 0;
    bool fits = true; // all words are shown
    double contrast = 21; // lowest under the letters, 1 to 21 (WCAG 2.2)
};

// The picture under the layers.
struct PictureFacts
{
    bool whiteGround = false; // plain white behind the product
    double left = 0, top = 0, width = 0, height = 0; // of the product's box, pixels; empty: none
};

enum class LintRule {
    TextNotAllowed,
    LogoNotAllowed,
    NeedsWhite,
    DoesNotFit, // words are cut
    OutsidePicture,
    OutsideSafeArea,
    CoversProduct,
    HeadlineTooLong,
    LetterTooSmall,
    LowContrast,
};

struct LintFinding
{
    LintRule rule = LintRule::DoesNotFit;
    bool blocks = false; // else a warning
    std::string layer; // empty: the picture as a whole
    double measured = 0, needed = 0; // letters, pixels or contrast
};

// Blocking findings first.
std::vector<LintFinding> lintPicture(const Channel& channel, const std::vector<PlacedLayer>& layers,
                                     const PictureFacts& picture);
// WCAG 2.2, 1.4.3: 3 from 24 px on (18.66 px when bold), 4.5 below.
double neededContrast(double letterSize, bool bold);

} // namespace adtailor
