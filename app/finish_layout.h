// Where the words of a finished ad lie in the frame of one channel; measured and painted alike on
// the artboard and in the file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_document.h"
#include "app/text_lines.h"

#include <adtailor/channels.h>

#include <QImage>

class QPainter;

namespace adtailor {

struct LaidLayer
{
    FinishLayer layer; // ink is never automatic here
    QString text; // what stands in it
    QRectF box; // pixels of the frame
    QFont font;
    TextLines lines;
    bool fits = true;
    double contrast = 21; // lowest under the letters
};

struct FrameLayout
{
    QList<LaidLayer> layers; // painted in this order
    QStringList leftOut; // ids of layers for which the frame has no room
    double unit = 0; // letter size of a headline, pixels
};

// What the template leaves for the picture; the rest of the frame is white.
QRect pictureArea(FinishTemplate pattern, const Channel& channel);
// The template wants the product aside, so that words have room.
bool wantsTextRoom(FinishTemplate pattern, const QSize& frame);

// texts: of each layer, by id; layers with neither text nor picture are not laid. product: its box
// in the frame. Contrast and automatic ink are left for measureInk.
FrameLayout layOutWords(const FinishDocument& document, const std::map<QString, QString>& texts,
                        const Channel& channel, const QRectF& product);
// Chooses automatic ink and measures the lowest contrast under the letters of each layer.
void measureInk(FrameLayout& layout, const QImage& picture);
void paintLayer(QPainter& painter, const LaidLayer& layer);

// WCAG 2.2 contrast of two opaque colours, 1 to 21.
double contrastOf(const QColor& one, const QColor& other);
// The default of an action, in the language of the ad's title.
QString defaultAction(const QString& title);

} // namespace adtailor
