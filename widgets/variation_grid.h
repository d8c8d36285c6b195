// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures in rows and columns with a name each, as they are made; one of them is chosen.
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace adtailor {

class VariationGrid final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VariationGrid)

public:
    struct Cell
    {
        QImage picture; // null: hatched
        double drawn = 0; // finished share from the top, 0 to 1
        QString text; // for the tooltip and screen readers
        bool isStarred = false;
    };

    explicit VariationGrid(QWidget* parent = nullptr);

    // cells: row by row, rows x columns; missing ones are empty.
    void setCells(const QStringList& columns, const QStringList& rows,
                  const std::vector<Cell>& cells);
    void setAxisNames(const QString& columns, const QString& rows);
    int currentIndex() const { return m_current; } // -1: none
    void setCurrentIndex(int index); // does not emit
    QRectF cellRect(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void currentChanged(int index); // by the user
    void activated(int index); // Enter or double click

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int count() const { return static_cast<int>(m_columns.size() * m_rows.size()); }
    int indexAt(const QPointF& point) const;
    double headWidth() const;
    double headHeight() const;
    void choose(int index);
    void describe();
    void paintNames(QPainter& painter) const;
    void paintCell(QPainter& painter, int index) const;

    QStringList m_columns, m_rows;
    QString m_columnAxis, m_rowAxis;
    std::vector<Cell> m_cells;
    int m_current = -1;
};

} // namespace adtailor
