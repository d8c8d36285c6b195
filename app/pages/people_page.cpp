// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/people_page.h"

#include "app/pages/consent_section.h"
#include "app/pages/page_parts.h"
#include "app/pages/people_questions.h"
#include "app/project_session.h"
#include "widgets/empty_view.h"
#include "widgets/icon.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/thumbnail_view.h"
#include "widgets/two_line_delegate.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int listWidth = 248;
constexpr int inspectorWidth = 264;
constexpr int tileWidth = 172;
constexpr int fewestForDraw = 5; // fewer clicks are all read, so there is nothing to draw
enum Fit { Closest, Mean, LeftOut };

QColor averageColor(const QImage& image)
{
    return image.isNull()
        ? QColor()
        : QColor(image.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixel(0, 0));
}

} // namespace

// The average colour of each click side by side, from dark to light.
class PeoplePage::Swatches final : public QWidget
{
public:
    explicit Swatches(QWidget* parent = nullptr)
        : QWidget(parent)
    {
        setFixedHeight(scaled(20));
    }
    void setClicks(const std::vector<Click>& clicks)
    {
        m_colors.clear();
        for (const Click& click : clicks)
            if (const QColor color = averageColor(click.thumbnail); color.isValid())
                m_colors.append(color);
        std::sort(m_colors.begin(), m_colors.end(),
                  [](const QColor& a, const QColor& b) { return a.lightness() < b.lightness(); });
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const double step = static_cast<double>(width()) / std::max<qsizetype>(1, m_colors.size());
        for (qsizetype i = 0; i < m_colors.size(); ++i)
            painter.fillRect(QRectF(i * step, 0, step + 1, height()), m_colors[i]);
    }

private:
    QList<QColor> m_colors;
};

PeoplePage::PeoplePage(ProjectSession& session, PeopleDesk& desk, QWidget* parent)
    : Page(parent)
    , m_session(session)
    , m_desk(desk)
{
    m_next = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_next->setIconName(QStringLiteral("generate"));
    m_next->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_next, &KeyButton::clicked, this, &PeoplePage::nextRequested);

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(
        makePanes(makeList(), makeCentre(), makeInspector(), listWidth, inspectorWidth));
    connectParts();
    finishBuilding();
    showPerson();
}

QWidget* PeoplePage::makeList()
{
    m_listPanel = new Panel;
    m_import = makeToolButton(QStringLiteral("import"));
    m_add = makeToolButton(QStringLiteral("add"));
    m_listPanel->addTool(m_import);
    m_listPanel->addTool(m_add);
    m_people = new QListView;
    m_people->setModel(&m_session.people());
    m_people->setItemDelegate(new TwoLineDelegate(m_people));
    m_people->setMouseTracking(true);
    m_people->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_listPanel->setBody(m_people);
    auto* footer = new QWidget;
    auto* column = new QVBoxLayout(footer);
    column->setContentsMargins(scaledMargins(16, 12, 16, 12));
    column->setSpacing(scaled(8));
    m_nobody = new KeyButton({}, KeyButton::Kind::Plain);
    m_nobody->setCompact(true);
    column->addWidget(m_nobody, 0, Qt::AlignLeft);
    m_promise = makeLabel("hint");
    m_promise->setWordWrap(true);
    column->addWidget(m_promise);
    m_listPanel->setFooter(footer);
    return m_listPanel;
}

void PeoplePage::addTools(QVBoxLayout* column)
{
    QHBoxLayout* tools = addToolBar(column);
    m_view = new Segments;
    tools->addWidget(m_view);
    tools->addSpacing(scaled(8));
    m_sortName = makeLabel("label");
    m_sort = new QComboBox;
    m_sort->setProperty("density", QStringLiteral("compact"));
    m_sort->setFocusPolicy(Qt::TabFocus);
    tools->addWidget(m_sortName);
    tools->addWidget(m_sort);
    tools->addStretch();
    m_seedName = makeLabel("label");
    m_seed = new QSpinBox;
    m_seed->setRange(0, 999'999);
    m_seed->setFont(typeFont(Type::Number));
    m_seed->setFocusPolicy(Qt::StrongFocus);
    m_redraw = makeToolButton(QStringLiteral("retry"));
    tools->addWidget(m_seedName);
    tools->addWidget(m_seed);
    tools->addWidget(m_redraw);
}

QWidget* PeoplePage::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    addTools(column);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(scaledMargins(16, 12, 16, 4));
    line->setSpacing(scaled(8));
    m_readCount = makeLabel("badge");
    m_readText = makeLabel("secondary");
    m_readText->setWordWrap(true);
    line->addWidget(m_readCount, 0, Qt::AlignTop);
    line->addWidget(m_readText, 1);
    column->addLayout(line);
    m_questions = new PeopleQuestions(m_desk);
    m_message = new MessageBar;
    auto* messageBox = new QVBoxLayout;
    messageBox->setContentsMargins(scaledMargins(16, 4, 16, 4));
    messageBox->addWidget(m_questions);
    messageBox->addWidget(m_message);
    column->addLayout(messageBox);
    m_stack = new QStackedWidget;
    m_clicks = new ThumbnailView;
    m_clicks->setProperty("role", QStringLiteral("canvas"));
    m_clicks->setTileWidth(tileWidth);
    m_clicks->setModel(&m_session.history());
    m_empty = new EmptyView;
    m_stack->addWidget(m_clicks);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    return centre;
}

