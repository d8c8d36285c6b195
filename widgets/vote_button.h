// SPDX-License-Identifier: GPL-3.0-or-later
// A large button of a vote: its key in a frame, then its words. It never takes the focus, so that
// no answer looks chosen before another.
#pragma once

#include <QPushButton>

namespace adtailor {

class VoteButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VoteButton)

public:
    explicit VoteButton(const QString& key, QWidget* parent = nullptr); // as it is printed

    const QString& key() const { return m_key; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont words() const;
    int keyWidth() const;

    QString m_key;
};

} // namespace adtailor
