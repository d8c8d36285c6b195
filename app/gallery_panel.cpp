// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery_panel.h"

#include "app/ad_records.h"
#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "widgets/flow_layout.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/tag_editor.h"
#include "widgets/thumbnail_view.h"

#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QSet>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace adtailor {

namespace {

constexpr int searchDelay = 120; // milliseconds after the last key
constexpr int tileWidth = 132; // two columns in the narrowest dock
constexpr int mostTags = 24;
constexpr std::size_t mostTagged = 2'000; // ads whose tags are shown together

std::int64_t dayStart(int daysAgo)
{
    return QDate::currentDate().addDays(-daysAgo).startOfDay().toMSecsSinceEpoch();
}

} // namespace

GalleryPanel::GalleryPanel(ProjectSession& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(session.disk())
    , m_panel(new Panel)
{
    m_searchSoon.setSingleShot(true);
    m_searchSoon.setInterval(searchDelay);
    m_starred = makeToolButton(QStringLiteral("star"));
    m_trash = makeToolButton(QStringLiteral("trash"));
    for (QToolButton* button : { m_starred, m_trash }) {
        button->setCheckable(true);
        m_panel->addTool(button);
    }
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeFilters(column);
    m_message = new MessageBar;
    m_message->setStacked(true);
    column->addWidget(m_message);
    m_view = new ThumbnailView;
    m_view->setProperty("role", QStringLiteral("canvas"));
    m_view->setTileWidth(tileWidth);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setModel(&m_model);
    m_view->installEventFilter(this);
    column->addWidget(m_view, 1);
    m_panel->setBody(body);
    makeFoot();
    fillWith(this, m_panel);
    connectParts();
    retranslate();
}

void GalleryPanel::makeFilters(QVBoxLayout* column)
{
    QFrame* box = makeFrame("panel");
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(scaledMargins(12, 8, 12, 8));
    rows->setSpacing(scaled(8));
    m_text = new QLineEdit;
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(200);
    rows->addWidget(m_text);
    auto* choices = new QWidget;
    auto* flow = new FlowLayout(choices);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(scaled(4));
    for (int i = 0; i <= FilterCount; ++i) {
        auto* box2 = new QComboBox;
        box2->setProperty("density", QStringLiteral("compact"));
        box2->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box2->setMaximumWidth(scaled(150));
        box2->setFocusPolicy(Qt::TabFocus);
        flow->addWidget(box2);
        if (i < FilterCount)
            m_filters.append(box2);
        else
            m_order = box2;
    }
    rows->addWidget(choices);
    column->addWidget(box);
    column->addWidget(makeLine());
}

void GalleryPanel::makeFoot()
{
    auto* foot = new QWidget;
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(scaledMargins(12, 8, 12, 8));
    column->setSpacing(scaled(8));
    m_tags = new TagEditor;
    m_tags->setLimit(mostTags);
    column->addWidget(m_tags);
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(8));
    m_compare = new KeyButton({}, KeyButton::Kind::Plain);
    m_star = new KeyButton({}, KeyButton::Kind::Plain);
    m_remove = new KeyButton({}, KeyButton::Kind::Plain);
    for (KeyButton* button : { m_compare, m_star, m_remove }) {
        button->setCompact(true);
        row->addWidget(button);
    }
    row->addStretch();
    column->addLayout(row);
    m_panel->setFooter(foot);
}

void GalleryPanel::connectParts()
{
    connect(&m_searchSoon, &QTimer::timeout, this, &GalleryPanel::search);
    connect(m_text, &QLineEdit::textChanged, this, [this] { m_searchSoon.start(); });
    for (QComboBox* box : m_filters + QList<QComboBox*>{ m_order })
        connect(box, &QComboBox::activated, this, &GalleryPanel::search);
    for (QToolButton* button : { m_starred, m_trash })
        connect(button, &QToolButton::toggled, this, &GalleryPanel::search);
    connect(m_text, &QLineEdit::returnPressed, m_view, qOverload<>(&QWidget::setFocus));
    connect(&m_session, &ProjectSession::opened, this, [this] {
        m_model.clear();
        readFacets();
    });
    connect(&m_session, &ProjectSession::stored, this, [this] {
        m_model.refresh();
        readFacets();
    });
    connect(&m_model, &GalleryModel::searched, this, [this] {
        showCount();
        showChosen();
    });
    connect(&m_model, &GalleryModel::failed, this, [this](const Error& error) {
        const Message message = Messages::forError(error);
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &GalleryPanel::showChosen);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &GalleryPanel::showChosen);
    connect(m_view, &QListView::activated, m_compare, &KeyButton::click);
    connect(m_view, &QListView::doubleClicked, m_compare, &KeyButton::click);
    connect(m_compare, &KeyButton::clicked, this, [this] { emit compareRequested(chosen()); });
    connect(m_star, &KeyButton::clicked, this, &GalleryPanel::starChosen);
    connect(m_remove, &KeyButton::clicked, this, &GalleryPanel::trashChosen);
    connect(m_tags, &TagEditor::tagsChanged, this, [this](const QStringList& tags) {
        const QStringList before = m_tags->property("shown").toStringList();
        for (const QString& tag : tags)
            if (!before.contains(tag))
                m_session.adEdits().tag(chosen(), tag, true);
        for (const QString& tag : before)
            if (!tags.contains(tag))
                m_session.adEdits().tag(chosen(), tag, false);
        m_tags->setProperty("shown", tags);
    });
    connect(m_message, &MessageBar::buttonClicked, this, [this](int button) {
        m_message->clear();
        if (button == 0)
            m_session.emptyTrash();
    });
}