QWidget* PeoplePage::makeInspector()
{
    m_inspector = new Panel;
    QVBoxLayout* who = m_inspector->addSection();
    m_name = makeLabel("page");
    m_name->setWordWrap(true);
    m_span = makeLabel("hint");
    m_span->setWordWrap(true);
    who->addWidget(m_name);
    who->addWidget(m_span);

    m_consent = new ConsentSection;
    m_inspector->addSection()->addWidget(m_consent);

    QVBoxLayout* look = m_inspector->addSection();
    m_colorsName = makeLabel("section");
    m_swatches = new Swatches;
    look->addWidget(m_colorsName);
    look->addWidget(m_swatches);

    QVBoxLayout* fit = m_inspector->addSection();
    m_fitName = makeLabel("section");
    m_fit = new Facts;
    for (const bool number : { false, true, false })
        m_fit->addFact(number);
    fit->addWidget(m_fitName);
    fit->addWidget(m_fit);
    m_method = makeLabel("hint");
    m_method->setWordWrap(true);
    fit->addWidget(m_method);
    fit->addSpacing(scaled(8));
    m_includeAll = new KeyButton({}, KeyButton::Kind::Plain);
    m_includeAll->setCompact(true);
    fit->addWidget(m_includeAll, 0, Qt::AlignLeft);
    m_why = new KeyButton({}, KeyButton::Kind::Plain);
    m_why->setIconName(QStringLiteral("heat"));
    m_why->setKeyHint(QKeySequence(Qt::Key_W));
    m_why->setCompact(true);
    fit->addWidget(m_why, 0, Qt::AlignLeft);
    return m_inspector;
}

void PeoplePage::connectParts()
{
    connect(m_people->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { m_session.choosePerson(current.row()); });
    connect(m_import, &QToolButton::clicked, m_questions, &PeopleQuestions::chooseFile);
    connect(m_add, &QToolButton::clicked, m_questions, &PeopleQuestions::chooseFolder);
    connect(m_consent, &ConsentSection::consentGiven, &m_desk, &PeopleDesk::giveConsent);
    connect(m_consent, &ConsentSection::withdrawRequested, m_questions, &PeopleQuestions::withdraw);
    connect(m_consent, &ConsentSection::exportRequested, m_questions,
            &PeopleQuestions::exportPerson);
    connect(m_consent, &ConsentSection::eraseRequested, m_questions, &PeopleQuestions::erase);
    connect(m_nobody, &KeyButton::clicked, this, [this] { m_session.choosePerson(-1); });
    connect(m_empty, &EmptyView::buttonClicked, this, [this] {
        if (const Person* who = m_session.person();
            who && who->stored && !allowsHistory(who->consent))
            m_consent->ask();
        else
            emit nextRequested();
    });
    connect(m_view, &Segments::currentChanged, this, [this](int choice) {
        m_clicks->setArrangement(choice == 0 ? ThumbnailView::Arrangement::Grid
                                             : ThumbnailView::Arrangement::Rows);
    });
    connect(m_sort, &QComboBox::currentIndexChanged, this, [this](int choice) {
        if (choice >= 0)
            m_session.history().sortBy(static_cast<HistoryModel::Sort>(choice));
    });
    connect(m_seed, &QSpinBox::editingFinished, this, [this] {
        if (static_cast<quint32>(m_seed->value()) != m_session.drawSeed())
            m_session.setDrawSeed(static_cast<quint32>(m_seed->value()));
    });
    connect(m_redraw, &QToolButton::clicked, this, &PeoplePage::newDraw);
    connect(m_why, &KeyButton::clicked, this, &PeoplePage::whyRequested);
    connect(m_includeAll, &KeyButton::clicked, &m_session, &ProjectSession::includeAll);
    connect(m_message, &MessageBar::buttonClicked, this, &PeoplePage::nextRequested);
    connect(&m_session, &ProjectSession::personChanged, this, &PeoplePage::showPerson);
    connect(&m_session, &ProjectSession::historyChanged, this, [this] {
        m_problem.clear();
        showDraw();
    });
    connect(&m_session, &ProjectSession::profileChanged, this, &PeoplePage::showDraw);
    connect(&m_session.people(), &QAbstractItemModel::modelReset, this, &PeoplePage::showPerson);
}

