// SPDX-License-Identifier: GPL-3.0-or-later
// The ad title in large type: words of the brief and of the history are underlined in their colour.
#pragma once

#include <QTextEdit>

#include <vector>

class QMimeData;

namespace adtailor {

class TitleEdit final : public QTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TitleEdit)

public:
    struct Mark // characters of text(), in UTF-16 units
    {
        enum class Kind { Brief, History };
        int start = 0;
        int length = 0;
        Kind kind = Kind::Brief;
    };

    explicit TitleEdit(QWidget* parent = nullptr);

    void setTitle(const QString& title); // plain, one paragraph; does not emit
    QString title() const { return toPlainText(); }
    void setMarks(const std::vector<Mark>& marks);
    void setWriting(bool writing); // a caret at the end: the engine is still writing
    void setLimit(int characters); // 0: none
    void setReservedLines(int lines); // 2 by default, so nothing below jumps
    // Occurrences of the phrases in the text, first phrase first, without overlaps.
    static std::vector<Mark> find(const QString& text, const QStringList& phrases, Mark::Kind kind);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void titleEdited(const QString& title); // by the user
    void accepted(); // Enter

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void applyType();
    void fitHeight();
    void trimToLimit();
    std::vector<QRectF> lineBoxes(int start, int length) const;
    void paintMark(QPainter& painter, const Mark& mark, bool background) const;

    std::vector<Mark> m_marks;
    int m_limit = 0;
    int m_lines = 2;
    bool m_writing = false;
    bool m_setting = false;
};

} // namespace adtailor
