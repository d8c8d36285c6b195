// AdCard: one ad large: its letter, name and seed above, the picture, the title below.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"
#include "widgets/zoom_pane.h"

#include <optional>

namespace adtailor {

class AdCard final : public ZoomPane
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdCard)

public:
    explicit AdCard(const QString& letter, QWidget* parent = nullptr);

    void setAd(const AdItem* ad); // null: an invitation
    int number() const { return m_ad ? m_ad->number : 0; }
    void setActive(bool active); // the strip fills this one
    void setEmptyText(const QString& sentence);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

signals:
    void activated();
    void starClicked();

protected:
    QRectF pictureBox() const override { return pictureRect(); }
    QSizeF pictureSize() const override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect headRect() const;
    QRect starRect() const;
    QRect titleRect() const;
    QRect pictureRect() const;
    void paintHead(QPainter& painter) const;
    void paintPicture(QPainter& painter) const;
    void describe();

    QString m_letter;
    QString m_emptyText;
    std::optional<AdItem> m_ad;
    bool m_active = false;
};

} // namespace adtailor
