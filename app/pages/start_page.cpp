// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/start_page.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/drop_well.h"
#include "widgets/icon.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/thumbnail_delegate.h"
#include "widgets/two_line_delegate.h"

#include <QHBoxLayout>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace adtailor {

namespace {

constexpr int recentShown = 12;
constexpr int recentRows = 5; // more scroll
constexpr int roomForOneLine = 1000; // pixels at 100 %
constexpr int folderRole = Qt::UserRole + 1;

} // namespace

// Two clicked ads behind the product, as a hint of what the sample holds.
class StartPage::SamplePictures final : public QWidget
{
public:
    explicit SamplePictures(QWidget* parent = nullptr)
        : QWidget(parent)
    {
        setFixedSize(scaled(166), scaled(72));
    }
    void setPictures(const QList<QImage>& pictures)
    {
        m_pictures = pictures;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        int left = 0;
        for (qsizetype i = 0; i < m_pictures.size(); ++i) {
            const bool last = i == m_pictures.size() - 1;
            const int side = last ? height() : scaled(56);
            const QRect box(left, (height() - side) / 2, side, side);
            painter.fillRect(box.adjusted(-2, 0, 2, 0), colors().panel);
            painter.fillRect(box, colors().canvas);
            QRect fitted(QPoint(), m_pictures[i].size().scaled(box.size(), Qt::KeepAspectRatio));
            fitted.moveCenter(box.center());
            painter.drawImage(fitted, m_pictures[i]);
            left += last ? side : scaled(44);
        }
    }

private:
    QList<QImage> m_pictures;
};

StartPage::StartPage(QWidget* parent)
    : Page(parent)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    fillWith(this, scroll);

    auto* body = new QWidget;
    scroll->setWidget(body);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(scaledMargins(48, 24, 48, 24));
    column->setSpacing(scaled(4));
    m_message = new MessageBar;
    column->addWidget(m_message);
    connect(m_message, &MessageBar::buttonClicked, this, [this](int button) {
        m_message->clear();
        if (button == 0)
            emit resumeRequested(m_waitingFolder);
        if (button == 2)
            QtConcurrent::run(discardJobs, m_waitingFolder)
                .then(this, [this](const Result<void>& done) {
                    if (!done)
                        showProblem(Messages::forError(done.error()).sentence,
                                    toQString(done.error().detail));
                });
    });
    m_question = makeLabel("display");
    m_promise = makeLabel("secondary");
    for (QLabel* words : { m_question, m_promise })
        words->setWordWrap(true);
    column->addSpacing(scaled(8));
    column->addWidget(m_question);
    column->addWidget(m_promise);
    column->addSpacing(scaled(16));
    auto* halves = new QHBoxLayout;
    halves->setSpacing(scaled(24));
    halves->addWidget(makeLeft(), 5);
    halves->addWidget(makeRight(), 4);
    column->addLayout(halves, 1);
    finishBuilding();
}

QWidget* StartPage::makeLeft()
{
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(16));
    m_well = new DropWell;
    connect(m_well, &DropWell::dropped, this, &StartPage::pictureDropped);
    connect(m_well, &DropWell::pasted, this, &StartPage::picturePasted);
    column->addWidget(m_well, 1);
    column->addWidget(makeSampleCard());
    return left;
}

QWidget* StartPage::makeSampleCard()
{
    QFrame* card = makeFrame("card");
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(scaledMargins(16, 16, 16, 16));
    row->setSpacing(scaled(16));
    m_samplePictures = new SamplePictures;
    row->addWidget(m_samplePictures);
    m_sampleRow = new QBoxLayout(QBoxLayout::LeftToRight);
    m_sampleRow->setSpacing(scaled(12));
    auto* words = new QVBoxLayout;
    words->setSpacing(scaled(2));
    m_sampleTitle = makeLabel("strong");
    m_sampleTitle->setWordWrap(true);
    m_sampleText = makeLabel("secondary");
    m_sampleText->setWordWrap(true);
    words->addStretch();
    words->addWidget(m_sampleTitle);
    words->addWidget(m_sampleText);
    words->addStretch();
    m_sampleRow->addLayout(words, 1);
    m_sampleButton = new KeyButton({}, KeyButton::Kind::Plain);
    connect(m_sampleButton, &KeyButton::clicked, this, &StartPage::sampleRequested);
    m_sampleRow->addWidget(m_sampleButton, 0, Qt::AlignLeft | Qt::AlignVCenter);
    row->addLayout(m_sampleRow, 1);
    return card;
}

