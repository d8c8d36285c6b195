// SPDX-License-Identifier: GPL-3.0-or-later
// How often a row beats a column, in percent; what the votes cannot tell apart is hatched and says
// so.
#pragma once

#include <QWidget>

#include <optional>

namespace adtailor {

class WinMatrix final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WinMatrix)

public:
    struct Cell
    {
        std::optional<double> share; // 0 to 1; none: never compared
        bool distinct = false; // the difference is more than chance
    };

    explicit WinMatrix(QWidget* parent = nullptr);

    // cells[row][column], as many as names; the diagonal is not read.
    void setMatrix(const QStringList& names, const QList<QList<Cell>>& cells);
    QPoint current() const { return m_current; } // column and row of the cursor
    QString cellText(int row, int column) const; // a sentence for the cell

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void currentChanged(int row, int column);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int count() const { return static_cast<int>(m_names.size()); }
    QRectF cellRect(int row, int column) const;
    int nameWidth() const;
    void moveTo(int row, int column);
    void paintCell(QPainter& painter, int row, int column) const;

    QStringList m_names;
    QList<QList<Cell>> m_cells;
    QPoint m_current;
};

} // namespace adtailor
