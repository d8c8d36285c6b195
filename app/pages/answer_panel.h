// AnswerPanel: the buttons under the ads of a vote, one kind for each question of a study.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study.h>

#include <QWidget>

namespace adtailor {

// Nothing in it takes the focus or looks chosen before it is; keys come through takeKey.
class AnswerPanel : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerPanel)

public:
    static AnswerPanel* make(StudyQuestion question);

    virtual QString question() const = 0; // the window's own words, over the ads
    virtual QString keyHelp() const { return {}; } // keys that no button shows
    virtual void begin() = 0; // a new trial: nothing is chosen
    virtual void setOpen(bool open) = 0; // answers are taken
    virtual bool takeKey(int key) = 0; // true: it meant something here
    virtual bool hasPart() const { return false; }
    virtual bool stepBack() { return false; } // a part of an answer that was not given yet
    virtual void retranslate() = 0;

signals:
    void answered(const adtailor::StudyAnswer& answer);
    void questionChanged();

protected:
    using QWidget::QWidget;
};

} // namespace adtailor
