// LayerModel: the layers of a finish document, front to back, then product and background.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_frame.h"

#include <QAbstractListModel>

namespace adtailor {

// Roles: those that LayerDelegate of widgets/layer_delegate.h reads.
class LayerModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LayerModel)

public:
    using QAbstractListModel::QAbstractListModel;

    // leftOut: layers for which the shown frame has no room.
    void show(const FinishSource& source, const FinishDocument& document,
              const QStringList& leftOut);
    QString idOf(int row) const; // empty: product, background or none
    int rowOf(const QString& id) const; // -1: not there
    static QString kindName(LayerKind kind);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void visibleWanted(const QString& id, bool visible);

private:
    QString nameOf(int row) const;
    QString detailOf(int row) const;
    QString iconOf(int row) const;

    FinishSource m_source;
    FinishDocument m_document;
    QStringList m_leftOut;
};

} // namespace adtailor
