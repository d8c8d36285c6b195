// RunSettingsPanel: what the next batch may vary: seeds, hold, guidance, variety, history.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page_parts.h"

class QCheckBox;
class QLineEdit;

namespace adtailor {

class ChangeSection;
class MessageBar;
class ProjectSession;
class SliderField;
class VarySection;

class RunSettingsPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunSettingsPanel)

public:
    explicit RunSettingsPanel(ProjectSession& session, QWidget* parent = nullptr);

    MessageBar* message() const { return m_message; }
    ChangeSection* change() const { return m_change; }
    void setLocked(bool running); // a running batch keeps its settings

signals:
    void titleLockChanged(bool locked);

protected:
    void changeEvent(QEvent* event) override;

private:
    class Clicks;
    void buildVariations();
    void buildPicture();
    void buildTitle();
    void buildHistory();
    SliderField* addSlider(class QVBoxLayout* section, double least, double most, double step);
    void showSettings();
    void showHistory();
    void store();
    void retranslate();

    ProjectSession& m_session;
    Panel* m_panel = nullptr;
    MessageBar* m_message = nullptr;
    ChangeSection* m_change = nullptr;
    VarySection* m_vary = nullptr;
    QLabel* m_variationsName = nullptr;
    SliderField* m_ads = nullptr;
    QLabel* m_seedName = nullptr;
    QLineEdit* m_seed = nullptr;
    QToolButton* m_newSeed = nullptr;
    QLabel* m_pictureName = nullptr;
    SliderField* m_hold = nullptr;
    SliderField* m_guidance = nullptr;
    SliderField* m_imageVariety = nullptr;
    QLabel* m_titleName = nullptr;
    SliderField* m_titleVariety = nullptr;
    SliderField* m_titleTokens = nullptr;
    QLabel* m_historyName = nullptr;
    QLabel* m_historyCount = nullptr;
    Clicks* m_clicks = nullptr;
    QCheckBox* m_useHistory = nullptr;
    bool m_showing = false;
};

} // namespace adtailor
