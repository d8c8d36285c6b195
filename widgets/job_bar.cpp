// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job_bar.h"

#include "widgets/icon.h"
#include "widgets/key_button.h"
#include "widgets/look.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QStyle>
#include <QVBoxLayout>
#include <QtMath>

#include <algorithm>

namespace adtailor {

// The stages in one line: done with a tick and seconds, current with a full knot, later empty.
class JobBar::Chain final : public QWidget
{
public:
    struct Stage
    {
        QString name;
        double seconds = -1;
    };

    std::vector<Stage> stages;
    int current = -1;
    QString text, note;
    State state = State::Idle;

    Chain()
    {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        setAccessibleName(JobBar::tr("Steps of this job"));
    }
    QSize sizeHint() const override { return { scaled(300), scaled(22) }; }
    QSize minimumSizeHint() const override { return { scaled(120), scaled(22) }; }

    QString numberOf(int i) const
    {
        const Stage& stage = stages[static_cast<std::size_t>(i)];
        if (i == current && !note.isEmpty())
            return note;
        return stage.seconds < 0
            ? QString()
            : JobBar::tr("%1 s").arg(QLocale().toString(stage.seconds, 'f', 1));
    }
    QString nameOf(int i) const
    {
        return i == current && !text.isEmpty() ? text : stages[static_cast<std::size_t>(i)].name;
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const int count = int(stages.size());
        const Detail detail = fitting();
        const double free = width() - needed(detail);
        const double stitch = count > 1
            ? std::clamp(free / (count - 1) + scaled(22), double(scaled(8)), double(scaled(60)))
            : 0;
        double x = 0;
        for (int i = 0; i < count; ++i) {
            x = paintStage(painter, i, x, detail);
            if (i + 1 < count)
                paintStitch(painter, x + scaled(6), x + stitch - scaled(6));
            x += stitch;
        }
    }

private:
    // What is shown when room gets short: seconds go first, then the names of other stages.
    enum class Detail { All, Names, CurrentName };

    Detail fitting() const
    {
        for (Detail detail : { Detail::All, Detail::Names })
            if (needed(detail) <= width())
                return detail;
        return Detail::CurrentName;
    }

    QFont nameFont(int i) const { return typeFont(i == current ? Type::Strong : Type::Body); }

    double stageWidth(int i, Detail detail) const
    {
        if (detail == Detail::CurrentName && i != current)
            return scaled(14);
        double width = scaled(20) + QFontMetricsF(nameFont(i)).horizontalAdvance(nameOf(i));
        const QString number = numberOf(i);
        if (detail == Detail::All && !number.isEmpty())
            width += scaled(6) + QFontMetricsF(typeFont(Type::Number)).horizontalAdvance(number);
        return width;
    }

    // With stitches of 22 pixels.
    double needed(Detail detail) const
    {
        double width = 0;
        for (int i = 0; i < int(stages.size()); ++i)
            width += stageWidth(i, detail) + (i ? scaled(22) : 0);
        return width;
    }

    double paintStage(QPainter& painter, int i, double x, Detail detail) const
    {
        const bool done = i < current || state == State::Done;
        const bool now = i == current && !done;
        paintKnot(painter, QPointF(x + scaled(7), height() / 2.0), done, now);
        if (detail == Detail::CurrentName && i != current)
            return x + stageWidth(i, detail);
        painter.setFont(nameFont(i));
        painter.setPen(now || done ? colors().text : colors().textMuted);
        const QString name = nameOf(i);
        QRectF box(x + scaled(20), 0, painter.fontMetrics().horizontalAdvance(name) + 1, height());
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, name);
        if (const QString number = numberOf(i); detail == Detail::All && !number.isEmpty()) {
            painter.setFont(typeFont(Type::Number));
            painter.setPen(colors().textMuted);
            painter.drawText(QRectF(box.right() + scaled(5), 0, width(), height()),
                             Qt::AlignVCenter | Qt::AlignLeft, number);
        }
        return x + stageWidth(i, detail);
    }

    void paintKnot(QPainter& painter, const QPointF& centre, bool done, bool now) const
    {
        const double half = scaled(7);
        const QRectF box(centre.x() - half, centre.y() - half, 2 * half, 2 * half);
        if (done)
            return paintIcon(painter, box, QStringLiteral("ok"), colors().success);
        if (now && state == State::Failed)
            return paintIcon(painter, box, QStringLiteral("error"), colors().error);
        const bool stopped = state == State::Stopped || state == State::Idle;
        const double radius = scaled(now ? 4.5 : 4);
        painter.setPen(now && !stopped ? QPen(Qt::NoPen) : QPen(colors().outline, 1.25));
        painter.setBrush(now && !stopped ? QBrush(colors().accent) : QBrush(Qt::NoBrush));
        painter.drawEllipse(centre, radius, radius);
    }

