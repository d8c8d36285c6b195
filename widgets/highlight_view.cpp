// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/highlight_view.h"

#include "widgets/look.h"
#include "widgets/paint_helpers.h"
#include "widgets/status_pill.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

int padding()
{
    return scaled(10);
}

double wordLine()
{
    return scaled(21);
}

bool isHan(QChar character)
{
    return character.script() == QChar::Script_Han;
}

bool needsGap(const QString& before, const QString& after)
{
    if (before.isEmpty() || after.isEmpty() || before.back().isSpace() || after.front().isSpace())
        return false;
    if (after.front().isPunct() && after.front() != QLatin1Char('(')
        && after.front() != QLatin1Char('+'))
        return false;
    // Full-width punctuation brings its own space.
    const ushort last = before.back().unicode();
    if ((last >= 0x3000 && last <= 0x303F) || (last >= 0xFF00 && last <= 0xFFEF))
        return false;
    return !(isHan(before.back()) && isHan(after.front()));
}

QColor inkOf(HighlightView::Word::Kind kind)
{
    using Kind = HighlightView::Word::Kind;
    switch (kind) {
    case Kind::Muted:
        return colors().textMuted;
    case Kind::KeptStrong:
    case Kind::KeptWeak:
    case Kind::Person:
        return colors().personText;
    case Kind::Plain:
    case Kind::Brief:
        break;
    }
    return colors().text;
}

// Between the five colours of the ramp.
QColor heatColor(double weight)
{
    const auto& ramp = colors().heat;
    const double place = std::clamp(weight, 0.0, 1.0) * (ramp.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(place), ramp.size() - 2);
    const double part = place - double(low);
    const auto mix = [part](int a, int b) { return int(std::lround(a + (b - a) * part)); };
    const QColor& a = ramp[low];
    const QColor& b = ramp[low + 1];
    return { mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()) };
}

} // namespace

