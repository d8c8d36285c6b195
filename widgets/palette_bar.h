// SPDX-License-Identifier: GPL-3.0-or-later
// A bar of colours, each as wide as its share.
#pragma once

#include <QColor>
#include <QWidget>

#include <utility>
#include <vector>

namespace adtailor {

class PaletteBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaletteBar)

public:
    explicit PaletteBar(QWidget* parent = nullptr);

    void setColors(const std::vector<std::pair<QColor, double>>& colors); // color, share above 0

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override; // the colour under the cursor, in words

private:
    double total() const;

    std::vector<std::pair<QColor, double>> m_colors;
};

} // namespace adtailor
