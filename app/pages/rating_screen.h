// RatingScreen: the place of a vote: ads at equal sizes, the question, the answers, and no more.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rating_session.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace adtailor {

class AnswerPanel;
class KeyButton;
class LinkedPictures;
class MessageBar;
class TickProgress;

class RatingScreen final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RatingScreen)

public:
    RatingScreen(RatingSession& session, StudyQuestion question, QWidget* parent = nullptr);

    bool takeKey(int key, bool pressed); // true: it meant something

signals:
    void handOverRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeFooter();
    void connectParts();
    void showTrial();
    void showProgress();
    void showStored();
    void showProblem();
    void give(const StudyAnswer& answer);
    void undo();
    void retranslate();

    RatingSession& m_session;
    QLabel* m_place = nullptr;
    TickProgress* m_progress = nullptr;
    QLabel* m_timeLeft = nullptr;
    KeyButton* m_undo = nullptr;
    KeyButton* m_break = nullptr;
    KeyButton* m_handOver = nullptr;
    QLabel* m_question = nullptr;
    QLabel* m_hint = nullptr;
    MessageBar* m_message = nullptr;
    LinkedPictures* m_pictures = nullptr;
    QProgressBar* m_wait = nullptr;
    AnswerPanel* m_answers = nullptr;
    QLabel* m_storedIcon = nullptr;
    QLabel* m_stored = nullptr;
    QList<QLabel*> m_keyWords;
    QLabel* m_rater = nullptr;
    std::optional<StudyAnswer> m_pending; // could not be stored
    int m_takenBack = 0; // number of the vote that was undone last
    int m_shownTrial = -1;
};

} // namespace adtailor
