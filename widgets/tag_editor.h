// SPDX-License-Identifier: GPL-3.0-or-later
// Selling points as chips: type and Enter adds, Backspace removes the last, paste splits a list.
#pragma once

#include <QFrame>
#include <QStringList>

#include <vector>

class QKeyEvent;
class QLineEdit;

namespace adtailor {

class FlowLayout;

class TagEditor final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TagEditor)

public:
    explicit TagEditor(QWidget* parent = nullptr);

    void setTags(const QStringList& tags); // does not emit
    const QStringList& tags() const { return m_tags; }
    void setLimit(int count); // 12 by default
    void setLengthLimit(int count); // characters of one tag, 60 by default
    int limit() const { return m_limit; }
    void setPlaceholder(const QString& text);
    void setReadOnly(bool readOnly);
    // Lines, commas (also ，、；) and tabs separate; blanks around a tag are dropped.
    static QStringList split(const QString& text);

signals:
    void tagsChanged(const QStringList& tags); // by the user
    void refused(const QString& sentence); // full, too long or already there

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Chip;

    void rebuild();
    void fitHeight();
    void addFromText(const QString& text);
    void removeAt(int index);
    void move(int from, int to);
    void focusChip(int index);
    bool editKey(QKeyEvent* event);
    bool chipKey(int index, QKeyEvent* event);
    void commit();

    QStringList m_tags;
    QString m_placeholder;
    FlowLayout* m_flow = nullptr;
    QLineEdit* m_edit = nullptr;
    std::vector<Chip*> m_chips;
    int m_limit = 12;
    int m_lengthLimit = 60;
    bool m_readOnly = false;
};

} // namespace adtailor
