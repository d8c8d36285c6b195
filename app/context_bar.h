// ContextBar: which page, and for which product, person and model; the page's buttons at its end.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/model.h>

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QMenu;
class QStackedWidget;

namespace adtailor {

class ContextPicker;
class Page;
class ProjectSession;

class ContextBar final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ContextBar)

public:
    explicit ContextBar(ProjectSession& session, QWidget* parent = nullptr);

    void addPage(Page* page);
    void showPage(Page* page, bool withWork); // withWork: product and person are of interest
    void setModel(const ModelInfo& model);
    void setNarrow(bool narrow);

signals:
    void productClicked();
    void modelClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* makeArrow();
    void showProduct();
    void showPerson();
    void showModel();
    void fillPeople();
    void retranslate();

    ProjectSession& m_session;
    Page* m_page = nullptr;
    QLabel* m_title = nullptr;
    QWidget* m_work = nullptr;
    ContextPicker* m_product = nullptr;
    ContextPicker* m_person = nullptr;
    ContextPicker* m_modelPicker = nullptr;
    QLabel* m_modelArrow = nullptr;
    QList<QLabel*> m_arrows;
    QMenu* m_people = nullptr;
    QStackedWidget* m_actions = nullptr;
    QHBoxLayout* m_leads = nullptr; // beside the title, one a page at most
    ModelInfo m_model;
    bool m_narrow = false;
};

} // namespace adtailor
