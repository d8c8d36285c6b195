// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/change_section.h"

#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/redraw.h"
#include "widgets/look.h"
#include "widgets/segments.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace adtailor {

ChangeSection::ChangeSection(ProjectSession& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    m_name = makeLabel("section");
    column->addWidget(m_name);
    m_choice = new Segments;
    m_choice->setFullWidth(true);
    column->addWidget(m_choice);
    const auto addRow = [column](QCheckBox*& box, QLabel*& key, const QString& letter) {
        auto* row = new QHBoxLayout;
        box = new QCheckBox;
        key = makeLabel("rate");
        key->setText(letter);
        row->addWidget(box, 1);
        row->addWidget(key);
        column->addLayout(row);
    };
    addRow(m_lockTitle, m_lockKey, QStringLiteral("T"));
    addRow(m_keepRows, m_rowsKey, QStringLiteral("R"));
    m_hint = makeLabel("hint");
    m_hint->setWordWrap(true);
    column->addWidget(m_hint);
    connect(m_choice, &Segments::currentChanged, this, &ChangeSection::choose);
    connect(m_lockTitle, &QCheckBox::clicked, this, &ChangeSection::titleLockChanged);
    connect(m_keepRows, &QCheckBox::clicked, this, [this](bool kept) {
        // A finished picture begins with its upper half kept; the grid moves the border.
        const int rows = m_rows < m_side ? m_rows : std::max(1, m_side / 2);
        keep(kept ? rows : 0);
    });
    connect(&m_session, &ProjectSession::settingsChanged, this, &ChangeSection::showSettings);
    retranslate();
}

void ChangeSection::setAd(const AdItem* ad, bool ofThisModel)
{
    m_number = ad ? ad->number : 0;
    m_rows = ad && ofThisModel ? rowsToKeep(*ad) : 0;
    m_side = ad ? gridSideOf(*ad) : 0;
    showSettings();
}

void ChangeSection::setTitleAvailable(bool available)
{
    m_titleAvailable = available;
    showSettings();
}

void ChangeSection::setRunning(bool running)
{
    m_running = running;
    showSettings();
}

void ChangeSection::setKeysVisible(bool visible)
{
    m_lockKey->setVisible(visible);
    m_rowsKey->setVisible(visible);
}

void ChangeSection::toggleTitleLock()
{
    if (m_lockTitle->isEnabled())
        m_lockTitle->click();
}

void ChangeSection::toggleRows()
{
    if (m_keepRows->isEnabled())
        m_keepRows->click();
}

void ChangeSection::choose(int choice)
{
    keep(choice == Rewrite ? m_side : 0);
    if (m_session.settings().lockTitle != (choice == Redraw))
        emit titleLockChanged(choice == Redraw);
    showSettings();
}

void ChangeSection::keep(int rows)
{
    RunSettings settings = m_session.settings();
    settings.keptAd = rows > 0 ? m_number : 0;
    settings.keptRows = rows;
    if (rows > 0 && rows == m_side)
        settings.lockTitle = false; // else nothing would change
    m_session.setSettings(settings);
}

void ChangeSection::showSettings()
{
    const RunSettings& settings = m_session.settings();
    const bool whole = settings.keptAd > 0 && settings.keptRows == m_side && m_side > 0;
    const bool some = settings.keptAd > 0 && !whole;
    m_choice->setCurrent(whole ? Rewrite : settings.lockTitle ? Redraw : WriteAndDraw);
    m_choice->setEnabled(!m_running);
    m_choice->setChoiceEnabled(Redraw, m_titleAvailable || settings.lockTitle,
                               tr("Generate first: there is no title yet."));
    m_choice->setChoiceEnabled(Rewrite, (m_rows > 0 && m_rows == m_side) || whole,
                               tr("Choose an ad that is done and made by this model."));
    m_lockTitle->setChecked(settings.lockTitle);
    m_lockTitle->setEnabled(!m_running && !whole && (m_titleAvailable || settings.lockTitle));
    m_lockTitle->setToolTip(m_titleAvailable ? QString()
                                             : tr("Generate first: there is no title yet."));
    m_keepRows->setChecked(some);
    m_keepRows->setEnabled(!m_running && !whole && (m_rows > 0 || some));
    m_keepRows->setToolTip(m_rows > 0 ? QString()
                                      : tr("Choose an ad with a picture, made by this model."));
    if (whole)
        m_hint->setText(tr("The picture of A-%1 stays; only the title is written. The model writes "
                           "before it draws, so the title does not look at the picture.")
                            .arg(settings.keptAd, 4, 10, QLatin1Char('0')));
    else if (some)
        m_hint->setText(tr("%n row(s) of A-%1 stay. Click into the picture to move the border.",
                           nullptr, settings.keptRows)
                            .arg(settings.keptAd, 4, 10, QLatin1Char('0')));
    else
        m_hint->clear();
    m_hint->setVisible(!m_hint->text().isEmpty());
}

void ChangeSection::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ChangeSection::retranslate()
{
    m_name->setText(tr("What may change"));
    m_choice->setChoices({ tr("Write and draw"), tr("Redraw"), tr("Rewrite") });
    m_choice->setAccessibleName(m_name->text());
    m_lockTitle->setText(tr("Lock this title"));
    m_keepRows->setText(tr("Keep the finished rows"));
    showSettings();
}

} // namespace adtailor
