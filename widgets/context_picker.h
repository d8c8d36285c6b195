// SPDX-License-Identifier: GPL-3.0-or-later
// A two-line button of the context bar: what it names, the value, a picture or initials, a menu.
#pragma once

#include <QImage>
#include <QToolButton>

namespace adtailor {

class ContextPicker final : public QToolButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ContextPicker)

public:
    explicit ContextPicker(const QString& caption, QWidget* parent = nullptr);

    void setCaption(const QString& caption);
    void setValue(const QString& value);
    const QString& value() const { return m_value; }
    void setPicture(const QImage& picture); // product, on a checkerboard
    void setInitials(const QString& initials); // person: round avatar in person colour
    void setIconName(const QString& name); // model: a plain icon
    // setMenu() of QToolButton adds the list; without a menu the button only clicks.

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    static QString initialsOf(const QString& name); // "Lin Wei" → LW, "陈昊" → 陈
    static void paintAvatar(QPainter& painter, const QRectF& box, const QString& initials);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QSize sizeWithWords(int least, int most) const;
    void describe();
    int markWidth() const;

    QString m_caption, m_value, m_initials, m_iconName;
    QImage m_picture;
};

} // namespace adtailor
