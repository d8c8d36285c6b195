// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/finish_layout.h"

#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace adtailor {

namespace {

constexpr double smallestLetter = 8; // pixels; nobody reads less
constexpr double edge = 0.04; // of the shorter side, where a channel names no safe area
constexpr double bandShare = 0.26;
constexpr int wideFrame = 3; // times as wide as high: a band stands beside the picture
const QColor darkInk(0x2a, 0x1d, 0x14);

double shorter(const QSizeF& size)
{
    return std::min(size.width(), size.height());
}

QRectF safeRect(const Channel& channel)
{
    const double least = edge * std::min(channel.width, channel.height);
    const QRectF frame(0, 0, channel.width, channel.height);
    return frame.adjusted(std::max(least, channel.safe.left * channel.width),
                          std::max(least, channel.safe.top * channel.height),
                          -std::max(least, channel.safe.right * channel.width),
                          -std::max(least, channel.safe.bottom * channel.height));
}

// Size of the letters of a kind, in those of a headline.
double share(LayerKind kind)
{
    switch (kind) {
    case LayerKind::Headline:
        return 1;
    case LayerKind::Price:
        return 0.75;
    case LayerKind::Logo:
        return 1.2;
    default:
        return 0.55;
    }
}

int place(LayerKind kind) // in the column, from the top
{
    static constexpr std::array order{ 1, 2, 5, 4, 0, 3 };
    return order[static_cast<std::size_t>(kind)];
}

// The kinds that a small frame does without, first those that matter least.
constexpr std::array leftOutFirst{ LayerKind::Points, LayerKind::Text, LayerKind::Logo,
                                   LayerKind::Price, LayerKind::Action };

// How much of an area a column of words can use.
double usable(const QRectF& area)
{
    if (area.width() <= 0 || area.height() <= 0)
        return 0;
    return std::min(area.width(), 4 * area.height()) * std::min(area.height(), 2 * area.width());
}

class ColumnLayout
{
public:
    ColumnLayout(const FinishDocument& document, const std::map<QString, QString>& texts,
                 const Channel& channel, const QRectF& product)
        : m_document(document)
        , m_channel(channel)
        , m_frame(channel.width, channel.height)
        , m_area(chooseArea(product))
    {
        for (const FinishLayer& layer : document.layers) {
            const auto text = texts.find(layer.id);
            const bool shown = text != texts.end() && !text->second.trimmed().isEmpty();
            const bool allowed = document.pattern != FinishTemplate::TopLine
                || layer.kind == LayerKind::Headline || layer.kind == LayerKind::Logo;
            if (!layer.visible || !allowed || (!shown && layer.picture.isEmpty()))
                continue;
            LaidLayer& laid = m_layers.emplace_back();
            laid.layer = layer;
            laid.text = shown ? text->second : QString();
        }
        std::ranges::stable_sort(m_layers, {},
                                 [](const LaidLayer& laid) { return place(laid.layer.kind); });
    }

    FrameLayout lay()
    {
        FrameLayout layout;
        if (m_document.pattern == FinishTemplate::Quiet
            || m_document.plain.contains(QString::fromStdString(m_channel.id)))
            return layout;
        while (!fitColumn() && leaveOut(layout)) { }
        layout.unit = m_unit;
        for (LaidLayer& laid : m_layers)
            takeMoved(laid);
        layout.layers = m_layers;
        return layout;
    }

private:
    QRectF chooseArea(const QRectF& product) const
    {
        const QRectF safe = safeRect(m_channel);
        const QRectF picture = pictureArea(m_document.pattern, m_channel);
        const double gap = 0.03 * shorter(m_frame);
        if (picture.height() < m_frame.height()) // a band below
            return QRectF(QPointF(safe.left(), picture.bottom() + gap / 2), safe.bottomRight());
        if (picture.width() < m_frame.width()) // a band at the left
            return QRectF(safe.topLeft(), QPointF(picture.left() - gap, safe.bottom()));
        const QRectF left(safe.topLeft(), QPointF(product.left() - gap, safe.bottom()));
        const QRectF above(safe.topLeft(), QPointF(safe.right(), product.top() - gap));
        const QRectF below(QPointF(safe.left(), product.bottom() + gap), safe.bottomRight());
        if (m_document.pattern == FinishTemplate::TopLine)
            return QRectF(safe.topLeft(),
                          QSizeF(safe.width(), std::max(above.height(), 0.14 * safe.height())));
        const std::array areas{ left, above, below };
        return *std::ranges::max_element(areas, {}, usable);
    }

    // The largest letters with which all layers fit one below the other; false: too many.
    bool fitColumn()
    {
        const double ratio = m_frame.width() / m_frame.height();
        const double largest = ratio > 4 || ratio < 0.25
            ? 0.28 * shorter(m_frame)
            : 0.062 * std::sqrt(m_frame.width() * m_frame.height());
        for (m_unit = largest; m_unit * share(LayerKind::Points) >= smallestLetter; m_unit *= 0.95)
            if (tryColumn())
                return true;
        m_unit = std::max(std::min(largest, smallestLetter * 1.3), smallestLetter);
        return tryColumn();
    }

