// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icon.h"

#include "widgets/look.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace adtailor {

namespace {

class TintedEngine final : public QIconEngine
{
public:
    TintedEngine(QString name, Tint tint)
        : m_name(std::move(name))
        , m_tint(tint)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        paintIcon(*painter, rect, m_name, color(mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return iconPixmap(m_name, color(mode, state), qMin(size.width(), size.height()), 1);
    }

    // `size` is in device pixels here, unlike everywhere else.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    QIconEngine* clone() const override { return new TintedEngine(m_name, m_tint); }
    bool isNull() override { return m_name.isEmpty(); }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled)
            return colors().textDisabled;
        if (state == QIcon::On && m_tint == Tint::Secondary)
            return colors().accentText;
        return tintColor(m_tint);
    }

    QString m_name;
    Tint m_tint;
};

} // namespace

QColor tintColor(Tint tint)
{
    const Colors& c = colors();
    switch (tint) {
    case Tint::Text:
        return c.text;
    case Tint::Secondary:
        return c.textSecondary;
    case Tint::Muted:
        return c.textMuted;
    case Tint::Accent:
        return c.accent;
    case Tint::OnAccent:
        return c.onAccent;
    case Tint::Person:
        return c.person;
    case Tint::Success:
        return c.success;
    case Tint::Warning:
        return c.warning;
    case Tint::Error:
        return c.error;
    case Tint::Info:
        return c.info;
    }
    return c.text;
}

QIcon icon(const QString& name, Tint tint)
{
    return QIcon(new TintedEngine(name, tint));
}

QByteArray tintedSvg(const QString& name, const QColor& color)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (name.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("#000000", color.name().toLatin1());
}

QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio)
{
    const int side = qMax(1, qRound(size * devicePixelRatio));
    const QString key = QStringLiteral("icon/%1/%2/%3").arg(name, color.name()).arg(side);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(side, side);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(tintedSvg(name, color));
        if (renderer.isValid()) {
            QPainter painter(&pixmap);
            renderer.render(&painter, QRectF(0, 0, side, side));
        }
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void paintIcon(QPainter& painter, const QRectF& box, const QString& name, const QColor& color)
{
    const int side = qRound(qMin(box.width(), box.height()));
    const qreal ratio = painter.device() ? painter.device()->devicePixelRatio() : 1;
    const QPointF corner(box.center().x() - side / 2.0, box.center().y() - side / 2.0);
    // Whole pixels keep the lines sharp.
    painter.drawPixmap(QPointF(qRound(corner.x()), qRound(corner.y())),
                       iconPixmap(name, color, side, ratio));
}

} // namespace adtailor
