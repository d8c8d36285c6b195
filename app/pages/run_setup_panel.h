// RunSetupPanel: a new run: purpose, data, settings, and whether it fits before it starts.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/training_desk.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QVBoxLayout;

namespace adtailor {

class ColumnForm;
class Facts;
class KeyButton;
class MessageBar;
class Panel;
class Segments;
class StatusPill;

class RunSetupPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunSetupPanel)

public:
    explicit RunSetupPanel(TrainingDesk& desk, QWidget* parent = nullptr);

    void begin(); // with the purpose chosen last
    void begin(const RunRecipe& recipe);
    QWidget* firstField() const;
    void retranslate();

signals:
    void started();
    void cancelled();

private:
    enum File { Records, HeldOut, Pictures, FileCount };
    enum Number {
        Steps,
        Batch,
        Accumulation,
        Rate,
        Rank,
        Warmup,
        CheckEvery,
        Patience,
        Seed,
        NumberCount
    };
    struct Field
    {
        QLabel* name = nullptr;
        QLineEdit* edit = nullptr;
        KeyButton* choose = nullptr; // of a file
    };

    void addFiles(QVBoxLayout* section);
    void addNumbers(QVBoxLayout* section);
    void addCheck(QVBoxLayout* section);
    void connectParts();
    void choosePurpose(int purpose);
    void chooseFile(File file);
    void setFile(File file, const QString& path);
    void show(const RunRecipe& recipe);
    void showPurpose();
    RunRecipe recipe() const;
    QString gap() const; // what is still missing, in words
    void edited(); // asks for a new check shortly
    void showCheck();
    void showNeed(const TrainingNeed& need);
    QString lintText(const TrainingNeed& need) const;
    void showProblem(const Error& error);
    void halveBatch();
    void start();

    TrainingDesk& m_desk;
    Panel* m_panel = nullptr;
    QLabel* m_nameLabel = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_purposeName = nullptr;
    Segments* m_purpose = nullptr;
    QLabel* m_purposeText = nullptr;
    QLabel* m_baseText = nullptr;
    Field m_files[FileCount];
    ColumnForm* m_columns = nullptr;
    KeyButton* m_expert = nullptr;
    QWidget* m_numberBox = nullptr;
    Field m_numbers[NumberCount];
    QLabel* m_checkName = nullptr;
    StatusPill* m_fit = nullptr;
    QProgressBar* m_memory = nullptr;
    Facts* m_need = nullptr;
    QLabel* m_leftOut = nullptr;
    MessageBar* m_message = nullptr;
    KeyButton* m_start = nullptr;
    KeyButton* m_cancel = nullptr;
    QTimer m_soon;
    bool m_showing = false;
};

} // namespace adtailor
