// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/why_page.h"

#include "app/messages.h"
#include "app/pages/kept_panel.h"
#include "app/pages/page_parts.h"
#include "app/pages/twin_list.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "app/why_desk.h"
#include "widgets/empty_view.h"
#include "widgets/highlight_view.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"

#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

constexpr int adWidth = 292;
constexpr int twinWidth = 316;
constexpr float strongly = 0.5F; // of the largest weight of a word

} // namespace

WhyPage::WhyPage(ProjectSession& session, WhyDesk& desk, QWidget* parent)
    : Page(parent)
    , m_session(session)
    , m_desk(desk)
{
    m_back = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_back->setIconName(QStringLiteral("chevron-left"));
    m_back->setKeyHint(QKeySequence(Qt::Key_Escape));
    m_kept = new KeptPanel;
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanes(m_kept, makeCentre(), makeTwins(), adWidth, twinWidth));
    connectParts();
    finishBuilding();
    showSubject();
}

QWidget* WhyPage::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* tools = addToolBar(column);
    m_mode = new Segments;
    m_legend = makeLabel("hint");
    m_sortName = makeLabel("label");
    m_sort = new QComboBox;
    m_sort->setProperty("density", QStringLiteral("compact"));
    m_sort->setFocusPolicy(Qt::TabFocus);
    tools->addWidget(m_mode);
    tools->addSpacing(scaled(8));
    tools->addWidget(m_legend);
    tools->addStretch();
    tools->addWidget(m_sortName);
    tools->addWidget(m_sort);
    m_message = new MessageBar;
    column->addWidget(m_message);
    m_stack = new QStackedWidget;
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* cards = new QWidget;
    auto* rows = new QVBoxLayout(cards);
    rows->setContentsMargins(scaledMargins(12, 12, 12, 12));
    m_grid = new QGridLayout;
    m_grid->setSpacing(scaled(8));
    rows->addLayout(m_grid);
    rows->addStretch();
    m_scroll->setWidget(cards);
    m_empty = new EmptyView;
    m_stack->addWidget(m_scroll);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    return centre;
}

QWidget* WhyPage::makeTwins()
{
    m_twinPanel = new Panel;
    QVBoxLayout* list = m_twinPanel->addSection();
    m_twins = new TwinList;
    list->addWidget(m_twins);
    m_twinHint = makeLabel("hint");
    m_twinHint->setWordWrap(true);
    list->addWidget(m_twinHint);
    QVBoxLayout* buttons = m_twinPanel->addSection();
    m_noHistory = new KeyButton({}, KeyButton::Kind::Plain);
    m_noHistory->setIconName(QStringLiteral("twin"));
    m_other = new KeyButton({}, KeyButton::Kind::Plain);
    m_other->setIconName(QStringLiteral("people"));
    m_without = new KeyButton({}, KeyButton::Kind::Plain);
    m_without->setKeyHint(QKeySequence(Qt::Key_X));
    m_compare = new KeyButton({}, KeyButton::Kind::Plain);
    m_compare->setIconName(QStringLiteral("compare"));
    for (KeyButton* button : { m_noHistory, m_other, m_without, m_compare }) {
        button->setCompact(true);
        buttons->addWidget(button, 0, Qt::AlignLeft);
    }
    m_people = new QMenu(this);
    m_other->setMenu(m_people);
    return m_twinPanel;
}

void WhyPage::connectParts()
{
    connect(m_back, &KeyButton::clicked, this, &WhyPage::backRequested);
    connect(m_mode, &Segments::currentChanged, this, &WhyPage::setMode);
    connect(m_sort, &QComboBox::currentIndexChanged, this, &WhyPage::showCards);
    connect(m_noHistory, &KeyButton::clicked, &m_desk, [this] { m_desk.makeTwin(); });
    connect(m_people, &QMenu::aboutToShow, this, &WhyPage::fillPeople);
    connect(m_without, &KeyButton::clicked, this, [this] {
        if (m_selected < static_cast<int>(m_cardItems.size()))
            m_desk.makeTwinWithout(m_cardItems[static_cast<std::size_t>(m_selected)]);
    });
    connect(m_compare, &KeyButton::clicked, this, [this] {
        const QList<int> twins = m_desk.twins();
        if (m_desk.ad() && !twins.isEmpty())
            emit compareRequested(m_desk.ad()->number, twins.last());
    });
    connect(m_message, &MessageBar::buttonClicked, &m_desk, &WhyDesk::retry);
    connect(m_empty, &EmptyView::buttonClicked, this, [this] {
        fillPeople();
        m_people->popup(m_empty->mapToGlobal(m_empty->rect().center()));
    });
    connect(&m_desk, &WhyDesk::changed, this, &WhyPage::showSubject);
    connect(&m_desk, &WhyDesk::twinsChanged, this, [this] {
        if (isVisible())
            showTwins();
    });
    connect(&m_session.board(), &AdBoard::composed, this, [this] {
        if (isVisible())
            m_desk.wantScores();
    });
}

