// SPDX-License-Identifier: GPL-3.0-or-later
// An empty or blocked place: icon, sentence, explanation and the one button that repairs it.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace adtailor {

class EmptyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyView)

public:
    explicit EmptyView(QWidget* parent = nullptr);

    void setContent(const QString& icon, const QString& sentence, const QString& detail = {},
                    const QString& button = {});

signals:
    void buttonClicked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void refreshIcon();

    QString m_iconName;
    QLabel* m_icon = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_detail = nullptr;
    QPushButton* m_button = nullptr;
};

} // namespace adtailor
