// KeptPanel: the ad, its title by origin, and how much of the history the model kept for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page_parts.h"

class QProgressBar;

namespace adtailor {

class MessageBar;
class PaletteBar;
class PatchMap;
class TitleEdit;
class WhyDesk;

class KeptPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeptPanel)

public:
    explicit KeptPanel(QWidget* parent = nullptr);

    void show(const WhyDesk& desk);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showKept(const WhyDesk& desk);
    void retranslate();

    Panel* m_adPanel = nullptr;
    PatchMap* m_picture = nullptr;
    TitleEdit* m_title = nullptr;
    QLabel* m_titleKey = nullptr;
    QLabel* m_keptName = nullptr;
    QLabel* m_patchText = nullptr;
    QProgressBar* m_patchBar = nullptr;
    QLabel* m_wordText = nullptr;
    QProgressBar* m_wordBar = nullptr;
    QLabel* m_paletteName = nullptr;
    PaletteBar* m_palette = nullptr;
    MessageBar* m_caution = nullptr;
};

} // namespace adtailor
