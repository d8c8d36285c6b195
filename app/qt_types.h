// Conversions between Qt's values and adtailor's.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <QImage>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

QString toQString(const std::string& text);
QStringList toQStringList(const std::vector<std::string>& texts);
std::string toStdString(const QString& text);
std::vector<std::string> toStdStrings(const QStringList& texts);
std::filesystem::path toPath(const QString& path);
QString fromPath(const std::filesystem::path& path);

// Copies into the formats that paint fastest: RGB32, or premultiplied ARGB32 when there is alpha.
QImage toQImage(const Image& image);
// RGBA when the picture has alpha, else RGB. An empty image stays empty.
Image toImage(const QImage& image);

} // namespace adtailor
