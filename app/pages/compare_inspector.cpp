// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/compare_inspector.h"

#include "app/messages.h"
#include "app/qt_types.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/patch_map.h"
#include "widgets/score_matrix.h"
#include "widgets/segments.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace adtailor {

namespace {

enum Share { Upper, Lower, ProductPart };
enum Fact { Name, Seed, For, Hold, Guidance, Variety, Time, Model };
constexpr double sameDistance = 0.02; // smaller differences of PBS are not named

QString kinship(double score)
{
    if (score >= 0.8)
        return CompareInspector::tr("Nearly the same background.");
    if (score >= 0.5)
        return CompareInspector::tr("Related, not the same.");
    return score >= 0.2 ? CompareInspector::tr("Little in common.")
                        : CompareInspector::tr("Different backgrounds.");
}

std::optional<AdItem> copyOf(const AdItem* ad)
{
    return ad ? std::optional(*ad) : std::nullopt;
}

qint64 keyOf(const std::optional<AdItem>& ad)
{
    return ad ? ad->best().cacheKey() : 0;
}

Image placedOf(const AdItem& ad)
{
    return ad.batch && !ad.composite.isNull() ? ad.batch->request.brief.product.cutout : Image();
}

} // namespace

CompareInspector::CompareInspector(AdScores& scores, QWidget* parent)
    : QWidget(parent)
    , m_scores(scores)
    , m_panel(new Panel)
{
    fillWith(this, m_panel);
    buildMatrix();
    buildDifference();
    QVBoxLayout* chosen = m_panel->addSection();
    m_chosenName = makeLabel("section");
    chosen->addWidget(m_chosenName);
    m_facts = new Facts;
    for (const bool number : { true, true, false, true, true, true, true, false })
        m_facts->addFact(number);
    chosen->addWidget(m_facts);
    m_modelNote = makeLabel("hint");
    m_modelNote->setWordWrap(true);
    chosen->addWidget(m_modelNote);
    connect(&m_scores, &AdScores::changed, this, &CompareInspector::showMatrix);
    connect(&m_scores.desk(), &ScoreDesk::mapChanged, this, &CompareInspector::showDifference);
    retranslate();
}

void CompareInspector::buildMatrix()
{
    QVBoxLayout* section = m_panel->addSection();
    m_message = new MessageBar;
    m_message->setStacked(true);
    section->addWidget(m_message);
    m_matrix = new ScoreMatrix;
    section->addWidget(m_matrix);
    m_sentence = makeLabel("body");
    m_sentence->setWordWrap(true);
    m_closer = makeLabel("person");
    m_closer->setWordWrap(true);
    section->addWidget(m_sentence);
    section->addWidget(m_closer);
    const auto choose = [this](int row, int column) {
        if (row == column || column >= static_cast<int>(m_ads.size()))
            return; // the diagonal, or the column of the clicks
        emit pairChosen(m_ads[static_cast<std::size_t>(row)].number,
                        m_ads[static_cast<std::size_t>(column)].number);
    };
    connect(m_matrix, &ScoreMatrix::cellChosen, this, choose);
    connect(m_message, &MessageBar::buttonClicked, &m_scores.desk(), &ScoreDesk::retry);
}

void CompareInspector::buildDifference()
{
    QVBoxLayout* section = m_panel->addSection();
    auto* head = new QHBoxLayout;
    m_differName = makeLabel("section");
    m_look = new Segments;
    head->addWidget(m_differName, 1);
    head->addWidget(m_look);
    section->addLayout(head);
    section->addSpacing(scaled(4));
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(12));
    m_map = new PatchMap;
    m_map->setFixedSize(scaled(132), scaled(132));
    row->addWidget(m_map, 0, Qt::AlignTop);
    m_shares = new Facts;
    for (int i = 0; i < 3; ++i)
        m_shares->addFact(true);
    row->addWidget(m_shares, 1, Qt::AlignTop);
    section->addLayout(row);
    connect(m_look, &Segments::currentChanged, this, &CompareInspector::showDifference);
}

void CompareInspector::setAds(const std::vector<AdItem>& ads, const AdItem* a, const AdItem* b)
{
    m_ads = ads;
    m_a = copyOf(a);
    m_b = copyOf(b);
    std::vector<const AdItem*> wanted;
    for (const AdItem& ad : m_ads)
        wanted.push_back(&ad);
    m_scores.want(wanted);
    if (m_a && m_b)
        m_scores.desk().wantMap(ScoredPicture::of(m_a->best()), ScoredPicture::of(m_b->best()));
    measurePixels();
    showMatrix();
    showDifference();
}

void CompareInspector::setChosen(const AdItem* ad)
{
    m_chosen = copyOf(ad);
    showFacts();
}

void CompareInspector::showMatrix()
{
    QStringList names, numbers;
    ScoreMatrix::Values values, toClicks;
    int rowA = -1, columnB = -1;
    for (const AdItem& left : m_ads) {
        if (m_a && left.number == m_a->number)
            rowA = static_cast<int>(names.size());
        if (m_b && left.number == m_b->number)
            columnB = static_cast<int>(names.size());
        names.append(left.name());
        numbers.append(QString::number(left.number));
        for (const AdItem& right : m_ads)
            values.push_back(m_scores.between(left, right));
        toClicks.push_back(m_scores.value(left, Metric::Pbs));
    }
    m_matrix->setScores(names, numbers, values);
    if (m_scores.referenceCount() > 0)
        m_matrix->setExtraColumn(tr("Clicks"), toClicks);
    m_matrix->setCurrent(rowA, columnB);
    using State = ScoreDesk::State;
    const ScoreDesk& desk = m_scores.desk();
    if (desk.state() == State::NotInstalled)
        m_message->showMessage(MessageBar::Kind::Info,
                               tr("Background similarity is not installed."),
                               toQString(desk.error().detail), { tr("Try again") });
    else if (desk.state() == State::Failed)
        m_message->showMessage(MessageBar::Kind::Error, Messages::forError(desk.error()).sentence,
                               toQString(desk.error().detail), { tr("Try again") });
    else
        m_message->clear();
    m_matrix->setVisible(desk.state() != State::NotInstalled && !m_ads.empty());
    showSentence();
}

