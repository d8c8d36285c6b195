// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/compare_page.h"

#include "app/ad_folder.h"
#include "app/messages.h"
#include "app/pages/ad_card.h"
#include "app/pages/compare_inspector.h"
#include "app/pages/page_parts.h"
#include "app/pages/score_panel.h"
#include "app/project_session.h"
#include "widgets/compare_view.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/thumbnail_view.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int inspectorWidth = 340;
constexpr int stripHeight = 92;
constexpr qsizetype mostCandidates = 6; // in the matrix

} // namespace

ComparePage::ComparePage(ProjectSession& session, AdScores& scores, QWidget* parent)
    : Page(parent)
    , m_session(session)
    , m_scores(scores)
{
    m_why = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_why->setIconName(QStringLiteral("heat"));
    m_why->setKeyHint(QKeySequence(Qt::Key_W));
    m_saveOne = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_saveOne->setIconName(QStringLiteral("save"));
    m_saveOne->setKey(QKeySequence(Qt::CTRL | Qt::Key_S));
    m_saveAll = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_saveAll->setIconName(QStringLiteral("export"));
    m_saveAll->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    m_inspector = new CompareInspector(scores);
    whole->addWidget(makePanes(nullptr, makeCentre(), m_inspector, 0, inspectorWidth));
    connectParts();
    finishBuilding();
    arrange();
    fill();
}

QWidget* ComparePage::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeTools(column);
    m_message = new MessageBar;
    column->addWidget(m_message);
    m_stack = new QStackedWidget;
    QFrame* cards = makeFrame("canvas");
    m_grid = new QGridLayout(cards);
    m_grid->setContentsMargins(scaledMargins(8, 8, 8, 8));
    m_grid->setSpacing(scaled(8));
    for (int i = 0; i < mostCards; ++i)
        m_cards[static_cast<std::size_t>(i)] = new AdCard(QString(QChar(u'A' + i)), cards);
    m_empty = new EmptyView;
    QFrame* together = makeFrame("canvas");
    m_together = new CompareView;
    fillWith(together, m_together);
    m_stack->addWidget(cards);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(together);
    column->addWidget(m_stack, 1);
    column->addWidget(makeStrip());
    m_table = new ScorePanel(m_session, m_scores);
    column->addWidget(m_table);
    return centre;
}

void ComparePage::makeTools(QVBoxLayout* column)
{
    QHBoxLayout* tools = addToolBar(column);
    m_mode = new Segments;
    tools->addWidget(m_mode);
    m_link = makeToolButton(QStringLiteral("link"));
    m_link->setCheckable(true);
    m_link->setChecked(true);
    m_fit = makeToolButton(QStringLiteral("fit"));
    tools->addWidget(m_link);
    tools->addWidget(m_fit);
    tools->addStretch();
    m_swap = new KeyButton({}, KeyButton::Kind::Quiet);
    m_pickA = new KeyButton({}, KeyButton::Kind::Plain);
    m_pickB = new KeyButton({}, KeyButton::Kind::Plain);
    for (KeyButton* button : { m_swap, m_pickA, m_pickB }) {
        button->setCompact(true);
        tools->addWidget(button);
    }
}

QWidget* ComparePage::makeStrip()
{
    QFrame* strip = makeFrame("footer");
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(scaledMargins(16, 4, 16, 4));
    row->setSpacing(scaled(16));
    auto* words = new QVBoxLayout;
    m_stripName = makeLabel("section");
    m_stripCount = makeLabel("hint");
    words->setSpacing(scaled(2));
    words->addStretch();
    words->addWidget(m_stripName);
    words->addWidget(m_stripCount);
    words->addStretch();
    row->addLayout(words);
    m_filter = new QSortFilterProxyModel(this);
    m_filter->setSourceModel(&m_session.board().model());
    m_filter->setFilterRole(AdListModel::ShownRole);
    m_filter->setFilterRegularExpression(QStringLiteral("true"));
    m_strip = new ThumbnailView;
    m_strip->setArrangement(ThumbnailView::Arrangement::Filmstrip);
    m_strip->setTileWidth(76);
    m_strip->setModel(m_filter);
    m_strip->setFixedHeight(scaled(stripHeight));
    row->addWidget(m_strip, 1);
    return strip;
}

