// StudyListPanel: the studies of this computer; new ones are begun and packages are opened here.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study_desk.h"

#include <QWidget>

class QListView;
class QToolButton;

namespace adtailor {

class Panel;

class StudyListPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudyListPanel)

public:
    explicit StudyListPanel(StudyDesk& desk, QWidget* parent = nullptr);

    QWidget* list() const;
    void retranslate();

signals:
    void newRequested();
    void packageRequested();

private:
    void choose(); // the row of the open study

    StudyDesk& m_desk;
    Panel* m_panel = nullptr;
    QListView* m_list = nullptr;
    QToolButton* m_new = nullptr;
    QToolButton* m_package = nullptr;
    bool m_choosing = false;
};

} // namespace adtailor
