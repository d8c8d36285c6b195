// SPDX-License-Identifier: GPL-3.0-or-later
// The rail: the stitched line of work with one knot per step, the tools below, buttons at the foot.
#pragma once

#include <QWidget>

#include <vector>

namespace adtailor {

class NavRail final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NavRail)

public:
    explicit NavRail(QWidget* parent = nullptr);

    // Each returns the item's index; indexes count all items in the order they were added.
    // Steps get Ctrl+1 … Ctrl+5, tools Ctrl+6 … Ctrl+0.
    int addStep(const QString& icon, const QString& text);
    int addTool(const QString& icon, const QString& text);
    int addFoot(const QString& icon, const QString& text); // icon only, text is the tooltip
    void setText(int index, const QString& text);

    void setCurrent(int index); // -1: none; does not emit
    int current() const { return m_current; }
    void setDone(int index, bool done); // fills the knot of a step
    void setMuted(int index, bool muted); // cannot work yet; still clickable
    void setBadge(int index, int count); // 0: none

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void activated(int index);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Group { Step, Tool, Foot };
    struct Item
    {
        Group group = Group::Step;
        QString icon, text, keys;
        int badge = 0;
        bool done = false, muted = false;
    };

    int add(Group group, const QString& icon, const QString& text);
    QRect itemRect(int index) const;
    int itemAt(const QPoint& point) const;
    int countOf(Group group) const;
    void moveCursor(int direction);
    void describe();
    void paintThread(QPainter& painter) const;
    void paintItem(QPainter& painter, int index) const;
    void paintKnot(QPainter& painter, int index) const;
    void paintBadge(QPainter& painter, const QRect& box, int count) const;

    std::vector<Item> m_items;
    int m_current = -1;
    int m_cursor = 0; // keyboard position
    int m_hovered = -1;
};

} // namespace adtailor
