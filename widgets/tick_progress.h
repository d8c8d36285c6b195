// SPDX-License-Identifier: GPL-3.0-or-later
// Progress in countable pieces: a tick an item, in blocks of ten; many items become a plain bar.
#pragma once

#include <QWidget>

namespace adtailor {

class TickProgress final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TickProgress)

public:
    explicit TickProgress(QWidget* parent = nullptr);

    void setProgress(int done, int count); // the item after the done ones is being worked on

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_done = 0, m_count = 0;
};

} // namespace adtailor