void ComparePage::connectParts()
{
    connect(m_saveAll, &KeyButton::clicked, this, [this] { emit saveRequested(shownNumbers()); });
    connect(m_saveOne, &KeyButton::clicked, this, [this] {
        if (const AdItem* ad = adOf(m_active))
            emit saveRequested({ ad->number });
    });
    connect(m_message, &MessageBar::buttonClicked, m_saveAll, &KeyButton::click);
    connect(m_mode, &Segments::currentChanged, this, &ComparePage::setMode);
    connect(m_why, &KeyButton::clicked, this, [this] {
        if (const AdItem* ad = adOf(m_active))
            emit whyRequested(ad->number);
    });
    connect(m_fit, &QToolButton::clicked, this, [this] {
        for (ZoomPane* pane : panes())
            pane->fit();
    });
    connect(m_inspector, &CompareInspector::pairChosen, this, [this](int a, int b) {
        m_arranged = true;
        m_slots.setPair(a, b);
        fill();
    });
    connect(m_table, &ScorePanel::adChosen, this, &ComparePage::put);
    connect(m_swap, &KeyButton::clicked, this, &ComparePage::swap);
    connect(m_pickA, &KeyButton::clicked, this, [this] { star(0); });
    connect(m_pickB, &KeyButton::clicked, this, [this] { star(1); });
    for (int i = 0; i < mostCards; ++i) {
        AdCard* card = m_cards[static_cast<std::size_t>(i)];
        connect(card, &AdCard::activated, this, [this, i] { activate(i); });
        connect(card, &AdCard::starClicked, this, [this, i] { star(i); });
        connect(card, &AdCard::viewChanged, this,
                [this, card](const ViewTransform& view) { linkViews(view, card); });
    }
    connect(m_strip, &QListView::clicked, this, [this](const QModelIndex& index) {
        put(m_session.board().model().at(m_filter->mapToSource(index).row()).number);
    });
    connect(m_strip, &QListView::activated, m_strip, &QListView::clicked);
    connect(m_strip, &ThumbnailView::starClicked, this, [this](const QModelIndex& index) {
        const int row = m_filter->mapToSource(index).row();
        m_session.board().star(row, !m_session.board().model().at(row).starred);
    });
    connect(m_empty, &EmptyView::buttonClicked, this, &ComparePage::generateRequested);
    // A hidden page is filled when it is entered: a batch grows many times a second.
    connect(&m_session.board(), &AdBoard::grown, this, [this] {
        if (m_entered)
            fill();
    });
    connect(&m_session.board(), &AdBoard::changed, this, [this] {
        if (m_entered)
            showCards();
    });
    connect(&m_session, &ProjectSession::opened, this, [this] {
        m_slots.clear();
        m_arranged = false;
        m_active = 0;
        fill();
    });
}

QString ComparePage::title() const
{
    return tr("Compare");
}

QWidget* ComparePage::firstFocus()
{
    return m_cards[0];
}

void ComparePage::enter()
{
    m_entered = true;
    fill();
}

void ComparePage::leave()
{
    m_entered = false;
    m_scores.desk().stop();
}

void ComparePage::showPair(int numberA, int numberB)
{
    m_arranged = true;
    m_mode->setCurrent(TwoUp);
    m_slots.setPair(numberA, numberB);
    m_active = 0;
    setMode(TwoUp);
}

// The others follow where the user looks; their pictures have one size.
void ComparePage::linkViews(const ViewTransform& view, const ZoomPane* from)
{
    for (AdCard* card : m_cards)
        if (m_link->isChecked() && card != from)
            card->setView(view);
}

void ComparePage::setMode(int mode)
{
    if (mode == Slider || mode == Flicker || mode == Difference)
        m_together->setMode(static_cast<CompareView::Mode>(mode - Slider));
    arrange();
    fill();
}

void ComparePage::setSaving(bool saving)
{
    m_saving = saving;
    if (saving)
        m_message->clear();
    showCards();
}

