// ComparePage: the candidates side by side: decide with the eyes, star, save.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

#include <array>

class QGridLayout;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QToolButton;

namespace adtailor {

class AdCard;
struct AdItem;
class EmptyView;
class Facts;
class KeyButton;
class MessageBar;
class Panel;
class ProjectSession;
struct SavedAds;
class Segments;
class ThumbnailView;

class ComparePage final : public Page
{
    Q_OBJECT

public:
    explicit ComparePage(ProjectSession& session, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void enter() override;
    void setSaving(bool saving);
    void showSaved(const SavedAds& saved); // only a problem needs words here

signals:
    void saveRequested(const QList<int>& numbers);
    void generateRequested();
    void openRequested(); // a folder of ads

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    static constexpr int mostCards = 4;

    QWidget* makeCentre();
    QWidget* makeInspector();
    void connectParts();
    void arrange();
    void fill(); // a new batch is laid out in order, else only holes are filled
    void showCards();
    void showFacts();
    void activate(int card);
    void put(int number);
    void star(int card);
    void swap();
    void step(int direction);
    int cardCount() const;
    const AdItem* adOf(int card) const;
    QList<int> shownNumbers() const; // of every ad that can be compared

    ProjectSession& m_session;
    KeyButton* m_saveAll = nullptr;
    KeyButton* m_saveOne = nullptr;
    Segments* m_mode = nullptr;
    KeyButton* m_swap = nullptr;
    KeyButton* m_pickA = nullptr;
    KeyButton* m_pickB = nullptr;
    MessageBar* m_message = nullptr;
    QStackedWidget* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    QGridLayout* m_grid = nullptr;
    std::array<AdCard*, mostCards> m_cards{};
    std::array<int, mostCards> m_numbers{}; // 0: empty
    int m_active = 0;
    quint64 m_batch = 0; // whose ads were laid out last
    bool m_arranged = false; // by the user; then only holes are filled
    QLabel* m_stripName = nullptr;
    QLabel* m_stripCount = nullptr;
    ThumbnailView* m_strip = nullptr;
    QSortFilterProxyModel* m_filter = nullptr;
    Panel* m_inspector = nullptr;
    Facts* m_facts = nullptr;
    QLabel* m_titleName = nullptr;
    QLabel* m_titleText = nullptr;
    QLabel* m_modelNote = nullptr;
    bool m_saving = false;
};

} // namespace adtailor
