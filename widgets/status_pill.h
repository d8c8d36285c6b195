// SPDX-License-Identifier: GPL-3.0-or-later
// A state as icon and word on a soft ground; never a bare dot.
#pragma once

#include <QWidget>

namespace adtailor {

enum class StatusKind { None, Running, Success, Warning, Error, Info, Person };

class StatusPill final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusPill)

public:
    explicit StatusPill(QWidget* parent = nullptr);

    // `icon` replaces the icon of the kind; "-" shows none.
    void setStatus(StatusKind kind, const QString& text, const QString& icon = {});
    StatusKind kind() const { return m_kind; }
    const QString& text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    // For delegates: size and painting of the same pill.
    static QSize pillSize(StatusKind kind, const QString& text, const QString& icon = {});
    static void paintPill(QPainter& painter, const QRect& box, StatusKind kind, const QString& text,
                          const QString& icon = {});

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    StatusKind m_kind = StatusKind::None;
    QString m_text, m_icon;
};

} // namespace adtailor
