// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/answer_panel.h"

#include "app/pages/page_parts.h"
#include "widgets/look.h"
#include "widgets/vote_button.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

// Left, both, both, right, in the order and the widths of the pictures above.
class PairPanel final : public AnswerPanel
{
public:
    PairPanel()
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(scaled(12));
        static constexpr std::array arrows{ u'←', u'↑', u'↓', u'→' };
        static constexpr std::array choices{ PairChoice::Left, PairChoice::Tie, PairChoice::BothBad,
                                             PairChoice::Right };
        for (std::size_t i = 0; i < arrows.size(); ++i) {
            m_buttons[i] = new VoteButton(QChar(arrows[i]));
            row->addWidget(m_buttons[i], i % 3 == 0 ? 3 : 2);
            connect(m_buttons[i], &VoteButton::clicked, this, [this, choice = choices[i]] {
                StudyAnswer answer;
                answer.choice = choice;
                emit answered(answer);
            });
        }
    }

    QString question() const override { return AnswerPanel::tr("Which ad would you rather see?"); }
    void begin() override { }
    void setOpen(bool open) override
    {
        for (VoteButton* button : m_buttons)
            button->setEnabled(open);
    }
    bool takeKey(int key) override
    {
        static constexpr std::array keys{ Qt::Key_Left, Qt::Key_Up, Qt::Key_Down, Qt::Key_Right };
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (key == keys[i]) {
                m_buttons[i]->click(); // a disabled one does nothing
                return true;
            }
        return false;
    }
    void retranslate() override
    {
        m_buttons[0]->setText(AnswerPanel::tr("Left is better"));
        m_buttons[1]->setText(AnswerPanel::tr("Equally good"));
        m_buttons[2]->setText(AnswerPanel::tr("Both bad"));
        m_buttons[3]->setText(AnswerPanel::tr("Right is better"));
    }

private:
    std::array<VoteButton*, 4> m_buttons{};
};

// First the best of four, then the worst of the other three.
class BestWorstPanel final : public AnswerPanel
{
public:
    BestWorstPanel()
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(scaled(12));
        for (int seat = 0; seat < 4; ++seat) {
            auto* button = new VoteButton(QString::number(seat + 1));
            m_buttons[static_cast<std::size_t>(seat)] = button;
            row->addWidget(button);
            connect(button, &VoteButton::clicked, this, [this, seat] { choose(seat); });
        }
    }

    QString question() const override
    {
        return m_best < 0 ? AnswerPanel::tr("Which ad is the best?")
                          : AnswerPanel::tr("And which ad is the worst?");
    }
    void begin() override
    {
        m_best = -1;
        refresh();
    }
    void setOpen(bool open) override
    {
        m_open = open;
        refresh();
    }
    bool takeKey(int key) override
    {
        if (key < Qt::Key_1 || key > Qt::Key_4)
            return false;
        m_buttons[static_cast<std::size_t>(key - Qt::Key_1)]->click();
        return true;
    }
    bool hasPart() const override { return m_best >= 0; }
    bool stepBack() override
    {
        if (m_best < 0)
            return false;
        begin();
        emit questionChanged();
        return true;
    }
    void retranslate() override { refresh(); }

private:
    void choose(int seat)
    {
        if (m_best < 0) {
            m_best = seat;
            refresh();
            return emit questionChanged();
        }
        StudyAnswer answer;
        answer.best = m_best;
        answer.worst = seat;
        emit answered(answer);
    }

    void refresh()
    {
        const QStringList places{ AnswerPanel::tr("First"), AnswerPanel::tr("Second"),
                                  AnswerPanel::tr("Third"), AnswerPanel::tr("Fourth") };
        for (int seat = 0; seat < 4; ++seat) {
            VoteButton* button = m_buttons[static_cast<std::size_t>(seat)];
            button->setText(seat == m_best ? AnswerPanel::tr("%1: best").arg(places[seat])
                                           : places[seat]);
            button->setEnabled(m_open && seat != m_best);
        }
    }

    std::array<VoteButton*, 4> m_buttons{};
    int m_best = -1;
    bool m_open = false;
};

// A row a criterion: 1 to 5, and whether one would accept it.
class RatingPanel final : public AnswerPanel
{
public:
    RatingPanel()
    {
        auto* grid = new QGridLayout(this);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(scaled(24));
        grid->setVerticalSpacing(scaled(8));
        for (int row = 0; row < studyCriteria; ++row) {
            Row& parts = m_rows[static_cast<std::size_t>(row)];
            parts.name = makeLabel("strong");
            parts.scores = addGroup(grid, row, 1, 5);
            parts.acceptable = addGroup(grid, row, 2, 2);
            grid->addWidget(parts.name, row, 0);
        }
        grid->setColumnStretch(0, 1);
        grid->setColumnStretch(4, 1);
        m_store = new VoteButton(u"↵"_s);
        grid->addWidget(m_store, 0, 3, studyCriteria, 1, Qt::AlignVCenter);
        connect(m_store, &VoteButton::clicked, this, &RatingPanel::give);
    }

