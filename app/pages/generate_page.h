// GeneratePage: run a batch, watch title and picture being written, stop without loss.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/job_desk.h"
#include "app/pages/page.h"

class QLabel;
class QStackedWidget;
class QToolButton;

namespace adtailor {

struct AdItem;
class BatchPanel;
class KeyButton;
class ProjectSession;
class RunBar;
class RunSettingsPanel;
class Segments;
class TitleEdit;
class TokenGrid;
class VariationGrid;

class GeneratePage final : public Page
{
    Q_OBJECT

public:
    GeneratePage(ProjectSession& session, JobDesk& desk, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void setNarrow(bool narrow) override;
    void setEngine(EngineState state, bool willRestart, const ModelInfo& model, const Error& error);
    void setLoading(const Progress& progress);

signals:
    void engineStartRequested();
    void briefRequested();
    void compareRequested();
    void whyRequested(int number);
    void copied(); // a title went to the clipboard

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeCentre();
    QWidget* makeTitle();
    QWidget* makeCanvas();
    void connectParts();
    void showAd();
    void showHead(const AdItem* ad);
    void showPicture(const AdItem* ad);
    void showStatus();
    void showMessage();
    void showButtons();
    void lockTitle(bool locked);
    void showVariations();
    void keepAbove(int row); // of the shown picture
    void continueDraft();
    bool isOfThisModel(const AdItem& ad) const;

    ProjectSession& m_session;
    JobDesk& m_desk;
    KeyButton* m_run = nullptr;
    RunSettingsPanel* m_settings = nullptr;
    QLabel* m_which = nullptr;
    QLabel* m_points = nullptr;
    QToolButton* m_lock = nullptr;
    QToolButton* m_copy = nullptr;
    TitleEdit* m_title = nullptr;
    Segments* m_look = nullptr;
    QToolButton* m_fit = nullptr;
    QToolButton* m_zoom = nullptr;
    QToolButton* m_lines = nullptr;
    QStackedWidget* m_views = nullptr;
    TokenGrid* m_grid = nullptr;
    VariationGrid* m_variations = nullptr;
    QList<int> m_cells; // numbers of the ads in the variations grid
    RunBar* m_job = nullptr;
    BatchPanel* m_batch = nullptr;
    EngineState m_engineState = EngineState::Starting;
    bool m_engineReturns = true;
    ModelInfo m_model;
    Error m_engineError;
    QString m_loading;
};

} // namespace adtailor