void ComparePage::showSaved(const SavedAds& saved)
{
    if (!saved.problem)
        return;
    const Message message = Messages::forError(*saved.problem);
    m_message->showMessage(MessageBar::Kind::Error, message.sentence,
                           tr("%n ad(s) were saved before that.", nullptr, saved.count)
                               + QLatin1Char(' ') + message.detail,
                           { tr("Save all again…") });
}

int ComparePage::cardCount() const
{
    return m_mode->current() == FourUp ? mostCards : 2;
}

void ComparePage::arrange()
{
    for (int i = 0; i < mostCards; ++i) {
        AdCard* card = m_cards[static_cast<std::size_t>(i)];
        m_grid->removeWidget(card);
        card->setVisible(i < cardCount());
        if (i < cardCount())
            m_grid->addWidget(card, i / 2, i % 2);
    }
    m_active = std::min(m_active, cardCount() - 1);
}

QList<int> ComparePage::shownNumbers() const
{
    QList<int> numbers;
    for (const AdItem& ad : m_session.board().ads())
        if (ad.isShown())
            numbers.append(ad.number);
    return numbers;
}

const AdItem* ComparePage::adOf(int card) const
{
    const int row = m_session.board().model().rowOf(m_slots.at(card));
    return row < 0 ? nullptr : &m_session.board().model().at(row);
}

void ComparePage::fill()
{
    QList<int> newest; // of the last batch first: its ads are what the user came to see
    QList<int> older;
    quint64 batch = m_batch;
    for (const AdItem& ad : m_session.board().ads())
        if (ad.isShown() && ad.batch)
            batch = ad.group();
    for (const AdItem& ad : m_session.board().ads())
        if (ad.isShown())
            (ad.batch && ad.group() == batch ? newest : older).append(ad.number);
    if (std::exchange(m_batch, batch) != batch)
        m_arranged = false;
    const QList<int> all = newest + older;
    if (!m_arranged)
        m_slots.clear();
    m_slots.fill(all);
    showCards();
}

void ComparePage::showCards()
{
    const QList<int> all = shownNumbers();
    const bool together = m_mode->current() != TwoUp && m_mode->current() != FourUp;
    m_stack->setCurrentIndex(all.isEmpty() ? 1 : together ? 2 : 0);
    for (int i = 0; i < mostCards; ++i) {
        AdCard* card = m_cards[static_cast<std::size_t>(i)];
        card->setAd(adOf(i));
        card->setActive(i == m_active && cardCount() > 1);
    }
    m_stripCount->setText(tr("%n ad(s)", nullptr, static_cast<int>(all.size())));
    m_saveAll->setEnabled(!all.isEmpty() && !m_saving);
    m_saveOne->setEnabled(adOf(m_active) && !m_saving);
    m_swap->setEnabled(all.size() > 1);
    m_pickA->setEnabled(adOf(0));
    m_pickB->setEnabled(adOf(1));
    m_why->setEnabled(adOf(m_active));
    showTogether();
    showScores();
}

void ComparePage::showTogether()
{
    const AdItem* a = adOf(0);
    const AdItem* b = adOf(1);
    const auto named = [](const QString& letter, const AdItem* ad) {
        return ad ? QStringLiteral("%1 · %2").arg(letter, ad->name()) : letter;
    };
    m_together->setPictures(a ? a->best() : QImage(), named(QStringLiteral("A"), a),
                            b ? b->best() : QImage(), named(QStringLiteral("B"), b));
}

void ComparePage::showScores()
{
    const AdItem* active = adOf(m_active);
    m_inspector->setChosen(active);
    m_table->readAds();
    if (active)
        m_table->setCurrent(active->number);
    if (!m_entered)
        return;
    std::vector<AdItem> candidates;
    const auto add = [&](const AdItem& ad) {
        const auto same = [&](const AdItem& other) { return other.number == ad.number; };
        if (std::none_of(candidates.begin(), candidates.end(), same))
            candidates.push_back(ad);
    };
    for (int card = 0; card < mostCards; ++card)
        if (const AdItem* ad = adOf(card))
            add(*ad);
    for (const AdItem& ad : m_session.board().ads())
        if (ad.isShown() && ad.group() == m_batch
            && static_cast<qsizetype>(candidates.size()) < mostCandidates)
            add(ad);
    std::sort(candidates.begin(), candidates.end(),
              [](const AdItem& a, const AdItem& b) { return a.number < b.number; });
    m_inspector->setAds(candidates, adOf(0), adOf(1));
}

