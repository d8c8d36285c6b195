// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/catalogue_page.h"

#include "app/messages.h"
#include "app/pages/page_parts.h"
#include "app/pages/table_mapping.h"
#include "app/qt_types.h"
#include "widgets/cell_delegate.h"
#include "widgets/empty_view.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"

#include <adtailor/imaging.h>

#include <QCryptographicHash>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int sourceWidth = 280, inspectorWidth = 280;
constexpr int pictureSide = 200;
enum Fact { RowFact, ProductFact, PersonFact, PointsFact, ClicksFact, PictureFact };

// By the state that is chosen and by the words that are typed.
class RowFilter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void set(int state, const QString& words)
    {
        m_state = state;
        m_words = words;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        using State = CatalogueRow::State;
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        const auto state = static_cast<State>(index.data(CatalogueModel::StateRole).toInt());
        const bool left = state == State::Waiting || state == State::Drawing;
        const bool shown = m_state == 0 || (m_state == 1 && state == State::Done)
            || (m_state == 2 && state == State::Failed) || (m_state == 3 && left);
        return shown
            && (m_words.isEmpty()
                || index.data(CatalogueModel::WordsRole)
                       .toString()
                       .contains(m_words, Qt::CaseInsensitive));
    }

private:
    int m_state = 0;
    QString m_words;
};

} // namespace

CataloguePage::CataloguePage(std::function<EngineCommand()> serve, QWidget* parent)
    : Page(parent)
    , m_batch(std::move(serve))
{
    setAcceptDrops(true);
    m_results = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_results->setIconName(u"folder"_s);
    m_run = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_run->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_stack = new QStackedWidget;
    m_empty = new EmptyView;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(
        makePanes(makeLeft(), makeCentre(), makeRight(), sourceWidth, inspectorWidth));
    fillWith(this, m_stack);
    connectParts();
    finishBuilding();
    showCounts();
}

QWidget* CataloguePage::makeLeft()
{
    m_source = new Panel;
    m_replace = new KeyButton({}, KeyButton::Kind::Quiet);
    m_replace->setCompact(true);
    m_source->addTool(m_replace);
    QVBoxLayout* file = m_source->addSection();
    m_file = makeLabel("strong");
    m_fileNote = makeLabel("hint");
    m_file->setWordWrap(true);
    m_fileNote->setWordWrap(true);
    file->addWidget(m_file);
    file->addWidget(m_fileNote);
    QVBoxLayout* map = m_source->addSection();
    m_mapName = makeLabel("section");
    map->addWidget(m_mapName);
    m_form = new TableMapping;
    map->addWidget(m_form);
    return m_source;
}

