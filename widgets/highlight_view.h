// SPDX-License-Identifier: GPL-3.0-or-later
// One click as the model read it: 8×8 kept patches over the picture and the words by weight.
#pragma once

#include <QImage>
#include <QWidget>

#include <vector>

namespace adtailor {

class HighlightView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HighlightView)

public:
    enum class Mode { Heat, Spotlight, Off };
    struct Word
    {
        enum class Kind {
            Plain, // ordinary text
            Muted, // dropped, or fixed words of the prompt
            Brief, // from the brief: accent underline
            KeptStrong, // person colour, solid underline, soft ground
            KeptWeak, // person colour, dotted underline
            Person // person colour only
        };
        QString text; // shown as it is; words are joined by one space unless they begin with
                      // punctuation or both sides are Han
        Kind kind = Kind::Plain;
    };

    explicit HighlightView(QWidget* parent = nullptr);

    void setPicture(const QImage& picture); // null: words only
    // side×side weights 0 to 1 in raster order; 0 is dropped. Never smoothed when painted.
    void setPatches(int side, const std::vector<float>& weights);
    void setWords(const std::vector<Word>& words);
    void setText(const std::vector<Word>& pieces); // joined by nothing, line breaks kept
    void setHeading(const QString& text); // e.g. "Read 1st"
    void setWeight(double weight); // bar and number 0 to 1; negative hides them
    void setFooter(const QString& text); // e.g. "30 / 64 patches · 2 phrases"
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    void setSelected(bool selected); // accent frame

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void activated(); // click or Enter

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Run // characters of the joined text with one kind
    {
        int start = 0;
        int length = 0;
        Word::Kind kind = Word::Kind::Plain;
    };

    int pictureSide(int width) const;
    double layoutWords(double width, QPainter* painter, const QPointF& origin) const;
    void paintPicture(QPainter& painter, const QRectF& box) const;
    void paintHeat(QPainter& painter, const QRectF& box) const;
    void paintWeight(QPainter& painter, const QRectF& line) const;
    void describe();

    QImage m_picture;
    std::vector<float> m_patches;
    std::vector<Run> m_runs;
    QString m_text, m_heading, m_footer;
    double m_weight = -1;
    int m_side = 8;
    Mode m_mode = Mode::Heat;
    bool m_selected = false;
};

} // namespace adtailor