QString WhyPage::title() const
{
    return tr("Why this ad");
}

QWidget* WhyPage::firstFocus()
{
    return m_cards.empty() ? static_cast<QWidget*>(m_mode) : m_cards.front();
}

void WhyPage::setSubject(int number, const Page* from)
{
    m_number = number;
    m_from = from;
    showBack();
}

void WhyPage::enter()
{
    const std::vector<AdItem>& ads = m_session.board().ads();
    const bool gone = m_number > 0 && m_session.board().model().rowOf(m_number) < 0;
    const bool newest = m_number < 0 || gone;
    m_desk.show(newest && !ads.empty() ? ads.back().number : newest ? 0 : m_number);
}

void WhyPage::showBack()
{
    m_back->setText(m_from ? tr("Back to %1").arg(m_from->title()) : tr("Back"));
}

void WhyPage::showSubject()
{
    m_kept->show(m_desk);
    showCards();
    showEmpty();
    showMessage();
    showTwins();
}

std::vector<const KeptItem*> WhyPage::sortedItems() const
{
    std::vector<const KeptItem*> items;
    for (const KeptItem& item : m_desk.parts().items)
        items.push_back(&item);
    if (m_sort->currentIndex() <= 0)
        std::stable_sort(items.begin(), items.end(),
                         [](const auto* a, const auto* b) { return a->weight > b->weight; });
    return items;
}

void WhyPage::showCards()
{
    const auto items = sortedItems();
    while (m_cards.size() < items.size()) {
        auto* card = new HighlightView;
        const auto at = static_cast<int>(m_cards.size());
        connect(card, &HighlightView::activated, this, [this, at] { select(at); });
        m_grid->addWidget(card, at / 2, at % 2);
        m_cards.push_back(card);
    }
    m_cardItems.clear();
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_cards[i]->setVisible(i < items.size());
        if (i >= items.size())
            continue;
        fillCard(*m_cards[i], *items[i]);
        m_cardItems.push_back(items[i]->historyIndex);
    }
    setMode(m_mode->current());
    select(std::min(m_selected, std::max(0, static_cast<int>(items.size()) - 1)));
}

void WhyPage::fillCard(HighlightView& card, const KeptItem& item) const
{
    const PreferenceProfile::Item& source
        = m_desk.profile()->items[static_cast<std::size_t>(item.place - 1)];
    card.setPicture(m_desk.picture(item.historyIndex));
    const int side = static_cast<int>(std::lround(std::sqrt(source.patches.size())));
    card.setPatches(side, source.patches);
    std::vector<HighlightView::Word> words;
    for (const KeptWord& word : item.words) {
        using Kind = HighlightView::Word::Kind;
        words.push_back({ word.text.trimmed(),
                          word.weight >= strongly ? Kind::KeptStrong
                              : word.weight > 0   ? Kind::KeptWeak
                                                  : Kind::Muted });
    }
    card.setWords(words);
    card.setHeading(tr("Read as no. %1").arg(item.place));
    card.setWeight(item.weight);
    card.setFooter(tr("%1 of %2 patches · %n word(s)", nullptr, item.keptWords)
                       .arg(item.keptPatches)
                       .arg(item.patches));
}

void WhyPage::showEmpty()
{
    const bool any = !m_desk.parts().items.empty();
    m_stack->setCurrentIndex(any ? 0 : 1);
    if (any)
        return;
    const QString icon = QStringLiteral("heat");
    if (m_desk.isReading())
        m_empty->setContent(icon, tr("Reading what the model kept…"), {}, {});
    else if (m_desk.error())
        m_empty->setContent(icon, tr("What was kept could not be read."), {}, {});
    else if (!m_desk.hasHistory())
        m_empty->setContent(icon,
                            m_desk.ad() ? tr("This ad used no history.")
                                        : tr("The next ad will use no history."),
                            tr("Its title and picture follow from the product alone."),
                            m_desk.ad() ? tr("Make a twin with…") : QString());
    else
        m_empty->setContent(icon, tr("This model reads no history."), {}, {});
}

void WhyPage::showMessage()
{
    if (m_desk.error()) {
        const Message message = Messages::forError(*m_desk.error());
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail,
                               { tr("Try again") });
    } else if (m_desk.isOfOtherModel()) {
        m_message->showMessage(MessageBar::Kind::Info, tr("Another model made this ad."),
                               tr("Shown is what the loaded model keeps of the same clicks."));
    } else {
        m_message->clear();
    }
}

