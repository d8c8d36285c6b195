// StudyPlanPanel: the form of a study that has not started, or what a started one asks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study_builder.h"
#include "app/study_desk.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace adtailor {

class EmptyView;
class Facts;
class KeyButton;
class MessageBar;
class Segments;

class StudyPlanPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudyPlanPanel)

public:
    StudyPlanPanel(StudyDesk& desk, StudyBuilder& builder, QWidget* parent = nullptr);

    MessageBar* message() const { return m_message; }
    QWidget* firstField() const;
    void setDrafting(bool drafting); // the form, or the open study
    bool isDrafting() const { return m_drafting; }
    void setProjectAds(int count); // how many the open project could give
    void retranslate();

signals:
    void projectAdsRequested();
    void newRequested();
    void nextVersionRequested();

private:
    QWidget* makeForm();
    QWidget* makeSources();
    QWidget* makeFrozen();
    void connectParts();
    void showDraft();
    void showFrozen();
    void store();
    void addFolder();

    StudyDesk& m_desk;
    StudyBuilder& m_builder;
    QStackedWidget* m_stack = nullptr;
    MessageBar* m_message = nullptr;
    QLabel* m_nameLabel = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_questionLabel = nullptr;
    Segments* m_question = nullptr;
    QLabel* m_instructionLabel = nullptr;
    QLineEdit* m_instruction = nullptr;
    QLabel* m_sourcesLabel = nullptr;
    QLabel* m_sourcesHint = nullptr;
    QStandardItemModel* m_sourceModel = nullptr;
    QTableView* m_sources = nullptr;
    KeyButton* m_addAds = nullptr;
    KeyButton* m_addFolder = nullptr;
    KeyButton* m_remove = nullptr;
    QLabel* m_items = nullptr;
    QLabel* m_frozenName = nullptr;
    QLabel* m_frozenHint = nullptr;
    Facts* m_frozen = nullptr;
    KeyButton* m_nextVersion = nullptr;
    EmptyView* m_empty = nullptr;
    int m_projectAds = 0;
    bool m_drafting = false;
    bool m_showing = false;
};

} // namespace adtailor
