// ModelListModel: the models of this computer as rows: name, size, licence, state.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/model_store.h>

#include <QAbstractTableModel>

namespace adtailor {

struct ModelRow
{
    ModelDescription model;
    ModelCheck last; // of its files
    QString folder() const;
};

// The first column's roles are those of widgets/two_line_delegate.h, the others' those of
// widgets/cell_delegate.h.
class ModelListModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelListModel)

public:
    enum Column { Name, Size, Licence, State, ColumnCount };
    enum Role { KindRole = Qt::UserRole + 1 }; // int of ModelKind

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ModelRow> rows);
    void setInUse(const QString& model, const QStringList& adapters);
    void setCheck(const QString& folder, const ModelCheck& check);
    const std::vector<ModelRow>& rows() const { return m_rows; }
    const ModelRow* at(int row) const; // null: there is no such row
    int rowOf(const QString& folder) const; // -1: not listed
    bool isInUse(const ModelRow& row) const;
    void retranslate();

    static QString sizeText(quint64 bytes);
    QString stateText(const ModelRow& row) const;
    int stateKind(const ModelRow& row) const; // of StatusKind

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant text(const ModelRow& row, int column) const;
    QString kindText(const ModelDescription& model) const;

    std::vector<ModelRow> m_rows;
    QString m_inUse; // empty: the bundled model
    QStringList m_adapters;
};

} // namespace adtailor
