// RatingSheet: what the kiosk says between votes: a heading, a sentence, perhaps a name, two
// buttons. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace adtailor {

class KeyButton;
class MessageBar;

class RatingSheet final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RatingSheet)

public:
    struct Content
    {
        QString heading, text;
        QString accept, decline; // words of the buttons; an empty decline hides it
        bool asksName = false;
    };

    explicit RatingSheet(QWidget* parent = nullptr);

    void setContent(const Content& content);
    void showProblem(const QString& sentence, const QString& detail = {});
    QString name() const;
    void clearName();

signals:
    void accepted();
    void declined();

private:
    QLabel* m_heading = nullptr;
    QLabel* m_text = nullptr;
    QLabel* m_nameLabel = nullptr;
    QLineEdit* m_name = nullptr;
    MessageBar* m_message = nullptr;
    KeyButton* m_accept = nullptr;
    KeyButton* m_decline = nullptr;
};

} // namespace adtailor
