// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/rating_screen.h"

#include "app/messages.h"
#include "app/pages/answer_panel.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/icon.h"
#include "widgets/key_button.h"
#include "widgets/linked_pictures.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/tick_progress.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QProgressBar>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr double zoomStep = 1.25;
constexpr int thousandths = 1000;
constexpr int barHeight = 52, footHeight = 40, sideMargin = 28;

} // namespace

RatingScreen::RatingScreen(RatingSession& session, StudyQuestion question, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    m_message = new MessageBar;
    column->addWidget(m_message);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(scaledMargins(32, 20, 32, 12));
    body->setSpacing(scaled(4));
    m_question = makeLabel("question");
    m_hint = makeLabel("secondary");
    for (QLabel* label : { m_question, m_hint }) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        body->addWidget(label);
    }
    body->addSpacing(scaled(8));
    m_pictures = new LinkedPictures;
    body->addWidget(m_pictures, 1);
    m_wait = new QProgressBar;
    m_wait->setTextVisible(false);
    m_wait->setMaximum(thousandths);
    m_wait->setFixedHeight(scaled(4));
    m_answers = AnswerPanel::make(question);
    m_answers->setMaximumWidth(scaled(1076));
    m_wait->setMaximumWidth(scaled(1076));
    for (QWidget* part : { static_cast<QWidget*>(m_wait), static_cast<QWidget*>(m_answers) }) {
        auto* centred = new QHBoxLayout;
        centred->addStretch(1);
        centred->addWidget(part, 100); // as wide as its maximum, then in the middle
        centred->addStretch(1);
        body->addSpacing(scaled(8));
        body->addLayout(centred);
    }
    column->addLayout(body, 1);
    column->addWidget(makeFooter());
    connectParts();
    retranslate();
}

QWidget* RatingScreen::makeHeader()
{
    QFrame* header = makeFrame("header");
    header->setMinimumHeight(scaled(barHeight));
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(scaledMargins(sideMargin, 0, sideMargin, 0));
    row->setSpacing(scaled(18));
    m_place = makeLabel("panel");
    m_progress = new TickProgress;
    m_progress->setMaximumWidth(scaled(420));
    m_timeLeft = makeLabel("hint");
    row->addWidget(m_place);
    row->addWidget(m_progress, 1);
    row->addWidget(m_timeLeft);
    row->addStretch();
    m_undo = new KeyButton({}, KeyButton::Kind::Quiet);
    m_undo->setKeyHint(Qt::Key_Z);
    m_break = new KeyButton({}, KeyButton::Kind::Quiet);
    m_break->setKeyHint(Qt::Key_B);
    m_handOver = new KeyButton({}, KeyButton::Kind::Quiet);
    m_handOver->setKeyHint(Qt::Key_H);
    for (KeyButton* button : { m_undo, m_break, m_handOver }) {
        button->setFocusPolicy(Qt::NoFocus); // Space must reach the pictures
        row->addWidget(button);
    }
    return header;
}

QWidget* RatingScreen::makeFooter()
{
    auto* footer = new QWidget;
    footer->setMinimumHeight(scaled(footHeight));
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(scaledMargins(sideMargin, 0, sideMargin, 0));
    row->setSpacing(scaled(6));
    m_storedIcon = new QLabel;
    m_stored = makeLabel("secondary");
    row->addWidget(m_storedIcon);
    row->addWidget(m_stored, 1);
    const auto addKey = [&](const QString& key) {
        QLabel* label = makeLabel("key");
        label->setText(key);
        row->addWidget(label, 0, Qt::AlignVCenter); // as high as its words
    };
    const auto addWords = [&] {
        m_keyWords.append(makeLabel("hint"));
        row->addWidget(m_keyWords.last());
    };
    addKey(u"+"_s);
    addKey(u"−"_s);
    addWords();
    row->addSpacing(scaled(12));
    addKey(tr("Space"));
    addWords();
    row->addSpacing(scaled(12));
    addWords();
    m_rater = makeLabel("secondary");
    m_rater->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_rater, 1);
    return footer;
}

void RatingScreen::connectParts()
{
    connect(m_undo, &KeyButton::clicked, this, &RatingScreen::undo);
    connect(m_break, &KeyButton::clicked, &m_session, &RatingSession::pause);
    connect(m_handOver, &KeyButton::clicked, this, &RatingScreen::handOverRequested);
    connect(m_answers, &AnswerPanel::answered, this, &RatingScreen::give);
    connect(m_answers, &AnswerPanel::questionChanged, this, &RatingScreen::showTrial);
    connect(m_pictures, &LinkedPictures::viewChanged, &m_session, &RatingSession::noteZoom);
    connect(m_message, &MessageBar::buttonClicked, this, [this] {
        if (m_pending)
            give(*m_pending);
        else
            m_session.resume();
    });
    connect(&m_session, &RatingSession::changed, this, &RatingScreen::showTrial);
    connect(&m_session, &RatingSession::waiting, this,
            [this] { m_wait->setValue(static_cast<int>(m_session.waited() * thousandths)); });
}

bool RatingScreen::takeKey(int key, bool pressed)
{
    if (key == Qt::Key_Space) {
        m_pictures->holdActualSize(pressed);
        return true;
    }
    if (!pressed)
        return false;
    switch (key) {
    case Qt::Key_Z:
        m_undo->click(); // a disabled button does nothing
        return true;
    case Qt::Key_B:
        m_break->click();
        return true;
    case Qt::Key_H:
        m_handOver->click();
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_pictures->zoomBy(zoomStep);
        return true;
    case Qt::Key_Minus:
        m_pictures->zoomBy(1 / zoomStep);
        return true;
    case Qt::Key_0:
        m_pictures->fit();
        return true;
    default:
        return m_answers->takeKey(key);
    }
}

