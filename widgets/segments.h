// SPDX-License-Identifier: GPL-3.0-or-later
// Two to five choices side by side in one frame; exactly one is chosen.
#pragma once

#include <QStringList>
#include <QWidget>

class QButtonGroup;

namespace adtailor {

class Segments final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Segments)

public:
    explicit Segments(const QStringList& choices = {}, QWidget* parent = nullptr);

    void setChoices(const QStringList& choices);
    int count() const;
    int current() const { return m_current; }
    void setCurrent(int index); // does not emit
    void setFullWidth(bool fullWidth); // fills its row, as in a form; compact by default
    void setChoiceEnabled(int index, bool enabled, const QString& why = {});

signals:
    void currentChanged(int index); // by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose(int index);
    void step(int direction);

    QButtonGroup* m_group = nullptr;
    int m_current = 0;
};

} // namespace adtailor