    void paintStitch(QPainter& painter, double from, double to) const
    {
        if (to <= from)
            return;
        QPen pen(colors().outline, 1, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({ 4, 2 });
        painter.setPen(pen);
        const double y = std::floor(height() / 2.0) + 0.5;
        painter.drawLine(QPointF(from, y), QPointF(to, y));
    }
};

JobBar::JobBar(QWidget* parent)
    : QWidget(parent)
    , m_chain(new Chain)
    , m_progress(new QProgressBar)
    , m_timeLeft(new QLabel)
    , m_rate(new QLabel)
{
    m_stop = new KeyButton(tr("Stop, keep as draft"));
    m_stop->setIconName(QStringLiteral("stop"));
    m_stop->setKey(Qt::Key_Escape);
    connect(m_stop, &QPushButton::clicked, this, &JobBar::stopRequested);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    m_timeLeft->setTextFormat(Qt::PlainText);
    m_rate->setProperty("role", QStringLiteral("rate"));
    m_rate->hide();
    m_progress->setMinimumWidth(scaled(96));

    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(14));
    row->addWidget(m_progress, 1);
    row->addWidget(m_timeLeft);
    row->addWidget(m_rate);
    row->addWidget(m_stop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaledMargins(20, 8, 20, 10));
    column->setSpacing(scaled(8));
    column->addWidget(m_chain);
    column->addLayout(row);
    refresh();
}

void JobBar::setStages(const QStringList& names)
{
    m_chain->stages.clear();
    for (const QString& name : names)
        m_chain->stages.push_back({ name, -1 });
    m_chain->current = -1;
    m_chain->text.clear();
    m_chain->note.clear();
    refresh();
}

void JobBar::setCurrentStage(int index, const QString& text, const QString& note)
{
    m_chain->current = std::clamp(index, -1, int(m_chain->stages.size()) - 1);
    m_chain->text = text;
    m_chain->note = note;
    refresh();
}

void JobBar::setStageSeconds(int index, double seconds)
{
    if (index < 0 || index >= int(m_chain->stages.size()))
        return;
    m_chain->stages[static_cast<std::size_t>(index)].seconds = seconds;
    m_chain->update();
}

void JobBar::setProgress(int done, int total)
{
    // A range of 0 to 0 would start Qt's endless animation.
    m_progress->setRange(0, std::max(1, total));
    m_progress->setValue(total > 0 ? std::clamp(done, 0, total) : 0);
}

void JobBar::setTimeLeft(const QString& text)
{
    m_timeText = text;
    refresh();
}

void JobBar::setRate(double tokensPerSecond)
{
    m_hasRate = tokensPerSecond > 0;
    m_rate->setVisible(m_hasRate && !isNarrow());
    m_rate->setText(
        tr("%1 tokens/s")
            .arg(QLocale().toString(tokensPerSecond, 'f', tokensPerSecond < 10 ? 1 : 0)));
}

void JobBar::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    refresh();
}

void JobBar::setStopText(const QString& text)
{
    m_stop->setText(text);
}

bool JobBar::isNarrow() const
{
    return width() < scaled(700);
}

// The rate and the key's hint make room before the bar does.
void JobBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_rate->setVisible(m_hasRate && !isNarrow());
    m_stop->setKeyVisible(!isNarrow());
}

void JobBar::refresh()
{
    const bool active = m_state == State::Running || m_state == State::Stopping;
    m_stop->setVisible(active);
    m_stop->setEnabled(m_state == State::Running);
    m_timeLeft->setText(m_state == State::Stopping ? tr("Stopping…") : m_timeText);
    const QString kind = m_state == State::Stopped || m_state == State::Failed
        ? QStringLiteral("stopped")
        : QString();
    if (m_progress->property("kind").toString() != kind) {
        m_progress->setProperty("kind", kind);
        m_progress->style()->unpolish(m_progress);
        m_progress->style()->polish(m_progress);
    }
    m_chain->state = m_state;
    const int stage = m_chain->current;
    m_chain->setAccessibleDescription(stage < 0 ? QString()
                                                : m_chain->nameOf(stage) + QLatin1Char(' ')
                                              + m_chain->numberOf(stage));
    m_chain->update();
}

QString JobBar::timeLeftText(double seconds)
{
    if (seconds < 0)
        return tr("measuring");
    if (seconds < 90)
        return tr("%1 s left").arg(std::max(1, qCeil(seconds)));
    if (seconds < 90 * 60)
        return tr("%1 min left").arg(qCeil(seconds / 60));
    return tr("%1 h left").arg(QLocale().toString(seconds / 3600, 'f', 1));
}

} // namespace adtailor