QWidget* CataloguePage::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QFrame* head = makeFrame("header");
    auto* words = new QVBoxLayout(head);
    words->setContentsMargins(scaledMargins(16, 12, 16, 12));
    auto* line = new QHBoxLayout;
    m_count = makeLabel("strong");
    m_left = makeLabel("secondary");
    line->addWidget(m_count);
    line->addStretch();
    line->addWidget(m_left);
    m_bar = new QProgressBar;
    m_bar->setTextVisible(false);
    words->addLayout(line);
    words->addWidget(m_bar);
    column->addWidget(head);
    m_message = new MessageBar;
    column->addWidget(m_message);
    QHBoxLayout* tools = addToolBar(column);
    m_states = new Segments;
    m_search = new QLineEdit;
    m_search->setProperty("density", u"compact"_s);
    m_search->setClearButtonEnabled(true);
    tools->addWidget(m_states);
    tools->addStretch();
    tools->addWidget(m_search);
    m_rows = new RowFilter(this);
    m_rows->setSourceModel(&m_model);
    m_view = new QTableView;
    m_view->setModel(m_rows);
    m_view->setItemDelegate(new CellDelegate(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(scaled(Look::current().sizes.row));
    QHeaderView* header = m_view->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(CatalogueModel::Title, QHeaderView::Stretch);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->setColumnWidth(CatalogueModel::Number, scaled(56));
    m_view->setColumnWidth(CatalogueModel::Product, scaled(170));
    m_view->setColumnWidth(CatalogueModel::Person, scaled(100));
    m_view->setColumnWidth(CatalogueModel::Progress, scaled(120));
    column->addWidget(m_view, 1);
    return centre;
}

QWidget* CataloguePage::makeRight()
{
    m_inspector = new Panel;
    QVBoxLayout* top = m_inspector->addSection();
    m_reason = new MessageBar;
    m_reason->setStacked(true);
    m_picture = new QLabel;
    m_picture->setAlignment(Qt::AlignCenter);
    top->addWidget(m_reason);
    top->addWidget(m_picture);
    m_facts = new Facts;
    for (const bool number : { true, false, false, false, true, false })
        m_facts->addFact(number);
    m_inspector->addSection()->addWidget(m_facts);
    m_retry = new KeyButton({}, KeyButton::Kind::Plain);
    m_retry->setIconName(u"retry"_s);
    m_inspector->addSection()->addWidget(m_retry, 0, Qt::AlignLeft);
    QVBoxLayout* same = m_inspector->addSection();
    m_commandName = makeLabel("section");
    m_command = makeLabel("number");
    m_command->setWordWrap(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    same->addWidget(m_commandName);
    same->addWidget(m_command);
    return m_inspector;
}

void CataloguePage::connectParts()
{
    connect(m_empty, &EmptyView::buttonClicked, this, &CataloguePage::chooseTable);
    connect(m_replace, &KeyButton::clicked, this, &CataloguePage::chooseTable);
    connect(m_run, &KeyButton::clicked, this, &CataloguePage::run);
    connect(m_results, &KeyButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_batch.root())); });
    connect(m_retry, &KeyButton::clicked, this, [this] {
        m_model.retryFailed();
        run();
    });
    connect(m_form, &TableMapping::changed, this, &CataloguePage::readRows);
    connect(m_states, &Segments::currentChanged, this, &CataloguePage::filter);
    connect(m_search, &QLineEdit::textChanged, this, &CataloguePage::filter);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &CataloguePage::showRow);
    connect(&m_batch, &BatchProcess::rowDone, this, [this](qint64 number, const QString& text) {
        m_model.setDone(number, text);
        showCounts();
        if (const CatalogueRow* row = chosen(); row && row->number == number)
            showRow();
    });
    connect(&m_batch, &BatchProcess::rowFailed, this, [this](qint64 number, const QString& text) {
        m_model.setFailed(number, text);
        showCounts();
    });
    connect(&m_batch, &BatchProcess::rowDrawn, &m_model, &CatalogueModel::setDrawn);
    connect(&m_batch, &BatchProcess::failed, this, [this](const Error& error) {
        const Message message = Messages::forError(error);
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
    });
    connect(&m_batch, &BatchProcess::ended, this, [this](bool stopped) {
        m_model.stopDrawing();
        showCounts();
        showRow();
        if (!stopped)
            emit announced(tr("%n ad(s) of the table are done.", nullptr, m_model.counts().done));
    });
}

QString CataloguePage::title() const
{
    return tr("Catalogue");
}

QWidget* CataloguePage::firstFocus()
{
    return m_table.isEmpty() ? static_cast<QWidget*>(m_empty) : m_view;
}

void CataloguePage::chooseTable()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Choose a table"), {}, tr("Tables (*.csv *.tsv *.jsonl *.ndjson *.json)"));
    if (!file.isEmpty())
        openTable(file);
}

void CataloguePage::openTable(const QString& file)
{
    if (m_batch.isRunning())
        return;
    const auto columns = previewTable(toPath(file)); // its beginning only
    m_stack->setCurrentIndex(1);
    m_message->clear();
    if (!columns) {
        const Message message = Messages::forError(columns.error());
        m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
        m_table.clear();
        m_model.setRows({});
        showCounts();
        return;
    }
    m_table = file;
    m_file->setText(QFileInfo(file).fileName());
    m_form->setColumns(*columns);
    readRows();
}

