// SPDX-License-Identifier: GPL-3.0-or-later
// A push button that shows its key in a small frame at the right: "Generate [Ctrl+↵]".
#pragma once

#include <QKeySequence>
#include <QPushButton>

class QShortcut;

namespace adtailor {

class KeyButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyButton)

public:
    enum class Kind { Plain, Primary, Quiet, Danger };

    explicit KeyButton(const QString& text, Kind kind = Kind::Plain, QWidget* parent = nullptr);

    void setIconName(const QString& name); // tinted to fit the kind
    void setKey(const QKeySequence& key); // shows the key and answers it
    void setKeyHint(const QKeySequence& key); // shows a key that an action answers
    void setKeyVisible(bool visible); // narrow windows hide the hint, not the key
    void setCompact(bool compact);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QString keyText() const;
    int keyWidth() const;
    int padding() const;
    QColor ink() const;
    void paintKey(QPainter& painter, const QRectF& box) const;

    Kind m_kind;
    QKeySequence m_key;
    QShortcut* m_shortcut = nullptr;
    bool m_keyVisible = true;
};

} // namespace adtailor
