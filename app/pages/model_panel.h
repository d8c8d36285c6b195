// ModelPanel: one model in the inspector: parts, memory, licence, files, instruction.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model_desk.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QProgressBar;
class QRadioButton;
class QVBoxLayout;

namespace adtailor {

class Facts;
class KeyButton;
class Panel;
class StatusPill;

class ModelPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelPanel)

public:
    explicit ModelPanel(ModelDesk& desk, QWidget* parent = nullptr);

    void setModel(const QString& folder);
    bool canCheck() const;
    bool canRemove() const;
    void retranslate();

signals:
    void removeRequested();

private:
    struct Fit // one precision: what it takes and whether that is there
    {
        QRadioButton* choice = nullptr;
        QLabel* need = nullptr;
        StatusPill* pill = nullptr;
    };

    void addFit(QVBoxLayout* section);
    void addFiles(QVBoxLayout* section);
    void addInstruction(QVBoxLayout* section);
    void connectParts();
    const ModelRow* row() const;
    void chooseInstruction();
    void showModel();
    void showFit();
    QStringList knobTexts(const ModelDescription& model) const;
    void showFiles();
    void showWork();

    ModelDesk& m_desk;
    QString m_folder;
    Panel* m_panel = nullptr;
    StatusPill* m_state = nullptr;
    QLabel* m_missing = nullptr;
    Facts* m_facts = nullptr;
    QLabel* m_partsName = nullptr;
    Facts* m_parts = nullptr;
    QLabel* m_fitName = nullptr;
    QLabel* m_room = nullptr;
    QButtonGroup* m_precisions = nullptr;
    Fit m_fits[2]; // float32, bfloat16
    QLabel* m_knobs = nullptr;
    QLabel* m_licenceName = nullptr;
    QLabel* m_licence = nullptr;
    QLabel* m_filesName = nullptr;
    QLabel* m_filesText = nullptr;
    KeyButton* m_check = nullptr;
    KeyButton* m_remove = nullptr;
    QProgressBar* m_progress = nullptr;
    KeyButton* m_stop = nullptr;
    QLabel* m_instructionName = nullptr;
    QLabel* m_instruction = nullptr;
    KeyButton* m_chooseInstruction = nullptr;
    KeyButton* m_ownInstruction = nullptr;
};

} // namespace adtailor
