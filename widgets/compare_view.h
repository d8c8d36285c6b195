// SPDX-License-Identifier: GPL-3.0-or-later
// Two pictures in one place: divided by a slider, shown in turn, or their difference.
#pragma once

#include "widgets/zoom_pane.h"

#include <QImage>
#include <QTimer>

namespace adtailor {

class CompareView final : public ZoomPane
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CompareView)

public:
    enum class Mode {
        Slider, // left of the line A, right of it B
        Flicker, // one after the other in the same place; Space holds or changes them
        Difference // black where both are the same, white where a channel differs most
    };

    explicit CompareView(QWidget* parent = nullptr);

    // B is scaled to A's size. The names stand in the corners: "A · A-0042".
    void setPictures(const QImage& a, const QString& nameA, const QImage& b, const QString& nameB);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    void setSplit(double fraction); // of the view's width, 0 to 1
    double split() const { return m_split; }
    bool showsB() const { return m_showsB; } // of Flicker
    void setEmptyText(const QString& sentence); // shown while one of the pictures is missing

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    QRectF pictureBox() const override;
    QSizeF pictureSize() const override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool isComplete() const { return !m_a.isNull() && !m_b.isNull(); }
    double splitX() const;
    void runFlicker();
    void describe();
    void paintSlider(QPainter& painter) const;
    void paintName(QPainter& painter, const QString& name, bool right) const;

    QImage m_a, m_b, m_difference;
    QString m_nameA, m_nameB, m_emptyText;
    QTimer m_flicker;
    Mode m_mode = Mode::Slider;
    double m_split = 0.5;
    bool m_showsB = false;
    bool m_dragging = false;
};

// |a - b| of the channel that differs most, as a grey picture of a's size.
QImage differencePicture(const QImage& a, const QImage& b);

} // namespace adtailor
