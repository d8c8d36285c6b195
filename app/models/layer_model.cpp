// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/layer_model.h"

#include "widgets/layer_delegate.h"
#include "widgets/thumbnail_delegate.h"

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int fixedRows = 2; // product, background

} // namespace

void LayerModel::show(const FinishSource& source, const FinishDocument& document,
                      const QStringList& leftOut)
{
    const bool same = document.layers.size() == m_document.layers.size();
    if (!same)
        beginResetModel();
    m_source = source;
    m_document = document;
    m_leftOut = leftOut;
    if (!same)
        endResetModel();
    else
        emit dataChanged(index(0), index(rowCount() - 1));
}

QString LayerModel::idOf(int row) const
{
    return row >= 0 && row < m_document.layers.size() ? m_document.layers[row].id : QString();
}

int LayerModel::rowOf(const QString& id) const
{
    for (int row = 0; row < m_document.layers.size(); ++row)
        if (m_document.layers[row].id == id)
            return row;
    return -1;
}

QString LayerModel::kindName(LayerKind kind)
{
    switch (kind) {
    case LayerKind::Headline:
        return tr("Headline");
    case LayerKind::Points:
        return tr("Selling points");
    case LayerKind::Action:
        return tr("Call to action");
    case LayerKind::Price:
        return tr("Price");
    case LayerKind::Logo:
        return tr("Logo");
    case LayerKind::Text:
        return tr("Text");
    }
    return {};
}

int LayerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_document.layers.size()) + fixedRows;
}

QString LayerModel::nameOf(int row) const
{
    const auto layers = static_cast<int>(m_document.layers.size());
    if (row < layers)
        return kindName(m_document.layers[row].kind);
    return row == layers ? tr("Product") : tr("Background");
}

QString LayerModel::detailOf(int row) const
{
    const auto layers = static_cast<int>(m_document.layers.size());
    if (row == layers)
        return m_source.cutout.isEmpty() ? tr("no product")
                                         : tr("exact cutout, %1 px").arg(m_source.cutout.width());
    if (row > layers)
        return m_source.name;
    const FinishLayer& layer = m_document.layers[row];
    if (m_leftOut.contains(layer.id))
        return tr("no room at this size");
    if (layer.kind == LayerKind::Headline && layer.bound)
        return tr("bound to the ad title");
    if (layer.kind == LayerKind::Points && layer.bound)
        return tr("%1 of %2, bound to the brief")
            .arg(std::min<qsizetype>(boundPoints, m_source.points.size()))
            .arg(m_source.points.size());
    if (layer.kind == LayerKind::Logo && layer.text.isEmpty())
        return layer.picture.isEmpty() ? tr("no picture yet") : tr("picture");
    const QString text = layerText(layer, m_source).simplified();
    return text.isEmpty() ? tr("empty") : text;
}

QString LayerModel::iconOf(int row) const
{
    const auto layers = static_cast<int>(m_document.layers.size());
    if (row < layers)
        return m_document.layers[row].kind == LayerKind::Logo ? u"image"_s : u"text"_s;
    return row == layers ? u"image"_s : u"generate"_s;
}

QVariant LayerModel::data(const QModelIndex& index, int role) const
{
    const int row = index.row();
    const bool own = row < m_document.layers.size();
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(row);
    case DetailRole:
        return detailOf(row);
    case LayerIconRole:
        return iconOf(row);
    case Qt::AccessibleTextRole:
        return QString(nameOf(row) + u", "_s + detailOf(row));
    case Qt::CheckStateRole:
        if (own)
            return m_document.layers[row].visible ? Qt::Checked : Qt::Unchecked;
        return {};
    default:
        return {};
    }
}

bool LayerModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || idOf(index.row()).isEmpty())
        return false;
    emit visibleWanted(idOf(index.row()), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags LayerModel::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace adtailor