    bool tryColumn()
    {
        double height = 0;
        bool fits = true;
        for (LaidLayer& laid : m_layers) {
            const QSizeF size = measure(laid, m_area.width());
            fits = fits && size.width() <= m_area.width() + 0.5;
            laid.box = QRectF(
                QPointF(m_area.left(), m_area.top() + height),
                QSizeF(laid.layer.kind == LayerKind::Action || laid.layer.kind == LayerKind::Logo
                           ? std::min(size.width(), m_area.width())
                           : m_area.width(),
                       size.height()));
            height += size.height() + 0.5 * m_unit;
        }
        height -= 0.5 * m_unit;
        fits = fits && height <= m_area.height() + 0.5;
        alignColumn(height);
        for (LaidLayer& laid : m_layers)
            laid.fits = fits || m_area.contains(laid.box.adjusted(0, 1, 0, -1));
        return fits;
    }

    // Beside the product the column stands in the middle, above and below it at the far edge.
    void alignColumn(double height)
    {
        const bool beside = m_area.height() > 0.6 * m_frame.height();
        const bool below = m_area.top() > m_frame.height() / 2;
        const double room = std::max(0.0, m_area.height() - height);
        const double down = beside ? room / 2 : below ? room / 2 : 0;
        for (LaidLayer& laid : m_layers) {
            const double across = m_area.width() - laid.box.width();
            laid.box.translate(across * laid.layer.align / 2, down);
        }
    }

    QSizeF measure(LaidLayer& laid, double width) const
    {
        const FinishLayer& layer = laid.layer;
        const double letter = m_unit * share(layer.kind) * layer.size;
        if (layer.kind == LayerKind::Logo) {
            const QSizeF picture = QImage::fromData(layer.picture, "PNG").size();
            if (laid.text.isEmpty() && !picture.isEmpty())
                return QSizeF(letter * picture.width() / picture.height(), letter)
                    .boundedTo(QSizeF(width, letter));
        }
        setLetter(laid, letter);
        const double padding = layer.ground.isValid() ? letter * 0.9 : 0;
        laid.lines = breakText(laid.text, std::max(1.0, width - 2 * padding), style(laid));
        const QSizeF text = laid.lines.size();
        return { text.width() + 2 * padding, text.height() + padding };
    }

    void setLetter(LaidLayer& laid, double letter) const
    {
        QFont font = QGuiApplication::font();
        if (!laid.layer.family.isEmpty())
            font.setFamilies({ laid.layer.family, QStringLiteral("Noto Sans CJK SC") });
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(letter))));
        font.setWeight(laid.layer.bold ? QFont::Bold : QFont::Normal);
        font.setLetterSpacing(QFont::PercentageSpacing, 100 + laid.layer.spacing);
        font.setHintingPreference(QFont::PreferNoHinting);
        laid.font = font;
    }

    TextStyle style(const LaidLayer& laid) const
    {
        return { laid.font, laid.layer.line, m_document.keepOrphans, m_document.kinsoku };
    }

    bool leaveOut(FrameLayout& layout)
    {
        for (const LayerKind kind : leftOutFirst)
            for (qsizetype i = m_layers.size() - 1; i >= 0; --i)
                if (m_layers[i].layer.kind == kind && !isMoved(m_layers[i])) {
                    layout.leftOut.append(m_layers[i].layer.id);
                    m_layers.removeAt(i);
                    return true;
                }
        return false;
    }

    const QRectF* movedBox(const LaidLayer& laid) const
    {
        const auto channel = m_document.moved.find(QString::fromStdString(m_channel.id));
        if (channel == m_document.moved.end())
            return nullptr;
        const auto box = channel->second.find(laid.layer.id);
        return box == channel->second.end() ? nullptr : &box->second;
    }
    bool isMoved(const LaidLayer& laid) const { return movedBox(laid) != nullptr; }

    // Letters keep their size in a box that the user has drawn unless they would not fit it.
    void takeMoved(LaidLayer& laid)
    {
        const QRectF* shares = movedBox(laid);
        if (!shares)
            return;
        laid.box = QRectF(shares->x() * m_frame.width(), shares->y() * m_frame.height(),
                          shares->width() * m_frame.width(), shares->height() * m_frame.height());
        const double whole = m_unit;
        do {
            const QSizeF size = measure(laid, laid.box.width());
            laid.fits = size.width() <= laid.box.width() + 0.5
                && size.height() <= laid.box.height() + 0.5;
            m_unit *= 0.95;
        } while (!laid.fits && m_unit * share(laid.layer.kind) * laid.layer.size > smallestLetter);
        m_unit = whole;
    }

    const FinishDocument& m_document;
    const Channel& m_channel;
    QSizeF m_frame;
    QRectF m_area;
    QList<LaidLayer> m_layers;
    double m_unit = 0;
};

double luminance(const QColor& colour)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

