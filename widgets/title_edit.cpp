// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/title_edit.h"

#include "widgets/look.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScopedValueRollback>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace adtailor {

TitleEdit::TitleEdit(QWidget* parent)
    : QTextEdit(parent)
{
    setProperty("role", QStringLiteral("title"));
    setAcceptRichText(false);
    setFrameStyle(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Ad title"));
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    QTextOption option = document()->defaultTextOption();
    // Breaks follow the Unicode line rules: no ，。！） at a line's start, no （《 at its end.
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDefaultTextOption(option);
    connect(this, &QTextEdit::textChanged, this, [this] {
        if (m_setting)
            return;
        trimToLimit();
        m_marks.clear(); // they belong to the old words until the page marks the new ones
        fitHeight();
        emit titleEdited(title());
    });
    applyType();
}

void TitleEdit::setTitle(const QString& title)
{
    if (title == this->title())
        return;
    const QScopedValueRollback setting(m_setting, true);
    setPlainText(title.simplified());
    m_marks.clear();
    applyType();
}

void TitleEdit::setMarks(const std::vector<Mark>& marks)
{
    m_marks = marks;
    viewport()->update();
}

void TitleEdit::setWriting(bool writing)
{
    m_writing = writing;
    viewport()->update();
}

void TitleEdit::setLimit(int characters)
{
    m_limit = std::max(0, characters);
}

void TitleEdit::setReservedLines(int lines)
{
    m_lines = std::max(1, lines);
    fitHeight();
}

std::vector<TitleEdit::Mark> TitleEdit::find(const QString& text, const QStringList& phrases,
                                             Mark::Kind kind)
{
    std::vector<Mark> marks;
    for (const QString& phrase : phrases) {
        if (phrase.isEmpty())
            continue;
        const qsizetype at = text.indexOf(phrase, 0, Qt::CaseInsensitive);
        const auto overlaps = [&](const Mark& mark) {
            return at < mark.start + mark.length && mark.start < at + phrase.size();
        };
        if (at >= 0 && std::none_of(marks.begin(), marks.end(), overlaps))
            marks.push_back({ int(at), int(phrase.size()), kind });
    }
    return marks;
}

void TitleEdit::applyType()
{
    const QScopedValueRollback setting(m_setting, true);
    setFont(typeFont(Type::Page));
    document()->setDefaultFont(typeFont(Type::Page));
    QTextBlockFormat format;
    // Room for the underline between lines; fixed, so Han and Latin lines are equally high.
    format.setLineHeight(lineHeight(Type::Page) + scaled(5), QTextBlockFormat::FixedHeight);
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.mergeBlockFormat(format);
    fitHeight();
}

void TitleEdit::fitHeight()
{
    const int line = lineHeight(Type::Page) + scaled(5);
    const int used = int(std::ceil(document()->size().height()));
    const int height = std::max(m_lines * line, used) + scaled(2);
    if (minimumHeight() != height || maximumHeight() != height)
        setFixedHeight(height);
}

QSize TitleEdit::sizeHint() const
{
    return { scaled(360), minimumHeight() };
}

QSize TitleEdit::minimumSizeHint() const
{
    return { scaled(160), minimumHeight() };
}

void TitleEdit::trimToLimit()
{
    if (m_limit == 0 || title().size() <= m_limit)
        return;
    const QScopedValueRollback setting(m_setting, true);
    QTextCursor cursor = textCursor();
    const qsizetype over = title().size() - m_limit;
    // Takes back what was just entered, before the cursor.
    cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor, int(over));
    cursor.removeSelectedText();
}

void TitleEdit::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (event->modifiers() == Qt::NoModifier)
            emit accepted();
        else
            event->ignore();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void TitleEdit::insertFromMimeData(const QMimeData* source)
{
    const QString title = source->text().simplified(); // one paragraph
    insertPlainText(m_limit > 0 ? title.left(m_limit) : title);
}

void TitleEdit::resizeEvent(QResizeEvent* event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
}

void TitleEdit::changeEvent(QEvent* event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange && !m_setting)
        applyType();
}

// The part of every line that the characters cover, in viewport coordinates; bottom is where
// the underline belongs.
std::vector<QRectF> TitleEdit::lineBoxes(int start, int length) const
{
    std::vector<QRectF> boxes;
    const QTextBlock block = document()->firstBlock();
    const QTextLayout* layout = block.layout();
    const QPointF origin = document()->documentLayout()->blockBoundingRect(block).topLeft();
    const int end = std::min(start + length, block.length() - 1);
    for (int i = 0; layout && i < layout->lineCount(); ++i) {
        const QTextLine line = layout->lineAt(i);
        const int from = std::max(start, line.textStart());
        int to = std::min(end, line.textStart() + line.textLength());
        while (to > from && block.text().at(to - 1).isSpace())
            --to; // the blank at a line's end hangs out
        if (from >= to)
            continue;
        const double left = line.cursorToX(from);
        const double right = line.cursorToX(to);
        const double base = line.y() + line.ascent();
        boxes.emplace_back(origin.x() + left, origin.y() + base - scaled(16), right - left,
                           scaled(21));
    }
    return boxes;
}

void TitleEdit::paintMark(QPainter& painter, const Mark& mark, bool background) const
{
    const bool history = mark.kind == Mark::Kind::History;
    for (const QRectF& box : lineBoxes(mark.start, mark.length)) {
        if (background && history)
            painter.fillRect(box.adjusted(-1, 0, 1, 0), colors().personSoft);
        if (!background)
            painter.fillRect(QRectF(box.x(), std::round(box.bottom()) - 2, box.width(), 2),
                             history ? colors().person : colors().accent);
    }
}

void TitleEdit::paintEvent(QPaintEvent* event)
{
    {
        QPainter painter(viewport());
        for (const Mark& mark : m_marks)
            paintMark(painter, mark, true);
    }
    QTextEdit::paintEvent(event);
    QPainter painter(viewport());
    for (const Mark& mark : m_marks)
        paintMark(painter, mark, false);
    if (!m_writing)
        return;
    // The caret of the engine: after the last character written.
    const QRectF caret = cursorRect([this] {
        QTextCursor end(document());
        end.movePosition(QTextCursor::End);
        return end;
    }());
    painter.fillRect(QRectF(caret.x() + 1, caret.y() + scaled(2), 2, caret.height() - scaled(4)),
                     colors().accent);
}

} // namespace adtailor
