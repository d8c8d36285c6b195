// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_line.h"

#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/icon.h"
#include "widgets/look.h"

#include <QEvent>

namespace adtailor {

namespace {

constexpr int announceTime = 6000; // milliseconds

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent)
{
    setSizeGripEnabled(false);
    m_dot = new QLabel;
    m_engine = makeLabel("body");
    m_saved = makeLabel("body");
    m_offline = makeLabel("body");
    m_project = makeLabel("body");
    m_dot->setContentsMargins(scaledMargins(12, 0, 0, 0));
    m_saved->setContentsMargins(scaledMargins(0, 0, 12, 0));
    m_offline->setContentsMargins(scaledMargins(0, 0, 12, 0));
    m_project->setContentsMargins(scaledMargins(0, 0, 12, 0));
    addWidget(m_dot);
    addWidget(m_engine);
    addPermanentWidget(m_saved);
    addPermanentWidget(m_offline);
    addPermanentWidget(m_project);
    refresh();
}

void StatusLine::setEngine(EngineState state, bool willRestart, const ModelInfo& model)
{
    m_state = state;
    m_willRestart = willRestart;
    m_model = model;
    refresh();
}

void StatusLine::setSaved(SaveState state, bool keeps)
{
    m_save = state;
    m_keeps = keeps;
    refresh();
}

void StatusLine::setProject(const QString& name)
{
    m_project->setText(name);
    m_project->setVisible(!name.isEmpty());
}

void StatusLine::announce(const QString& sentence)
{
    showMessage(sentence, announceTime);
}

void StatusLine::refresh()
{
    const bool gone = m_state == EngineState::Gone;
    const QColor color = gone && !m_willRestart    ? colors().error
        : gone || m_state == EngineState::Starting ? colors().warning
                                                   : colors().success;
    const QString name = gone && !m_willRestart    ? QStringLiteral("error")
        : gone || m_state == EngineState::Starting ? QStringLiteral("clock")
                                                   : QStringLiteral("ok");
    m_dot->setPixmap(iconPixmap(name, color, scaled(14), devicePixelRatioF()));
    QString text;
    switch (m_state) {
    case EngineState::Starting:
        text = tr("Engine starting");
        break;
    case EngineState::Ready:
        text = tr("Engine ready");
        break;
    case EngineState::Busy:
        text = tr("Engine working");
        break;
    case EngineState::Gone:
        text = m_willRestart ? tr("Engine restarting") : tr("Engine stopped");
        break;
    }
    if (!m_model.name.empty() && !gone)
        text = tr("%1 · this computer · %2 · %3")
                   .arg(text, toQString(m_model.device).toUpper(), toQString(m_model.name));
    m_engine->setText(text);
    m_saved->setText(!m_keeps                           ? QString()
                         : m_save == SaveState::Saved   ? tr("Saved")
                         : m_save == SaveState::Pending ? tr("Saving…")
                                                        : tr("Not saved; trying again"));
    m_offline->setText(tr("Offline: nothing leaves this computer"));
}

void StatusLine::changeEvent(QEvent* event)
{
    const bool built = m_project != nullptr; // polishing begins before the labels exist
    if (built
        && (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange))
        refresh();
    QStatusBar::changeEvent(event);
}

} // namespace adtailor
