// TableMapping: which column of a table is which field, with the first values of each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/pad1m.h>

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;

namespace adtailor {

class ElidedLabel;

class TableMapping final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableMapping)

public:
    explicit TableMapping(QWidget* parent = nullptr);

    // Columns with PAd1M's names, or the usual words for them, are chosen by themselves.
    void setColumns(const std::vector<TableColumn>& columns);
    Pad1mColumns mapping() const;
    bool isWhole() const; // all that an ad needs is chosen
    void setFieldsEnabled(bool enabled);
    void retranslate();

signals:
    void changed(); // by the user

private:
    static constexpr std::size_t fieldCount = 7;
    void showSamples();

    std::vector<TableColumn> m_columns;
    std::array<QLabel*, fieldCount> m_names{};
    std::array<QComboBox*, fieldCount> m_fields{};
    std::array<ElidedLabel*, fieldCount> m_samples{};
};

} // namespace adtailor
