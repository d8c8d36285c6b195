// toJson and fromJson: the one JSON form of every public struct, for frames and for files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>

namespace adtailor {

// How a picture is written and read: as a piece of a frame's tail, as a file's path, ... An empty
// Image is null and never reaches them. path: where the value stands, for error sentences, as in
// "brief.history[3].image".
using ImageWriter = std::function<nlohmann::json(const Image& image)>;
using ImageReader = std::function<Image(const nlohmann::json& value, const std::string& path)>;

// T: Brief, PreferenceOptions, PreferenceProfile, GenerationRequest, Ad, Timings, Progress,
// ModelInfo, EngineOptions, Error, and the messages of protocol.h. Names are snake_case.
template<typename T> nlohmann::json toJson(const T& value, const ImageWriter& images);

// Fields that are missing keep their defaults. Throws Failure(InvalidInput) with the path of the
// first value of a wrong type, out of range, unknown as a choice, or with an unknown name.
template<typename T> T fromJson(const nlohmann::json& json, const ImageReader& images);

} // namespace adtailor