// One folder for a table read in one way: another mapping never mixes with it.
BatchWish CataloguePage::wish() const
{
    BatchWish wish{ .table = m_table, .columns = m_form->mapping(), .out = {}, .seed = 0 };
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QFileInfo(m_table).absoluteFilePath().toUtf8());
    for (const auto& [field, column] : wish.columns)
        hash.addData(QByteArray::fromStdString('\n' + field + '=' + column));
    wish.out = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/adtailor/catalogue/"_s + QString::fromLatin1(hash.result().toHex().left(12));
    return wish;
}

void CataloguePage::readRows()
{
    m_command->setText(m_batch.commandLine(wish()));
    const int generation = ++m_generation;
    m_reading = m_form->isWhole();
    m_model.setRows({});
    showCounts();
    if (!m_reading)
        return;
    QtConcurrent::run(readCatalogue, m_table, m_form->mapping())
        .then(this, [this, generation](Result<std::vector<CatalogueRow>> rows) {
            if (generation != m_generation)
                return;
            m_reading = false;
            if (rows) {
                m_message->clear();
                m_model.setRows(std::move(*rows));
            } else {
                const Message message = Messages::forError(rows.error());
                m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
            }
            showCounts();
        });
}

void CataloguePage::run()
{
    if (m_batch.isRunning())
        return m_batch.stop();
    if (m_table.isEmpty() || m_model.counts().rows == 0)
        return;
    m_message->clear();
    m_clock.start();
    m_doneAtStart = m_model.counts().done;
    m_batch.start(wish());
    showCounts();
}

void CataloguePage::showCounts()
{
    const CatalogueModel::Counts counts = m_model.counts();
    const bool running = m_batch.isRunning();
    m_count->setText(
        m_reading ? tr("Reading the table…")
            : counts.failed > 0
            ? tr("%1 of %2 done, %3 failed").arg(counts.done).arg(counts.rows).arg(counts.failed)
            : tr("%1 of %2 done").arg(counts.done).arg(counts.rows));
    const int made = counts.done - m_doneAtStart;
    const bool measured = running && made > 1;
    m_left->setText(measured ? tr("%1 left").arg(
                        Messages::duration(m_clock.elapsed() / 1000.0 / made * counts.left()))
                        : running ? tr("measuring")
                                  : QString());
    m_bar->setRange(0, std::max(counts.rows, 1));
    m_bar->setValue(counts.done + counts.failed);
    m_fileNote->setText(tr("%n row(s)", nullptr, counts.rows));
    const int state = m_states->count() > 0 ? m_states->current() : 0;
    m_states->setChoices({ tr("All %1").arg(counts.rows), tr("Done %1").arg(counts.done),
                           tr("Failed %1").arg(counts.failed), tr("Left %1").arg(counts.left()) });
    m_states->setCurrent(state);
    m_run->setEnabled(running || counts.left() > 0);
    m_run->setIconName(running ? u"stop"_s : u"play"_s);
    m_run->setText(running ? tr("Stop") : counts.done > 0 ? tr("Continue") : tr("Make the ads"));
    m_results->setEnabled(!m_batch.root().isEmpty());
    m_retry->setEnabled(!running && counts.failed > 0);
    m_replace->setEnabled(!running);
    m_form->setFieldsEnabled(!running);
}

const CatalogueRow* CataloguePage::chosen() const
{
    const QModelIndex index = m_rows->mapToSource(m_view->currentIndex());
    return index.isValid() ? &m_model.at(index.row()) : nullptr;
}