    QString question() const override { return AnswerPanel::tr("How good is this ad?"); }
    QString keyHelp() const override
    {
        return AnswerPanel::tr("1 to 5 score · Y or N acceptable · ↑ ↓ criterion");
    }
    void begin() override
    {
        for (Row& row : m_rows)
            for (QButtonGroup* group : { row.scores, row.acceptable }) {
                group->setExclusive(false); // or one could not be unchecked
                for (QAbstractButton* button : group->buttons())
                    button->setChecked(false);
                group->setExclusive(true);
            }
        moveTo(0);
    }
    void setOpen(bool open) override
    {
        m_open = open;
        refresh();
    }
    bool takeKey(int key) override
    {
        Row& row = m_rows[static_cast<std::size_t>(m_row)];
        if (key >= Qt::Key_1 && key <= Qt::Key_5)
            row.scores->button(key - Qt::Key_1)->click();
        else if (key == Qt::Key_Y || key == Qt::Key_N)
            row.acceptable->button(key == Qt::Key_Y ? 0 : 1)->click();
        else if (key == Qt::Key_Up || key == Qt::Key_Down)
            moveTo(m_row + (key == Qt::Key_Up ? -1 : 1));
        else if (key == Qt::Key_Return || key == Qt::Key_Enter)
            m_store->click();
        else
            return false;
        return true;
    }
    void retranslate() override
    {
        const QStringList names{ AnswerPanel::tr("The picture looks real"),
                                 AnswerPanel::tr("The layout is good"),
                                 AnswerPanel::tr("The text is accurate"),
                                 AnswerPanel::tr("The text reads well") };
        for (int i = 0; i < studyCriteria; ++i) {
            Row& row = m_rows[static_cast<std::size_t>(i)];
            row.name->setText(names[i]);
            row.acceptable->button(0)->setText(AnswerPanel::tr("Acceptable"));
            row.acceptable->button(1)->setText(AnswerPanel::tr("Not acceptable"));
        }
        m_store->setText(AnswerPanel::tr("Store"));
    }

private:
    struct Row
    {
        QLabel* name = nullptr;
        QButtonGroup* scores = nullptr;
        QButtonGroup* acceptable = nullptr;

        bool isFull() const { return scores->checkedId() >= 0 && acceptable->checkedId() >= 0; }
    };

    QButtonGroup* addGroup(QGridLayout* grid, int row, int column, int count)
    {
        auto* group = new QButtonGroup(this);
        auto* line = new QHBoxLayout;
        line->setSpacing(0);
        for (int i = 0; i < count; ++i) {
            auto* button = new QToolButton;
            button->setProperty("kind", u"segment"_s);
            button->setProperty("first", i == 0);
            button->setProperty("last", i == count - 1);
            button->setCheckable(true);
            button->setFocusPolicy(Qt::NoFocus);
            if (count > 2)
                button->setText(QString::number(i + 1));
            group->addButton(button, i);
            line->addWidget(button);
        }
        grid->addLayout(line, row, column);
        connect(group, &QButtonGroup::idClicked, this, [this, row] {
            const bool full = m_rows[static_cast<std::size_t>(row)].isFull();
            moveTo(full && row + 1 < studyCriteria ? row + 1 : row);
        });
        return group;
    }

    void moveTo(int row)
    {
        m_row = std::clamp(row, 0, studyCriteria - 1);
        refresh();
    }

    void refresh()
    {
        bool full = true;
        for (int i = 0; i < studyCriteria; ++i) {
            Row& row = m_rows[static_cast<std::size_t>(i)];
            full = full && row.isFull();
            QFont font = typeFont(i == m_row ? Type::Strong : Type::Body);
            font.setUnderline(i == m_row); // where the keys go
            row.name->setFont(font);
            for (QButtonGroup* group : { row.scores, row.acceptable })
                for (QAbstractButton* button : group->buttons())
                    button->setEnabled(m_open);
        }
        m_store->setEnabled(m_open && full);
    }

    void give()
    {
        StudyAnswer answer;
        for (const Row& row : m_rows)
            answer.criteria.push_back(
                { row.scores->checkedId() + 1, row.acceptable->checkedId() == 0 });
        emit answered(answer);
    }

    std::array<Row, studyCriteria> m_rows{};
    VoteButton* m_store = nullptr;
    int m_row = 0;
    bool m_open = false;
};

} // namespace

AnswerPanel* AnswerPanel::make(StudyQuestion question)
{
    AnswerPanel* panel = nullptr;
    switch (question) {
    case StudyQuestion::Pairwise:
        panel = new PairPanel;
        break;
    case StudyQuestion::Rating:
        panel = new RatingPanel;
        break;
    case StudyQuestion::BestWorst:
        panel = new BestWorstPanel;
        break;
    }
    panel->retranslate();
    panel->setOpen(false);
    panel->begin();
    return panel;
}

} // namespace adtailor
