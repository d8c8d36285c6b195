// SPDX-License-Identifier: GPL-3.0-or-later
// An inline message: icon, sentence and the buttons that repair it; it stays until solved.
#pragma once

#include <QFrame>
#include <QStringList>

class QBoxLayout;
class QLabel;

namespace adtailor {

class MessageBar final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageBar)

public:
    enum class Kind { Info, Success, Warning, Error };

    explicit MessageBar(QWidget* parent = nullptr); // hidden until a message is shown

    // `title` is the sentence in strong type, `detail` the second line; both plain text.
    void showMessage(Kind kind, const QString& title, const QString& detail = {},
                     const QStringList& buttons = {});
    void clear();
    // Buttons under the words (narrow panels) instead of beside them.
    void setStacked(bool stacked);
    void setIconName(const QString& name); // replaces the icon of the kind until clear()
    Kind kind() const { return m_kind; }
    QString title() const;

signals:
    void buttonClicked(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuildButtons(const QStringList& texts);
    void refresh();

    Kind m_kind = Kind::Info;
    QString m_iconName;
    QLabel* m_icon = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_detail = nullptr;
    QBoxLayout* m_row = nullptr;
    QBoxLayout* m_buttons = nullptr;
};

} // namespace adtailor
