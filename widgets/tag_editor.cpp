// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tag_editor.h"

#include "widgets/flow_layout.h"
#include "widgets/icon.h"
#include "widgets/look.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QToolButton>

#include <algorithm>

namespace adtailor {

// One chip: its words and a close button. It takes the focus so that arrows and Delete work.
class TagEditor::Chip final : public QWidget
{
public:
    Chip(const QString& text, bool closable)
        : m_label(new QLabel(text))
        , m_close(new QToolButton)
    {
        m_label->setTextFormat(Qt::PlainText);
        m_label->setProperty("role", QStringLiteral("chip"));
        m_close->setProperty("kind", QStringLiteral("chipClose"));
        m_close->setIcon(adtailor::icon(QStringLiteral("close"), Tint::Accent));
        m_close->setIconSize({ scaled(13), scaled(13) });
        m_close->setFocusPolicy(Qt::NoFocus);
        m_close->setAccessibleName(TagEditor::tr("Remove %1").arg(text));
        m_close->setToolTip(TagEditor::tr("Remove (Delete)"));
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(scaled(9), scaled(1), scaled(closable ? 3 : 9), scaled(1));
        row->setSpacing(scaled(2));
        row->addWidget(m_label);
        row->addWidget(m_close);
        m_close->setVisible(closable);
        setFocusPolicy(closable ? Qt::ClickFocus : Qt::NoFocus);
        setAccessibleName(text);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    QToolButton* closeButton() const { return m_close; }
    QSize sizeHint() const override { return { QWidget::sizeHint().width(), scaled(26) }; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(isEnabled() ? colors().accentSoft : colors().hover);
        painter.drawRoundedRect(rect(), 4, 4);
    }

private:
    QLabel* m_label;
    QToolButton* m_close;
};

TagEditor::TagEditor(QWidget* parent)
    : QFrame(parent)
    , m_placeholder(tr("Type and press Enter"))
    , m_flow(new FlowLayout(this, scaled(6)))
    , m_edit(new QLineEdit)
{
    setProperty("role", QStringLiteral("field"));
    m_edit->setProperty("role", QStringLiteral("bare"));
    m_edit->setProperty("ring", QStringLiteral("parent"));
    m_edit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_edit->installEventFilter(this);
    m_flow->addWidget(m_edit);
    setFocusProxy(m_edit);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Selling points"));
    connect(m_edit, &QLineEdit::textEdited, this, [this](const QString& text) {
        static const QRegularExpression separator(QStringLiteral("[,，、;；\\n\\t]"));
        if (text.contains(separator)) // also ends a tag typed with an input method
            commit();
    });
    rebuild();
}

QStringList TagEditor::split(const QString& text)
{
    static const QRegularExpression separator(QStringLiteral("[\\n\\r\\t,，、;；]+"));
    QStringList tags;
    for (const QString& part : text.split(separator, Qt::SkipEmptyParts))
        if (const QString tag = part.simplified(); !tag.isEmpty())
            tags.append(tag);
    return tags;
}

void TagEditor::setTags(const QStringList& tags)
{
    if (tags == m_tags)
        return;
    m_tags = tags.mid(0, m_limit);
    rebuild();
}

void TagEditor::setLimit(int count)
{
    m_limit = std::max(1, count);
    setTags(m_tags.mid(0, m_limit));
    rebuild();
}

void TagEditor::setLengthLimit(int count)
{
    m_lengthLimit = std::max(1, count);
}

void TagEditor::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    rebuild();
}

void TagEditor::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    rebuild();
}

void TagEditor::rebuild()
{
    for (Chip* chip : m_chips) {
        m_flow->removeWidget(chip);
        chip->hide();
        chip->deleteLater(); // a chip's own button may be the sender
    }
    m_chips.clear();
    for (int i = 0; i < m_tags.size(); ++i) {
        auto* chip = new Chip(m_tags[i], !m_readOnly);
        chip->installEventFilter(this);
        connect(chip->closeButton(), &QToolButton::clicked, this, [this, i] { removeAt(i); });
        m_flow->insertWidget(i, chip);
        chip->show();
        m_chips.push_back(chip);
    }
    m_edit->setVisible(!m_readOnly && m_tags.size() < m_limit);
    if (m_edit->isHidden() && !m_readOnly && !m_chips.empty())
        m_chips.back()->setFocusPolicy(Qt::StrongFocus); // full: Tab must still get in
    m_flow->setSpacing(scaled(6));
    m_flow->setContentsMargins(scaled(7), scaled(6), scaled(7), scaled(6));
    m_edit->setMinimumWidth(scaled(130));
    m_edit->setPlaceholderText(m_placeholder);
    m_edit->setAccessibleName(tr("New selling point"));
    setAccessibleDescription(
        tr("%1 of %2: %3").arg(m_tags.size()).arg(m_limit).arg(m_tags.join(QStringLiteral(", "))));
    fitHeight();
}