void RatingScreen::give(const StudyAnswer& answer)
{
    m_takenBack = 0;
    m_pending = answer;
    if (m_session.answer(answer))
        m_pending.reset();
    showTrial();
}

void RatingScreen::undo()
{
    if (m_answers->stepBack())
        return;
    const int last = m_session.done();
    m_pending.reset();
    if (m_session.undo())
        m_takenBack = last;
    showTrial();
}

void RatingScreen::showTrial()
{
    const RatingSession::State state = m_session.state();
    const bool visible
        = state == RatingSession::State::Waiting || state == RatingSession::State::Open;
    const int trial = visible && m_session.trial() ? m_session.trial()->index : -1;
    if (trial != m_shownTrial) { // pictures and answers of a trial come and go together
        m_shownTrial = trial;
        m_pictures->setPictures(m_session.shown().pictures, m_session.shown().captions);
        m_answers->begin();
    }
    m_answers->setOpen(state == RatingSession::State::Open);
    m_wait->setValue(static_cast<int>(visible ? m_session.waited() * thousandths : 0));
    QSizePolicy kept = m_wait->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // nothing moves when the bar goes
    m_wait->setSizePolicy(kept);
    m_wait->setVisible(state == RatingSession::State::Waiting);
    m_undo->setEnabled(m_session.canUndo() || m_answers->hasPart());
    const std::string& own = m_session.plan().instruction;
    m_question->setText(own.empty() ? m_answers->question() : toQString(own));
    // With the study's own words the window's step of two still has to be said.
    m_hint->setText(own.empty() ? m_session.product() : m_answers->question());
    showProgress();
    showStored();
    showProblem();
}

void RatingScreen::showProgress()
{
    const StudyTrial* now = m_session.trial();
    const int practice = m_session.plan().practice;
    const bool trying = now && now->kind == TrialKind::Practice;
    const int done = trying ? m_session.done() : m_session.done() - practice;
    const int count = trying ? practice : m_session.total() - practice;
    const int place = std::min(done + 1, count);
    m_place->setText(trying ? tr("Practice %1 of %2").arg(place).arg(count)
                            : tr("Pair %1 of %2").arg(place).arg(count));
    if (m_session.plan().question != StudyQuestion::Pairwise && !trying)
        m_place->setText(tr("%1 of %2").arg(place).arg(count));
    m_progress->setProgress(done, count);
    const std::optional<double> left = m_session.secondsLeft();
    m_timeLeft->setText(left ? Messages::timeLeft(*left) : QString());
}

void RatingScreen::showStored()
{
    const int practice = m_session.plan().practice;
    const auto numbered = [&](int vote, const QString& counted, const QString& tried) {
        return vote > practice ? counted.arg(vote - practice) : tried.arg(vote);
    };
    QString words;
    if (m_session.problem())
        words = QString();
    else if (m_session.stored() > 0)
        words = numbered(m_session.stored(), tr("Vote %1 is stored on this disk"),
                         tr("Practice vote %1 is stored on this disk"));
    else if (m_takenBack > 0)
        words = numbered(m_takenBack, tr("Vote %1 was taken back"),
                         tr("Practice vote %1 was taken back"));
    m_stored->setText(words);
    const bool stored = !m_session.problem() && m_session.stored() > 0;
    m_storedIcon->setPixmap(words.isEmpty()
                                ? QPixmap()
                                : iconPixmap(stored ? u"ok"_s : u"undo"_s,
                                             stored ? colors().success : colors().textSecondary,
                                             scaled(16), devicePixelRatioF()));
}

void RatingScreen::showProblem()
{
    const std::optional<Error>& problem = m_session.problem();
    const StudyTrial* now = m_session.trial();
    if (problem && m_session.state() == RatingSession::State::Unreadable)
        m_message->showMessage(MessageBar::Kind::Error,
                               tr("A picture of this pair cannot be read. Nothing was counted."),
                               tr("Put the study's folder back as it was, then try again."),
                               { tr("Try again") });
    else if (problem && problem->code == ErrorCode::DiskFull)
        m_message->showMessage(MessageBar::Kind::Error,
                               tr("The disk is full. This vote is not stored yet."),
                               tr("Free some space, then press Retry."), { tr("Retry") });
    else if (problem)
        m_message->showMessage(MessageBar::Kind::Error, tr("This vote could not be stored."),
                               Messages::forStudy(*problem).sentence,
                               m_pending ? QStringList{ tr("Retry") } : QStringList());
    else if (now && now->kind == TrialKind::Practice)
        m_message->showMessage(MessageBar::Kind::Info,
                               tr("Practice %1 of %2, not counted")
                                   .arg(now->index + 1)
                                   .arg(m_session.plan().practice));
    else
        m_message->clear();
}

void RatingScreen::changeEvent(QEvent* event)
{
    if (m_rater
        && (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange))
        retranslate();
    QWidget::changeEvent(event);
}

void RatingScreen::retranslate()
{
    m_undo->setText(tr("Undo last vote"));
    m_undo->setIconName(u"undo"_s);
    m_break->setText(tr("Take a break"));
    m_break->setIconName(u"pause"_s);
    m_handOver->setText(tr("Hand over"));
    m_handOver->setIconName(u"people"_s);
    m_keyWords[0]->setText(tr("zoom all"));
    m_keyWords[1]->setText(tr("hold for 100 %"));
    m_keyWords[2]->setText(m_answers->keyHelp());
    m_rater->setText(tr("Rater %1").arg(m_session.rater().number + 1));
    m_wait->setAccessibleName(tr("Time until a vote is taken"));
    m_answers->retranslate();
    showTrial();
}

} // namespace adtailor
