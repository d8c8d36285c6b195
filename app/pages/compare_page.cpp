// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/compare_page.h"

#include "app/ad_folder.h"
#include "app/messages.h"
#include "app/pages/ad_card.h"
#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/thumbnail_view.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int inspectorWidth = 300;
constexpr int stripHeight = 104;
enum Fact { Name, Seed, For, Hold, Guidance, Variety, Time, Model };

} // namespace

ComparePage::ComparePage(ProjectSession& session, QWidget* parent)
    : Page(parent)
    , m_session(session)
{
    m_saveOne = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_saveOne->setIconName(QStringLiteral("save"));
    m_saveOne->setKey(QKeySequence(Qt::CTRL | Qt::Key_S));
    m_saveAll = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_saveAll->setIconName(QStringLiteral("export"));
    m_saveAll->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanes(nullptr, makeCentre(), makeInspector(), 0, inspectorWidth));
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
    QHBoxLayout* tools = addToolBar(column);
    m_mode = new Segments;
    tools->addWidget(m_mode);
    tools->addStretch();
    m_swap = new KeyButton({}, KeyButton::Kind::Quiet);
    m_pickA = new KeyButton({}, KeyButton::Kind::Plain);
    m_pickB = new KeyButton({}, KeyButton::Kind::Plain);
    for (KeyButton* button : { m_swap, m_pickA, m_pickB }) {
        button->setCompact(true);
        tools->addWidget(button);
    }

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
    m_stack->addWidget(cards);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);

    QFrame* strip = makeFrame("footer");
    auto* row = new QHBoxLayout(strip);
    row->setContentsMargins(scaledMargins(16, 8, 16, 8));
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
    column->addWidget(strip);
    return centre;
}

QWidget* ComparePage::makeInspector()
{
    m_inspector = new Panel;
    QVBoxLayout* words = m_inspector->addSection();
    m_titleName = makeLabel("section");
    m_titleText = makeLabel("body");
    m_titleText->setWordWrap(true);
    m_titleText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(m_titleName);
    words->addWidget(m_titleText);
    m_facts = new Facts;
    for (const bool number : { true, true, false, true, true, true, true, false })
        m_facts->addFact(number);
    m_inspector->addSection()->addWidget(m_facts);
    m_modelNote = makeLabel("hint");
    m_modelNote->setWordWrap(true);
    m_inspector->addSection()->addWidget(m_modelNote);
    return m_inspector;
}

