// VarySection: one setting in several values, for the variations grid.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace adtailor {

class ProjectSession;
class SliderField;

class VarySection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VarySection)

public:
    explicit VarySection(ProjectSession& session, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void choose(int vary);
    void store();
    void showSettings();
    void retranslate();

    ProjectSession& m_session;
    QLabel* m_name = nullptr;
    QComboBox* m_vary = nullptr;
    QWidget* m_fields = nullptr;
    SliderField* m_steps = nullptr;
    SliderField* m_from = nullptr;
    SliderField* m_to = nullptr;
    QLabel* m_values = nullptr;
    bool m_showing = false;
};

} // namespace adtailor
