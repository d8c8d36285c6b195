// SPDX-License-Identifier: GPL-3.0-or-later
// One overlay per window that rings the focused widget: two pixels, one pixel away, no input.
#pragma once

#include <QPointer>
#include <QWidget>

namespace adtailor {

class FocusRing final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FocusRing)

public:
    explicit FocusRing(QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void watch(QWidget* focused);
    void follow();
    QWidget* ringed(QWidget* focused) const; // a composite may hold the focus for its part

    QPointer<QWidget> m_target;
};

} // namespace adtailor
