// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/page_parts.h"

#include "widgets/icon.h"
#include "widgets/look.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStyle>

namespace adtailor {

namespace {

constexpr int padding = 16;
constexpr int handleWidth = 1;

// Scrolls upwards and downwards only: never narrower than its content and a scroll bar.
class ColumnScroll final : public QScrollArea
{
public:
    ColumnScroll()
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);
    }
    QSize minimumSizeHint() const override
    {
        const int bar = verticalScrollBar()->sizeHint().width();
        return { (widget() ? widget()->minimumSizeHint().width() : 0) + bar, scaled(120) };
    }

protected:
    bool eventFilter(QObject* object, QEvent* event) override
    {
        if (object == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(object, event);
    }
};

} // namespace

QLabel* makeLabel(const char* role, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", QLatin1String(role));
    return label;
}

QFrame* makeFrame(const char* role, QWidget* parent)
{
    auto* frame = new QFrame(parent);
    frame->setProperty("role", QLatin1String(role));
    return frame;
}

QFrame* makeLine(QWidget* parent)
{
    return makeFrame("line", parent);
}

QToolButton* makeToolButton(const QString& iconName, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setProperty("kind", QStringLiteral("icon"));
    button->setIcon(icon(iconName));
    const int side = scaled(Look::current().sizes.icon);
    button->setIconSize(QSize(side, side));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void describeButton(QToolButton* button, const QString& text, const QString& key)
{
    button->setAccessibleName(text);
    button->setToolTip(key.isEmpty() ? text : text + QStringLiteral(" (%1)").arg(key));
}

ElidedLabel::ElidedLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ElidedLabel::setFullText(const QString& text)
{
    m_full = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(m_full) + 2, fontMetrics().height());
}

QSize ElidedLabel::minimumSizeHint() const
{
    return QSize(std::min(sizeHint().width(), scaled(48)), fontMetrics().height());
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(m_full, Qt::ElideMiddle, width());
    setToolTip(shown == m_full ? QString() : m_full);
    style()->drawItemText(&painter, rect(), static_cast<int>(alignment()), palette(), isEnabled(),
                          shown, foregroundRole());
}

Panel::Panel(QWidget* parent)
    : QFrame(parent)
{
    setProperty("role", QStringLiteral("panel"));
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_header = makeFrame("header", this);
    m_header->setMinimumHeight(scaled(Look::current().sizes.panelHeader));
    auto* row = new QHBoxLayout(m_header);
    row->setContentsMargins(scaledMargins(padding, 0, 8, 0));
    row->setSpacing(scaled(8));
    m_title = makeLabel("panel");
    m_count = makeLabel("hint");
    row->addWidget(m_title);
    row->addWidget(m_count);
    row->addStretch();
    m_tools = new QHBoxLayout;
    m_tools->setSpacing(scaled(4));
    row->addLayout(m_tools);
    m_column->addWidget(m_header);
}

void Panel::setTitle(const QString& title)
{
    m_title->setText(title);
}

void Panel::setCount(const QString& count)
{
    m_count->setText(count);
}

void Panel::addTool(QWidget* tool)
{
    m_tools->addWidget(tool);
}

QVBoxLayout* Panel::addSection()
{
    if (!m_scroll) {
        m_scroll = new ColumnScroll;
        auto* body = new QWidget;
        m_sections = new QVBoxLayout(body);
        m_sections->setContentsMargins(0, 0, 0, 0);
        m_sections->setSpacing(0);
        m_sections->addStretch();
        m_scroll->setWidget(body);
        m_column->insertWidget(1, m_scroll, 1);
    }
    int at = m_sections->count() - 1;
    if (m_sectionCount++ > 0)
        m_sections->insertWidget(at++, makeLine());
    auto* section = new QVBoxLayout;
    section->setContentsMargins(scaledMargins(padding, 12, padding, 12));
    section->setSpacing(scaled(4));
    m_sections->insertLayout(at, section);
    return section;
}

void Panel::setBody(QWidget* body)
{
    m_column->insertWidget(1, body, 1);
}

void Panel::setFooter(QWidget* footer)
{
    m_column->addWidget(makeLine());
    m_column->addWidget(footer);
}

QSize Panel::minimumSizeHint() const
{
    return QFrame::minimumSizeHint().expandedTo(QSize(scaled(240), 0));
}

Facts::Facts(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(scaled(12));
    m_grid->setVerticalSpacing(scaled(4));
    m_grid->setColumnStretch(1, 1);
}

int Facts::addFact(bool number)
{
    const int row = static_cast<int>(m_names.size());
    m_names.append(makeLabel("secondary"));
    m_values.append(new ElidedLabel);
    m_values.last()->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (number)
        m_values.last()->setProperty("role", QStringLiteral("number"));
    m_grid->addWidget(m_names.last(), row, 0);
    m_grid->addWidget(m_values.last(), row, 1);
    return row;
}

void Facts::setName(int fact, const QString& name)
{
    m_names[fact]->setText(name);
}

void Facts::setValue(int fact, const QString& value)
{
    m_values[fact]->setFullText(value);
}

void fillWith(QWidget* outer, QWidget* inner)
{
    auto* whole = new QVBoxLayout(outer);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(inner);
}

QString noValue()
{
    return QStringLiteral("–");
}

QHBoxLayout* addToolBar(QVBoxLayout* column)
{
    QFrame* bar = makeFrame("toolbar");
    bar->setMinimumHeight(scaled(Look::current().sizes.toolBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(scaledMargins(12, 0, 12, 0));
    row->setSpacing(scaled(8));
    column->addWidget(bar);
    return row;
}

QWidget* makePanes(QWidget* left, QWidget* centre, QWidget* right, int leftWidth, int rightWidth)
{
    auto* panes = new QSplitter(Qt::Horizontal);
    panes->setHandleWidth(handleWidth);
    panes->setChildrenCollapsible(false);
    QList<int> widths;
    const auto add = [&](QWidget* pane, int width) {
        panes->addWidget(pane);
        panes->setStretchFactor(panes->count() - 1, pane == centre ? 1 : 0);
        widths.append(scaled(width));
        if (pane != centre)
            pane->setMaximumWidth(scaled(420));
    };
    if (left)
        add(left, leftWidth);
    add(centre, 700);
    add(right, rightWidth);
    panes->setSizes(widths);

    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(panes);
    return scroll;
}

} // namespace adtailor
