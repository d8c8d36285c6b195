// PeoplePage: choose a person who said yes and see which clicks the model will read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

class QComboBox;
class QLabel;
class QListView;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace adtailor {

class ConsentSection;
class EmptyView;
class Facts;
class KeyButton;
class MessageBar;
class PeopleDesk;
class PeopleQuestions;
class Panel;
class ProjectSession;
class Segments;
class ThumbnailView;

class PeoplePage final : public Page
{
    Q_OBJECT

public:
    PeoplePage(ProjectSession& session, PeopleDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void enter() override { emit shown(true); }
    void leave() override { emit shown(false); }
    void setReading(bool reading); // the engine computes the draw
    void setEngineReady(bool ready);
    void setHistoryLength(int items); // clicks the model reads at most
    void showProblem(const QString& sentence, const QString& detail);

signals:
    void nextRequested();
    void whyRequested(); // what the next ad would keep
    void shown(bool shown); // the draw is wanted while the page is open

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Swatches;
    QWidget* makeList();
    QWidget* makeCentre();
    void addTools(QVBoxLayout* column);
    QWidget* makeInspector();
    void connectParts();
    void showPerson();
    void showDraw();
    QString methodText() const;
    void showEmpty();
    void showMessage();
    void newDraw();

    ProjectSession& m_session;
    PeopleDesk& m_desk;
    KeyButton* m_next = nullptr;
    Panel* m_listPanel = nullptr;
    QToolButton* m_import = nullptr;
    QToolButton* m_add = nullptr;
    QListView* m_people = nullptr;
    QLabel* m_promise = nullptr;
    KeyButton* m_nobody = nullptr;
    Segments* m_view = nullptr;
    QLabel* m_sortName = nullptr;
    QComboBox* m_sort = nullptr;
    QLabel* m_seedName = nullptr;
    QSpinBox* m_seed = nullptr;
    QToolButton* m_redraw = nullptr;
    QLabel* m_readCount = nullptr;
    QLabel* m_readText = nullptr;
    PeopleQuestions* m_questions = nullptr;
    MessageBar* m_message = nullptr;
    QStackedWidget* m_stack = nullptr;
    ThumbnailView* m_clicks = nullptr;
    EmptyView* m_empty = nullptr;
    Panel* m_inspector = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_span = nullptr;
    ConsentSection* m_consent = nullptr;
    QLabel* m_colorsName = nullptr;
    Swatches* m_swatches = nullptr;
    QLabel* m_fitName = nullptr;
    Facts* m_fit = nullptr;
    QLabel* m_method = nullptr;
    KeyButton* m_includeAll = nullptr;
    KeyButton* m_why = nullptr;
    QString m_problem, m_problemDetail;
    bool m_reading = false;
    bool m_engineReady = false;
    int m_historyLength = 0;
};

} // namespace adtailor