// The luminances of all pixels under the letters: the darkest and the lightest decide.
struct GroundRange
{
    double darkest = 1, lightest = 0;
};

GroundRange groundUnder(const LaidLayer& laid, const QImage& picture)
{
    if (laid.layer.ground.isValid()) {
        const double value = luminance(laid.layer.ground);
        return { value, value };
    }
    const QRect box = laid.box.toAlignedRect().intersected(picture.rect());
    if (box.isEmpty())
        return { 1, 1 };
    QImage letters(box.size(), QImage::Format_ARGB32_Premultiplied);
    letters.fill(Qt::transparent);
    QPainter painter(&letters);
    painter.translate(-box.topLeft());
    paintLayer(painter, laid);
    painter.end();
    GroundRange range;
    for (int y = 0; y < box.height(); ++y) {
        const auto* letter = reinterpret_cast<const QRgb*>(letters.constScanLine(y));
        for (int x = 0; x < box.width(); ++x) {
            if (qAlpha(letter[x]) < 128)
                continue;
            const double value = luminance(QColor(picture.pixel(box.x() + x, box.y() + y)));
            range.darkest = std::min(range.darkest, value);
            range.lightest = std::max(range.lightest, value);
        }
    }
    return range.lightest < range.darkest ? GroundRange{ 1, 1 } : range;
}

double contrastOn(const QColor& ink, const GroundRange& ground)
{
    const double value = luminance(ink);
    const auto ratio = [&](double other) {
        return (std::max(value, other) + 0.05) / (std::min(value, other) + 0.05);
    };
    const bool between = value > ground.darkest && value < ground.lightest;
    return between ? 1 : std::min(ratio(ground.darkest), ratio(ground.lightest));
}

} // namespace

QRect pictureArea(FinishTemplate pattern, const Channel& channel)
{
    const QSize frame(channel.width, channel.height);
    const QRect whole(QPoint(), frame);
    if (pattern != FinishTemplate::LowerBand)
        return whole;
    if (frame.width() > wideFrame * frame.height())
        return whole.adjusted(frame.width() / 2, 0, 0, 0);
    return whole.adjusted(0, 0, 0, -qRound((bandShare + channel.safe.bottom) * frame.height()));
}

bool wantsTextRoom(FinishTemplate pattern, const QSize& frame)
{
    return pattern == FinishTemplate::LeftColumn
        || (pattern == FinishTemplate::TopLine && frame.height() > frame.width());
}

FrameLayout layOutWords(const FinishDocument& document, const std::map<QString, QString>& texts,
                        const Channel& channel, const QRectF& product)
{
    return ColumnLayout(document, texts, channel, product).lay();
}

void measureInk(FrameLayout& layout, const QImage& picture)
{
    for (LaidLayer& laid : layout.layers) {
        if (laid.text.isEmpty())
            continue; // a logo's picture
        FinishLayer& layer = laid.layer;
        const bool automatic = !layer.ink.isValid();
        if (automatic)
            layer.ink = darkInk; // any colour shows where the letters are
        const GroundRange ground = groundUnder(laid, picture);
        if (automatic && contrastOn(Qt::white, ground) > contrastOn(darkInk, ground))
            layer.ink = Qt::white;
        laid.contrast = contrastOn(layer.ink, ground);
    }
}

void paintLayer(QPainter& painter, const LaidLayer& laid)
{
    const FinishLayer& layer = laid.layer;
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing
                           | QPainter::SmoothPixmapTransform);
    if (laid.text.isEmpty()) {
        const QImage logo = QImage::fromData(layer.picture, "PNG");
        const QSizeF size = QSizeF(logo.size()).scaled(laid.box.size(), Qt::KeepAspectRatio);
        painter.drawImage(QRectF(laid.box.topLeft(), size), logo);
        return;
    }
    double left = laid.box.left(), width = laid.box.width(), top = laid.box.top();
    if (layer.ground.isValid()) {
        const double letter = laid.font.pixelSize();
        painter.setPen(Qt::NoPen);
        painter.setBrush(layer.ground);
        painter.drawRoundedRect(laid.box, letter * 0.25, letter * 0.25);
        left += letter * 0.9;
        width -= letter * 1.8;
        top += (laid.box.height() - laid.lines.size().height()) / 2;
    }
    painter.setFont(laid.font);
    painter.setPen(layer.ink);
    for (const TextLine& line : laid.lines.lines) {
        const double across = (width - line.width) * (layer.ground.isValid() ? 1 : layer.align) / 2;
        painter.drawText(QPointF(left + across, top + laid.lines.ascent), line.text);
        top += laid.lines.lineHeight;
    }
}

double contrastOf(const QColor& one, const QColor& other)
{
    const double value = luminance(other);
    return contrastOn(one, { value, value });
}

QString defaultAction(const QString& title)
{
    for (const QChar letter : title)
        if (letter.script() == QChar::Script_Han)
            return QString::fromUtf8("了解详情");
    return QStringLiteral("Learn more");
}

} // namespace adtailor
