// SPDX-License-Identifier: GPL-3.0-or-later
// A plain text field of several lines that refuses a paste too long to lay out in good time.
#pragma once

#include <QPlainTextEdit>

namespace adtailor {

class TextField final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextField)

public:
    explicit TextField(int pasteLimit, QWidget* parent = nullptr); // characters

signals:
    void refused(const QString& sentence); // nothing was pasted

protected:
    void insertFromMimeData(const QMimeData* source) override;

private:
    int m_pasteLimit;
};

} // namespace adtailor
