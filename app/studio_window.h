// StudioWindow: rail, menus, context bar, pages and status bar; connects them, decides nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"
#include "app/insight.h"
#include "app/job_desk.h"
#include "app/model_desk.h"
#include "app/people_desk.h"
#include "app/project_session.h"
#include "app/studio_files.h"
#include "app/training_desk.h"

#include <QMainWindow>
#include <QTemporaryDir>

#include <functional>
#include <memory>

class QStackedWidget;

namespace adtailor {

class BriefPage;
class ComparePage;
class ContextBar;
class GeneratePage;
class KeysPage;
class NavRail;
class Page;
class PeoplePage;
class Settings;
class StartPage;
class StatusLine;
class StudioDocks;
class StudioMenus;
class WhyPage;

class StudioWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudioWindow)

public:
    struct Options
    {
        EngineCommand engine;
        bool keepProjects = true; // false: they go with the window (screenshots, tests)
        QString model; // folder, for this run; empty: the settings' choice
    };

    StudioWindow(Settings& settings, const Options& options, QWidget* parent = nullptr);
    ~StudioWindow() override;

    // start, brief, people, generate, compare, finish, catalogue, review, train, evaluate,
    // models, keys
    static QStringList pageNames();
    bool showPage(const QString& name);
    void openSample();
    void openAds(const QString& folder);
    ProjectSession& session() { return m_session; }
    EngineClient& engine() { return m_engine; }
    JobDesk& desk() { return m_desk; }
    Insight& insight() { return m_insight; }
    ModelDesk& models() { return m_models; }
    TrainingDesk& training() { return m_training; }
    StudioDocks& docks() { return *m_docks; }

signals:
    void sampleReady(); // people are known, or the sample is missing

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildPages();
    void buildRail();
    void buildMenus();
    void connectSession();
    void connectEngine();
    void connectPages();
    void open(Page* page);
    void takePeople();
    void takePicture(const std::shared_ptr<const ProductPicture>& picture);
    void takeAds(const std::vector<AdItem>& ads, int skipped);
    void ensureProject();
    void chooseAds();
    void saveAds(const QList<int>& numbers);
    void chooseFolder(const QString& title, const std::function<void(const QString&)>& use);
    void showProblem(const Error& error);
    void showEngine();
    void showProgressInRail();
    void nextRegion();
    void retranslate();
    QString newFolder() const;

    Settings& m_settings;
    Options m_options;
    QTemporaryDir m_scratch; // for projects that are not kept
    ProjectSession m_session;
    EngineClient m_engine;
    JobDesk m_desk;
    Insight m_insight;
    ModelDesk m_models;
    TrainingDesk m_training;
    StudioFiles m_files;
    PeopleDesk m_peopleDesk;
    StudioMenus* m_menus = nullptr;
    StudioDocks* m_docks = nullptr;
    NavRail* m_rail = nullptr;
    ContextBar* m_context = nullptr;
    QStackedWidget* m_stack = nullptr;
    StatusLine* m_status = nullptr;
    StartPage* m_start = nullptr;
    BriefPage* m_brief = nullptr;
    PeoplePage* m_people = nullptr;
    GeneratePage* m_generate = nullptr;
    ComparePage* m_compare = nullptr;
    KeysPage* m_keys = nullptr;
    WhyPage* m_why = nullptr;
    QList<Page*> m_railPages; // by rail index
    bool m_resuming = false; // a recent project is being opened
    bool m_resumeQueue = false; // and its queue goes on
};

} // namespace adtailor
