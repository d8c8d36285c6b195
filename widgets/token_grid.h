// SPDX-License-Identifier: GPL-3.0-or-later
// The picture while it is written: finished cells plain, current row framed, the rest hatched.
#pragma once

#include "widgets/view_transform.h"

#include <QImage>
#include <QWidget>

namespace adtailor {

class TokenGrid final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokenGrid)

public:
    explicit TokenGrid(QWidget* parent = nullptr);

    void setGrid(int side); // cells per side, 24 at 384 px
    int grid() const { return m_side; }
    void setPicture(const QImage& picture); // the whole square; only finished cells are shown
    void setDone(int cells); // in raster order, 0 to side²
    int done() const { return m_done; }
    void setLinesVisible(bool visible);
    bool linesVisible() const { return m_lines; }
    void setNote(const QString& sentence); // a plate in the middle, e.g. before the first row
    // A running grid shows the row frame and the next cell; a stopped one only the hatch.
    void setRunning(bool running);
    // Rows can be chosen by click or arrows, to keep the rows above and redraw the rest.
    void setRowsSelectable(bool selectable);
    int row() const { return m_row; } // chosen row, -1: none
    void setRow(int row);
    void fit();
    void actualSize();
    void zoomIn();
    double zoom() const { return m_view.zoom(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void rowChanged(int row); // chosen by the user
    void rowActivated(int row); // Enter or double click
    void linesToggled(bool visible);
    void zoomChanged(double zoom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    QRectF cellRect(int row, int column) const;
    int rowAt(const QPointF& point) const;
    void chooseRow(int row);
    void zoomTo(double zoom, const QPointF& anchor);
    void describe();
    void paintDone(QPainter& painter) const;
    void paintLines(QPainter& painter) const;
    void paintCurrent(QPainter& painter) const;
    void paintNote(QPainter& painter) const;

    QImage m_picture;
    ViewTransform m_view;
    QString m_note;
    QPointF m_panFrom;
    int m_side = 24;
    int m_done = 0;
    int m_row = -1;
    bool m_lines = true;
    bool m_running = false;
    bool m_selectable = false;
    bool m_space = false;
    bool m_panning = false;
};

} // namespace adtailor
