// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio_window.h"

#include "app/context_bar.h"
#include "app/messages.h"
#include "app/pages/brief_page.h"
#include "app/pages/compare_page.h"
#include "app/pages/finish_page.h"
#include "app/pages/generate_page.h"
#include "app/pages/keys_page.h"
#include "app/pages/people_page.h"
#include "app/pages/start_page.h"
#include "app/pages/why_page.h"
#include "app/session_files.h"
#include "app/settings.h"
#include "app/status_line.h"
#include "app/studio_docks.h"
#include "app/studio_menus.h"
#include "app/tool_pages.h"
#include "widgets/focus_ring.h"
#include "widgets/look.h"
#include "widgets/nav_rail.h"
#include "widgets/region_walk.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int narrowWidth = 1360; // below it hints of keys go
constexpr int firstTool = 5; // rail index after the five steps

const std::array railIcons{ "brief",     "people", "generate", "compare",  "finish",
                            "catalogue", "review", "train",    "evaluate", "models" };

} // namespace

StudioWindow::StudioWindow(Settings& settings, const Options& options, QWidget* parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_options(options)
    , m_engine(options.engine)
    , m_desk(m_session, m_engine)
    , m_insight(m_session, m_desk, m_engine)
    , m_models(settings, m_engine, options.engine, options.model)
    , m_training(settings, m_models, options.engine)
    , m_files(settings)
    , m_peopleDesk(options.keepProjects ? PeopleDesk::defaultFolder()
                                        : m_scratch.filePath(u"people"_s),
                   m_session)
{
    setMinimumSize(scaled(760), scaled(520));
    auto* body = new QWidget;
    auto* columns = new QHBoxLayout(body);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    m_rail = new NavRail;
    columns->addWidget(m_rail);
    auto* pages = new QWidget;
    auto* right = new QVBoxLayout(pages);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    m_docks = new StudioDocks(pages, m_session, m_desk);
    columns->addWidget(m_docks, 1);
    m_context = new ContextBar(m_session);
    m_stack = new QStackedWidget;
    right->addWidget(m_context);
    right->addWidget(m_stack, 1);
    setCentralWidget(body);
    m_status = new StatusLine;
    setStatusBar(m_status);
    new FocusRing(this);

    buildPages();
    buildRail();
    buildMenus();
    connectSession();
    connectEngine();
    connectPages();
    retranslate();
    open(m_start);
    showEngine();
    // After the constructor, so that nobody misses `sampleReady`.
    QMetaObject::invokeMethod(&m_files, &StudioFiles::readSample, Qt::QueuedConnection);
    m_peopleDesk.read();
    m_engine.restart(m_models.command());
}

StudioWindow::~StudioWindow() { hide(); } // tables ask their models once more while they hide

void StudioWindow::buildPages()
{
    m_start = new StartPage;
    m_brief = new BriefPage(m_session);
    m_people = new PeoplePage(m_session, m_peopleDesk);
    m_generate = new GeneratePage(m_session, m_desk);
    m_compare = new ComparePage(m_session, m_insight.scores());
    m_why = m_insight.makePage();
    m_keys = new KeysPage;
    m_railPages = { m_brief, m_people, m_generate, m_compare };
    auto* finish = new FinishPage(m_session);
    connect(finish, &FinishPage::compareRequested, this, [this] { open(m_compare); });
    connect(finish, &FinishPage::announced, this,
            [this](const QString& sentence) { m_status->announce(sentence); });
    m_railPages << finish;
    auto* tools = new ToolPages(m_session, m_training, m_models, m_engine, this);
    connect(tools, &ToolPages::announced, this,
            [this](const QString& sentence) { m_status->announce(sentence); });
    connect(tools, &ToolPages::compareRequested, this, [this] { open(m_compare); });
    m_railPages << tools->pages();
    QList<Page*> all = m_railPages;
    all << m_start << m_keys << m_why;
    for (Page* page : all) {
        m_stack->addWidget(page);
        m_context->addPage(page);
    }
}

void StudioWindow::buildRail()
{
    for (int i = 0; i < m_railPages.size(); ++i) {
        const QString icon = QLatin1String(railIcons[static_cast<std::size_t>(i)]);
        if (i < firstTool)
            m_rail->addStep(icon, m_railPages[i]->title());
        else
            m_rail->addTool(icon, m_railPages[i]->title());
    }
    const int keys = m_rail->addFoot(u"keyboard"_s, m_keys->title());
    connect(m_rail, &NavRail::activated, this, [this, keys](int index) {
        open(index == keys ? m_keys : m_railPages.value(index, m_start));
    });
}

void StudioWindow::buildMenus()
{
    m_menus = new StudioMenus(this, m_settings);
    QMenu* file = m_menus->addMenu([] { return tr("File"); });
    m_menus->add(
        file, [] { return tr("Start page"); }, QKeySequence(Qt::CTRL | Qt::Key_Home),
        [this] { open(m_start); });
    m_menus->add(
        file, [] { return tr("New empty project"); }, QKeySequence::New,
        [this] {
            m_session.startNew(newFolder());
            open(m_brief);
        });
    m_menus->add(
        file, [] { return tr("Open a folder of ads…"); }, QKeySequence::Open,
        [this] { chooseAds(); });
    m_menus->add(
        file, [] { return tr("Open the sample"); }, {}, [this] { openSample(); });
    file->addSeparator();
    m_menus->add(
        file, [] { return tr("Quit"); }, QKeySequence::Quit, [this] { close(); });

    QMenu* edit = m_menus->addMenu([] { return tr("Edit"); });
    QUndoStack& undo = m_session.undoStack();
    QAction* back = m_menus->add(
        edit, [] { return tr("Undo"); }, QKeySequence(u"Ctrl+Z"_s), [&undo] { undo.undo(); });
    QAction* again = m_menus->add(
        edit, [] { return tr("Redo"); }, QKeySequence(u"Ctrl+Shift+Z"_s), [&undo] { undo.redo(); });
    connect(&undo, &QUndoStack::canUndoChanged, back, &QAction::setEnabled);
    connect(&undo, &QUndoStack::canRedoChanged, again, &QAction::setEnabled);
    back->setEnabled(false);
    again->setEnabled(false);

    QMenu* view = m_menus->addMenu([] { return tr("View"); });
    m_menus->addViewChoices(view);
    view->addSeparator();
    m_docks->addActions(*m_menus, view);
    view->addSeparator();
    m_menus->add(
        view, [] { return tr("Full screen"); }, QKeySequence(Qt::Key_F11),
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    m_menus->add(
        view, [] { return tr("Next region"); }, QKeySequence(Qt::Key_F6), [this] { nextRegion(); });

    QMenu* ad = m_menus->addMenu([] { return tr("Ad"); });
    m_menus->add(
        ad, [] { return tr("Generate"); }, {},
        [this] {
            open(m_generate);
            m_desk.generate();
        });
    m_menus->add(
        ad, [] { return tr("Add to the queue"); },
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), [this] { m_desk.enqueue(); });
    m_menus->add(
        ad, [] { return tr("Stop, keep as draft"); }, {}, [this] { m_desk.stop(); });

    QMenu* help = m_menus->addMenu([] { return tr("Help"); });
    m_menus
        ->add(
            help, [] { return tr("Keys"); }, {}, [this] { open(m_keys); })
        ->setShortcuts({ QKeySequence(Qt::Key_F1), QKeySequence(u"?"_s) });
}

void StudioWindow::connectSession()
{
    connect(&m_session, &ProjectSession::saveStateChanged, this, [this](SaveState state) {
        m_status->setSaved(state, m_session.isOpen() && m_options.keepProjects);
    });
    connect(&m_session, &ProjectSession::opened, this, [this] {
        m_start->setOpenProject(m_session.folder());
        if (std::exchange(m_resumeQueue, false))
            m_session.queue().setPaused(false);
        if (std::exchange(m_resuming, false))
            open(m_session.board().ads().empty() ? static_cast<Page*>(m_brief) : m_compare);
    });
    connect(&m_session, &ProjectSession::failed, this, &StudioWindow::showProblem);
    connect(&m_files, &StudioFiles::failed, this, &StudioWindow::showProblem);
    connect(&m_files, &StudioFiles::peopleChanged, this, &StudioWindow::takePeople);
    connect(&m_peopleDesk, &PeopleDesk::changed, this, &StudioWindow::takePeople);
    connect(&m_files, &StudioFiles::sampleReady, this, &StudioWindow::sampleReady);
    connect(&m_files, &StudioFiles::pictureBusy, m_brief, &BriefPage::setBusy);
    connect(&m_files, &StudioFiles::pictureRead, this, &StudioWindow::takePicture);
    connect(&m_files, &StudioFiles::adsRead, this, &StudioWindow::takeAds);
    connect(&m_files, &StudioFiles::savingAds, m_compare, &ComparePage::setSaving);
    connect(
        &m_files, &StudioFiles::adsSaved, this, [this](const auto& saved, const QString& folder) {
            m_compare->showSaved(saved);
            if (!saved.problem)
                m_status->announce(tr("%n ad(s) saved in %1", nullptr, saved.count).arg(folder));
        });
    for (const auto changed :
         { &ProjectSession::briefChanged, &ProjectSession::opened, &ProjectSession::personChanged })
        connect(&m_session, changed, this, &StudioWindow::showProgressInRail);
    connect(&m_session.board(), &AdBoard::grown, this, &StudioWindow::showProgressInRail);
    m_status->setSaved(SaveState::Saved, false);
}

void StudioWindow::connectEngine()
{
    connect(&m_engine, &EngineClient::stateChanged, this, &StudioWindow::showEngine);
    connect(&m_engine, &EngineClient::loading, m_generate, &GeneratePage::setLoading);
    connect(&m_desk, &JobDesk::readingChanged, this,
            [this] { m_people->setReading(m_desk.isReading()); });
    connect(&m_desk, &JobDesk::readingFailed, this, [this](const Error& error) {
        const Message message = Messages::forError(error);
        m_people->showProblem(message.sentence, message.detail);
    });
    connect(&m_desk, &JobDesk::statusChanged, this, &StudioWindow::showProgressInRail);
    connect(&m_desk, &JobDesk::finished, this,
            [this](int ads) { m_status->announce(tr("%n ad(s) done.", nullptr, ads)); });
}

void StudioWindow::connectPages()
{
    connect(m_start, &StartPage::pictureDropped, this,
            [this](const QString& path) { m_files.readPicture(path); });
    connect(m_brief, &BriefPage::pictureDropped, this,
            [this](const QString& path) { m_files.readPicture(path); });
    connect(m_start, &StartPage::picturePasted, this,
            [this](const QImage& picture) { m_files.readPicture(picture, tr("Pasted picture")); });
    connect(m_start, &StartPage::sampleRequested, this, &StudioWindow::openSample);
    connect(m_start, &StartPage::projectRequested, this, [this](const QString& folder) {
        m_resuming = true;
        m_session.open(folder);
    });
    connect(m_start, &StartPage::resumeRequested, this, [this](const QString& folder) {
        m_resuming = m_resumeQueue = true;
        m_session.open(folder);
    });
    connect(m_start, &StartPage::adsRequested, this, &StudioWindow::chooseAds);
    connect(m_start, &StartPage::emptyRequested, this, [this] {
        m_session.startNew(newFolder());
        open(m_brief);
    });
    connect(m_start, &StartPage::engineStartRequested, &m_engine, &EngineClient::start);
    connect(m_generate, &GeneratePage::engineStartRequested, &m_engine, &EngineClient::start);
    connect(m_brief, &BriefPage::nextRequested, this, [this] { open(m_people); });
    connect(m_people, &PeoplePage::nextRequested, this, [this] { open(m_generate); });
    connect(m_people, &PeoplePage::shown, &m_desk, &JobDesk::setReadingWanted);
    connect(m_generate, &GeneratePage::briefRequested, this, [this] { open(m_brief); });
    connect(m_generate, &GeneratePage::copied, this,
            [this] { m_status->announce(tr("The title is on the clipboard.")); });
    connect(m_compare, &ComparePage::saveRequested, this, &StudioWindow::saveAds);
    connect(m_docks, &StudioDocks::compareRequested, this, [this] { open(m_compare); });
    m_insight.connectPages(m_people, m_generate, m_compare, [this](Page* page) { open(page); });
    connect(m_context, &ContextBar::productClicked, this, [this] { open(m_brief); });
    connect(m_context, &ContextBar::modelClicked, this, [this] { open(m_railPages.last()); });
}

QStringList StudioWindow::pageNames()
{
    QStringList names;
    for (const char* icon : railIcons)
        names.append(QLatin1String(icon)); // the icons carry the names of the pages
    return names << u"start"_s << u"keys"_s << u"why"_s;
}

bool StudioWindow::showPage(const QString& name)
{
    const qsizetype index = pageNames().indexOf(name);
    if (index < 0)
        return false;
    open(static_cast<Page*>(m_stack->widget(static_cast<int>(index))));
    return true;
}

// Entering the line without a project makes one: no place is closed.
void StudioWindow::ensureProject()
{
    if (!m_session.isOpen())
        m_session.startNew(newFolder());
}

QString StudioWindow::newFolder() const
{
    return m_options.keepProjects ? newSessionFolder()
                                  : m_scratch.filePath(QUuid::createUuid().toString(QUuid::Id128));
}

void StudioWindow::open(Page* page)
{
    const auto index = static_cast<int>(m_railPages.indexOf(page));
    if (index >= 0)
        ensureProject();
    if (auto* old = static_cast<Page*>(m_stack->currentWidget()); old != page)
        old->leave();
    m_stack->setCurrentWidget(page);
    if (page != m_why) // which has no knot: the rail shows where it was opened
        m_rail->setCurrent(index);
    m_context->showPage(page, page == m_why || (index >= 0 && index < firstTool));
    page->enter();
    page->firstFocus()->setFocus(Qt::OtherFocusReason);
}

void StudioWindow::takePeople()
{
    std::vector<Person> people = m_files.people();
    people.insert(people.end(), m_peopleDesk.people().begin(), m_peopleDesk.people().end());
    m_session.setPeople(people);
    const auto& sample = m_files.sample();
    if (!sample || people.empty())
        return;
    const Person& first = people.front();
    QList<QImage> pictures;
    for (std::size_t i = 0; i < std::min<std::size_t>(2, first.clicks.size()); ++i)
        pictures.append(first.clicks[i].thumbnail);
    pictures.append(sample->brief.picture->preview);
    m_start->setSample(sample->name, first.name, static_cast<int>(first.clicks.size()), pictures);
}

void StudioWindow::openSample()
{
    const auto& sample = m_files.sample();
    if (!sample)
        return;
    m_session.startNew(newFolder());
    for (const BriefField field : { BriefField::Description, BriefField::SellingPoints,
                                    BriefField::Placement, BriefField::Picture })
        m_session.editBrief(field, sample->brief);
    m_session.choosePerson(sample->people.empty() ? -1 : 0);
    m_session.undoStack().clear();
    open(m_brief);
}

void StudioWindow::takePicture(const std::shared_ptr<const ProductPicture>& picture)
{
    const bool fresh = m_stack->currentWidget() == m_start;
    if (fresh)
        m_session.startNew(newFolder());
    m_session.setPicture(picture);
    if (fresh)
        open(m_brief);
}

void StudioWindow::chooseAds()
{
    chooseFolder(tr("Open a folder of ads"), [this](const QString& folder) { openAds(folder); });
}

void StudioWindow::openAds(const QString& folder)
{
    m_files.readAds(folder);
}

void StudioWindow::takeAds(const std::vector<AdItem>& ads, int skipped)
{
    m_session.startNew(newFolder());
    m_session.adoptBrief(ads.front());
    m_session.board().add(ads);
    open(m_compare);
    if (skipped > 0)
        m_status->announce(tr("%n file(s) could not be read.", nullptr, skipped));
}

void StudioWindow::saveAds(const QList<int>& numbers)
{
    std::vector<AdItem> ads;
    for (const int number : numbers)
        if (const int row = m_session.board().model().rowOf(number); row >= 0)
            ads.push_back(m_session.board().model().at(row));
    chooseFolder(tr("Save into the folder"),
                 [this, ads](const QString& folder) { m_files.saveAds(ads, folder); });
}

void StudioWindow::chooseFolder(const QString& title,
                                const std::function<void(const QString&)>& use)
{
    const QString folder = QFileDialog::getExistingDirectory(this, title);
    if (!folder.isEmpty())
        use(folder);
}

// Shown on the page where the user is: Start and Brief have a place for it, the others the foot.
void StudioWindow::showProblem(const Error& error)
{
    m_resuming = m_resumeQueue = false;
    const Message message = Messages::forError(error);
    const QString detail = message.detail;
    if (m_stack->currentWidget() == m_start)
        m_start->showProblem(message.sentence, detail);
    else if (m_stack->currentWidget() == m_brief)
        m_brief->showProblem(message.sentence, detail);
    else if (m_stack->currentWidget() == m_people)
        m_people->showProblem(message.sentence, detail);
    else
        m_status->announce(message.sentence);
}

void StudioWindow::showEngine()
{
    const EngineState state = m_engine.state();
    const bool returns = m_engine.willRestart();
    m_start->setEngine(state, returns, m_engine.model(), m_engine.lastError());
    m_generate->setEngine(state, returns, m_engine.model(), m_engine.lastError());
    m_people->setEngineReady(state == EngineState::Ready || state == EngineState::Busy);
    m_people->setHistoryLength(m_engine.model().historyLength);
    m_brief->setModel(m_engine.model());
    m_context->setModel(m_engine.model());
    m_status->setEngine(state, returns, m_engine.model());
}

void StudioWindow::showProgressInRail()
{
    const bool open = m_session.isOpen();
    const bool ads = !m_session.board().ads().empty();
    m_rail->setDone(0, open && m_session.gaps().isEmpty());
    m_rail->setDone(1, open && m_session.person());
    m_rail->setDone(2, ads && !m_desk.status().isActive());
    for (int step = 0; step < firstTool; ++step)
        m_rail->setMuted(step, !open || step == firstTool - 1);
    m_rail->setBadge(2, m_desk.status().isActive() ? m_session.settings().ads : 0);
    m_status->setProject(m_session.isOpen() ? m_session.name() : QString());
}

// Rail, context bar, then each pane of the page.
void StudioWindow::nextRegion()
{
    QList<QWidget*> regions{ m_rail, m_context };
    regions
        += m_stack->currentWidget()->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    regions += m_docks->regions();
    focusNextRegion(regions, focusWidget());
}

void StudioWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setWindowGeometry(saveGeometry());
    event->accept();
}

void StudioWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    const bool narrow = width() < scaled(narrowWidth);
    m_context->setNarrow(narrow);
    for (Page* page : m_railPages)
        page->setNarrow(narrow);
}

void StudioWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_files.readSample(); // its people and products have names in both languages
    }
    QMainWindow::changeEvent(event);
}

void StudioWindow::retranslate()
{
    setWindowTitle(QStringLiteral("AdTailor"));
    m_menus->retranslate();
    for (int i = 0; i < m_railPages.size(); ++i)
        m_rail->setText(i, m_railPages[i]->title());
    m_rail->setText(static_cast<int>(m_railPages.size()), m_keys->title());
}

} // namespace adtailor