void ComparePage::connectParts()
{
    connect(m_saveAll, &KeyButton::clicked, this, [this] { emit saveRequested(shownNumbers()); });
    connect(m_saveOne, &KeyButton::clicked, this, [this] {
        if (const AdItem* ad = adOf(m_active))
            emit saveRequested({ ad->number });
    });
    connect(m_message, &MessageBar::buttonClicked, m_saveAll, &KeyButton::click);
    connect(m_mode, &Segments::currentChanged, this, [this] {
        arrange();
        fill();
    });
    connect(m_swap, &KeyButton::clicked, this, &ComparePage::swap);
    connect(m_pickA, &KeyButton::clicked, this, [this] { star(0); });
    connect(m_pickB, &KeyButton::clicked, this, [this] { star(1); });
    for (int i = 0; i < mostCards; ++i) {
        AdCard* card = m_cards[static_cast<std::size_t>(i)];
        connect(card, &AdCard::activated, this, [this, i] { activate(i); });
        connect(card, &AdCard::starClicked, this, [this, i] { star(i); });
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
    connect(&m_session.board(), &AdBoard::grown, this, &ComparePage::fill);
    connect(&m_session.board(), &AdBoard::changed, this, &ComparePage::showCards);
    connect(&m_session, &ProjectSession::opened, this, [this] {
        m_numbers.fill(0);
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
    return m_mode->current() == 1 ? mostCards : 2;
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
    const int row = m_session.board().model().rowOf(m_numbers[static_cast<std::size_t>(card)]);
    return row < 0 ? nullptr : &m_session.board().model().at(row);
}

void ComparePage::fill()
{
    QList<int> newest; // of the last batch first: its ads are what the user came to see
    QList<int> older;
    quint64 batch = m_batch;
    for (const AdItem& ad : m_session.board().ads())
        if (ad.isShown() && ad.batch)
            batch = ad.batch->id;
    for (const AdItem& ad : m_session.board().ads())
        if (ad.isShown())
            (ad.batch && ad.batch->id == batch ? newest : older).append(ad.number);
    if (std::exchange(m_batch, batch) != batch)
        m_arranged = false;
    const QList<int> all = newest + older;
    for (int& number : m_numbers)
        if (!m_arranged || !all.contains(number))
            number = 0;
    for (const int candidate : all) {
        const bool shown
            = std::find(m_numbers.begin(), m_numbers.end(), candidate) != m_numbers.end();
        const auto hole = std::find(m_numbers.begin(), m_numbers.end(), 0);
        if (!shown && hole != m_numbers.end())
            *hole = candidate;
    }
    showCards();
}

void ComparePage::showCards()
{
    const QList<int> all = shownNumbers();
    m_stack->setCurrentIndex(all.isEmpty() ? 1 : 0);
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
    showFacts();
}

void ComparePage::showFacts()
{
    const AdItem* ad = adOf(m_active);
    const QString none = noValue();
    const QLocale locale;
    m_titleText->setText(ad ? ad->title : none);
    m_facts->setValue(Name, ad ? ad->name() : none);
    m_facts->setValue(Seed, ad ? QString::number(ad->seed) : none);
    const AdBatch* batch = ad ? ad->batch.get() : nullptr;
    const int clicks = batch ? static_cast<int>(batch->request.brief.history.size()) : 0;
    m_facts->setValue(For,
                      !batch                        ? none
                          : clicks == 0             ? tr("without history")
                          : batch->person.isEmpty() ? tr("%n click(s)", nullptr, clicks)
                                                    : batch->person);
    const auto number = [&](float value) { return locale.toString(value, 'f', 2); };
    m_facts->setValue(Hold, batch ? number(batch->request.controlStrength) : none);
    m_facts->setValue(Guidance, batch ? number(batch->request.guidanceScale) : none);
    m_facts->setValue(Variety, batch ? number(batch->request.image.temperature) : none);
    const Timings times = ad ? ad->ad.timings : Timings();
    const double seconds = times.preference + times.title + times.image + times.decode;
    m_facts->setValue(Time, seconds > 0 ? Messages::duration(seconds) : none);
    m_facts->setValue(Model, ad && !ad->model.name.empty() ? toQString(ad->model.name) : none);
    const bool demo = ad && ad->model.quality == "demo";
    m_modelNote->setText(demo ? tr("Made by a demo model: good for learning the studio, not for "
                                   "publishing.")
                              : tr("The product is laid over the picture pixel for pixel."));
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
    const auto shown = std::find(m_numbers.begin(), m_numbers.begin() + cardCount(), number);
    int& active = m_numbers[static_cast<std::size_t>(m_active)];
    if (shown != m_numbers.begin() + cardCount())
        std::swap(*shown, active);
    else
        active = number;
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
    std::swap(m_numbers[0], m_numbers[1]);
    showCards();
}

void ComparePage::step(int direction)
{
    const QList<int> all = shownNumbers();
    if (all.size() <= cardCount())
        return;
    qsizetype at = all.indexOf(m_numbers[static_cast<std::size_t>(m_active)]);
    const auto end = m_numbers.begin() + cardCount();
    do {
        at = (at + direction + all.size()) % all.size();
    } while (std::find(m_numbers.begin(), end, all[at]) != end);
    put(all[at]);
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
            m_mode->setCurrent(1 - m_mode->current());
            arrange();
            return fill();
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

void ComparePage::retranslate()
{
    m_saveAll->setText(tr("Save all…"));
    m_saveOne->setText(tr("Save this ad…"));
    const int mode = m_mode->count() > 0 ? m_mode->current() : 0;
    m_mode->setChoices({ tr("2-up"), tr("4-up") });
    m_mode->setCurrent(mode);
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
    m_inspector->setTitle(tr("Chosen ad"));
    m_titleName->setText(tr("Title"));
    const QStringList names{ tr("Ad"),       tr("Seed"),    tr("For"),  tr("Product hold"),
                             tr("Guidance"), tr("Variety"), tr("Time"), tr("Model") };
    for (int i = 0; i < names.size(); ++i)
        m_facts->setName(i, names[i]);
    showCards();
}

} // namespace adtailor