// With large letters the button goes under the words.
void StartPage::resizeEvent(QResizeEvent* event)
{
    const bool wide = width() >= scaled(roomForOneLine);
    m_sampleRow->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    Page::resizeEvent(event);
}

QWidget* StartPage::makeRight()
{
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(16));

    QFrame* recent = makeFrame("card");
    auto* list = new QVBoxLayout(recent);
    list->setContentsMargins(1, 1, 1, 1);
    list->setSpacing(0);
    m_recentTitle = makeLabel("panel");
    m_recentTitle->setContentsMargins(scaledMargins(12, 8, 12, 8));
    list->addWidget(m_recentTitle);
    list->addWidget(makeLine());
    m_recent = new QListView;
    m_recent->setItemDelegate(new TwoLineDelegate(m_recent));
    m_recent->setMouseTracking(true);
    m_recentModel = new QStandardItemModel(this);
    m_recent->setModel(m_recentModel);
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_recent, &QListView::activated, this, [this](const QModelIndex& index) {
        emit projectRequested(index.data(folderRole).toString());
    });
    connect(m_recent, &QListView::clicked, m_recent, &QListView::activated);
    list->addWidget(m_recent, 1);
    m_recentEmpty = makeLabel("hint");
    m_recentEmpty->setWordWrap(true);
    m_recentEmpty->setContentsMargins(scaledMargins(12, 12, 12, 12));
    list->addWidget(m_recentEmpty, 1, Qt::AlignTop);
    column->addWidget(recent);

    QFrame* open = makeFrame("card");
    auto* rows = new QVBoxLayout(open);
    rows->setContentsMargins(scaledMargins(8, 8, 8, 8));
    rows->setSpacing(scaled(4));
    m_openAds = new KeyButton({}, KeyButton::Kind::Quiet);
    m_openAds->setIconName(QStringLiteral("folder"));
    m_newEmpty = new KeyButton({}, KeyButton::Kind::Quiet);
    m_newEmpty->setIconName(QStringLiteral("add"));
    connect(m_openAds, &KeyButton::clicked, this, &StartPage::adsRequested);
    connect(m_newEmpty, &KeyButton::clicked, this, &StartPage::emptyRequested);
    for (KeyButton* button : { m_openAds, m_newEmpty })
        rows->addWidget(button, 0, Qt::AlignLeft);
    column->addWidget(open);
    column->addWidget(makeEngineCard());
    column->addStretch(1);
    return right;
}

