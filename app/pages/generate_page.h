// GeneratePage: run a batch, watch title and picture being written, stop without loss.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/job_desk.h"
#include "app/pages/page.h"

class QLabel;
class QSortFilterProxyModel;
class QToolButton;

namespace adtailor {

struct AdItem;
class JobBar;
class KeyButton;
class Panel;
class ProjectSession;
class RunSettingsPanel;
class Segments;
class ThumbnailView;
class TitleEdit;
class TokenGrid;

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
    void copied(); // a title went to the clipboard

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeCentre();
    QWidget* makeTitle();
    QWidget* makeCanvas();
    QWidget* makeBatch();
    void connectParts();
    void followBatch();
    int shownRow() const; // of the session's ads, -1: none
    void showAd();
    void showHead(const AdItem* ad);
    void showPicture(const AdItem* ad);
    void showStatus();
    void showStage();
    void showMessage();
    void showButtons();
    void lockTitle(bool locked);
    void step(int direction);

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
    TokenGrid* m_grid = nullptr;
    JobBar* m_job = nullptr;
    Panel* m_batchPanel = nullptr;
    ThumbnailView* m_batch = nullptr;
    QSortFilterProxyModel* m_filter = nullptr;
    KeyButton* m_compare = nullptr;
    EngineState m_engineState = EngineState::Starting;
    bool m_engineReturns = true;
    ModelInfo m_model;
    Error m_engineError;
    QString m_loading;
    quint64 m_shownBatch = 0;
};

} // namespace adtailor
