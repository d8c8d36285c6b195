// Small parts that every page is made of: panels, headers, lines, labels in the type scale.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QString>
#include <QToolButton>

class QBoxLayout;
class QGridLayout;
class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace adtailor {

// Plain text always: user words are never markup. `role` is a property of the stylesheet.
QLabel* makeLabel(const char* role, QWidget* parent = nullptr);
QFrame* makeLine(QWidget* parent = nullptr);
QFrame* makeFrame(const char* role, QWidget* parent = nullptr);
// An icon button with a tooltip as its name.
QToolButton* makeToolButton(const QString& icon, QWidget* parent = nullptr);
void describeButton(QToolButton* button, const QString& text, const QString& key = {});
// Words that fill themselves into a narrower place by an ellipsis, whole in the tooltip.
class ElidedLabel final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ElidedLabel)

public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setFullText(const QString& text);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_full;
};

// A side panel: a header with title and tools over a scrolling column of sections.
class Panel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Panel)

public:
    explicit Panel(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setCount(const QString& count); // quiet words after the title
    void addTool(QWidget* tool); // at the right of the header
    // Each section has its own margins and a line above it, except the first.
    QVBoxLayout* addSection();
    void setBody(QWidget* body); // instead of sections
    void setFooter(QWidget* footer);
    QSize minimumSizeHint() const override; // a side panel is never narrower than the design's

private:
    QFrame* m_header = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_count = nullptr;
    QBoxLayout* m_tools = nullptr;
    QVBoxLayout* m_column = nullptr;
    QVBoxLayout* m_sections = nullptr;
    QScrollArea* m_scroll = nullptr;
    int m_sectionCount = 0;
};

// Name at the left, value at the right, as in the inspector.
class Facts final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Facts)

public:
    explicit Facts(QWidget* parent = nullptr);

    int addFact(bool number = false);
    void setName(int fact, const QString& name);
    void setValue(int fact, const QString& value);

private:
    QGridLayout* m_grid = nullptr;
    QList<QLabel*> m_names;
    QList<ElidedLabel*> m_values;
};

// `inner` takes all of `outer`.
void fillWith(QWidget* outer, QWidget* inner);

// What stands where a value is not known.
QString noValue();

// The tool bar at the top of a column; answers its row.
QHBoxLayout* addToolBar(QVBoxLayout* column);

// Left panel (or none), centre, right panel; only the centre grows. In a window too small for
// their words the page scrolls, so that nothing is cut.
QWidget* makePanes(QWidget* left, QWidget* centre, QWidget* right, int leftWidth, int rightWidth);

} // namespace adtailor