void CataloguePage::showRow()
{
    const CatalogueRow* row = chosen();
    const QString none = noValue();
    m_inspector->setTitle(row ? tr("Row %1").arg(row->number) : tr("No row chosen"));
    m_facts->setValue(RowFact, row ? QString::number(row->number) : none);
    m_facts->setValue(ProductFact, row ? row->product : none);
    m_facts->setValue(PersonFact, row && !row->person.isEmpty() ? row->person : none);
    m_facts->setValue(PointsFact, row ? row->points.join(u", "_s) : none);
    m_facts->setValue(ClicksFact, row ? QString::number(row->clicks) : none);
    m_facts->setValue(PictureFact, row ? QFileInfo(row->cutout).fileName() : none);
    if (row && row->state == CatalogueRow::State::Failed)
        m_reason->showMessage(MessageBar::Kind::Error, tr("This row has no ad."), row->text);
    else
        m_reason->clear();
    m_picture->clear();
    if (row && row->state == CatalogueRow::State::Done)
        showPicture(row->number);
}

void CataloguePage::showPicture(qint64 number)
{
    const QString file = QDir(m_batch.root()).filePath(u"0/fusion_image/%1.png"_s.arg(number - 1));
    QtConcurrent::run([file] {
        const auto picture = imaging::load(toPath(file));
        return picture ? toQImage(imaging::thumbnail(*picture, 2 * pictureSide)) : QImage();
    }).then(this, [this, number](const QImage& picture) {
        const CatalogueRow* row = chosen();
        if (!row || row->number != number || picture.isNull())
            return;
        QPixmap shown = QPixmap::fromImage(
            picture.scaled(QSize(1, 1) * qRound(scaled(pictureSide) * devicePixelRatioF()),
                           Qt::KeepAspectRatio, Qt::SmoothTransformation));
        shown.setDevicePixelRatio(devicePixelRatioF());
        m_picture->setPixmap(shown);
    });
}

void CataloguePage::filter()
{
    static_cast<RowFilter*>(m_rows)->set(m_states->current(), m_search->text().trimmed());
}

void CataloguePage::nextFailed()
{
    const int rows = m_rows->rowCount();
    const int from = m_view->currentIndex().row();
    for (int step = 1; step <= rows; ++step) {
        const QModelIndex index = m_rows->index((from + step + rows) % rows, 0);
        if (index.data(CatalogueModel::StateRole).toInt()
            == static_cast<int>(CatalogueRow::State::Failed))
            return m_view->setCurrentIndex(index);
    }
}

void CataloguePage::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::NoModifier && event->key() == Qt::Key_E)
        return nextFailed();
    if (event->key() == Qt::Key_F5 && m_retry->isEnabled())
        return m_retry->click();
    Page::keyPressEvent(event);
}

void CataloguePage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void CataloguePage::dropEvent(QDropEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        openTable(urls.first().toLocalFile());
}

void CataloguePage::retranslate()
{
    m_empty->setContent(u"catalogue"_s, tr("Make ads for a whole table."),
                        tr("A row is a product and, if you like, a person with clicks: CSV, JSON "
                           "Lines or PAd1M."),
                        tr("Choose a table…"));
    m_source->setTitle(tr("Source"));
    m_replace->setText(tr("Replace…"));
    m_mapName->setText(tr("Which column is what?"));
    m_form->retranslate();
    m_search->setPlaceholderText(tr("Filter rows"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_view->setAccessibleName(tr("Rows"));
    m_bar->setAccessibleName(tr("Rows that are done"));
    m_results->setText(tr("Open the results"));
    m_retry->setText(tr("Retry failed"));
    m_retry->setToolTip(tr("Retry failed (F5); E goes to the next one"));
    m_commandName->setText(tr("Same as"));
    const QStringList facts{ tr("Row"),    tr("Product"), tr("Person"), tr("Selling points"),
                             tr("Clicks"), tr("Picture") };
    for (int i = 0; i < facts.size(); ++i)
        m_facts->setName(i, facts[i]);
    m_model.retranslate();
    showCounts();
    showRow();
}

} // namespace adtailor