QWidget* StartPage::makeEngineCard()
{
    QFrame* card = makeFrame("card");
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(scaledMargins(12, 12, 12, 12));
    row->setSpacing(scaled(12));
    m_engineIcon = new QLabel;
    row->addWidget(m_engineIcon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(scaled(2));
    m_engineTitle = makeLabel("strong");
    m_engineTitle->setWordWrap(true);
    m_engineText = makeLabel("secondary");
    m_engineText->setWordWrap(true);
    words->addWidget(m_engineTitle);
    words->addWidget(m_engineText);
    row->addLayout(words, 1);
    m_engineButton = new KeyButton({}, KeyButton::Kind::Plain);
    m_engineButton->hide();
    connect(m_engineButton, &KeyButton::clicked, this, &StartPage::engineStartRequested);
    row->addWidget(m_engineButton, 0, Qt::AlignTop);
    return card;
}

QString StartPage::title() const
{
    return tr("Start");
}

QWidget* StartPage::firstFocus()
{
    return m_sampleButton;
}

void StartPage::enter()
{
    m_message->clear();
    QtConcurrent::run(recentSessions, recentShown)
        .then(this, [this](const QList<SessionSummary>& sessions) { showRecent(sessions); });
}

void StartPage::showRecent(const QList<SessionSummary>& sessions)
{
    m_recentModel->clear();
    for (const SessionSummary& session : sessions) {
        auto* item
            = new QStandardItem(session.name.isEmpty() ? tr("Without a name") : session.name);
        item->setEditable(false);
        item->setData(session.folder, folderRole);
        item->setData(session.thumbnail, PictureRole);
        item->setData(tr("%n ad(s)", nullptr, session.ads), DetailRole);
        item->setData(QLocale().toString(session.changed, QLocale::ShortFormat), CaptionRole);
        m_recentModel->appendRow(item);
    }
    showWaiting(sessions);
    const int rows = std::min<int>(recentRows, static_cast<int>(sessions.size()));
    m_recent->setFixedHeight(rows * std::max(1, m_recent->sizeHintForRow(0)));
    m_recent->setVisible(!sessions.isEmpty());
    m_recentEmpty->setVisible(sessions.isEmpty());
}

void StartPage::showWaiting(const QList<SessionSummary>& sessions)
{
    const auto found
        = std::find_if(sessions.begin(), sessions.end(), [this](const SessionSummary& session) {
              return session.waiting > 0 && session.folder != m_openFolder;
          });
    if (found == sessions.end())
        return;
    m_waitingFolder = found->folder;
    m_message->showMessage(
        MessageBar::Kind::Info,
        tr("%n job(s) of “%1” were waiting when AdTailor closed.", nullptr, found->waiting)
            .arg(found->name),
        tr("Nothing was lost. The queue is paused."),
        { tr("Resume queue"), tr("Keep paused"), tr("Discard") });
}

void StartPage::setSample(const QString& product, const QString& person, int clicks,
                          const QList<QImage>& pictures)
{
    m_sampleProduct = product;
    m_samplePerson = person;
    m_sampleClicks = clicks;
    m_samplePictures->setPictures(pictures);
    if (!pictures.isEmpty())
        m_well->setExample(pictures.last());
    describeSample();
}

void StartPage::describeSample()
{
    const bool there = m_sampleClicks > 0;
    m_sampleButton->setEnabled(there);
    m_sampleTitle->setText(there ? tr("Sample: %1 for %2").arg(m_sampleProduct, m_samplePerson)
                                 : tr("The sample is missing"));
    m_sampleText->setText(there ? tr("A finished brief and a fictional person with %n click(s). "
                                     "First ad without any set-up.",
                                     nullptr, m_sampleClicks)
                                : tr("Its files were not found. Install AdTailor again, or drop "
                                     "a picture of your own."));
}

void StartPage::setEngine(EngineState state, bool willRestart, const ModelInfo& model,
                          const Error& error)
{
    m_engineState = state;
    m_engineReturns = willRestart;
    m_model = model;
    m_engineError = error;
    describeEngine();
}

void StartPage::describeEngine()
{
    const bool gone = m_engineState == EngineState::Gone;
    const bool broken = gone && !m_engineReturns;
    const QColor color = broken ? colors().error : gone ? colors().warning : colors().success;
    m_engineIcon->setPixmap(iconPixmap(broken ? QStringLiteral("error") : QStringLiteral("chip"),
                                       color, scaled(22), devicePixelRatioF()));
    m_engineButton->setVisible(broken);
    if (broken) {
        const Message message = Messages::forError(m_engineError);
        m_engineTitle->setText(tr("The engine does not start"));
        m_engineText->setText(message.detail.isEmpty() ? message.sentence : message.detail);
        return;
    }
    if (gone || m_engineState == EngineState::Starting) {
        m_engineTitle->setText(gone ? tr("Engine restarting") : tr("Engine starting"));
        m_engineText->setText(tr("Loading the model. You can prepare the brief meanwhile."));
        return;
    }
    const bool demo = m_model.quality == "demo";
    const QString name = toQString(m_model.name);
    m_engineTitle->setText(demo ? tr("Engine ready: %1 model, demo quality").arg(name)
                                : tr("Engine ready: %1").arg(name));
    m_engineText->setText(
        tr("%1 million parameters, %2 px pictures, on this computer (%3). Nothing leaves it.")
            .arg(QLocale().toString(m_model.parameters / 1e6, 'f', 1))
            .arg(m_model.imageSize)
            .arg(toQString(m_model.device).toUpper()));
}

void StartPage::showProblem(const QString& sentence, const QString& detail)
{
    m_message->showMessage(MessageBar::Kind::Error, sentence, detail);
}

void StartPage::choosePicture()
{
    m_well->choose();
}

void StartPage::retranslate()
{
    m_question->setText(tr("Which product are we dressing today?"));
    m_promise->setText(tr("Drop a product picture, choose a person who said yes, get an ad that "
                          "fits. Everything runs on this computer."));
    m_well->setTexts(tr("Drop a product picture here"),
                     tr("Transparent PNG is best. A photo on plain white works too: AdTailor "
                        "cuts the product out."));
    m_sampleButton->setText(tr("Open the sample"));
    m_recentTitle->setText(tr("Recent projects"));
    m_recentEmpty->setText(tr("Your projects will be listed here. They save themselves."));
    m_openAds->setText(tr("Open a folder of ads…"));
    m_newEmpty->setText(tr("New empty project"));
    m_engineButton->setText(tr("Start engine"));
    describeSample();
    describeEngine();
    if (m_recentModel->rowCount() > 0)
        enter();
}

} // namespace adtailor
