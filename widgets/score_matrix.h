// SPDX-License-Identifier: GPL-3.0-or-later
// A square of scores between things, with columns of their own beside it; a cell can be chosen.
#pragma once

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

namespace adtailor {

class ScoreMatrix final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScoreMatrix)

public:
    using Values = std::vector<std::optional<double>>;

    explicit ScoreMatrix(QWidget* parent = nullptr);

    // names: of the rows; short: of the columns, as many. values: rows x columns, row-major, 0 to 1
    // where colours matter; nullopt: not known yet. The diagonal is never shown.
    void setScores(const QStringList& names, const QStringList& shortNames, const Values& values);
    // One more column at the right, in the colour of the person; empty values: none.
    void setExtraColumn(const QString& name, const Values& values);
    void setCurrent(int row, int column); // does not emit; outside: none
    int row() const { return m_row; }
    int column() const { return m_column; }
    int count() const { return static_cast<int>(m_names.size()); }
    void setEnds(const QString& low, const QString& high); // what the ends of the scale mean

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QRectF cellRect(int row, int column) const; // column count(): the extra one

signals:
    void cellChosen(int row, int column); // click, or the arrows of the keyboard
    void cellActivated(int row, int column); // Enter or double click

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    int columns() const { return count() + (m_extra.empty() ? 0 : 1); }
    std::optional<double> value(int row, int column) const;
    QString cellText(int row, int column) const;
    QString cellSentence(int row, int column) const;
    bool cellAt(const QPointF& point, int& row, int& column) const;
    void choose(int row, int column);
    void describe();
    double headWidth() const;
    double headHeight() const;
    void paintCell(QPainter& painter, int row, int column) const;
    void paintNames(QPainter& painter) const;
    void paintScale(QPainter& painter) const;

    QStringList m_names, m_shortNames;
    QString m_extraName, m_low, m_high;
    Values m_values, m_extra;
    int m_row = -1;
    int m_column = -1;
};

} // namespace adtailor