void ComparePage::activate(int card)
{
    if (m_active == card)
        return;
    m_active = card;
    showCards();
}

void ComparePage::put(int number)
{
    m_arranged = true;
    m_slots.put(m_active, number);
    showCards();
}

void ComparePage::star(int card)
{
    const AdItem* ad = adOf(card);
    if (ad && ad->state == AdState::Done)
        m_session.board().star(m_session.board().model().rowOf(ad->number), !ad->starred);
}

void ComparePage::swap()
{
    m_arranged = true;
    m_slots.swapPair();
    showCards();
}

void ComparePage::step(int direction)
{
    if (const int next = m_slots.neighbour(m_active, direction, cardCount(), shownNumbers()))
        put(next);
}

void ComparePage::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::NoModifier) {
        switch (event->key()) {
        case Qt::Key_1:
            return star(0);
        case Qt::Key_2:
            return star(1);
        case Qt::Key_X:
            return swap();
        case Qt::Key_Left:
            return step(-1);
        case Qt::Key_Right:
            return step(1);
        case Qt::Key_M:
        case Qt::Key_D:
            m_mode->setCurrent(
                event->key() == Qt::Key_D ? Difference : (m_mode->current() + 1) % m_mode->count());
            return setMode(m_mode->current());
        case Qt::Key_L:
            return m_link->toggle();
        case Qt::Key_W:
            return m_why->click();
        case Qt::Key_Z:
            if (!event->isAutoRepeat())
                for (ZoomPane* pane : panes())
                    pane->actualSize();
            return;
        case Qt::Key_Delete:
            if (const AdItem* ad = adOf(m_active))
                m_session.board().remove(m_session.board().model().rowOf(ad->number));
            return;
        default:
            break;
        }
    }
    Page::keyPressEvent(event);
}

// Z is held to look at single pixels.
void ComparePage::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Z && !event->isAutoRepeat())
        return m_fit->click();
    Page::keyReleaseEvent(event);
}

std::vector<ZoomPane*> ComparePage::panes() const
{
    std::vector<ZoomPane*> all(m_cards.begin(), m_cards.end());
    all.push_back(m_together);
    return all;
}

void ComparePage::retranslate()
{
    m_why->setText(tr("Why this ad"));
    m_why->setToolTip(tr("What of the history this ad was made from (W)"));
    m_saveAll->setText(tr("Save all…"));
    m_saveOne->setText(tr("Save this ad…"));
    const int mode = m_mode->count() > 0 ? m_mode->current() : 0;
    m_mode->setChoices({ tr("2-up"), tr("Slider"), tr("Flicker"), tr("Difference"), tr("4-up") });
    m_mode->setCurrent(mode);
    describeButton(m_link, tr("Link zoom"), QStringLiteral("L"));
    describeButton(m_fit, tr("Fit"), QStringLiteral("0"));
    m_together->setEmptyText(tr("Choose two ads below."));
    m_swap->setText(tr("Swap"));
    m_swap->setToolTip(tr("Swap A and B (X)"));
    m_pickA->setText(tr("Pick A"));
    m_pickA->setToolTip(tr("Star A (1)"));
    m_pickB->setText(tr("Pick B"));
    m_pickB->setToolTip(tr("Star B (2)"));
    m_empty->setContent(QStringLiteral("compare"), tr("There are no ads to compare yet."),
                        tr("Generate a batch; its ads appear here side by side."),
                        tr("Go to Generate"));
    for (AdCard* card : m_cards)
        card->setEmptyText(tr("Choose an ad below."));
    m_stripName->setText(tr("Candidates"));
    m_strip->setAccessibleName(m_stripName->text());
    showCards();
}

} // namespace adtailor
