// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qt_types.h"

#include <cstring>

namespace adtailor {

QString toQString(const std::string& text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QStringList toQStringList(const std::vector<std::string>& texts)
{
    QStringList list;
    list.reserve(static_cast<qsizetype>(texts.size()));
    for (const std::string& text : texts)
        list.append(toQString(text));
    return list;
}

std::string toStdString(const QString& text)
{
    return text.toUtf8().toStdString();
}

std::vector<std::string> toStdStrings(const QStringList& texts)
{
    std::vector<std::string> list;
    list.reserve(static_cast<std::size_t>(texts.size()));
    for (const QString& text : texts)
        list.push_back(toStdString(text));
    return list;
}

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(path.toUtf8().toStdString());
}

QString fromPath(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

QImage toQImage(const Image& image)
{
    if (image.isEmpty())
        return {};
    const auto format = image.hasAlpha() ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
    const qsizetype stride = static_cast<qsizetype>(image.width()) * image.channels();
    const QImage view(image.data(), image.width(), image.height(), stride, format);
    return view.convertToFormat(image.hasAlpha() ? QImage::Format_ARGB32_Premultiplied
                                                 : QImage::Format_RGB32);
}

Image toImage(const QImage& image)
{
    if (image.isNull())
        return {};
    const bool alpha = image.hasAlphaChannel();
    const QImage plain
        = image.convertToFormat(alpha ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    const int channels = alpha ? 4 : 3;
    const std::size_t stride = static_cast<std::size_t>(plain.width()) * channels;
    std::vector<std::uint8_t> pixels(stride * plain.height());
    for (int y = 0; y < plain.height(); ++y)
        std::memcpy(pixels.data() + y * stride, plain.constScanLine(y), stride);
    return Image(plain.width(), plain.height(), channels, std::move(pixels));
}

} // namespace adtailor
