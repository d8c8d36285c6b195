// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/study_list_panel.h"

#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/two_line_delegate.h"

#include <QListView>

using namespace Qt::StringLiterals;

namespace adtailor {

StudyListPanel::StudyListPanel(StudyDesk& desk, QWidget* parent)
    : QWidget(parent)
    , m_desk(desk)
    , m_panel(new Panel)
    , m_list(new QListView)
    , m_new(makeToolButton(u"add"_s))
    , m_package(makeToolButton(u"import"_s))
{
    fillWith(this, m_panel);
    m_panel->addTool(m_package);
    m_panel->addTool(m_new);
    m_list->setModel(&desk.studies());
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setMouseTracking(true);
    m_panel->setBody(m_list);
    connect(m_new, &QToolButton::clicked, this, &StudyListPanel::newRequested);
    connect(m_package, &QToolButton::clicked, this, &StudyListPanel::packageRequested);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                if (!m_choosing && index.isValid())
                    m_desk.open(
                        m_desk.studies().studies()[static_cast<std::size_t>(index.row())].folder);
            });
    connect(&desk, &StudyDesk::listed, this, &StudyListPanel::choose);
    connect(&desk, &StudyDesk::opened, this, &StudyListPanel::choose);
}

QWidget* StudyListPanel::list() const
{
    return m_list;
}

void StudyListPanel::choose()
{
    m_choosing = true; // the row follows the study, not the other way round
    const int row
        = m_desk.study() ? m_desk.studies().rowOf(fromPath(m_desk.study()->folder())) : -1;
    m_list->setCurrentIndex(m_desk.studies().index(row));
    m_choosing = false;
    const int count = m_desk.studies().rowCount();
    m_panel->setCount(count > 0 ? QString::number(count) : QString());
}

void StudyListPanel::retranslate()
{
    m_panel->setTitle(tr("Studies"));
    m_list->setAccessibleName(tr("Studies"));
    describeButton(m_new, tr("New study"));
    describeButton(m_package, tr("Open a study package…"));
    m_desk.studies().retranslate();
}

} // namespace adtailor
