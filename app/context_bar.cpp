// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/context_bar.h"

#include "app/pages/page.h"
#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "widgets/context_picker.h"
#include "widgets/icon.h"
#include "widgets/look.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>

namespace adtailor {

ContextBar::ContextBar(ProjectSession& session, QWidget* parent)
    : QFrame(parent)
    , m_session(session)
{
    setProperty("role", QStringLiteral("context"));
    setMinimumHeight(scaled(Look::current().sizes.contextBar));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaledMargins(16, 4, 16, 4));
    row->setSpacing(scaled(12));
    m_title = makeLabel("page");
    row->addWidget(m_title);

    m_work = new QWidget;
    auto* pickers = new QHBoxLayout(m_work);
    pickers->setContentsMargins(0, 0, 0, 0);
    pickers->setSpacing(scaled(8));
    m_product = new ContextPicker({});
    m_person = new ContextPicker({});
    m_modelPicker = new ContextPicker({});
    m_modelPicker->setIconName(QStringLiteral("models"));
    m_modelArrow = makeArrow();
    pickers->addWidget(m_product);
    pickers->addWidget(makeArrow());
    pickers->addWidget(m_person);
    pickers->addWidget(m_modelArrow);
    pickers->addWidget(m_modelPicker);
    row->addWidget(m_work);
    m_leads = new QHBoxLayout;
    row->addLayout(m_leads);
    row->addStretch();
    m_actions = new QStackedWidget;
    m_actions->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    row->addWidget(m_actions);

    m_people = new QMenu(this);
    m_person->setMenu(m_people);
    m_person->setPopupMode(QToolButton::InstantPopup);
    connect(m_people, &QMenu::aboutToShow, this, &ContextBar::fillPeople);
    connect(m_product, &QToolButton::clicked, this, &ContextBar::productClicked);
    connect(m_modelPicker, &QToolButton::clicked, this, &ContextBar::modelClicked);
    connect(&session, &ProjectSession::briefChanged, this, &ContextBar::showProduct);
    connect(&session, &ProjectSession::pictureChanged, this, &ContextBar::showProduct);
    connect(&session, &ProjectSession::personChanged, this, &ContextBar::showPerson);
    connect(&session, &ProjectSession::historyChanged, this, &ContextBar::showPerson);
    retranslate();
}

QLabel* ContextBar::makeArrow()
{
    m_arrows.append(new QLabel);
    return m_arrows.last();
}

void ContextBar::addPage(Page* page)
{
    m_actions->addWidget(page->actions());
    if (QWidget* lead = page->lead())
        m_leads->addWidget(lead);
}

void ContextBar::showPage(Page* page, bool withWork)
{
    m_page = page;
    m_title->setText(page->title());
    m_work->setVisible(withWork);
    m_actions->setCurrentWidget(page->actions());
    for (int i = 0; i < m_leads->count(); ++i)
        m_leads->itemAt(i)->widget()->setVisible(m_leads->itemAt(i)->widget() == page->lead());
    // The stack is as wide as its current page, not as its widest one.
    for (int i = 0; i < m_actions->count(); ++i)
        m_actions->widget(i)->setSizePolicy(m_actions->currentIndex() == i ? QSizePolicy::Preferred
                                                                           : QSizePolicy::Ignored,
                                            QSizePolicy::Preferred);
}

void ContextBar::setModel(const ModelInfo& model)
{
    m_model = model;
    showModel();
}

void ContextBar::setNarrow(bool narrow)
{
    m_narrow = narrow;
    showModel();
}

void ContextBar::showProduct()
{
    const QString name = m_session.name();
    const auto& picture = m_session.brief().picture;
    m_product->setPicture(
        picture ? picture->preview.scaled(64, 64, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                : QImage());
    m_product->setValue(name.isEmpty() ? tr("None yet") : name);
}

void ContextBar::showPerson()
{
    const Person* person = m_session.person();
    if (!person) {
        m_person->setInitials({});
        m_person->setIconName(QStringLiteral("people"));
        m_person->setValue(tr("Nobody"));
        return;
    }
    m_person->setInitials(ContextPicker::initialsOf(person->name));
    m_person->setValue(
        tr("%1 · %n click(s)", nullptr, m_session.history().includedCount()).arg(person->name));
}

void ContextBar::showModel()
{
    const bool known = !m_model.name.empty();
    const QString name = toQString(m_model.name);
    m_modelPicker->setValue(!known                          ? tr("Loading…")
                                : m_model.quality == "demo" ? tr("%1 · demo quality").arg(name)
                                                            : name);
    m_modelPicker->setVisible(!m_narrow || known);
    m_modelArrow->setVisible(m_modelPicker->isVisibleTo(m_work));
}

void ContextBar::fillPeople()
{
    m_people->clear();
    const auto add = [this](const QString& name, int row) {
        QAction* action = m_people->addAction(name);
        action->setCheckable(true);
        action->setChecked(m_session.personRow() == row);
        connect(action, &QAction::triggered, this, [this, row] { m_session.choosePerson(row); });
    };
    int row = 0;
    for (const Person& person : m_session.people().people())
        // "&" would become a key underline
        add(tr("%1 (%2)").arg(QString(person.name).replace(QLatin1Char('&'), QStringLiteral("&&")),
                              PeopleModel::consentText(person)),
            row++);
    m_people->addSeparator();
    add(tr("Nobody: a general ad"), -1);
}

void ContextBar::changeEvent(QEvent* event)
{
    const bool built = m_people != nullptr; // polishing begins before the parts exist
    if (built
        && (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange))
        retranslate();
    QFrame::changeEvent(event);
}

void ContextBar::retranslate()
{
    if (m_page)
        m_title->setText(m_page->title());
    for (QLabel* arrow : m_arrows)
        arrow->setPixmap(iconPixmap(QStringLiteral("chevron-right"), colors().textMuted, scaled(16),
                                    devicePixelRatioF()));
    m_product->setCaption(tr("Product"));
    m_person->setCaption(tr("For"));
    m_modelPicker->setCaption(tr("Model"));
    showProduct();
    showPerson();
    showModel();
}

} // namespace adtailor
