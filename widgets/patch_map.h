// SPDX-License-Identifier: GPL-3.0-or-later
// A picture under a square grid of values, cell by cell, never smoothed: where two pictures differ.
#pragma once

#include <QImage>
#include <QWidget>

#include <vector>

namespace adtailor {

class PatchMap final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PatchMap)

public:
    explicit PatchMap(QWidget* parent = nullptr);

    void setPicture(const QImage& picture);
    // side x side values in raster order; what is not above 0 stays clear, the largest is darkest.
    // extent: the grid covers this share of the shorter side, about the centre. Empty: no grid.
    void setCells(int side, const std::vector<float>& cells, double extent = 1);
    void setNote(const QString& sentence); // instead of a picture

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return width; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_picture;
    QString m_note;
    std::vector<float> m_cells;
    int m_side = 0;
    double m_extent = 1;
};

} // namespace adtailor
