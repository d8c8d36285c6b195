// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/slider_field.h"

#include "widgets/look.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QWheelEvent>
#include <QtMath>

#include <algorithm>

namespace adtailor {

SliderField::SliderField(const QString& label, QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_edit(new QLineEdit)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_label);
    row->addWidget(m_slider, 1);
    row->addWidget(m_edit);
    m_label->setWordWrap(true);
    m_edit->setProperty("density", QStringLiteral("compact"));
    m_edit->setProperty("role", QStringLiteral("number"));
    m_edit->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_slider->installEventFilter(this);
    m_edit->installEventFilter(this);
    // StrongFocus excludes the wheel: scrolling a panel must not change a value.
    m_slider->setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_slider);

    connect(m_slider, &QSlider::valueChanged, this,
            [this](int ticks) { change(m_minimum + ticks * m_step, !m_slider->isSliderDown()); });
    connect(m_slider, &QSlider::sliderReleased, this, [this] { change(m_value, true); });
    connect(m_edit, &QLineEdit::editingFinished, this, [this] {
        QString text = m_edit->text();
        if (!m_suffix.isEmpty())
            text.remove(m_suffix);
        bool ok = false;
        const double typed = QLocale().toDouble(text.trimmed(), &ok);
        change(ok ? typed : m_value, true);
    });
    setLabel(label);
    setRange(0, 1, 0.01);
    applySizes();
}

void SliderField::setLabel(const QString& label)
{
    m_label->setText(label);
    m_slider->setAccessibleName(label);
    m_edit->setAccessibleName(label);
}

void SliderField::setRange(double minimum, double maximum, double step)
{
    m_minimum = minimum;
    m_maximum = std::max(minimum, maximum);
    m_step = step > 0 ? step : 1;
    const QSignalBlocker blocker(m_slider);
    m_slider->setRange(0, qRound((m_maximum - m_minimum) / m_step));
    m_slider->setPageStep(std::max(1, m_slider->maximum() / 10));
    setValue(m_value);
}

void SliderField::setDecimals(int decimals)
{
    m_decimals = std::clamp(decimals, 0, 6);
    show(m_value);
}

void SliderField::setSuffix(const QString& suffix)
{
    m_suffix = suffix;
    show(m_value);
}

void SliderField::setDefault(double value)
{
    m_default = value;
    m_slider->setToolTip(
        tr("Double click: back to %1").arg(QLocale().toString(value, 'f', m_decimals) + m_suffix));
}

void SliderField::setValue(double value)
{
    m_value = m_edited = snapped(value);
    show(m_value);
}

double SliderField::snapped(double value) const
{
    const double steps = std::round((std::clamp(value, m_minimum, m_maximum) - m_minimum) / m_step);
    return std::min(m_minimum + steps * m_step, m_maximum);
}

void SliderField::show(double value)
{
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(qRound((value - m_minimum) / m_step));
    m_edit->setText(QLocale().toString(value, 'f', m_decimals) + m_suffix);
}

void SliderField::change(double value, bool finished)
{
    const double next = snapped(value);
    const bool moved = next != m_value;
    m_value = next;
    show(next);
    if (moved)
        emit valueChanged(next);
    if (finished && next != m_edited) {
        m_edited = next;
        emit valueEdited(next);
    }
}

bool SliderField::eventFilter(QObject* watched, QEvent* event)
{
    const QWidget* part = qobject_cast<QWidget*>(watched);
    if (event->type() == QEvent::Wheel && part && !part->hasFocus()) {
        event->ignore(); // let the panel scroll
        return true;
    }
    if (event->type() == QEvent::MouseButtonDblClick && watched == m_slider) {
        change(m_default, true);
        return true;
    }
    if (event->type() == QEvent::KeyPress && watched == m_edit) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            change(m_value + (key == Qt::Key_Up ? m_step : -m_step), true);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SliderField::applySizes()
{
    layout()->setSpacing(scaled(10));
    m_label->setFixedWidth(scaled(96));
    m_edit->setFixedWidth(scaled(58));
}

void SliderField::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applySizes();
    QWidget::changeEvent(event);
}

} // namespace adtailor
