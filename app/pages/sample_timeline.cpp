// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/sample_timeline.h"

#include "app/pages/page_parts.h"
#include "widgets/look.h"
#include "widgets/thumbnail_view.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QSlider>

namespace adtailor {

namespace {

constexpr int pictureSide = 88; // of the product and the clicked ad
constexpr int mostComing = 60; // hatched tiles of what is still to be drawn

QLabel* makePicture()
{
    auto* label = new QLabel;
    label->setAlignment(Qt::AlignCenter);
    return label;
}

void setPicture(QLabel* label, const QImage& image)
{
    const int side = scaled(pictureSide);
    const qreal ratio = label->devicePixelRatioF();
    label->setFixedSize(side, side);
    if (image.isNull()) {
        label->clear();
        return;
    }
    QPixmap pixmap = QPixmap::fromImage(
        image.scaled(QSize(side, side) * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(ratio);
    label->setPixmap(pixmap);
}

} // namespace

SampleTimeline::SampleTimeline(TrainingProcess& process, QWidget* parent)
    : QWidget(parent)
    , m_process(process)
{
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    QFrame* card = makeFrame("card");
    whole->addWidget(card);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(scaledMargins(16, 4, 16, 8));
    column->setSpacing(scaled(4));
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(8));
    m_name = makeLabel("panel");
    m_about = new ElidedLabel;
    m_about->setProperty("role", QStringLiteral("hint"));
    m_before = makeToolButton(QStringLiteral("chevron-left"));
    m_brief = makeLabel("hint");
    m_after = makeToolButton(QStringLiteral("chevron-right"));
    head->addWidget(m_name);
    head->addWidget(m_about, 1);
    head->addWidget(m_before);
    head->addWidget(m_brief);
    head->addWidget(m_after);
    column->addLayout(head);
    column->addWidget(makeLine());

    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(12));
    const auto addPicture = [&](QLabel*& picture, QLabel*& name) {
        auto* box = new QVBoxLayout;
        box->setSpacing(scaled(2));
        picture = makePicture();
        name = makeLabel("hint");
        box->addSpacing(scaled(4));
        box->addWidget(picture);
        box->addWidget(name);
        box->addStretch();
        row->addLayout(box);
    };
    addPicture(m_product, m_productName);
    addPicture(m_clicked, m_clickedName);
    row->addWidget(makeFrame("vline"));
    m_view = new ThumbnailView;
    m_view->setArrangement(ThumbnailView::Arrangement::Filmstrip);
    m_view->setNotes(true);
    m_view->setModel(&m_samples);
    m_view->setFixedHeight(scaled(96 + 30));
    row->addWidget(m_view, 1);
    column->addLayout(row);
    m_slider = new QSlider(Qt::Horizontal);
    m_title = new ElidedLabel;
    column->addWidget(m_slider);
    column->addWidget(m_title);

    connect(&process, &TrainingProcess::followed, this, [this] {
        m_newest = true;
        showRun();
    });
    connect(&process, &TrainingProcess::changed, this, &SampleTimeline::showRun);
    connect(m_view, &ThumbnailView::currentRowChanged, this, [this](int at) {
        if (!m_moving)
            m_newest = at == m_samples.drawnCount() - 1;
        show(at);
    });
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int at) { m_view->setCurrentIndex(m_samples.index(at)); });
    connect(&m_samples, &SampleListModel::read, this, [this](int at) {
        if (at == m_view->currentIndex().row())
            show(at);
    });
    connect(m_before, &QToolButton::clicked, this, [this] { turnBrief(-1); });
    connect(m_after, &QToolButton::clicked, this, [this] { turnBrief(1); });
}

void SampleTimeline::step(int direction)
{
    if (m_samples.drawnCount() > 0)
        m_slider->setValue(m_slider->value() + direction);
}

void SampleTimeline::turnBrief(int direction)
{
    const int count = m_samples.briefs();
    if (count < 1)
        return;
    m_samples.setBrief((m_samples.brief() + direction + count) % count);
    show(m_view->currentIndex().row());
}

// The tiles to come stand where the run will draw them.
void SampleTimeline::showRun()
{
    const TrainingRun& run = m_process.run();
    std::vector<qint64> coming;
    const qint64 every = run.settings[QStringLiteral("validate_every")].toInteger(500);
    if (every > 0 && run.state != RunState::Finished) {
        const qint64 last = run.samples.empty() ? 0 : run.samples.back();
        for (qint64 next = (last / every + 1) * every; next <= run.steps; next += every)
            if (coming.size() < mostComing)
                coming.push_back(next);
    }
    const int before = m_samples.drawnCount();
    const int row = m_view->currentIndex().row();
    m_moving = true;
    m_samples.setSamples(run.file(QStringLiteral("samples")), run.samples, coming);
    const int drawn = m_samples.drawnCount();
    m_slider->setMaximum(std::max(0, drawn - 1));
    m_slider->setEnabled(drawn > 1);
    if (drawn == 0)
        show(-1);
    else if (drawn != before || !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_samples.index(m_newest || row < 0 ? drawn - 1 : row));
    m_moving = false;
}

void SampleTimeline::show(int row)
{
    const TrainingSample* sample = m_samples.at(row);
    setPicture(m_product, sample ? sample->product : QImage());
    setPicture(m_clicked, sample ? sample->clicked : QImage());
    const int briefs = m_samples.briefs();
    m_brief->setText(briefs > 0 ? tr("Ad %1 of %2").arg(m_samples.brief() + 1).arg(briefs)
                                : QString());
    m_before->setEnabled(briefs > 1);
    m_after->setEnabled(briefs > 1);
    if (!sample)
        m_title->setFullText(m_samples.drawnCount() == 0
                                 ? tr("The first sample comes with the first held-out check.")
                                 : tr("Not drawn yet"));
    else if (sample->briefs < 0)
        m_title->setFullText(tr("The picture of step %1 cannot be read.").arg(sample->step));
    else
        m_title->setFullText(tr("“%1” at step %2").arg(sample->drawnTitle).arg(sample->step)
                             + pbsText(sample->step));
    if (sample)
        m_slider->setValue(row);
    emit stepShown(sample ? sample->step : -1);
}

QString SampleTimeline::pbsText(qint64 step) const
{
    for (const char* name : { "sample_pbs_history", "sample_pbs" })
        if (const auto pbs = m_process.metrics().at(step, QLatin1String(name)))
            return tr(" · PBS of these samples %1").arg(QLocale().toString(*pbs, 'f', 2));
    return {};
}

void SampleTimeline::retranslate()
{
    m_name->setText(tr("Samples"));
    m_about->setFullText(tr("same ads, same seed, at every held-out check"));
    describeButton(m_before, tr("The ad before"));
    describeButton(m_after, tr("The next ad"));
    m_productName->setText(tr("Product"));
    m_clickedName->setText(tr("Clicked ad"));
    m_clicked->setToolTip(tr("The ad that this person really clicked"));
    m_view->setAccessibleName(m_name->text());
    m_slider->setAccessibleName(tr("Step of the sample"));
    show(m_view->currentIndex().row());
}

} // namespace adtailor
