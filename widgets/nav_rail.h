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
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Group { Step, Tool, Foot };
    class Button;

    int add(Group group, const QString& icon, const QString& text);
    Button* button(int index) const;
    int countOf(Group group) const;
    QRect itemRect(int index) const;
    void arrange();
    void focusOnly(int index); // Tab reaches one item, arrows the others
    void moveFocus(int from, int direction);
    void paintThread(QPainter& painter) const;
    void paintKnot(QPainter& painter, int index) const;

    std::vector<Button*> m_buttons;
    int m_current = -1;
};

} // namespace adtailor
