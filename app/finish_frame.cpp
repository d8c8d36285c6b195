// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/finish_frame.h"

#include "app/qt_types.h"

#include <QPainter>

namespace adtailor {

namespace {

PlacedLayer::Kind kindOf(const LaidLayer& laid)
{
    switch (laid.layer.kind) {
    case LayerKind::Headline:
        return PlacedLayer::Kind::Headline;
    case LayerKind::Action:
        return PlacedLayer::Kind::Button;
    case LayerKind::Logo:
        return PlacedLayer::Kind::Logo;
    default:
        return PlacedLayer::Kind::Text;
    }
}

PlacedLayer placedOf(const LaidLayer& laid)
{
    return { .id = toStdString(laid.layer.id),
             .kind = kindOf(laid),
             .left = laid.box.left(),
             .top = laid.box.top(),
             .width = laid.box.width(),
             .height = laid.box.height(),
             .letterSize = laid.text.isEmpty() ? 0.0 : laid.font.pixelSize(),
             .letters = static_cast<int>(laid.text.size()),
             .fits = laid.fits,
             .contrast = laid.contrast };
}

} // namespace

FinishSource finishSource(const AdItem& ad)
{
    FinishSource source;
    source.number = ad.number;
    source.name = ad.name();
    source.title = ad.title;
    source.background = ad.ad.image.isEmpty() ? toImage(ad.picture) : ad.ad.image;
    source.batch = ad.batch;
    if (ad.batch) {
        source.points = toQStringList(ad.batch->request.brief.product.sellingPoints);
        source.cutout = ad.batch->request.brief.product.cutout;
    }
    source.ad = ad.ad;
    source.model = ad.model;
    return source;
}

QString layerText(const FinishLayer& layer, const FinishSource& source)
{
    if (layer.kind == LayerKind::Headline && layer.bound)
        return source.title;
    if (layer.kind == LayerKind::Points && layer.bound)
        return source.points.mid(0, boundPoints).join(QLatin1Char('\n'));
    if (layer.kind == LayerKind::Action && layer.text.isEmpty())
        return defaultAction(source.title);
    return layer.text;
}

FramePicture framePicture(const FinishSource& source, FinishTemplate pattern, bool white,
                          const Channel& channel)
{
    const QSize size(channel.width, channel.height);
    const QRect area = pictureArea(pattern, channel);
    const auto box = productBox(source.cutout);
    const FramePlan plan
        = planFrame(box, area.width(), area.height(), wantsTextRoom(pattern, size));
    const QImage drawn
        = toQImage(reframe(white ? Image() : source.background, source.cutout, plan));
    FramePicture made;
    made.product
        = QRectF(area.x() + plan.left + box[0] * plan.side,
                 area.y() + plan.top + box[1] * plan.side, box[2] * plan.side, box[3] * plan.side);
    if (area.size() == size) {
        made.picture = drawn;
        return made;
    }
    made.picture = QImage(size, QImage::Format_RGB32);
    made.picture.fill(Qt::white);
    QPainter painter(&made.picture);
    painter.drawImage(area.topLeft(), drawn);
    return made;
}

FinishFrame layFrame(const FinishSource& source, const FinishDocument& document,
                     const Channel& channel, const FramePicture& picture)
{
    FinishFrame frame{ channel, picture, {}, {} };
    std::map<QString, QString> texts;
    for (const FinishLayer& layer : document.layers)
        texts[layer.id] = layerText(layer, source);
    frame.layout = layOutWords(document, texts, channel, picture.product);
    measureInk(frame.layout, picture.picture);
    std::vector<PlacedLayer> placed;
    for (const LaidLayer& laid : frame.layout.layers)
        placed.push_back(placedOf(laid));
    PictureFacts facts;
    facts.whiteGround = document.white.contains(toQString(channel.id));
    if (!source.cutout.isEmpty()) {
        facts.left = picture.product.left();
        facts.top = picture.product.top();
        facts.width = picture.product.width();
        facts.height = picture.product.height();
    }
    frame.findings = lintPicture(channel, placed, facts);
    return frame;
}

QImage paintFrame(const FinishFrame& frame)
{
    QImage image = frame.picture.picture.convertToFormat(QImage::Format_RGB32);
    QPainter painter(&image);
    for (const LaidLayer& laid : frame.layout.layers)
        paintLayer(painter, laid);
    return image;
}

} // namespace adtailor
