// CatalogueModel: the rows of a table, each with what has become of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/pad1m.h>

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace adtailor {

struct CatalogueRow
{
    enum class State { Waiting, Drawing, Done, Failed };
    qint64 number = 0; // in the table, from 1
    QString product, person, cutout;
    QStringList points;
    int clicks = 0;
    State state = State::Waiting;
    QString text; // title, or why it failed
    double share = 0; // of the picture, while drawing
};

// Reads a table for the list; rows that cannot be used are Failed with the reason. Heavy.
Result<std::vector<CatalogueRow>> readCatalogue(const QString& table, const Pad1mColumns& columns);

// Cells for CellDelegate. SortRole is not used: the order is the table's.
class CatalogueModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CatalogueModel)

public:
    enum Column { Number, Product, Person, Title, Progress, ColumnCount };
    enum Role { StateRole = Qt::UserRole + 300, WordsRole }; // int; all words of the row
    struct Counts
    {
        int rows = 0, done = 0, failed = 0;
        int left() const { return rows - done - failed; }
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<CatalogueRow> rows);
    const CatalogueRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    void setDone(qint64 number, const QString& title);
    void setFailed(qint64 number, const QString& reason);
    void setDrawn(double share); // of the first row that waits
    void stopDrawing(); // it waits again
    void retryFailed(); // those that failed in the batch wait again
    const Counts& counts() const { return m_counts; }
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void change(qint64 number, CatalogueRow::State state, const QString& text);
    void count();
    QVariant stateCell(const CatalogueRow& row, int role) const;

    std::vector<CatalogueRow> m_rows;
    std::size_t m_next = 0; // no row before it waits
    Counts m_counts;
};

} // namespace adtailor
