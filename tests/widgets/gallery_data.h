// SPDX-License-Identifier: GPL-3.0-or-later
// Words, pictures and models the widget gallery shows; everything is drawn or written here.
#pragma once

#include "widgets/context_picker.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QStandardItemModel>

#include <cmath>
#include <vector>

namespace gallery {

using namespace adtailor;

inline bool chinese = false;

inline QString say(const char* english, const char* han)
{
    return QString::fromUtf8(chinese ? han : english);
}

// A lamp in front of a wall, drawn here so that the gallery needs no files.
inline QImage lamp(int hue, bool cutout)
{
    QImage picture(384, 384, cutout ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    picture.fill(cutout ? Qt::transparent : QColor::fromHsv(hue, 60, 205));
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (!cutout) {
        painter.setBrush(QColor::fromHsv(hue, 120, 150));
        painter.drawRect(0, 300, 384, 84);
    }
    painter.setBrush(QColor(205, 150, 30));
    painter.drawRect(180, 150, 24, 180);
    painter.drawEllipse(QRect(120, 318, 144, 36));
    QPainterPath shade;
    shade.moveTo(80, 160);
    shade.cubicTo(100, 30, 284, 30, 304, 160);
    painter.drawPath(shade);
    painter.end();
    return cutout ? picture.copy(76, 40, 232, 320) : picture;
}

inline QStandardItemModel* clicks(QObject* parent)
{
    auto* model = new QStandardItemModel(parent);
    const char* titles[]
        = { "Worn-in leather armchair for slow evenings", "Solid oak chair, oiled by hand",
            "Street basketball, all-weather grip", "Paper lantern, warm light" };
    const char* hans[] = { "做旧皮革扶手椅，适合慢下来的夜晚", "实木橡木椅，手工上油",
                           "街头篮球，全天候防滑", "纸灯笼，暖光，可折叠收纳" };
    for (int i = 0; i < 4; ++i) {
        auto* item = new QStandardItem(say(titles[i], hans[i]));
        item->setData(lamp(20 + 40 * i, false), PictureRole);
        item->setData(0.61 - 0.14 * i, ShareRole);
        item->setData(say("22 Nov", "11月22日"), CaptionRole);
        item->setCheckable(true);
        item->setCheckState(i == 2 ? Qt::Unchecked : Qt::Checked);
        item->setEditable(false);
        if (i == 2)
            item->setData(true, DimmedRole);
        else
            item->setData(i == 0 ? 10 : i, OrderRole);
        model->appendRow(item);
    }
    return model;
}

inline QStandardItemModel* batch(QObject* parent)
{
    auto* model = new QStandardItemModel(parent);
    const StatusKind kinds[]
        = { StatusKind::Success, StatusKind::Running, StatusKind::None, StatusKind::Error };
    const QString words[] = { say("Done", "完成"), say("Drawing 64 %", "绘制 64 %"),
                              say("Next", "下一个"), say("Stopped", "已停止") };
    for (int i = 0; i < 4; ++i) {
        auto* item = new QStandardItem(
            i < 2 ? say("Soft light, oiled oak, an ochre lamp that dims to a glow",
                        "柔和灯光，赭黄台灯，一路调暗到微光")
                  : QString());
        if (i < 2)
            item->setData(lamp(60 + 150 * i, false), PictureRole);
        item->setData(i == 0 ? 1.0 : i == 1 ? 0.64 : 0.0, FractionRole);
        item->setData(words[i], StatusRole);
        item->setData(int(kinds[i]), StatusKindRole);
        item->setData(QString::number(1874 + i), CaptionRole);
        item->setData(i == 0 ? QStringLiteral("PBS 0.71") : say("Starts in 5 s", "5 秒后开始"),
                      DetailRole);
        if (i == 0)
            item->setData(true, StarRole);
        model->appendRow(item);
    }
    return model;
}

inline QStandardItemModel* people(QObject* parent)
{
    auto* model = new QStandardItemModel(parent);
    const QString names[]
        = { say("Lin Wei", "林薇"), say("Chen Hao", "陈昊"), say("Tomás Ortega", "托马斯") };
    const QString states[] = { say("Consent given", "已同意"), say("Not asked yet", "尚未询问"),
                               say("Withdrawn 3 Nov", "11月3日撤回") };
    const StatusKind kinds[] = { StatusKind::Success, StatusKind::Warning, StatusKind::Error };
    for (int i = 0; i < 3; ++i) {
        auto* item = new QStandardItem(names[i]);
        item->setData(ContextPicker::initialsOf(names[i]), InitialsRole);
        item->setData(states[i], DetailRole);
        item->setData(int(kinds[i]), StatusKindRole);
        item->setData(i == 0 ? QStringLiteral("16") : QStringLiteral("–"), CaptionRole);
        model->appendRow(item);
    }
    return model;
}

inline std::vector<float> patches()
{
    std::vector<float> weights(64, 0.0f);
    for (int row = 0; row < 8; ++row)
        for (int column = 0; column < 8; ++column)
            if ((row < 3 && column < 4) || (row < 2 && column > 4)
                || (row > 5 && column > 2 && column < 6))
                weights[static_cast<std::size_t>(row * 8 + column)]
                    = float(0.3 + 0.7 * std::abs(std::sin(row * 3.1 + column * 1.7)));
    return weights;
}

} // namespace gallery
