// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/column_form.h"

#include "app/column_names.h"
#include "app/pages/page_parts.h"
#include "widgets/look.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

// PAd1M's names; the first three are needed.
const std::array fieldNames{ u"f_path"_s,         u"f_path_trans"_s,  u"gt_title_cn"_s,
                             u"word_list"_s,      u"sku_title_cn"_s,  u"user_id"_s,
                             u"history_images"_s, u"history_titles"_s };
constexpr int needed = 3;
const QString separatorField = u"list_separator"_s;
const QString usualSeparator = u"|"_s;

} // namespace

ColumnForm::ColumnForm(QWidget* parent)
    : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, scaled(8), 0, 0);
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(4));
    grid->setColumnStretch(1, 1);
    m_title = makeLabel("label");
    grid->addWidget(m_title, 0, 0, 1, 2);
    for (int i = 0; i < fieldCount; ++i) {
        Field& field = m_fields[static_cast<std::size_t>(i)];
        field.name = makeLabel("secondary");
        field.column = new QComboBox;
        field.column->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        field.column->setMinimumContentsLength(8);
        field.name->setBuddy(field.column);
        grid->addWidget(field.name, i + 1, 0);
        grid->addWidget(field.column, i + 1, 1);
        connect(field.column, &QComboBox::currentIndexChanged, this, [this, i](int choice) {
            if (m_filling)
                return;
            const QString& name = fieldNames[static_cast<std::size_t>(i)];
            if (choice > 0 && m_names[choice - 1] != name)
                m_wanted[name] = m_names[choice - 1];
            else
                m_wanted.remove(name);
            emit edited();
        });
    }
    m_separatorName = makeLabel("secondary");
    m_separator = new QLineEdit(usualSeparator);
    m_separator->setMaxLength(8);
    grid->addWidget(m_separatorName, fieldCount + 1, 0);
    grid->addWidget(m_separator, fieldCount + 1, 1);
    connect(m_separator, &QLineEdit::textChanged, this, [this] {
        if (!m_filling)
            emit edited();
    });
    hide();
}

void ColumnForm::setFile(const QString& path)
{
    m_names = columnNames(path);
    const bool own = std::ranges::all_of(fieldNames.begin(), fieldNames.begin() + needed,
                                         [this](const QString& n) { return m_names.contains(n); });
    setVisible(!m_names.isEmpty() && (!own || !columns().isEmpty()));
    fill();
}

void ColumnForm::setColumns(const QJsonObject& columns)
{
    m_wanted = columns;
    m_wanted.remove(separatorField);
    m_filling = true;
    m_separator->setText(columns[separatorField].toString(usualSeparator));
    m_filling = false;
    fill();
}

void ColumnForm::fill()
{
    m_filling = true;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        QComboBox* box = m_fields[i].column;
        box->clear();
        box->addItem(i < needed ? tr("Choose…") : tr("None"));
        box->addItems(m_names);
        const QString chosen = m_wanted.value(fieldNames[i]).toString(fieldNames[i]);
        box->setCurrentIndex(static_cast<int>(m_names.indexOf(chosen)) + 1);
    }
    m_filling = false;
}

QJsonObject ColumnForm::columns() const
{
    QJsonObject columns;
    for (const QString& field : fieldNames)
        if (const QString column = m_wanted.value(field).toString(); m_names.contains(column))
            columns[field] = column;
    if (!m_names.isEmpty() && !m_separator->text().isEmpty()
        && m_separator->text() != usualSeparator)
        columns[separatorField] = m_separator->text();
    return columns;
}

QString ColumnForm::missing() const
{
    if (m_names.isEmpty())
        return {};
    for (std::size_t i = 0; i < needed; ++i)
        if (m_fields[i].column->currentIndex() <= 0)
            return m_fields[i].name->text();
    return {};
}

void ColumnForm::retranslate()
{
    m_title->setText(tr("Columns of this table"));
    const QString names[]
        = { tr("Clicked ad"),  tr("Cutout"), tr("Clicked title"),   tr("Selling points"),
            tr("Description"), tr("Person"), tr("Pictures before"), tr("Titles before") };
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        m_fields[i].name->setText(names[i]);
        m_fields[i].column->setAccessibleName(tr("Column: %1").arg(names[i]));
    }
    m_separatorName->setText(tr("Parts lists"));
    m_separator->setAccessibleName(tr("What parts the items of a list in one cell"));
    m_separator->setToolTip(m_separator->accessibleName());
    fill();
}

} // namespace adtailor
