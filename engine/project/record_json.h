// RecordJson: requests and ads as JSON text, their pictures as names of a PictureFolder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/picture_folder.h"

#include <adtailor/project.h>

#include <map>

namespace adtailor {

// Remembers pictures for a while: the ads of a batch share their cutout and clicks.
class RecordJson
{
public:
    explicit RecordJson(PictureFolder& pictures)
        : m_pictures(pictures)
    {
    }

    std::string textOf(const GenerationRequest& request);
    std::string textOf(const AdRecord& record);
    GenerationRequest requestOf(const std::string& text);
    void read(const std::string& text, AdRecord& record);
    std::string nameOf(const Image& image); // saves it unless it has
    void forget() { m_known.clear(); }

private:
    Image imageOf(const std::string& name);
    void remember(const std::string& name, const Image& image);

    PictureFolder& m_pictures;
    std::map<std::string, Image> m_known;
    std::size_t m_knownBytes = 0;
};

// Adds every picture that the text names.
void collectPictureNames(const std::string& text, std::set<std::string>& names);

} // namespace adtailor