void CompareInspector::showSentence()
{
    const QLocale locale;
    const auto between = m_a && m_b ? m_scores.between(*m_a, *m_b) : std::nullopt;
    const bool measuring = m_scores.desk().state() == ScoreDesk::State::Working;
    if (between)
        m_sentence->setText(
            tr("A and B: %1. %2").arg(locale.toString(*between, 'f', 2), kinship(*between)));
    else if (!m_a || !m_b)
        m_sentence->setText(tr("With two ads their backgrounds are compared here."));
    else
        m_sentence->setText(measuring ? tr("Comparing the backgrounds…") : QString());
    m_sentence->setVisible(!m_sentence->text().isEmpty());

    const auto toA = m_a ? m_scores.value(*m_a, Metric::Pbs) : std::nullopt;
    const auto toB = m_b ? m_scores.value(*m_b, Metric::Pbs) : std::nullopt;
    m_closer->setVisible(toA && toB);
    if (!toA || !toB)
        return;
    const double gap = *toA - *toB;
    const QString who = m_scores.referenceName();
    if (std::abs(gap) < sameDistance)
        m_closer->setText(tr("Both are equally close to the clicks of %1.").arg(who));
    else
        m_closer->setText((gap > 0 ? tr("A is closer to the clicks of %1 by %2.")
                                   : tr("B is closer to the clicks of %1 by %2."))
                              .arg(who, locale.toString(std::abs(gap), 'f', 2)));
}

// On the pool: a million pixels twice.
void CompareInspector::measurePixels()
{
    const std::pair pair{ keyOf(m_a), keyOf(m_b) };
    if (pair == m_measured)
        return;
    m_measured = pair;
    m_pixels.reset();
    if (!m_a || !m_b)
        return;
    QtConcurrent::run(comparePictures, m_a->best(), placedOf(*m_a), m_b->best(), placedOf(*m_b))
        .then(this, [this, pair](const PictureDifference& found) {
            if (pair != m_measured)
                return; // another pair meanwhile
            m_pixels = found;
            showDifference();
        });
}

void CompareInspector::showDifference()
{
    const bool patches = m_look->current() == 0;
    const auto& map = m_scores.desk().map();
    const bool pair = m_a && m_b;
    m_map->setCells(0, {});
    if (!pair)
        m_map->setNote(tr("Choose two ads."));
    else if (patches && !map)
        m_map->setNote(m_scores.desk().state() == ScoreDesk::State::NotInstalled
                           ? tr("Not installed.")
                           : tr("Comparing…"));
    else if (!patches && !m_pixels)
        m_map->setNote(tr("Comparing…"));
    else {
        m_map->setNote({});
        m_map->setPicture(patches ? m_a->best() : m_pixels->picture);
        if (patches)
            m_map->setCells(map->side, map->cells, map->extent);
    }
    m_map->setAccessibleName(patches ? tr("Where the backgrounds of A and B differ, by patches")
                                     : tr("Where A and B differ, by pixels"));
    const auto percent
        = [this](double share) { return tr("%1 %").arg(QLocale().toString(share * 100, 'f', 0)); };
    const bool known = pair && m_pixels;
    m_shares->setValue(Upper, known ? percent(m_pixels->upper) : noValue());
    m_shares->setValue(Lower, known ? percent(m_pixels->lower) : noValue());
    if (!known || !m_pixels->hasProduct)
        m_shares->setValue(ProductPart, noValue());
    else
        m_shares->setValue(ProductPart, percent(m_pixels->product));
    m_shares->setToolTip(tr("Shares of the difference between the pixels."));
}

void CompareInspector::showFacts()
{
    const std::optional<AdItem>& ad = m_chosen;
    const QString none = noValue();
    const QLocale locale;
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

void CompareInspector::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void CompareInspector::retranslate()
{
    m_panel->setTitle(tr("Background similarity (PBS)"));
    m_matrix->setAccessibleName(tr("Background similarity of the candidates"));
    m_matrix->setEnds(tr("0 different"), tr("1 same"));
    m_differName->setText(tr("Where A and B differ"));
    const int look = m_look->count() > 0 ? m_look->current() : 0;
    m_look->setChoices({ tr("Patches"), tr("Pixels") });
    m_look->setCurrent(look);
    m_shares->setName(Upper, tr("Upper half"));
    m_shares->setName(Lower, tr("Lower half"));
    m_shares->setName(ProductPart, tr("Product"));
    m_chosenName->setText(tr("Chosen ad"));
    const QStringList names{ tr("Ad"),       tr("Seed"),    tr("For"),  tr("Product hold"),
                             tr("Guidance"), tr("Variety"), tr("Time"), tr("Model") };
    for (int i = 0; i < names.size(); ++i)
        m_facts->setName(i, names[i]);
    showMatrix();
    showDifference();
    showFacts();
}

} // namespace adtailor
