// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/kept_panel.h"

#include "app/qt_types.h"
#include "app/why_desk.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/palette_bar.h"
#include "widgets/patch_map.h"
#include "widgets/title_edit.h"

#include <QEvent>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace adtailor {

namespace {

QProgressBar* makeMeter()
{
    auto* meter = new QProgressBar;
    meter->setProperty("kind", QStringLiteral("person"));
    meter->setTextVisible(false);
    return meter;
}

// Words of the ad's title that the model had kept in a clicked one.
QStringList keptWords(const KeptParts& parts)
{
    QStringList words;
    for (const KeptItem& item : parts.items)
        for (const KeptWord& word : item.words)
            if (const QString text = word.text.trimmed(); word.weight > 0 && text.size() > 2)
                words.append(text);
    words.removeDuplicates();
    return words;
}

} // namespace

KeptPanel::KeptPanel(QWidget* parent)
    : QWidget(parent)
    , m_adPanel(new Panel)
{
    fillWith(this, m_adPanel);
    QVBoxLayout* ad = m_adPanel->addSection();
    m_picture = new PatchMap;
    m_picture->setFixedHeight(scaled(240));
    ad->addWidget(m_picture);
    m_title = new TitleEdit;
    m_title->setReadOnly(true);
    m_title->setReservedLines(1);
    ad->addWidget(m_title);
    m_titleKey = makeLabel("hint");
    m_titleKey->setWordWrap(true);
    ad->addWidget(m_titleKey);

    QVBoxLayout* kept = m_adPanel->addSection();
    m_keptName = makeLabel("section");
    m_patchText = makeLabel("secondary");
    m_patchBar = makeMeter();
    m_wordText = makeLabel("secondary");
    m_wordBar = makeMeter();
    m_paletteName = makeLabel("section");
    m_palette = new PaletteBar;
    for (QWidget* part : std::initializer_list<QWidget*>{
             m_keptName, m_patchText, m_patchBar, m_wordText, m_wordBar, m_paletteName, m_palette })
        kept->addWidget(part);
    m_caution = new MessageBar;
    m_caution->setStacked(true);
    m_adPanel->addSection()->addWidget(m_caution);
    retranslate();
}

void KeptPanel::show(const WhyDesk& desk)
{
    const AdItem* ad = desk.ad();
    m_adPanel->setTitle(ad ? tr("This ad") : tr("The next ad"));
    m_adPanel->setCount(ad ? ad->name() : QString());
    m_picture->setNote(ad ? QString() : tr("Not made yet: what it would be made from."));
    m_picture->setPicture(ad ? ad->best() : QImage());
    m_picture->setAccessibleName(ad ? ad->name() : tr("The next ad"));
    m_title->setTitle(ad ? ad->title : QString());
    m_title->setVisible(ad && !ad->title.isEmpty());
    m_titleKey->setVisible(m_title->isVisibleTo(this));
    showKept(desk);
}

void KeptPanel::showKept(const WhyDesk& desk)
{
    const KeptParts& parts = desk.parts();
    m_patchText->setText(tr("Picture patches: %1 of %2").arg(parts.keptPatches).arg(parts.patches));
    m_patchBar->setRange(0, std::max(1, parts.patches));
    m_patchBar->setValue(parts.keptPatches);
    m_wordText->setText(tr("Title words: %1 of %2").arg(parts.keptWords).arg(parts.words));
    m_wordBar->setRange(0, std::max(1, parts.words));
    m_wordBar->setValue(parts.keptWords);
    std::vector<std::pair<QColor, double>> colors;
    for (const Swatch& swatch : desk.palette())
        colors.emplace_back(swatch.color, swatch.share);
    m_palette->setColors(colors);
    if (const AdItem* ad = desk.ad()) {
        const QStringList points = toQStringList(desk.request().brief.product.sellingPoints);
        auto marks = TitleEdit::find(ad->title, points, TitleEdit::Mark::Kind::Brief);
        for (const TitleEdit::Mark& mark :
             TitleEdit::find(ad->title, keptWords(parts), TitleEdit::Mark::Kind::History)) {
            const bool free = std::none_of(marks.begin(), marks.end(), [&](const auto& other) {
                return mark.start < other.start + other.length
                    && other.start < mark.start + mark.length;
            });
            if (free)
                marks.push_back(mark);
        }
        m_title->setMarks(marks);
    }
}

void KeptPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void KeptPanel::retranslate()
{
    m_titleKey->setText(tr("Teal: from the brief. Plum: a word kept in a clicked title."));
    m_title->setAccessibleName(tr("Title of the ad"));
    m_keptName->setText(tr("What was kept"));
    m_paletteName->setText(tr("Palette of the kept patches"));
    m_palette->setAccessibleName(m_paletteName->text());
    m_caution->showMessage(MessageBar::Kind::Info, tr("The model kept these parts."),
                           tr("It does not mean they caused every detail: check with the twin."));
}

} // namespace adtailor