// A crowded form must squeeze something else: every chip stays in sight.
void TagEditor::fitHeight()
{
    m_flow->invalidate();
    setMinimumHeight(heightForWidth(width()));
    updateGeometry();
}

void TagEditor::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitHeight();
}

void TagEditor::addFromText(const QString& text)
{
    const qsizetype before = m_tags.size();
    QString refusal; // the last one: a pasted list may hold thousands
    for (const QString& tag : split(text)) {
        if (m_tags.contains(tag, Qt::CaseInsensitive)) {
            refusal = tr("“%1” is already there.").arg(tag);
        } else if (tag.size() > m_lengthLimit) {
            refusal
                = tr("“%1…” is longer than %2 characters.").arg(tag.left(20)).arg(m_lengthLimit);
        } else if (m_tags.size() >= m_limit) {
            refusal = tr("No more than %1 selling points: remove one first.").arg(m_limit);
            break;
        } else {
            m_tags.append(tag);
        }
    }
    if (m_tags.size() > before) {
        rebuild();
        emit tagsChanged(m_tags);
    }
    if (!refusal.isEmpty())
        emit refused(refusal);
}

void TagEditor::removeAt(int index)
{
    if (index < 0 || index >= m_tags.size() || m_readOnly)
        return;
    m_tags.removeAt(index);
    rebuild();
    m_edit->setFocus();
    emit tagsChanged(m_tags);
}

void TagEditor::move(int from, int to)
{
    if (to < 0 || to >= m_tags.size())
        return;
    m_tags.move(from, to);
    rebuild();
    focusChip(to);
    emit tagsChanged(m_tags);
}

void TagEditor::focusChip(int index)
{
    if (index < 0)
        return;
    if (index < int(m_chips.size()))
        m_chips[static_cast<std::size_t>(index)]->setFocus();
    else
        m_edit->setFocus();
}

void TagEditor::commit()
{
    const QString text = m_edit->text();
    m_edit->clear();
    addFromText(text);
}

bool TagEditor::editKey(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste)) {
        const QString pasted = QApplication::clipboard()->text();
        if (split(pasted).size() < 2)
            return false; // the field inserts one entry at its cursor
        addFromText(m_edit->text() + pasted);
        m_edit->clear();
        return true;
    }
    const bool empty = m_edit->text().isEmpty();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (empty || event->modifiers() != Qt::NoModifier)
            return false; // the page's primary action
        commit();
        return true;
    case Qt::Key_Backspace:
        if (empty && !m_tags.isEmpty())
            removeAt(int(m_tags.size()) - 1);
        return empty;
    case Qt::Key_Left:
        if (m_edit->cursorPosition() > 0 || m_edit->hasSelectedText())
            return false;
        focusChip(int(m_chips.size()) - 1);
        return true;
    default:
        return false;
    }
}

bool TagEditor::chipKey(int index, QKeyEvent* event)
{
    const bool carry = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        carry ? move(index, index - 1) : focusChip(std::max(0, index - 1));
        return true;
    case Qt::Key_Right:
        carry ? move(index, index + 1) : focusChip(index + 1);
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        removeAt(index);
        return true;
    default:
        return false;
    }
}

bool TagEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (watched == m_edit)
            return editKey(key) || QFrame::eventFilter(watched, event);
        const auto chip = std::find(m_chips.begin(), m_chips.end(), watched);
        if (chip != m_chips.end() && chipKey(int(chip - m_chips.begin()), key))
            return true;
    } else if (event->type() == QEvent::FocusOut && watched == m_edit && !m_edit->text().isEmpty()
               && static_cast<QFocusEvent*>(event)->reason() == Qt::TabFocusReason) {
        commit(); // leaving the field keeps what was typed
    }
    return QFrame::eventFilter(watched, event);
}

void TagEditor::mousePressEvent(QMouseEvent*)
{
    m_edit->setFocus();
}

void TagEditor::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange && m_flow)
        rebuild(); // sizes follow the font setting
    QFrame::changeEvent(event);
}

} // namespace adtailor