void WhyPage::showTwins()
{
    const AdItem* ad = m_desk.ad();
    const bool measuring = m_desk.scores().state() == ScoreDesk::State::Working;
    std::vector<Twin> twins;
    const auto add = [&](const AdItem& one, const QString& name) {
        const bool shown = one.isShown();
        twins.push_back({ one.thumbnail, name,
                          shown || !one.title.isEmpty() ? one.title : AdListModel::stateText(one),
                          m_desk.closeness(one), measuring || !shown });
    };
    if (ad)
        add(*ad, m_desk.person().isEmpty() ? tr("No history") : m_desk.person());
    for (const int number : m_desk.twins()) {
        const AdItem& twin = m_session.board().model().at(m_session.board().model().rowOf(number));
        const AdBatch& batch = *twin.batch;
        QString name = batch.person.isEmpty() ? tr("No history") : batch.person;
        if (const auto at = static_cast<std::size_t>(batch.leftOut);
            batch.leftOut >= 0 && at < m_desk.request().brief.history.size())
            name = tr("Without “%1”").arg(toQString(m_desk.request().brief.history[at].title));
        add(twin, name);
    }
    m_twins->setTwins(twins);
    const bool ready = ad && ad->state == AdState::Done;
    for (KeyButton* button : { m_noHistory, m_other })
        button->setEnabled(ready);
    m_without->setEnabled(ready && !m_cardItems.empty());
    m_noHistory->setVisible(m_desk.hasHistory());
    m_without->setVisible(m_desk.hasHistory());
    m_compare->setEnabled(twins.size() > 1);
    if (m_desk.scores().state() == ScoreDesk::State::NotInstalled)
        m_twinHint->setText(tr("PBS is not installed, so twins are compared by eye."));
    else if (!ad)
        m_twinHint->setText(tr("A twin is made of an ad that is done."));
    else
        m_twinHint->setText(tr("A twin has the same seed, title draw and picture draw; only the "
                               "history differs. PBS is the mean to the clicks this ad read."));
}

void WhyPage::fillPeople()
{
    m_people->clear();
    for (const Person& person : m_session.people().people()) {
        if (!allowsHistory(person.consent) || person.clicks.empty()
            || person.name == m_desk.person())
            continue;
        QString name = person.name;
        connect(m_people->addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&"))),
                &QAction::triggered, this, [this, id = person.id] {
                    const int row = m_session.people().find(id);
                    if (row >= 0)
                        m_desk.makeTwin(m_session.people().people()[static_cast<std::size_t>(row)]);
                });
    }
    if (m_people->isEmpty())
        m_people->addAction(tr("Nobody else has given consent."))->setEnabled(false);
}

void WhyPage::select(int card)
{
    m_selected = card;
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_cards[i]->setSelected(static_cast<int>(i) == card);
}

void WhyPage::setMode(int mode)
{
    for (HighlightView* card : m_cards)
        card->setMode(static_cast<HighlightView::Mode>(mode));
    m_legend->setText(mode == 0       ? tr("dark: dropped, plum: kept, stronger is deeper")
                          : mode == 1 ? tr("dark: dropped, clear: kept")
                                      : QString());
}

void WhyPage::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_cardItems.size()) - 1;
    const auto go = [&](int step) {
        if (last < 0)
            return;
        select(std::clamp(m_selected + step, 0, last));
        HighlightView* card = m_cards[static_cast<std::size_t>(m_selected)];
        card->setFocus(Qt::TabFocusReason);
        m_scroll->ensureWidgetVisible(card);
    };
    switch (event->modifiers() == Qt::NoModifier ? event->key() : 0) {
    case Qt::Key_H:
        m_mode->setCurrent((m_mode->current() + 1) % m_mode->count());
        return setMode(m_mode->current());
    case Qt::Key_X:
        return m_without->click();
    case Qt::Key_Escape:
    case Qt::Key_W:
        emit backRequested();
        return;
    case Qt::Key_Left:
        return go(-1);
    case Qt::Key_Right:
        return go(1);
    case Qt::Key_Up:
        return go(-2);
    case Qt::Key_Down:
        return go(2);
    default:
        Page::keyPressEvent(event);
    }
}

void WhyPage::retranslate()
{
    showBack();
    const int mode = m_mode->count() > 0 ? m_mode->current() : 0;
    m_mode->setChoices({ tr("Heat"), tr("Spotlight"), tr("Off") });
    m_mode->setCurrent(mode);
    m_mode->setToolTip(tr("H changes the view."));
    m_sortName->setText(tr("Sort"));
    const int sort = std::max(0, m_sort->currentIndex());
    m_sort->clear();
    m_sort->addItems({ tr("Weight in this ad"), tr("Reading order") });
    m_sort->setCurrentIndex(sort);
    m_sort->setAccessibleName(m_sortName->text());
    m_twinPanel->setTitle(tr("Twin: what if?"));
    m_noHistory->setText(tr("Without history"));
    m_other->setText(tr("Another person…"));
    m_without->setText(tr("Without this click"));
    m_without->setToolTip(tr("The draw then reads another click in its place."));
    m_compare->setText(tr("Open in Compare"));
    showSubject();
}

} // namespace adtailor
