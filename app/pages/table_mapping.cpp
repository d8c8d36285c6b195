// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/table_mapping.h"

#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/look.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

// PAd1M's fields in the order of the form; the first three make an ad.
constexpr std::array pad1mFields{ "f_path_trans",   "sku_title_cn",   "word_list", "user_id",
                                  "history_images", "history_titles", "max_ratio" };
constexpr std::size_t neededFields = 3;

const QStringList& usualNames(std::size_t field)
{
    static const std::array<QStringList, pad1mFields.size()> names{
        QStringList{ u"image"_s, u"cutout"_s, u"picture"_s },
        QStringList{ u"title"_s, u"name"_s, u"description"_s, u"product"_s },
        QStringList{ u"points"_s, u"selling_points"_s, u"features"_s },
        QStringList{ u"user"_s, u"person"_s },
        QStringList{ u"clicked_images"_s },
        QStringList{ u"clicked_titles"_s },
        QStringList{ u"size"_s },
    };
    return names[field];
}

} // namespace

TableMapping::TableMapping(QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(4));
    for (std::size_t i = 0; i < fieldCount; ++i) {
        m_names[i] = makeLabel("label");
        m_samples[i] = new ElidedLabel;
        m_fields[i] = new QComboBox;
        m_fields[i]->setMinimumContentsLength(8);
        m_fields[i]->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_names[i]->setBuddy(m_fields[i]);
        for (QWidget* part :
             std::initializer_list<QWidget*>{ m_names[i], m_fields[i], m_samples[i] })
            column->addWidget(part);
        column->addSpacing(scaled(4));
        connect(m_fields[i], &QComboBox::activated, this, [this] {
            showSamples();
            emit changed();
        });
    }
}

void TableMapping::setColumns(const std::vector<TableColumn>& columns)
{
    m_columns = columns;
    for (std::size_t i = 0; i < fieldCount; ++i) {
        const QSignalBlocker blocker(m_fields[i]);
        m_fields[i]->clear();
        m_fields[i]->addItem(tr("not used"));
        int usual = 0, exact = 0;
        for (const TableColumn& column : columns) {
            const QString name = toQString(column.name);
            m_fields[i]->addItem(name);
            if (name == QLatin1String(pad1mFields[i]))
                exact = m_fields[i]->count() - 1;
            else if (usual == 0 && usualNames(i).contains(name.toLower()))
                usual = m_fields[i]->count() - 1;
        }
        m_fields[i]->setCurrentIndex(exact > 0 ? exact : usual);
    }
    showSamples();
}

Pad1mColumns TableMapping::mapping() const
{
    Pad1mColumns columns;
    for (std::size_t i = 0; i < fieldCount; ++i)
        if (m_fields[i]->currentIndex() > 0)
            columns[pad1mFields[i]] = toStdString(m_fields[i]->currentText());
    return columns;
}

bool TableMapping::isWhole() const
{
    for (std::size_t i = 0; i < neededFields; ++i)
        if (m_fields[i]->currentIndex() <= 0)
            return false;
    return true;
}

void TableMapping::showSamples()
{
    for (std::size_t i = 0; i < fieldCount; ++i) {
        const int column = m_fields[i]->currentIndex() - 1;
        const bool missing = column < 0 && i < neededFields && !m_columns.empty();
        QStringList samples;
        if (column >= 0)
            samples = toQStringList(m_columns[static_cast<std::size_t>(column)].samples);
        m_samples[i]->setFullText(missing ? tr("Choose a column.")
                                          : samples.join(u" · "_s).simplified());
        m_samples[i]->setProperty("role", missing ? u"error"_s : u"hint"_s);
        m_samples[i]->style()->polish(m_samples[i]);
    }
}

void TableMapping::setFieldsEnabled(bool enabled)
{
    for (QComboBox* field : m_fields)
        field->setEnabled(enabled);
}

void TableMapping::retranslate()
{
    const QStringList names{ tr("Product picture (needed)"), tr("Product title (needed)"),
                             tr("Selling points (needed)"),  tr("Person"),
                             tr("Pictures of clicked ads"),  tr("Titles of clicked ads"),
                             tr("Size in the picture") };
    for (std::size_t i = 0; i < fieldCount; ++i) {
        m_names[i]->setText(names[static_cast<qsizetype>(i)]);
        if (m_fields[i]->count() > 0)
            m_fields[i]->setItemText(0, tr("not used"));
    }
    showSamples();
}

} // namespace adtailor
