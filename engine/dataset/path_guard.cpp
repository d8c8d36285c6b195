// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/path_guard.h"

#include "core/failure.h"
#include "core/paths.h"

#include <algorithm>

namespace adtailor {

namespace {

constexpr std::size_t maximumPathBytes = 4096;
constexpr std::size_t maximumKnown = 200'000;

} // namespace

PathGuard::PathGuard(const std::filesystem::path& root, bool checkFiles)
    : m_checkFiles(checkFiles)
{
    std::error_code error;
    m_root = std::filesystem::canonical(root, error);
    if (error || !std::filesystem::is_directory(m_root, error))
        throw Failure(ErrorCode::FileNotFound,
                      "The picture folder " + root.string()
                          + " does not exist. Name the right folder.");
}

std::filesystem::path PathGuard::resolve(const std::string& path)
{
    if (path.empty() || path.size() > maximumPathBytes || path.find('\0') != std::string::npos)
        throw Failure(ErrorCode::InvalidInput, "A picture path is empty or broken.");
    const std::filesystem::path relative(path);
    const bool leaves = std::ranges::find(relative, std::filesystem::path("..")) != relative.end();
    if (relative.is_absolute() || leaves)
        throw Failure(ErrorCode::InvalidInput,
                      "The path " + path.substr(0, 200) + " leaves the picture folder.");
    const std::filesystem::path full = m_root / relative;
    if (m_checkFiles)
        check(full, path);
    return full;
}

void PathGuard::check(const std::filesystem::path& full, const std::string& name)
{
    if (m_known.contains(full.native()))
        return;
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(full, error);
    if (error || !std::filesystem::is_regular_file(real, error))
        throw Failure(ErrorCode::InvalidInput,
                      "The picture " + name.substr(0, 200) + " does not exist.");
    if (!isBeneath(real, m_root))
        throw Failure(ErrorCode::InvalidInput,
                      "The path " + name.substr(0, 200) + " leaves the picture folder by a link.");
    if (m_known.size() >= maximumKnown)
        m_known.clear();
    m_known.insert(full.native());
}

} // namespace adtailor
