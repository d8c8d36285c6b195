// SPDX-License-Identifier: GPL-3.0-or-later
// A zoomable picture on a checkerboard; in place mode the product moves and scales in the ad frame.
#pragma once

#include "widgets/view_transform.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>

class QPushButton;

namespace adtailor {

class ImageCanvas final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImageCanvas)

public:
    enum class Mode {
        View, // the picture alone
        Place // the ad frame with the picture in the placement rectangle
    };

    explicit ImageCanvas(QWidget* parent = nullptr);

    void setImage(const QImage& image);
    const QImage& image() const { return m_image; }
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }

    void setFrameSize(const QSize& pixels); // of the ad, 384×384 by default
    // The product's rectangle in frame fractions (0 to 1); its shape always follows the picture.
    void setPlacement(const QRectF& fraction);
    QRectF placement() const { return m_placement; }
    void setGroundLine(std::optional<double> fraction); // dashed line "Stands here"

    // What an empty canvas says; with a button text it also offers one button.
    void setEmptyText(const QString& sentence, const QString& button = {});
    void setBusyText(const QString& sentence); // veil over the picture, empty: none

    double zoom() const { return m_view.zoom(); }
    void setZoom(double zoom); // about the centre
    void fit();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void zoomChanged(double zoom);
    void placementChanged(const QRectF& fraction); // while dragging or nudging
    void placementEdited(const QRectF& fraction); // once, at the end: one undo step
    void emptyButtonClicked();
    void fileDropped(const QString& path);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Drag
    {
        enum class Kind { None, Pan, Move, Scale } kind = Kind::None;
        int handle = -1;
        QPointF from;
        QRectF placement;
    };

    QSizeF contentSize() const;
    QRectF productRect() const; // in the widget
    int handleAt(const QPointF& point) const;
    void refreshView();
    void changePlacement(const QRectF& fraction);
    void nudge(const QPointF& framePixels);
    void scaleFromHandle(const QPointF& point);
    void updateCursor(const QPointF& point);
    void placeEmptyButton();
    void paintPicture(QPainter& painter) const;
    void paintPlacement(QPainter& painter) const;
    void paintEmpty(QPainter& painter) const;
    void paintBusy(QPainter& painter) const;

    QImage m_image, m_preview;
    ViewTransform m_view;
    Mode m_mode = Mode::View;
    QSize m_frame{ 384, 384 };
    QRectF m_placement{ 0.13, 0.13, 0.74, 0.74 };
    std::optional<double> m_ground;
    QString m_emptyText, m_busyText;
    QPushButton* m_emptyButton = nullptr;
    Drag m_drag;
    bool m_space = false;
};

} // namespace adtailor
