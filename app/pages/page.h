// Page: one place of the studio: a body, and its buttons for the right end of the context bar.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace adtailor {

class KeyButton;

class Page : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Page)

public:
    explicit Page(QWidget* parent = nullptr);

    virtual QString title() const = 0;
    // Shown in the context bar while the page is; may be empty.
    QWidget* actions() const { return m_actions; }
    // Stands beside the title, e.g. the steps of the page; may be null.
    virtual QWidget* lead() const { return nullptr; }
    // Hints of keys and secondary words that a narrow window has no room for.
    virtual void setNarrow(bool narrow);
    // Called each time the page is opened.
    virtual void enter() { }
    virtual void leave() { }
    // Where the keyboard starts.
    virtual QWidget* firstFocus() { return this; }

protected:
    // Sets every word and tinted icon; called after each change of language or theme.
    virtual void retranslate() = 0;
    // The last call of each constructor: earlier, events find a page without its parts.
    void finishBuilding();
    void changeEvent(QEvent* event) override;
    KeyButton* addAction(KeyButton* button);

private:
    QWidget* m_actions = nullptr;
    QHBoxLayout* m_actionRow = nullptr;
    QList<KeyButton*> m_buttons;
    bool m_built = false;
};

} // namespace adtailor
