// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/rating_window.h"

#include "app/messages.h"
#include "app/pages/rating_screen.h"
#include "app/pages/rating_sheet.h"
#include "app/qt_types.h"
#include "app/rating_session.h"
#include "widgets/focus_ring.h"
#include "widgets/look.h"

#include <QAbstractButton>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QPalette>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace adtailor {

RatingWindow::RatingWindow(const StudyFolder& study, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_study(study)
{
    setFocusPolicy(Qt::StrongFocus);
    setProperty("role", QStringLiteral("kiosk"));
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget;
    m_sheet = new RatingSheet;
    m_stack->addWidget(m_sheet);
    column->addWidget(m_stack);
    new FocusRing(this);
    connect(m_sheet, &RatingSheet::accepted, this, &RatingWindow::accept);
    connect(m_sheet, &RatingSheet::declined, this, &RatingWindow::decline);
    go(Place::Name);
}

RatingWindow::~RatingWindow() = default;

void RatingWindow::go(Place place)
{
    if (place == Place::Leave)
        m_back = m_place;
    m_place = place;
    if (place == Place::Rating) {
        m_stack->setCurrentWidget(m_screen);
        setFocus(); // the keys are the window's, no button is ahead of another
    } else {
        m_stack->setCurrentWidget(m_sheet);
        showSheet();
    }
}

void RatingWindow::showSheet()
{
    setWindowTitle(tr("Rating"));
    const int done = m_session ? m_session->done() : 0;
    const int total = m_session ? m_session->total() : 0;
    RatingSheet::Content content;
    switch (m_place) {
    case Place::Name:
        content = { tr("Who is rating?"),
                    m_study.plan().question == StudyQuestion::Rating
                        ? tr("You will see one ad at a time and say how good it is. There is no "
                             "right answer. Your votes are stored one by one on this disk.")
                        : tr("You will see ads side by side and say which one you would rather "
                             "see. There is no right answer. Your votes are stored one by one on "
                             "this disk."),
                    tr("Start"), tr("Leave"), true };
        break;
    case Place::SamePerson:
        content = { tr("%1 has rated here before").arg(toQString(m_known.name)),
                    tr("%1 of %2 are done. Go on with them, or type a name that tells you two "
                       "apart.")
                        .arg(m_known.cast)
                        .arg(m_known.total),
                    tr("Go on as %1").arg(toQString(m_known.name)), tr("Another name") };
        break;
    case Place::Break:
        content = { tr("Time for a break"),
                    tr("%1 of %2 are done and stored. The clock stands still until you go on.")
                        .arg(done)
                        .arg(total),
                    tr("Go on"), tr("Hand over") };
        break;
    case Place::Leave:
        content = { tr("Leave the rating?"),
                    tr("Every vote is stored. Next time you go on at exactly this place."),
                    tr("Stay"), tr("Leave") };
        break;
    case Place::Finished:
        content = { tr("Thank you, all %1 are done").arg(total),
                    tr("Every vote is stored on this disk."), tr("Next person"), tr("Leave") };
        break;
    case Place::Rating:
        return;
    }
    m_sheet->setContent(content);
}

void RatingWindow::accept()
{
    switch (m_place) {
    case Place::Name:
        return beginWith(m_sheet->name());
    case Place::SamePerson:
        return rate(m_known);
    case Place::Break:
        go(Place::Rating);
        return m_session->resume();
    case Place::Leave:
        go(m_back);
        if (m_back == Place::Rating)
            m_session->resume(); // the time away does not count
        return;
    case Place::Finished:
        endSession();
        m_sheet->clearName();
        return go(Place::Name);
    case Place::Rating:
        return;
    }
}

void RatingWindow::decline()
{
    switch (m_place) {
    case Place::SamePerson:
        return go(Place::Name);
    case Place::Break:
        endSession();
        m_sheet->clearName();
        return go(Place::Name);
    case Place::Name:
    case Place::Leave:
    case Place::Finished:
        close();
        return;
    case Place::Rating:
        return;
    }
}

void RatingWindow::beginWith(const QString& name)
{
    if (name.isEmpty())
        return m_sheet->showProblem(tr("Type a name first. Initials are enough."));
    const Result<std::vector<StudyRater>> raters = m_study.raters();
    if (!raters) {
        const Message message = Messages::forStudy(raters.error());
        return m_sheet->showProblem(message.sentence, message.detail);
    }
    for (const StudyRater& rater : *raters)
        if (toQString(rater.name).compare(name, Qt::CaseInsensitive) == 0) {
            m_known = rater;
            return go(Place::SamePerson);
        }
    const Result<StudyRater> added = m_study.addRater(toStdString(name));
    if (!added) {
        const Message message = Messages::forStudy(added.error());
        return m_sheet->showProblem(message.sentence, message.detail);
    }
    rate(*added);
}

void RatingWindow::rate(const StudyRater& rater)
{
    Result<StudySession> opened = m_study.rate(rater.id);
    if (!opened) {
        const Message message = Messages::forStudy(opened.error());
        return m_sheet->showProblem(message.sentence, message.detail);
    }
    endSession();
    m_session = new RatingSession(std::move(*opened), m_study.plan(), this);
    m_screen = new RatingScreen(*m_session, m_study.plan().question);
    m_stack->addWidget(m_screen);
    m_votes = m_session->done();
    connect(m_session, &RatingSession::changed, this, &RatingWindow::followSession);
    connect(
        m_screen, &RatingScreen::handOverRequested, this,
        [this] {
            m_session->pause(); // hides the pair before the next person looks
            endSession();
            m_sheet->clearName();
            go(Place::Name);
        },
        Qt::QueuedConnection); // the screen that asks is taken away
    go(Place::Rating);
    emit votesChanged();
    followSession();
}

void RatingWindow::endSession()
{
    if (!m_session)
        return;
    m_session->disconnect(this);
    delete m_screen;
    m_screen = nullptr;
    delete m_session; // lets go of the rater's votes
    m_session = nullptr;
}

void RatingWindow::followSession()
{
    if (m_votes != m_session->done()) {
        m_votes = m_session->done();
        emit votesChanged();
    }
    if (m_session->state() == RatingSession::State::Break && m_place == Place::Rating)
        go(Place::Break);
    else if (m_session->state() == RatingSession::State::Finished)
        go(Place::Finished);
}

void RatingWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->isAutoRepeat())
        return; // one press, one vote
    if (event->key() == Qt::Key_Escape) {
        if (m_place == Place::Rating)
            go(Place::Leave);
        else
            decline();
        return;
    }
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0;
    if (m_place == Place::Rating && plain && m_screen->takeKey(event->key(), true))
        return;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_place != Place::Rating && enter) {
        if (auto* button = qobject_cast<QAbstractButton*>(focusWidget()))
            return button->click();
        return accept();
    }
    QWidget::keyPressEvent(event);
}

void RatingWindow::keyReleaseEvent(QKeyEvent* event)
{
    if (!event->isAutoRepeat() && m_place == Place::Rating)
        m_screen->takeKey(event->key(), false);
    QWidget::keyReleaseEvent(event);
}

// A vote is cast whole or not at all, so leaving in the middle of one loses nothing.
void RatingWindow::closeEvent(QCloseEvent* event)
{
    endSession();
    event->accept();
    emit closed();
}

void RatingWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange && m_sheet && m_place != Place::Rating)
        showSheet();
    QWidget::changeEvent(event);
}

} // namespace adtailor
