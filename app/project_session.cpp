// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_session.h"

#include "app/qt_types.h"
#include "app/session_files.h"
#include "app/undo_commands.h"

#include <adtailor/imaging.h>

#include <QtConcurrent>

namespace adtailor {

namespace {

constexpr int strokePause = 1500; // milliseconds without a key end one step of undo
constexpr int saveDelay = 500; // milliseconds after the last edit
constexpr int retryDelay = 5000; // after a save that failed
constexpr int engineFrame = 1024; // pixels; no model reads more

} // namespace

ProjectSession::ProjectSession(QObject* parent)
    : QObject(parent)
{
    m_strokeEnd.setSingleShot(true);
    m_strokeEnd.setInterval(strokePause);
    connect(&m_strokeEnd, &QTimer::timeout, this, &ProjectSession::endEdit);
    m_save.setSingleShot(true);
    connect(&m_save, &QTimer::timeout, this, [this] {
        if (m_saving.isRunning())
            m_save.start(saveDelay); // the disk is slow; never wait for it here
        else
            saveNow();
    });
    connect(&m_history, &HistoryModel::includeRequested, this, &ProjectSession::includeClick);
    connect(&m_board, &AdBoard::changed, this, &ProjectSession::touch);
}

ProjectSession::~ProjectSession()
{
    if (m_save.isActive())
        saveNow();
    m_saving.waitForFinished(); // the window is closed; only the last file is still written
}

void ProjectSession::clearForNew(const QString& folder)
{
    if (m_save.isActive())
        saveNow();
    m_folder = folder;
    m_open = true;
    m_brief = {};
    m_stroke = 0;
    m_excluded.clear();
    m_settings = {};
    m_drawSeed = SavedSession().drawSeed;
    m_board.reset();
    m_undo.clear();
    m_pictureSaved = true;
    m_saveState = SaveState::Saved;
    applyPerson(-1);
}

void ProjectSession::startNew(const QString& folder)
{
    clearForNew(folder);
    announceOpened();
}

void ProjectSession::open(const QString& folder)
{
    QtConcurrent::run(loadSession, folder).then(this, [this, folder](Result<SavedSession> saved) {
        if (!saved) {
            emit failed(saved.error());
            return;
        }
        clearForNew(folder);
        m_brief = std::move(saved->brief);
        m_settings = saved->settings;
        m_drawSeed = saved->drawSeed;
        m_excluded = std::move(saved->excluded);
        applyPerson(m_people.find(saved->person));
        m_board.reset(std::move(saved->ads));
        announceOpened();
    });
}

void ProjectSession::announceOpened()
{
    emit opened();
    emit briefChanged();
    emit pictureChanged();
    emit settingsChanged();
}

// One save at a time, on the pool; an edit made meanwhile starts the delay again.
void ProjectSession::saveNow()
{
    m_save.stop();
    if (m_folder.isEmpty() || !m_open)
        return;
    SavedSession state{
        m_brief,      m_settings, m_drawSeed, m_excluded, person() ? person()->id : QString(),
        m_board.ads()
    };
    const bool withPicture = std::exchange(m_pictureSaved, true) == false;
    m_board.model().markSaved();
    m_saving.waitForFinished();
    m_saving = QtConcurrent::run(
        [state = std::move(state), folder = m_folder, withPicture]() -> std::optional<Error> {
            const Result<void> saved = saveSession(state, folder, withPicture);
            return saved ? std::nullopt : std::optional(saved.error());
        });
    m_saving.then(this, [this](const std::optional<Error>& error) {
        if (error) {
            m_pictureSaved = false;
            m_board.model().markUnsaved();
            if (std::exchange(m_saveState, SaveState::Failed) != SaveState::Failed)
                emit failed(*error);
            setSaveState(SaveState::Failed);
            if (!m_save.isActive())
                m_save.start(retryDelay);
        } else if (!m_save.isActive()) {
            setSaveState(SaveState::Saved);
        }
    });
}

void ProjectSession::setSaveState(SaveState state)
{
    m_saveState = state;
    emit saveStateChanged(state);
}

void ProjectSession::touch()
{
    m_save.start(saveDelay);
    if (m_saveState != SaveState::Failed) // only a whole save ends that
        setSaveState(SaveState::Pending);
}

QString ProjectSession::name() const
{
    const QString first = m_brief.description.section(QLatin1Char('\n'), 0, 0).trimmed();
    constexpr int longest = 40;
    if (first.isEmpty() && m_brief.picture)
        return m_brief.picture->fileName;
    return first.size() > longest ? first.left(longest - 1) + QChar(0x2026) : first;
}

void ProjectSession::editBrief(BriefField field, BriefState changed)
{
    m_undo.push(new ChangeBriefCommand(*this, field, std::move(changed), m_stroke));
    m_strokeEnd.start();
}

void ProjectSession::setPicture(std::shared_ptr<const ProductPicture> picture)
{
    BriefState changed = m_brief;
    changed.picture = std::move(picture);
    editBrief(BriefField::Picture, std::move(changed));
}

// Only the field of the command changes, so that undo never touches what came in between.
void ProjectSession::applyBrief(BriefField field, const BriefState& state)
{
    switch (field) {
    case BriefField::Description:
        m_brief.description = state.description;
        break;
    case BriefField::SellingPoints:
        m_brief.sellingPoints = state.sellingPoints;
        break;
    case BriefField::Placement:
        m_brief.placement = state.placement;
        break;
    case BriefField::Picture:
        m_brief.picture = state.picture;
        m_pictureSaved = false;
        emit pictureChanged();
        break;
    }
    touch();
    emit briefChanged();
    if (field == BriefField::Description)
        emit historyChanged(); // the description is the query of the draw
}

void ProjectSession::adoptBrief(const AdItem& ad)
{
    if (!ad.batch)
        return;
    const GenerationRequest& request = ad.batch->request;
    m_brief.description = toQString(request.brief.product.title);
    m_brief.sellingPoints = toQStringList(request.brief.product.sellingPoints);
    m_settings.seed = request.seed;
    if (const Image& placed = request.brief.product.cutout; !placed.isEmpty()) {
        if (const auto picture = makeProductPicture(placed, name())) {
            m_brief.placement = placementOf(placed);
            m_brief.picture = std::make_shared<const ProductPicture>(*picture);
            m_pictureSaved = false;
        }
    }
    touch();
    emit briefChanged();
    emit pictureChanged();
    emit settingsChanged();
}

QList<BriefGap> ProjectSession::gaps() const
{
    QList<BriefGap> missing;
    if (!m_brief.picture)
        missing.append(BriefGap::Picture);
    if (m_brief.description.trimmed().isEmpty())
        missing.append(BriefGap::Description);
    if (m_brief.sellingPoints.isEmpty())
        missing.append(BriefGap::SellingPoints);
    return missing;
}

void ProjectSession::setPeople(std::vector<Person> people)
{
    const QString id = person() ? person()->id : QString();
    m_people.setPeople(std::move(people));
    applyPerson(m_people.find(id));
}

void ProjectSession::choosePerson(int row)
{
    if (row == m_person)
        return;
    applyPerson(row);
    touch();
}

void ProjectSession::applyPerson(int row)
{
    m_person = row;
    std::vector<Click> clicks;
    std::vector<bool> included;
    if (const Person* chosen = person(); chosen && allowsHistory(chosen->consent)) {
        clicks = chosen->clicks;
        included.assign(clicks.size(), true);
        for (const int click : m_excluded[chosen->id])
            if (click >= 0 && click < static_cast<int>(included.size()))
                included[static_cast<std::size_t>(click)] = false;
    }
    m_history.setClicks(clicks, included);
    emit personChanged();
    emit historyChanged();
}

const Person* ProjectSession::person() const
{
    return m_person < 0 ? nullptr : &m_people.people()[static_cast<std::size_t>(m_person)];
}

bool ProjectSession::usesHistory() const
{
    return m_settings.useHistory && m_history.includedCount() > 0;
}

void ProjectSession::includeClick(int click, bool included)
{
    if (person() && m_history.isIncluded(click) != included)
        m_undo.push(new IncludeClickCommand(*this, person()->id, click, included));
}

void ProjectSession::includeAll()
{
    m_undo.beginMacro(tr("Include all clicks"));
    for (int click = 0; click < m_history.rowCount(); ++click)
        includeClick(click, true);
    m_undo.endMacro();
}

void ProjectSession::applyIncluded(const QString& id, int click, bool included)
{
    if (included)
        m_excluded[id].remove(click);
    else
        m_excluded[id].insert(click);
    if (person() && person()->id == id)
        m_history.setIncluded(click, included);
    touch();
    emit historyChanged();
}

void ProjectSession::setDrawSeed(quint32 seed)
{
    m_drawSeed = seed;
    touch();
    emit historyChanged();
}

void ProjectSession::setProfile(const PreferenceProfile& profile, const std::vector<int>& clicks)
{
    const auto total = static_cast<std::size_t>(m_history.rowCount());
    std::vector<std::optional<double>> similarities(total);
    std::vector<int> order(total, 0);
    for (std::size_t i = 0; i < clicks.size() && i < profile.similarities.size(); ++i)
        similarities.at(static_cast<std::size_t>(clicks[i])) = profile.similarities[i];
    int place = 0;
    for (const PreferenceProfile::Item& item : profile.items) {
        ++place; // an item may be drawn twice; its first place is shown
        if (item.historyIndex < 0 || item.historyIndex >= static_cast<int>(clicks.size()))
            continue;
        int& shown = order.at(static_cast<std::size_t>(clicks[item.historyIndex]));
        if (shown == 0)
            shown = place;
    }
    m_history.setProfile(std::move(similarities), std::move(order));
    m_similarityMethod = toQString(profile.similarityMethod);
    emit profileChanged();
}

void ProjectSession::setSettings(const RunSettings& settings)
{
    if (settings == m_settings)
        return;
    m_settings = settings;
    touch();
    emit settingsChanged();
}

std::vector<int> ProjectSession::includedClicks() const
{
    std::vector<int> clicks;
    for (int click = 0; click < m_history.rowCount(); ++click)
        if (m_history.isIncluded(click))
            clicks.push_back(click);
    return clicks;
}

Product ProjectSession::productWords() const
{
    return { toStdString(m_brief.description.simplified()),
             toStdStrings(m_brief.sellingPoints),
             {} };
}

Brief ProjectSession::engineBrief() const
{
    Brief made;
    made.product = productWords();
    if (m_brief.picture)
        made.product.cutout = imaging::thumbnail(
            placeProduct(m_brief.picture->product, m_brief.placement), engineFrame);
    if (const Person* chosen = person())
        for (const int click : includedClicks()) {
            const Click& taken = chosen->clicks[static_cast<std::size_t>(click)];
            made.history.push_back({ taken.image, toStdString(taken.title) });
        }
    return made;
}

GenerationRequest ProjectSession::request() const
{
    GenerationRequest made;
    made.brief = engineBrief();
    if (!usesHistory())
        made.brief.history.clear();
    made.preference.seed = m_drawSeed;
    made.text.temperature = static_cast<float>(m_settings.titleVariety);
    made.image.temperature = static_cast<float>(m_settings.imageVariety);
    made.guidanceScale = static_cast<float>(m_settings.guidance);
    made.controlStrength = static_cast<float>(m_settings.productHold);
    made.count = m_settings.ads;
    made.seed = m_settings.seed;
    made.maxTitleTokens = m_settings.titleTokens;
    if (m_settings.lockTitle && !m_settings.title.trimmed().isEmpty())
        made.title = toStdString(m_settings.title.trimmed());
    return made;
}

} // namespace adtailor
