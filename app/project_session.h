// ProjectSession: the open project: brief, person, settings and ads, with undo and autosave.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ad_board.h"
#include "app/ad_edits.h"
#include "app/ad_keeper.h"
#include "app/models/history_model.h"
#include "app/models/job_queue.h"
#include "app/models/people_model.h"
#include "app/product_picture.h"
#include "app/project_saver.h"
#include "app/variations.h"

#include <QObject>
#include <QSet>
#include <QTimer>
#include <QUndoStack>

#include <map>
#include <memory>
#include <optional>

namespace adtailor {

struct BriefState
{
    QString description;
    QStringList sellingPoints;
    Placement placement;
    std::shared_ptr<const ProductPicture> picture; // null: none yet
};

enum class BriefField { Description, SellingPoints, Placement, Picture };

// Begins with what the engine takes when nothing is said, so that a command makes the same ad.
struct RunSettings
{
    int ads = 4;
    quint64 seed = 1;
    double productHold = GenerationRequest().controlStrength;
    double guidance = GenerationRequest().guidanceScale;
    double imageVariety = GenerationRequest().image.temperature;
    double titleVariety = GenerationRequest().text.temperature;
    int titleTokens = GenerationRequest().maxTitleTokens;
    bool useHistory = true;
    bool lockTitle = false;
    QString title; // what "lock this title" keeps
    int keptAd = 0; // number of the ad whose first rows stay; 0: none
    int keptRows = 0; // all of them: only the title is written
    Vary vary = Vary::Nothing; // one setting in several values, each with all seeds
    double varyFrom = 0, varyTo = 1;
    int varySteps = 3;

    bool operator==(const RunSettings&) const = default;
};

// What keeps the brief from being used, in the order in which the page asks for it.
enum class BriefGap { Picture, Description, SellingPoints };

// All edits go through here: they land on the undo stack, the models change, the views follow,
// and the project folder is saved half a second later.
class ProjectSession final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProjectSession)

public:
    explicit ProjectSession(QObject* parent = nullptr);
    ~ProjectSession() override;

    // A project lives in one folder; an empty name keeps it in memory.
    void startNew(const QString& folder);
    void open(const QString& folder); // reads on the pool, then `opened` or `failed`
    bool isOpen() const { return m_open; }
    const QString& folder() const { return m_folder; }
    SaveState saveState() const { return m_saver.state(); }
    void saveNow() { m_saver.saveNow(); }
    QString name() const; // of the product, for lists and the status bar

    // Brief
    const BriefState& brief() const { return m_brief; }
    void editBrief(BriefField field, BriefState changed);
    void endEdit() { ++m_stroke; } // the next edit is an undo step of its own
    void setPicture(std::shared_ptr<const ProductPicture> picture);
    void adoptBrief(const AdItem& ad); // of ads opened from a folder; not an undo step
    QList<BriefGap> gaps() const;

    // People
    PeopleModel& people() { return m_people; }
    void setPeople(std::vector<Person> people);
    void choosePerson(int row); // -1: nobody, no history
    int personRow() const { return m_person; }
    const Person* person() const;
    bool usesHistory() const; // the next ad reads clicks
    HistoryModel& history() { return m_history; }
    void includeClick(int click, bool included);
    void includeAll();
    void setDrawSeed(quint32 seed);
    quint32 drawSeed() const { return m_drawSeed; }
    void setProfile(const PreferenceProfile& profile, const std::vector<int>& clicks);
    // What the history's similarities were computed with, as PreferenceProfile says it.
    const QString& similarityMethod() const { return m_similarityMethod; }

    // Generation
    const RunSettings& settings() const { return m_settings; }
    void setSettings(const RunSettings& settings);
    // The queue of the project: kept with it, paused when it is opened again.
    JobQueue& queue() { return m_queue; }
    // The clicks that go into the request, oldest first, as indexes of the person's clicks.
    std::vector<int> includedClicks() const;
    Product productWords() const; // without its picture
    Brief engineBrief() const;
    GenerationRequest request() const;
    std::vector<GenerationRequest> requests() const; // more than one where a setting varies

    AdBoard& board() { return m_board; }
    AdEdits& adEdits() { return m_adEdits; }
    AdKeeper& keeper() { return m_keeper; }
    // Brings stored ads onto the board; `numbers` of those that are there too.
    void showAds(const QList<int>& numbers);
    void emptyTrash(); // for good
    // Forgets a person here: no undo, no ad, no job, no choice of clicks is left.
    void forgetPerson(const QString& id);
    ProjectDisk& disk() { return m_saver.disk(); }
    QUndoStack& undoStack() { return m_undo; }

signals:
    void opened();
    void briefChanged();
    void pictureChanged();
    void personChanged();
    void historyChanged(); // what the engine would read is another set
    void profileChanged();
    void settingsChanged();
    void saveStateChanged(adtailor::SaveState state);
    void stored(); // ads or their marks are on the disk
    void adsShown(const QList<int>& numbers);
    void failed(const adtailor::Error& error); // saving or opening

private:
    friend class ChangeBriefCommand;
    friend class IncludeClickCommand;

    void applyBrief(BriefField field, const BriefState& state);
    void applyIncluded(const QString& person, int click, bool included);
    void applyPerson(int row);
    void applySettings(const RunSettings& settings);
    void applyDrawSeed(quint32 seed);
    void announceOpened();
    void touch() { m_saver.touch(); }
    void clearForNew(const QString& folder);
    ProjectSaver::Gathered gather();

    QString m_folder;
    bool m_open = false;
    BriefState m_brief;
    int m_stroke = 0; // edits of one stroke are one undo step
    QTimer m_strokeEnd;
    PeopleModel m_people;
    int m_person = -1;
    std::map<QString, QSet<int>> m_excluded; // by person id
    HistoryModel m_history;
    QString m_similarityMethod;
    quint32 m_drawSeed = 42; // the seed of the research code's draw
    RunSettings m_settings;
    QUndoStack m_undo;
    AdBoard m_board{ m_undo };
    JobQueue m_queue;
    ProjectSaver m_saver{ [this] { return gather(); } };
    AdKeeper m_keeper{ m_board, m_queue, m_saver };
    AdEdits m_adEdits{ m_board, m_undo, m_saver.disk() };
};

} // namespace adtailor