HighlightView::HighlightView(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void HighlightView::setPicture(const QImage& picture)
{
    m_picture = picture;
    setFocusPolicy(picture.isNull() ? Qt::NoFocus : Qt::StrongFocus);
    updateGeometry();
    update();
}

void HighlightView::setPatches(int side, const std::vector<float>& weights)
{
    m_side = std::clamp(side, 1, 64);
    const auto cells = static_cast<std::size_t>(m_side) * static_cast<std::size_t>(m_side);
    m_patches = weights.size() == cells ? weights : std::vector<float>();
    describe();
    update();
}

void HighlightView::setWords(const std::vector<Word>& words)
{
    std::vector<Word> pieces;
    QString text;
    for (const Word& word : words) {
        if (needsGap(text, word.text))
            pieces.push_back({ QStringLiteral(" "), Word::Kind::Muted });
        pieces.push_back(word);
        text = word.text;
    }
    setText(pieces);
}

void HighlightView::setText(const std::vector<Word>& pieces)
{
    m_text.clear();
    m_runs.clear();
    for (const Word& piece : pieces) {
        m_runs.push_back({ int(m_text.size()), int(piece.text.size()), piece.kind });
        m_text += piece.text;
    }
    m_text.replace(QLatin1Char('\n'), QChar::LineSeparator); // as QTextLayout breaks lines
    describe();
    updateGeometry();
    update();
}

void HighlightView::setHeading(const QString& text)
{
    m_heading = text;
    describe();
    update();
}

void HighlightView::setWeight(double weight)
{
    m_weight = weight;
    describe();
    update();
}

void HighlightView::setFooter(const QString& text)
{
    m_footer = text;
    describe();
    updateGeometry();
    update();
}

void HighlightView::setMode(Mode mode)
{
    m_mode = mode;
    update();
}

void HighlightView::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

void HighlightView::describe()
{
    QStringList parts{ m_heading, m_text };
    if (m_weight >= 0)
        parts.insert(1, tr("weight %1").arg(QLocale().toString(m_weight, 'f', 2)));
    if (!m_patches.empty()) {
        const auto kept
            = std::count_if(m_patches.begin(), m_patches.end(), [](float w) { return w > 0; });
        parts << tr("%1 of %2 patches kept").arg(kept).arg(m_patches.size());
    }
    parts.removeAll(QString());
    setAccessibleName(m_heading.isEmpty() ? tr("Words by their source") : m_heading);
    setAccessibleDescription(parts.join(QStringLiteral(". ")));
}

int HighlightView::pictureSide(int width) const
{
    return m_picture.isNull() ? 0 : std::clamp(int(width * 0.4), scaled(72), scaled(138));
}

int HighlightView::heightForWidth(int width) const
{
    const int side = pictureSide(width);
    const int left = padding() + (side ? side + scaled(12) : 0);
    double height = layoutWords(width - left - padding(), nullptr, {});
    if (!m_heading.isEmpty() || m_weight >= 0)
        height += scaled(22 + 14);
    if (!m_footer.isEmpty())
        height += scaled(24);
    return int(std::ceil(std::max(height, double(side)))) + 2 * padding();
}

QSize HighlightView::sizeHint() const
{
    const int width = scaled(m_picture.isNull() ? 280 : 348);
    return { width, heightForWidth(width) };
}

QSize HighlightView::minimumSizeHint() const
{
    const int width = scaled(m_picture.isNull() ? 160 : 240);
    return { width, scaled(m_picture.isNull() ? 40 : 100) };
}

// Lays the words out and, with a painter, paints them. Returns the height.
double HighlightView::layoutWords(double width, QPainter* painter, const QPointF& origin) const
{
    if (m_text.isEmpty())
        return 0;
    QTextLayout layout(m_text, typeFont(Type::Body));
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    for (const Run& run : m_runs) {
        QTextCharFormat format;
        format.setForeground(inkOf(run.kind));
        formats.append({ run.start, run.length, format });
    }
    layout.setFormats(formats);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(20.0, width));
        line.setPosition({ 0, y + (wordLine() - line.height()) / 2 });
        y += wordLine();
    }
    layout.endLayout();
    if (!painter)
        return y;
    const auto eachBox = [&](const Run& run, const auto& paint) {
        for (int i = 0; i < layout.lineCount(); ++i) {
            const QTextLine line = layout.lineAt(i);
            const int from = std::max(run.start, line.textStart());
            int to = std::min(run.start + run.length, line.textStart() + line.textLength());
            while (to > from && m_text.at(to - 1).isSpace())
                --to; // the blank at a line's end hangs out
            if (from < to) {
                const double base = origin.y() + line.y() + line.ascent();
                const double left = line.cursorToX(from);
                paint(QRectF(origin.x() + left, base - scaled(13), line.cursorToX(to) - left,
                             scaled(18)));
            }
        }
    };
    for (const Run& run : m_runs)
        if (run.kind == Word::Kind::KeptStrong)
            eachBox(run, [&](const QRectF& box) {
                painter->fillRect(box.adjusted(-2, 0, 2, 0), colors().personSoft);
            });
    layout.draw(painter, origin);
    for (const Run& run : m_runs) {
        if (run.kind == Word::Kind::Plain || run.kind == Word::Kind::Muted
            || run.kind == Word::Kind::Person)
            continue;
        const bool brief = run.kind == Word::Kind::Brief;
        QPen pen(brief ? colors().accent : colors().person, 2, Qt::SolidLine, Qt::FlatCap);
        if (run.kind == Word::Kind::KeptWeak)
            pen.setDashPattern({ 1, 1 });
        painter->setPen(pen);
        eachBox(run, [&](const QRectF& box) {
            const double line = std::round(box.bottom()) - 1;
            painter->drawLine(QPointF(box.left(), line), QPointF(box.right(), line));
        });
    }
    return y;
}

void HighlightView::paintEvent(QPaintEvent*)
{
    const Colors& c = colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_selected ? c.accent : c.divider, m_selected ? 2 : 1));
    painter.setBrush(m_picture.isNull() ? c.raised : c.panel);
    const double inset = m_selected ? 1 : 0.5;
    const double radius = Look::current().sizes.radiusControl;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);

    QRectF words = QRectF(rect()).adjusted(padding(), padding(), -padding(), -padding());
    if (const int side = pictureSide(width())) {
        paintPicture(painter, QRectF(words.x(), words.y(), side, side));
        words.setLeft(words.left() + side + scaled(12));
    }
    if (!m_heading.isEmpty() || m_weight >= 0) {
        paintWeight(painter, QRectF(words.x(), words.y(), words.width(), scaled(20)));
        words.setTop(words.top() + scaled(22 + 14));
    }
    layoutWords(words.width(), &painter, words.topLeft());
    if (!m_footer.isEmpty()) {
        painter.setFont(typeFont(Type::Small));
        painter.setPen(c.textMuted);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignBottom, m_footer);
    }
}