QString PeoplePage::title() const
{
    return tr("People");
}

QWidget* PeoplePage::firstFocus()
{
    return m_clicks->model() && m_clicks->model()->rowCount() > 0 ? static_cast<QWidget*>(m_clicks)
                                                                  : m_people;
}

void PeoplePage::setReading(bool reading)
{
    m_reading = reading;
    showDraw();
}

void PeoplePage::setEngineReady(bool ready)
{
    m_engineReady = ready;
    showDraw();
}

void PeoplePage::setHistoryLength(int items)
{
    m_historyLength = items;
    showDraw();
}

void PeoplePage::showProblem(const QString& sentence, const QString& detail)
{
    m_problem = sentence;
    m_problemDetail = detail;
    showMessage();
}

void PeoplePage::newDraw()
{
    m_session.setDrawSeed(QRandomGenerator::global()->bounded(1'000'000U));
}

void PeoplePage::showPerson()
{
    const Person* person = m_session.person();
    const QModelIndex row = m_session.people().index(m_session.personRow());
    {
        const QSignalBlocker quiet(m_people->selectionModel());
        m_people->setCurrentIndex(row);
    }
    m_people->viewport()->update();
    m_listPanel->setCount(QLocale().toString(m_session.people().rowCount()));
    m_name->setText(person ? person->name : tr("Nobody"));
    m_consent->setPerson(person);
    if (!person) {
        m_span->setText(tr("The ad will be general."));
    } else {
        const QString stored = allowsHistory(person->consent)
            ? tr("%n click(s)", nullptr, static_cast<int>(person->clicks.size()))
            : tr("No history is stored.");
        m_span->setText(person->about.isEmpty() ? stored
                                                : stored + QLatin1Char('\n') + person->about);
    }
    m_swatches->setClicks(person && allowsHistory(person->consent) ? person->clicks
                                                                   : std::vector<Click>());
    m_fitName->setText(person ? tr("This product and %1").arg(person->name) : tr("This product"));
    showDraw();
}

void PeoplePage::showDraw()
{
    const HistoryModel& history = m_session.history();
    const QSignalBlocker quiet(m_seed);
    m_seed->setValue(static_cast<int>(m_session.drawSeed()));
    const bool any = history.rowCount() > 0;
    showEmpty();
    const int read = history.readCount();
    m_readCount->setVisible(any && read > 0);
    m_readText->setVisible(any);
    m_readCount->setText(QString::number(read));
    if (read > 0)
        m_readText->setText(tr("clicks the model will read, in this order. A random draw weighted "
                               "by similarity, so not simply the top ones."));
    else if (m_session.brief().description.trimmed().isEmpty())
        m_readText->setText(tr("Write the product description first: the draw compares it with "
                               "the clicked titles."));
    else if (!m_engineReady)
        m_readText->setText(tr("The draw appears when the engine is ready."));
    else
        m_readText->setText(m_reading ? tr("Comparing the clicks with the product…")
                                      : tr("No click is included."));
    int closest = -1;
    double sum = 0;
    int counted = 0;
    for (const int click : m_session.includedClicks())
        if (const auto similarity = history.similarity(click)) {
            sum += *similarity;
            ++counted;
            if (closest < 0 || *similarity > history.similarity(closest).value_or(-2))
                closest = click;
        }
    const QString none = noValue();
    m_fit->setValue(
        Closest,
        closest < 0 ? none : m_session.person()->clicks[static_cast<std::size_t>(closest)].title);
    m_fit->setValue(Mean, counted ? QLocale().toString(sum / counted, 'f', 2) : none);
    m_method->setText(counted ? methodText() : QString());
    m_method->setVisible(!m_method->text().isEmpty());
    const int leftOut = history.rowCount() - history.includedCount();
    m_fit->setValue(LeftOut, any ? QLocale().toString(leftOut) : none);
    m_includeAll->setVisible(leftOut > 0);
    m_redraw->setEnabled(any);
    m_why->setVisible(any && read > 0);
    m_seed->setEnabled(any);
    showMessage();
}

