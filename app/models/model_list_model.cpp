// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/model_list_model.h"

#include "app/qt_types.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QDir>
#include <QLocale>

#include <algorithm>

namespace adtailor {

QString ModelRow::folder() const
{
    return fromPath(model.folder);
}

void ModelListModel::setRows(std::vector<ModelRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void ModelListModel::setInUse(const QString& model, const QStringList& adapters)
{
    m_inUse = model;
    m_adapters = adapters;
    retranslate();
}

void ModelListModel::setCheck(const QString& folder, const ModelCheck& check)
{
    const int row = rowOf(folder);
    if (row < 0)
        return;
    m_rows[static_cast<std::size_t>(row)].last = check;
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

const ModelRow* ModelListModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int ModelListModel::rowOf(const QString& folder) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const ModelRow& row) {
        return QDir(row.folder()) == QDir(folder);
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

bool ModelListModel::isInUse(const ModelRow& row) const
{
    if (row.model.kind == ModelKind::Adapter)
        return m_adapters.contains(row.folder());
    return m_inUse.isEmpty() ? row.model.bundled : QDir(row.folder()) == QDir(m_inUse);
}

void ModelListModel::retranslate()
{
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

QString ModelListModel::sizeText(quint64 bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString ModelListModel::kindText(const ModelDescription& model) const
{
    switch (model.kind) {
    case ModelKind::Complete:
        return tr("Complete model");
    case ModelKind::Base:
        return tr("Base model, without history and product control");
    case ModelKind::Adapter:
        return tr("Adapter (LoRA), rank %1").arg(model.rank);
    }
    return {};
}

QString ModelListModel::stateText(const ModelRow& row) const
{
    if (!row.model.missing.empty())
        return tr("Something is missing");
    if (!row.last.isIntact())
        return tr("Files have changed");
    return isInUse(row) ? tr("In use") : tr("Ready");
}

int ModelListModel::stateKind(const ModelRow& row) const
{
    const bool broken = !row.model.missing.empty() || !row.last.isIntact();
    return static_cast<int>(broken             ? StatusKind::Error
                                : isInUse(row) ? StatusKind::Running
                                               : StatusKind::Success);
}

int ModelListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ModelListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ModelListModel::text(const ModelRow& row, int column) const
{
    switch (column) {
    case Name:
        return toQString(row.model.name);
    case Size:
        return sizeText(row.model.fileBytes);
    case Licence:
        return row.model.licence.empty() ? tr("Not stated") : toQString(row.model.licence);
    default:
        return stateText(row);
    }
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ModelRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    if (role == KindRole)
        return static_cast<int>(row.model.kind);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return text(row, column);
    if (column == Name && role == DetailRole)
        return row.model.quality == "demo" ? tr("%1 · demo quality").arg(kindText(row.model))
                                           : kindText(row.model);
    if (column == Size && role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (column == Licence && role == DimmedRole)
        return row.model.licence.empty();
    if (column == State && role == StatusRole)
        return stateText(row);
    if (column == State && role == StatusKindRole)
        return stateKind(row);
    return {};
}

QVariant ModelListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == Size ? Qt::AlignRight : Qt::AlignLeft)
                                | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Model");
    case Size:
        return tr("Size");
    case Licence:
        return tr("Licence");
    default:
        return tr("State");
    }
}

} // namespace adtailor
