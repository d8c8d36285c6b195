// SPDX-License-Identifier: GPL-3.0-or-later
// A named number with a slider: type it, drag it, arrow it; a double click resets it.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QSlider;

namespace adtailor {

class SliderField final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SliderField)

public:
    explicit SliderField(const QString& label, QWidget* parent = nullptr);

    void setRange(double minimum, double maximum, double step);
    void setDecimals(int decimals);
    void setSuffix(const QString& suffix); // e.g. " %"
    void setDefault(double value); // what a double click restores
    void setValue(double value); // does not emit
    double value() const { return m_value; }
    void setLabel(const QString& label);

signals:
    void valueChanged(double value); // by the user, continuously
    void valueEdited(double value); // by the user, once at the end: one undo step

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void change(double value, bool finished);
    void show(double value);
    double snapped(double value) const;
    void applySizes();

    QLabel* m_label = nullptr;
    QSlider* m_slider = nullptr;
    QLineEdit* m_edit = nullptr;
    QString m_suffix;
    double m_minimum = 0, m_maximum = 1, m_step = 0.01, m_default = 0, m_value = 0;
    double m_edited = 0; // last value told by valueEdited
    int m_decimals = 2;
};

} // namespace adtailor
