// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/undo_commands.h"

namespace adtailor {

ChangeBriefCommand::ChangeBriefCommand(ProjectSession& session, BriefField field, BriefState after,
                                       int stroke)
    : m_session(session)
    , m_field(field)
    , m_before(session.brief())
    , m_after(std::move(after))
    , m_stroke(stroke)
{
    switch (field) {
    case BriefField::Description:
        setText(tr("Edit the description"));
        break;
    case BriefField::SellingPoints:
        setText(tr("Edit the selling points"));
        break;
    case BriefField::Placement:
        setText(tr("Place the product"));
        break;
    case BriefField::Picture:
        setText(tr("Change the picture"));
        break;
    }
}

void ChangeBriefCommand::undo()
{
    m_session.applyBrief(m_field, m_before);
}

void ChangeBriefCommand::redo()
{
    m_session.applyBrief(m_field, m_after);
}

bool ChangeBriefCommand::mergeWith(const QUndoCommand* other)
{
    const auto* next = static_cast<const ChangeBriefCommand*>(other);
    const bool continuous = m_field == BriefField::Description || m_field == BriefField::Placement;
    if (!continuous || next->m_field != m_field || next->m_stroke != m_stroke)
        return false;
    m_after = next->m_after;
    return true;
}

IncludeClickCommand::IncludeClickCommand(ProjectSession& session, const QString& person, int click,
                                         bool included)
    : m_session(session)
    , m_person(person)
    , m_click(click)
    , m_included(included)
{
    setText(included ? tr("Include a click") : tr("Leave out a click"));
}

void IncludeClickCommand::undo()
{
    m_session.applyIncluded(m_person, m_click, !m_included);
}

void IncludeClickCommand::redo()
{
    m_session.applyIncluded(m_person, m_click, m_included);
}

} // namespace adtailor
