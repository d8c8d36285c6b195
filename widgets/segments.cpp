// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/segments.h"

#include "widgets/look.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace adtailor {

namespace {

// As wide as its bold form, so that choosing does not move the others.
class SegmentButton final : public QToolButton
{
public:
    using QToolButton::QToolButton;

    QSize sizeHint() const override
    {
        const int words = QFontMetrics(typeFont(Type::Strong)).horizontalAdvance(text());
        return { words + 2 * scaled(10) + 2, QToolButton::sizeHint().height() };
    }
    QSize minimumSizeHint() const override { return sizeHint(); }
};

} // namespace

Segments::Segments(const QStringList& choices, QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setFullWidth(false);
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::choose);
    setChoices(choices);
}

void Segments::setChoices(const QStringList& choices)
{
    for (QAbstractButton* button : m_group->buttons()) {
        m_group->removeButton(button);
        button->deleteLater();
        button->hide();
    }
    for (int i = 0; i < choices.size(); ++i) {
        auto* button = new SegmentButton(this);
        button->setText(choices[i]);
        button->setAccessibleName(choices[i]);
        button->setCheckable(true);
        button->setProperty("kind", QStringLiteral("segment"));
        button->setProperty("first", i == 0);
        button->setProperty("last", i == choices.size() - 1);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->installEventFilter(this);
        m_group->addButton(button, i);
        layout()->addWidget(button);
    }
    setCurrent(0);
}

int Segments::count() const
{
    return static_cast<int>(m_group->buttons().size());
}

// Tab reaches only the chosen segment; arrows move between them, as in a radio group.
void Segments::setCurrent(int index)
{
    if (index < 0 || index >= count())
        return;
    m_current = index;
    for (QAbstractButton* button : m_group->buttons()) {
        const bool chosen = m_group->id(button) == index;
        button->setChecked(chosen);
        button->setFocusPolicy(chosen ? Qt::StrongFocus : Qt::ClickFocus);
        if (chosen)
            setFocusProxy(button);
    }
}

void Segments::setChoiceEnabled(int index, bool enabled, const QString& why)
{
    if (QAbstractButton* button = m_group->button(index)) {
        button->setEnabled(enabled);
        button->setToolTip(enabled ? QString() : why);
    }
}

void Segments::setFullWidth(bool fullWidth)
{
    setSizePolicy(fullWidth ? QSizePolicy::Expanding : QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Segments::choose(int index)
{
    if (index == m_current)
        return;
    setCurrent(index);
    emit currentChanged(index);
}

void Segments::step(int direction)
{
    for (int i = m_current + direction; i >= 0 && i < count(); i += direction) {
        if (!m_group->button(i)->isEnabled())
            continue;
        choose(i);
        m_group->button(i)->setFocus(Qt::OtherFocusReason);
        return;
    }
}

bool Segments::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            step(key == Qt::Key_Right ? 1 : -1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace adtailor
