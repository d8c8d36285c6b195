// ColumnForm: which column of the user's own table holds what a run learns from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;

namespace adtailor {

// Hidden for a file that has no columns, or has PAd1M's own names for all of them.
class ColumnForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ColumnForm)

public:
    explicit ColumnForm(QWidget* parent = nullptr);

    void setFile(const QString& path); // keeps what was chosen where the column is there
    void setColumns(const QJsonObject& columns);
    QJsonObject columns() const; // as run.json has it; empty: all are PAd1M's own
    QString missing() const; // the first field that needs a column, by its name on screen
    void retranslate();

signals:
    void edited();

private:
    static constexpr int fieldCount = 8;
    struct Field
    {
        QLabel* name = nullptr;
        QComboBox* column = nullptr;
    };

    void fill();

    QStringList m_names; // of the file's columns
    QJsonObject m_wanted; // chosen, also while the file at hand lacks the column
    QLabel* m_title = nullptr;
    std::array<Field, fieldCount> m_fields;
    QLabel* m_separatorName = nullptr;
    QLineEdit* m_separator = nullptr;
    bool m_filling = false;
};

} // namespace adtailor
