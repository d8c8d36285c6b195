// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/status_pill.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace adtailor {

namespace {

struct PillLook
{
    QColor ground, ink;
    QString icon;
};

PillLook lookOf(StatusKind kind)
{
    const Colors& c = colors();
    switch (kind) {
    case StatusKind::Running:
        return { c.accentSoft, c.accentText, {} };
    case StatusKind::Success:
        return { c.successSoft, c.success, QStringLiteral("check") };
    case StatusKind::Warning:
        return { c.warningSoft, c.warning, QStringLiteral("warning") };
    case StatusKind::Error:
        return { c.errorSoft, c.error, QStringLiteral("error") };
    case StatusKind::Info:
        return { c.infoSoft, c.info, QStringLiteral("info") };
    case StatusKind::Person:
        return { c.personSoft, c.personText, {} };
    case StatusKind::None:
        break;
    }
    return { c.hover, c.textSecondary, {} };
}

QString iconOf(StatusKind kind, const QString& icon)
{
    if (icon == QLatin1String("-"))
        return {};
    return icon.isEmpty() ? lookOf(kind).icon : icon;
}

QFont pillFont()
{
    QFont font = typeFont(Type::Small);
    font.setWeight(QFont::Medium);
    return font;
}

} // namespace

StatusPill::StatusPill(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusPill::setStatus(StatusKind kind, const QString& text, const QString& icon)
{
    m_kind = kind;
    m_text = text;
    m_icon = icon;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize StatusPill::pillSize(StatusKind kind, const QString& text, const QString& icon)
{
    const int iconWidth = iconOf(kind, icon).isEmpty() ? 0 : scaled(18);
    const int width = QFontMetrics(pillFont()).horizontalAdvance(text);
    return { width + iconWidth + 2 * scaled(7), scaled(20) };
}

QSize StatusPill::sizeHint() const
{
    return pillSize(m_kind, m_text, m_icon);
}

void StatusPill::paintPill(QPainter& painter, const QRect& box, StatusKind kind,
                           const QString& text, const QString& icon)
{
    const PillLook look = lookOf(kind);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.ground);
    painter.drawRoundedRect(box, 3, 3);
    QRect rest = box.adjusted(scaled(7), 0, -scaled(7), 0);
    if (const QString name = iconOf(kind, icon); !name.isEmpty()) {
        const int side = scaled(14);
        paintIcon(painter, QRect(rest.x(), box.center().y() - side / 2, side, side), name,
                  look.ink);
        rest.setLeft(rest.left() + scaled(18));
    }
    painter.setFont(pillFont());
    painter.setPen(look.ink);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rest.width() + 1));
    painter.restore();
}

void StatusPill::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintPill(painter, rect(), m_kind, m_text, m_icon);
}

void StatusPill::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace adtailor