void HighlightView::paintWeight(QPainter& painter, const QRectF& line) const
{
    double taken = 0;
    if (!m_heading.isEmpty()) {
        const QSize size = StatusPill::pillSize(StatusKind::Person, m_heading);
        taken = size.width() + scaled(6);
        StatusPill::paintPill(painter, QRect(line.topLeft().toPoint(), size), StatusKind::Person,
                              m_heading);
    }
    if (m_weight < 0)
        return;
    const QString number = QLocale().toString(m_weight, 'f', 2);
    painter.setFont(typeFont(Type::Number));
    painter.setPen(colors().text);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, number);
    const double digits = painter.fontMetrics().horizontalAdvance(number) + scaled(6);
    painter.setFont(typeFont(Type::Small));
    painter.setPen(colors().textMuted);
    const QString word = tr("weight"); // gives way in a narrow card
    if (taken + digits + painter.fontMetrics().horizontalAdvance(word) <= line.width())
        painter.drawText(line.adjusted(0, 0, -digits, 0), Qt::AlignRight | Qt::AlignVCenter, word);
    paintMeter(painter, QRectF(line.x(), line.bottom() + scaled(4), line.width(), 6), m_weight,
               colors().person);
}

void HighlightView::paintPicture(QPainter& painter, const QRectF& box) const
{
    // Patches are square cells of the whole picture, so it is shown uncropped in shape.
    paintScaled(painter, box, m_picture, QRectF(m_picture.rect()));
    if (m_mode != Mode::Off && !m_patches.empty())
        paintHeat(painter, box);
}

void HighlightView::paintHeat(QPainter& painter, const QRectF& box) const
{
    const auto edge = [&](double start, double length, int i) {
        return std::round(start + length * i / m_side);
    };
    const auto kept = [this](int row, int column) {
        return row >= 0 && column >= 0 && row < m_side && column < m_side
            && m_patches[static_cast<std::size_t>(row * m_side + column)] > 0;
    };
    const auto& ramp = colors().heat;
    QColor veil = colors().scrim;
    veil.setAlphaF(0.62f);
    QColor rim = ramp.front().lightness() > ramp.back().lightness() ? ramp[1] : ramp[4];
    for (int row = 0; row < m_side; ++row) {
        for (int column = 0; column < m_side; ++column) {
            const double left = edge(box.x(), box.width(), column);
            const double top = edge(box.y(), box.height(), row);
            const QRectF cell(left, top, edge(box.x(), box.width(), column + 1) - left,
                              edge(box.y(), box.height(), row + 1) - top);
            if (!kept(row, column)) {
                painter.fillRect(cell, veil);
                continue;
            }
            if (m_mode == Mode::Heat) {
                QColor heat = heatColor(m_patches[static_cast<std::size_t>(row * m_side + column)]);
                heat.setAlphaF(0.55f);
                painter.fillRect(cell, heat);
            }
            const double thick = 1.5;
            if (!kept(row - 1, column))
                painter.fillRect(QRectF(cell.x(), cell.y(), cell.width(), thick), rim);
            if (!kept(row + 1, column))
                painter.fillRect(QRectF(cell.x(), cell.bottom() - thick, cell.width(), thick), rim);
            if (!kept(row, column - 1))
                painter.fillRect(QRectF(cell.x(), cell.y(), thick, cell.height()), rim);
            if (!kept(row, column + 1))
                painter.fillRect(QRectF(cell.right() - thick, cell.y(), thick, cell.height()), rim);
        }
    }
}

void HighlightView::mouseReleaseEvent(QMouseEvent* event)
{
    QWidget::mouseReleaseEvent(event);
    if (!m_picture.isNull())
        emit activated();
}

void HighlightView::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::NoModifier
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        emit activated();
        return;
    }
    QWidget::keyPressEvent(event);
}

void HighlightView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace adtailor
