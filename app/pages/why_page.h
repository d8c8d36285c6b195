// WhyPage: which clicks shaped an ad, patch by patch and word by word, and twins that test it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QMenu;
class QScrollArea;
class QStackedWidget;

namespace adtailor {

class EmptyView;
class HighlightView;
class KeyButton;
struct KeptItem;
class KeptPanel;
class MessageBar;
class Panel;
class ProjectSession;
class Segments;
class TwinList;
class WhyDesk;

class WhyPage final : public Page
{
    Q_OBJECT

public:
    WhyPage(ProjectSession& session, WhyDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    // What is shown when the page is entered: an ad, 0: the next one, -1: the newest.
    void setSubject(int number, const Page* from);
    void enter() override;

signals:
    void backRequested();
    void compareRequested(int numberA, int numberB);

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeCentre();
    QWidget* makeTwins();
    void connectParts();
    void showSubject();
    void showCards();
    void fillCard(HighlightView& card, const KeptItem& item) const;
    void showEmpty();
    void showMessage();
    void showTwins();
    void select(int card);
    void setMode(int mode);
    void fillPeople();
    void showBack();
    std::vector<const KeptItem*> sortedItems() const;

    ProjectSession& m_session;
    WhyDesk& m_desk;
    KeyButton* m_back = nullptr;
    int m_number = -1;
    const Page* m_from = nullptr; // back leads there
    KeptPanel* m_kept = nullptr;
    Segments* m_mode = nullptr;
    QLabel* m_legend = nullptr;
    QLabel* m_sortName = nullptr;
    QComboBox* m_sort = nullptr;
    MessageBar* m_message = nullptr;
    QStackedWidget* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    QScrollArea* m_scroll = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<HighlightView*> m_cards;
    std::vector<int> m_cardItems; // history index of each card
    int m_selected = 0;
    Panel* m_twinPanel = nullptr;
    TwinList* m_twins = nullptr;
    QLabel* m_twinHint = nullptr;
    KeyButton* m_noHistory = nullptr;
    KeyButton* m_other = nullptr;
    KeyButton* m_without = nullptr;
    KeyButton* m_compare = nullptr;
    QMenu* m_people = nullptr;
};

} // namespace adtailor
