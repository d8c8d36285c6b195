// ComparePage: the candidates side by side: decide with the eyes, star, save.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/candidate_slots.h"
#include "app/pages/page.h"

#include <array>
#include <vector>

class QGridLayout;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace adtailor {

class AdCard;
struct AdItem;
class AdScores;
class CompareInspector;
class CompareView;
class EmptyView;
class KeyButton;
class MessageBar;
class ProjectSession;
struct SavedAds;
class ScorePanel;
class Segments;
class ThumbnailView;
class ViewTransform;
class ZoomPane;

class ComparePage final : public Page
{
    Q_OBJECT

public:
    ComparePage(ProjectSession& session, AdScores& scores, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void enter() override;
    void leave() override;
    void showPair(int numberA, int numberB); // for a twin; 2-up
    void setSaving(bool saving);
    void showSaved(const SavedAds& saved); // only a problem needs words here

signals:
    void saveRequested(const QList<int>& numbers);
    void generateRequested();
    void openRequested(); // a folder of ads
    void whyRequested(int number);

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    static constexpr int mostCards = CandidateSlots::count;
    enum Mode { TwoUp, Slider, Flicker, Difference, FourUp };

    QWidget* makeCentre();
    void makeTools(QVBoxLayout* column);
    QWidget* makeStrip();
    void connectParts();
    void arrange();
    void fill(); // a new batch is laid out in order, else only holes are filled
    void showCards();
    void showTogether(); // slider, flicker, difference
    void showScores();
    void linkViews(const ViewTransform& view, const ZoomPane* from);
    void setMode(int mode);
    std::vector<ZoomPane*> panes() const;
    void activate(int card);
    void put(int number);
    void star(int card);
    void swap();
    void step(int direction);
    int cardCount() const;
    const AdItem* adOf(int card) const;
    QList<int> shownNumbers() const; // of every ad that can be compared

    ProjectSession& m_session;
    AdScores& m_scores;
    KeyButton* m_why = nullptr;
    KeyButton* m_saveAll = nullptr;
    KeyButton* m_saveOne = nullptr;
    Segments* m_mode = nullptr;
    QToolButton* m_link = nullptr;
    QToolButton* m_fit = nullptr;
    KeyButton* m_swap = nullptr;
    KeyButton* m_pickA = nullptr;
    KeyButton* m_pickB = nullptr;
    MessageBar* m_message = nullptr;
    QStackedWidget* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    QGridLayout* m_grid = nullptr;
    std::array<AdCard*, mostCards> m_cards{};
    CandidateSlots m_slots;
    int m_active = 0;
    quint64 m_batch = 0; // whose ads were laid out last
    bool m_arranged = false; // by the user; then only holes are filled
    QLabel* m_stripName = nullptr;
    QLabel* m_stripCount = nullptr;
    ThumbnailView* m_strip = nullptr;
    QSortFilterProxyModel* m_filter = nullptr;
    CompareView* m_together = nullptr;
    CompareInspector* m_inspector = nullptr;
    ScorePanel* m_table = nullptr;
    bool m_entered = false; // nothing is measured for a page that nobody sees
    bool m_saving = false;
};

} // namespace adtailor