void GalleryPanel::addTool(QWidget* tool)
{
    m_panel->addTool(tool);
}

QWidget* GalleryPanel::firstFocus() const
{
    return m_text;
}

QList<int> GalleryPanel::chosen() const
{
    QList<int> numbers;
    for (const QModelIndex& index : m_view->selectionModel()->selectedIndexes())
        numbers.append(m_model.numberAt(index.row()));
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

AdFilter GalleryPanel::filter() const
{
    const auto value = [this](Filter filter) -> std::optional<std::string> {
        const QVariant given = m_filters[filter]->currentData();
        return given.isValid() ? std::optional(toStdString(given.toString())) : std::nullopt;
    };
    AdFilter made;
    made.text = toStdString(m_text->text());
    made.personId = value(PersonFilter);
    made.product = value(ProductFilter);
    made.tag = value(TagFilter);
    made.state = value(StateFilter);
    made.starred = m_starred->isChecked();
    made.trashed = m_trash->isChecked();
    if (const QVariant days = m_filters[DateFilter]->currentData(); days.isValid())
        made.from = dayStart(days.toInt());
    made.order = static_cast<AdFilter::Order>(std::max(0, m_order->currentIndex()));
    return made;
}

void GalleryPanel::search()
{
    m_searchSoon.stop();
    m_model.setFilter(filter());
}

void GalleryPanel::readFacets()
{
    m_session.disk()
        .ask([](ProjectStore& store) { return valueOrThrow(store.facets()); })
        .then(this, [this](const Result<AdFacets>& facets) {
            showFacets(facets ? *facets : AdFacets());
        });
}

void GalleryPanel::showFacets(const AdFacets& facets)
{
    m_facets = facets;
    fillFilter(PersonFilter, tr("Anybody"), facets.persons);
    fillFilter(ProductFilter, tr("Any product"), facets.products);
    fillFilter(TagFilter, tr("Any tag"), facets.tags);
    fillFilter(StateFilter, tr("Any state"), facets.states);
    describeButton(m_trash, tr("Trash: %n ad(s)", nullptr, static_cast<int>(facets.trashed)));
    showCount();
}

// The choice stays as long as some ad has its value.
void GalleryPanel::fillFilter(Filter filter, const QString& all,
                              const std::vector<AdFacets::Value>& values)
{
    QComboBox* box = m_filters[filter];
    const QVariant before = box->currentData();
    const QSignalBlocker quiet(box);
    box->clear();
    box->addItem(all);
    for (const AdFacets::Value& value : values) {
        QString name = toQString(value.name);
        if (filter == PersonFilter && value.key.empty())
            name = tr("Without history");
        if (filter == StateFilter)
            name = GalleryModel::stateText(value.key);
        if (name.isEmpty())
            name = tr("Without a name");
        box->addItem(tr("%1 (%2)").arg(name, QLocale().toString(static_cast<qint64>(value.ads))),
                     toQString(value.key));
    }
    const int again = before.isValid() ? box->findData(before) : 0;
    box->setCurrentIndex(std::max(0, again));
    box->setEnabled(!values.empty());
    if (again < 0)
        m_searchSoon.start();
}

void GalleryPanel::showCount()
{
    const int found = m_model.rowCount();
    const auto all = static_cast<int>(m_trash->isChecked() ? m_facets.trashed : m_facets.ads);
    m_panel->setCount(found == all
                          ? QLocale().toString(all)
                          : tr("%1 of %2").arg(QLocale().toString(found), QLocale().toString(all)));
    if (m_trash->isChecked())
        m_view->setEmptyText(tr("The trash is empty."), {}, QStringLiteral("trash"));
    else if (all == 0)
        m_view->setEmptyText(tr("Every ad of this project will be listed here."), {},
                             QStringLiteral("image"));
    else
        m_view->setEmptyText(tr("No ad is like that. Change the words or the filters."), {},
                             QStringLiteral("search"));
}

void GalleryPanel::showChosen()
{
    const QModelIndexList rows = m_view->selectionModel()->selectedIndexes();
    QStringList tags;
    bool allStarred = !rows.isEmpty();
    if (static_cast<std::size_t>(rows.size()) <= mostTagged)
        for (const QModelIndex& row : rows)
            if (const AdSummary* ad = m_model.summaryAt(row.row())) {
                tags += toQStringList(ad->tags);
                allStarred = allStarred && ad->starred;
            }
    tags.removeDuplicates();
    tags.sort();
    if (tags != m_tags->tags())
        m_tags->setTags(tags);
    m_tags->setProperty("shown", tags);
    m_tags->setEnabled(!rows.isEmpty());
    m_compare->setEnabled(!rows.isEmpty() && !m_trash->isChecked());
    m_star->setEnabled(!rows.isEmpty());
    m_star->setText(allStarred ? tr("Take the star") : tr("Star"));
    m_star->setProperty("starred", allStarred);
    m_remove->setEnabled(!rows.isEmpty());
    m_remove->setText(m_trash->isChecked() ? tr("Restore") : tr("To the trash"));
}

void GalleryPanel::starChosen()
{
    m_session.adEdits().star(chosen(), !m_star->property("starred").toBool());
}

void GalleryPanel::trashChosen()
{
    m_session.adEdits().trash(chosen(), !m_trash->isChecked());
}

void GalleryPanel::askToEmpty()
{
    m_message->showMessage(MessageBar::Kind::Warning,
                           tr("%n ad(s) of the trash will be gone for good.", nullptr,
                              static_cast<int>(m_facets.trashed)),
                           {}, { tr("Empty the trash"), tr("Keep them") });
}

bool GalleryPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_view || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::SelectAll)) {
        m_view->selectAll();
        return true;
    }
    if (key->matches(QKeySequence::Find)) {
        m_text->setFocus();
        return true;
    }
    if (key->modifiers() == (Qt::ShiftModifier) && key->key() == Qt::Key_Delete
        && m_trash->isChecked() && m_facets.trashed > 0) {
        askToEmpty();
        return true;
    }
    if (key->modifiers() != Qt::NoModifier)
        return false;
    if (key->key() == Qt::Key_S)
        m_star->click();
    else if (key->key() == Qt::Key_Delete)
        m_remove->click();
    else
        return false;
    return true;
}

void GalleryPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void GalleryPanel::retranslate()
{
    m_panel->setTitle(tr("Gallery"));
    m_text->setPlaceholderText(tr("Find words of titles, products, people, tags"));
    m_text->setAccessibleName(tr("Find ads"));
    describeButton(m_starred, tr("Only ads with a star"));
    const QStringList names{ tr("Person"), tr("Product"), tr("Tag"), tr("State"), tr("Date") };
    for (int i = 0; i < FilterCount; ++i)
        m_filters[i]->setAccessibleName(names[i]);
    m_order->setAccessibleName(tr("Sort"));
    const auto refill = [](QComboBox* box, const QList<std::pair<QString, QVariant>>& choices) {
        const QSignalBlocker quiet(box);
        const int at = std::max(0, box->currentIndex());
        box->clear();
        for (const auto& [text, value] : choices)
            box->addItem(text, value);
        box->setCurrentIndex(at);
    };
    refill(m_filters[DateFilter],
           { { tr("Any day"), {} },
             { tr("Today"), 0 },
             { tr("Last 7 days"), 6 },
             { tr("Last 30 days"), 29 } });
    refill(m_order,
           { { tr("Newest first"), {} }, { tr("Oldest first"), {} }, { tr("By title"), {} } });
    m_tags->setPlaceholder(tr("Add a tag"));
    m_tags->setAccessibleName(tr("Tags of the chosen ads"));
    m_compare->setText(tr("Compare"));
    m_star->setToolTip(tr("Star the chosen ads (S)"));
    m_remove->setToolTip(
        tr("Move the chosen ads to the trash or back (Delete). Shift+Delete in the "
           "trash empties it."));
    m_view->setAccessibleName(tr("Ads of the project"));
    m_model.retranslate();
    showFacets(m_facets);
    showChosen();
}

} // namespace adtailor