QString PeoplePage::methodText() const
{
    const QString method = m_session.similarityMethod();
    if (method.isEmpty())
        return {};
    if (method == QLatin1String("words and letters"))
        return tr("Similarity compares the words and letters of the titles. No sentence encoder "
                  "is installed that knows their language.");
    return tr("Similarity compares what the titles mean, by the sentence encoder %1.").arg(method);
}

void PeoplePage::showEmpty()
{
    const Person* person = m_session.person();
    m_stack->setCurrentIndex(m_session.history().rowCount() > 0 ? 0 : 1);
    if (!person)
        m_empty->setContent(QStringLiteral("people"), tr("No person is chosen."),
                            tr("Choose somebody at the left, or make a general ad: the model then "
                               "writes and draws from the product alone."),
                            tr("Generate without history"));
    else if (!allowsHistory(person->consent))
        m_empty->setContent(
            QStringLiteral("shield"),
            person->consent == Consent::Withdrawn
                ? tr("%1 has withdrawn consent. No history is stored.").arg(person->name)
                : tr("%1 has not been asked. No history is stored.").arg(person->name),
            person->stored ? tr("Without consent AdTailor neither stores nor uses clicks. The ad "
                                "can be made without history.")
                           : tr("The ad can be made without history."),
            person->stored ? tr("Record consent…") : tr("Generate without history"));
    else
        m_empty->setContent(QStringLiteral("people"), tr("%1 has no clicks.").arg(person->name),
                            tr("The ad can be made without history."),
                            tr("Generate without history"));
}

void PeoplePage::showMessage()
{
    const HistoryModel& history = m_session.history();
    const int included = history.includedCount();
    if (!m_problem.isEmpty())
        m_message->showMessage(MessageBar::Kind::Error, m_problem, m_problemDetail);
    else if (history.rowCount() > 0 && included == 0)
        m_message->showMessage(MessageBar::Kind::Info,
                               tr("Every click is left out, so the ad will be general."));
    else if (included > 0 && included < fewestForDraw)
        m_message->showMessage(
            MessageBar::Kind::Warning,
            tr("%n click(s) are too few for a draw: all of them are read.", nullptr, included));
    else
        m_message->clear();
}

void PeoplePage::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::NoModifier && m_session.history().rowCount() > 0) {
        if (event->key() == Qt::Key_R)
            return newDraw();
        if (event->key() == Qt::Key_W)
            return m_why->click();
        if (event->key() == Qt::Key_G || event->key() == Qt::Key_L) {
            const int choice = event->key() == Qt::Key_G ? 0 : 1;
            m_view->setCurrent(choice);
            emit m_view->currentChanged(choice);
            return;
        }
    }
    Page::keyPressEvent(event);
}

void PeoplePage::retranslate()
{
    m_next->setText(tr("Next: Generate"));
    m_listPanel->setTitle(tr("People"));
    m_people->setAccessibleName(tr("People"));
    m_clicks->setAccessibleName(tr("Clicked ads"));
    describeButton(m_import, tr("Import people from a file…"));
    describeButton(m_add, tr("Add a person from a folder…"));
    m_nobody->setText(tr("Nobody: a general ad"));
    m_promise->setText(tr("No consent, no history: it is neither stored nor used."));
    const int view = m_view->count() > 0 ? m_view->current() : 0;
    m_view->setChoices({ tr("Grid"), tr("List") });
    m_view->setCurrent(view);
    m_sortName->setText(tr("Sort"));
    const int sort = std::max(0, m_sort->currentIndex());
    {
        const QSignalBlocker quiet(m_sort);
        m_sort->clear();
        m_sort->addItems({ tr("Newest click"), tr("Similarity"), tr("Reading order") });
        m_sort->setCurrentIndex(sort);
    }
    m_sort->setAccessibleName(m_sortName->text());
    m_seedName->setText(tr("Draw seed"));
    m_seed->setAccessibleName(m_seedName->text());
    describeButton(m_redraw, tr("New draw"), QStringLiteral("R"));
    m_inspector->setTitle(tr("Person"));
    m_consent->retranslate();
    m_colorsName->setText(tr("Colours clicked"));
    m_fit->setName(Closest, tr("Closest click"));
    m_fit->setName(Mean, tr("Mean similarity"));
    m_fit->setName(LeftOut, tr("Left out by you"));
    m_includeAll->setText(tr("Include all"));
    m_why->setText(tr("What the model keeps"));
    m_session.people().retranslate();
    showPerson();
}

} // namespace adtailor
