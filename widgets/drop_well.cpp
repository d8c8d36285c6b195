// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drop_well.h"

#include "widgets/icon.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace adtailor {

// The example beside the words, on the ground that means "transparent".
class DropWell::CheckedPicture final : public QWidget
{
public:
    using QWidget::QWidget;

    void setPicture(const QImage& picture)
    {
        m_picture = picture;
        setVisible(!picture.isNull());
        update();
    }
    QSize sizeHint() const override { return { scaled(168), scaled(168) }; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const int side = std::min(width(), height());
        const QRect box((width() - side) / 2, (height() - side) / 2, side, side);
        paintChecker(painter, box, scaled(10));
        paintContain(painter, box, m_picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(colors().divider);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }

private:
    QImage m_picture;
};

namespace {

QLabel* words(const char* role)
{
    auto* label = new QLabel;
    label->setProperty("role", QLatin1String(role));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

DropWell::DropWell(QWidget* parent)
    : QWidget(parent)
    , m_example(new CheckedPicture)
    , m_title(words("page"))
    , m_hint(words("secondary"))
    , m_refusal(words("error"))
{
    auto* choose = new KeyButton(tr("Choose a picture…"), KeyButton::Kind::Primary);
    choose->setIconName(QStringLiteral("image"));
    auto* paste = new KeyButton(tr("Paste"));
    paste->setKeyHint(QKeySequence::Paste); // keyPressEvent() answers: text fields keep theirs
    m_choose = choose;
    m_paste = paste;
    connect(m_choose, &QPushButton::clicked, this, &DropWell::choose);
    connect(m_paste, &QPushButton::clicked, this, &DropWell::paste);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(scaled(8));
    buttons->addWidget(m_choose);
    buttons->addWidget(m_paste);
    buttons->addStretch();
    auto* column = new QVBoxLayout;
    column->setSpacing(scaled(8));
    column->addStretch();
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addSpacing(scaled(4));
    column->addLayout(buttons);
    column->addWidget(m_refusal);
    column->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaledMargins(24, 24, 24, 24));
    row->setSpacing(scaled(32));
    row->addStretch(1);
    row->addWidget(m_example, 0, Qt::AlignCenter);
    row->addLayout(column, 6);
    row->addStretch(1);
    m_hint->setMaximumWidth(scaled(420));

    m_example->hide();
    m_refusal->hide();
    setAcceptDrops(true);
    setAccessibleName(tr("Product picture"));
    setFocusProxy(m_choose);
    setTexts(tr("Drop a product picture here"),
             tr("Transparent PNG is best. A photo on any background works too: AdTailor cuts the "
                "product out and you correct it."));
}

void DropWell::setTexts(const QString& title, const QString& hint)
{
    m_title->setText(title);
    m_hint->setText(hint);
    setAccessibleDescription(title + QLatin1Char(' ') + hint);
}

void DropWell::setExample(const QImage& picture)
{
    m_example->setPicture(picture);
}

void DropWell::choose()
{
    const QString path
        = QFileDialog::getOpenFileName(this, tr("Choose a product picture"), m_folder,
                                       tr("Pictures (*.png *.jpg *.jpeg *.webp *.ppm)"));
    if (path.isEmpty())
        return;
    m_folder = QFileInfo(path).absolutePath();
    m_refusal->hide();
    emit dropped(path);
}

void DropWell::paste()
{
    take(QApplication::clipboard()->mimeData());
}

void DropWell::take(const QMimeData* mime)
{
    const QList<QUrl> urls = mime ? mime->urls() : QList<QUrl>();
    if (urls.size() > 1)
        return refuse(tr("%n files at once: choose one picture.", nullptr, int(urls.size())));
    if (urls.size() == 1 && urls.front().isLocalFile()) {
        m_refusal->hide();
        emit dropped(urls.front().toLocalFile());
        return;
    }
    const QImage picture
        = mime && mime->hasImage() ? qvariant_cast<QImage>(mime->imageData()) : QImage();
    if (picture.isNull())
        return refuse(tr("There is no picture to paste. Copy one first, or choose a file."));
    m_refusal->hide();
    emit pasted(picture);
}

void DropWell::refuse(const QString& sentence)
{
    m_refusal->setText(sentence);
    m_refusal->show();
    emit refused(sentence);
}

QSize DropWell::sizeHint() const
{
    return QWidget::sizeHint().expandedTo({ scaled(520), scaled(240) });
}

void DropWell::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste))
        paste();
    else
        QWidget::keyPressEvent(event);
}

void DropWell::dragEnterEvent(QDragEnterEvent* event)
{
    if (!event->mimeData()->hasUrls() && !event->mimeData()->hasImage())
        return;
    event->acceptProposedAction();
    m_hot = true;
    update();
}

void DropWell::dragLeaveEvent(QDragLeaveEvent*)
{
    m_hot = false;
    update();
}

void DropWell::dropEvent(QDropEvent* event)
{
    m_hot = false;
    update();
    event->acceptProposedAction();
    take(event->mimeData());
}

void DropWell::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen dashes(m_hot ? colors().accent : colors().outline, 2, Qt::CustomDashLine, Qt::FlatCap);
    dashes.setDashPattern({ 3, 2 });
    painter.setPen(dashes);
    painter.setBrush(m_hot ? colors().accentSoft : colors().panel);
    const double radius = Look::current().sizes.radiusWell;
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
}

} // namespace adtailor
