// Reads a product cutout and places it on the square frame of an ad.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console.h"

#include <adtailor/image.h>

#include <filesystem>

namespace adtailor::cli {

// Shares of the frame; the defaults are the middle of what the bundled scenes show.
struct ProductPlacement
{
    double maxRatio = 0.55; // longer side of the product
    double ground = 0.8; // foot of the product, from the top
    bool asPlaced = false; // the file's canvas is the frame; only maxRatio applies
};

// RGBA, square. Notes on an opaque or cut product go to the console, if there is one.
Image readProduct(const std::filesystem::path& file, const ProductPlacement& placement,
                  Console* console);

} // namespace adtailor::cli
