// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/models_page.h"

#include "app/messages.h"
#include "app/pages/model_panel.h"
#include "app/pages/page_parts.h"
#include "app/qt_types.h"
#include "widgets/cell_delegate.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/two_line_delegate.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <algorithm>
#include <array>
#include <utility>

namespace adtailor {

namespace {

constexpr int inspectorWidth = 320;

} // namespace

ModelsPage::ModelsPage(ModelDesk& desk, EngineClient& engine, QWidget* parent)
    : Page(parent)
    , m_desk(desk)
    , m_engine(engine)
{
    m_import = addAction(new KeyButton({}, KeyButton::Kind::Plain));
    m_import->setIconName(QStringLiteral("import"));
    m_import->setKey(QKeySequence(Qt::CTRL | Qt::Key_I));
    m_use = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_use->setIconName(QStringLiteral("check"));
    m_use->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    m_panel = new ModelPanel(desk);
    whole->addWidget(makePanes(nullptr, makeCentre(), m_panel, 0, inspectorWidth));
    setAcceptDrops(true);
    connectParts();
    finishBuilding();
}

QWidget* ModelsPage::makeCentre()
{
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* tools = addToolBar(column);
    m_kinds = new Segments;
    m_find = new QLineEdit;
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(scaled(220));
    tools->addWidget(m_kinds);
    tools->addStretch();
    tools->addWidget(m_find);
    m_message = new MessageBar;
    column->addWidget(m_message);

    m_byKind = new QSortFilterProxyModel(this);
    m_byKind->setSourceModel(&m_desk.model());
    m_byKind->setFilterRole(ModelListModel::KindRole);
    m_byName = new QSortFilterProxyModel(this);
    m_byName->setSourceModel(m_byKind);
    m_byName->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table = new QTableView;
    m_table->setModel(m_byName);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setItemDelegateForColumn(ModelListModel::Name, new TwoLineDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ModelListModel::Name, QHeaderView::Stretch);
    column->addWidget(m_table, 1);

    m_hint = makeLabel("hint");
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setContentsMargins(scaledMargins(16, 12, 16, 12));
    column->addWidget(m_hint);
    QFrame* footer = makeFrame("footer");
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(scaledMargins(16, 8, 16, 8));
    m_used = makeLabel("secondary");
    m_used->setWordWrap(true);
    m_list = new KeyButton({}, KeyButton::Kind::Quiet);
    m_list->setCompact(true);
    row->addWidget(m_used, 1);
    row->addWidget(m_list);
    column->addWidget(footer);
    return centre;
}

void ModelsPage::connectParts()
{
    connect(m_use, &KeyButton::clicked, this, &ModelsPage::useChosen);
    connect(m_table, &QTableView::activated, this, &ModelsPage::useChosen);
    connect(m_import, &KeyButton::clicked, this, &ModelsPage::importFolder);
    connect(m_list, &KeyButton::clicked, this, &ModelsPage::listFolder);
    connect(m_kinds, &Segments::currentChanged, this, [this](int kind) {
        static const std::array filters{ "", "0|1", "2" };
        m_byKind->setFilterRegularExpression(
            QLatin1String(filters[static_cast<std::size_t>(kind)]));
    });
    connect(m_find, &QLineEdit::textChanged, m_byName,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const ModelRow* row = chosen())
            m_selected = row->folder();
        showModel();
    });
    connect(m_message, &MessageBar::buttonClicked, this, [this](int button) {
        m_message->clear();
        if (button == 0)
            m_repair();
    });
    connect(m_panel, &ModelPanel::removeRequested, this, &ModelsPage::removeChosen);
    connect(&m_desk, &ModelDesk::changed, this, &ModelsPage::showList);
    connect(&m_desk, &ModelDesk::workChanged, this, [this] {
        const bool free = m_desk.work() == ModelDesk::Work::None;
        m_import->setEnabled(free);
        m_list->setEnabled(free);
    });
    connect(&m_desk, &ModelDesk::finished, this, &ModelsPage::announced);
    connect(&m_desk, &ModelDesk::failed, this, &ModelsPage::showError);
    connect(&m_engine, &EngineClient::stateChanged, this, &ModelsPage::showEngine);
}

QString ModelsPage::title() const
{
    return tr("Models");
}

QWidget* ModelsPage::firstFocus()
{
    return m_table;
}

void ModelsPage::enter()
{
    m_desk.refresh();
}

const ModelRow* ModelsPage::chosen() const
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return nullptr;
    return m_desk.model().at(m_byKind->mapToSource(m_byName->mapToSource(index)).row());
}

QString ModelsPage::chosenFolder() const
{
    const ModelRow* row = chosen();
    return row ? row->folder() : QString();
}

void ModelsPage::choose(const QString& folder)
{
    const int row = m_desk.model().rowOf(folder);
    const QModelIndex index
        = m_byName->mapFromSource(m_byKind->mapFromSource(m_desk.model().index(row, 0)));
    m_table->setCurrentIndex(index.isValid() ? index : m_byName->index(0, 0));
}

void ModelsPage::useChosen()
{
    if (!m_use->isEnabled())
        return;
    m_message->clear();
    m_desk.use(chosenFolder());
}

void ModelsPage::importFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("Import a model from its folder"));
    if (!folder.isEmpty())
        m_desk.import(folder);
}

void ModelsPage::listFolder()
{
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("List models where they are"));
    if (!folder.isEmpty())
        m_desk.addFolder(folder);
}

// Files that are deleted are gone, so the page asks and says which; a list's entry is not.
void ModelsPage::removeChosen()
{
    const ModelRow* row = chosen();
    if (!row || !m_panel->canRemove())
        return;
    m_repair = [this, folder = row->folder()] { m_desk.remove(folder); };
    if (!row->model.imported)
        return m_repair();
    QString lost = tr("%1 in %2 are deleted for good.")
                       .arg(ModelListModel::sizeText(row->model.fileBytes),
                            QDir::toNativeSeparators(row->folder()));
    if (m_desk.model().isInUse(*row))
        lost += QLatin1Char(' ') + tr("It is in use: the engine starts again without it.");
    m_brokenShown = false;
    m_message->showMessage(MessageBar::Kind::Warning,
                           tr("Delete %1?").arg(toQString(row->model.name)), lost,
                           { tr("Delete"), tr("Keep") });
}

void ModelsPage::showList()
{
    quint64 used = 0;
    for (const ModelRow& row : m_desk.model().rows())
        used += row.model.imported ? row.model.fileBytes : 0;
    m_used->setText(
        tr("%1 imported · %2")
            .arg(ModelListModel::sizeText(used), QDir::toNativeSeparators(m_desk.home())));
    if (!m_desk.model().rows().empty()) {
        const auto& rows = m_desk.model().rows();
        const auto inUse = std::find_if(rows.begin(), rows.end(), [this](const ModelRow& row) {
            return m_desk.model().isInUse(row);
        });
        if (m_selected.isEmpty() && inUse != rows.end())
            m_selected = inUse->folder();
        choose(m_selected);
    }
    showModel();
}

void ModelsPage::showModel()
{
    const ModelRow* row = chosen();
    m_panel->setModel(chosenFolder());
    const bool inUse = row && m_desk.model().isInUse(*row);
    const bool adapter = row && row->model.kind == ModelKind::Adapter;
    m_use->setEnabled(row && (inUse ? adapter : row->model.missing.empty()));
    m_use->setText(!inUse        ? tr("Use for new ads")
                       : adapter ? tr("Leave this adapter out")
                                 : tr("In use for new ads"));
}

// A model that the engine refuses is left by one click; the brief is untouched by all of this.
void ModelsPage::showEngine()
{
    const bool broken = m_engine.state() == EngineState::Gone && !m_engine.willRestart();
    if (broken) {
        const Message message = Messages::forError(m_engine.lastError());
        m_repair = [this] { m_desk.useBefore(); };
        m_message->showMessage(
            MessageBar::Kind::Error, tr("The engine does not start on this model."),
            message.detail.isEmpty() ? message.sentence : message.detail,
            m_desk.hasBefore() ? QStringList{ tr("Use the model from before") } : QStringList());
        m_brokenShown = true;
    } else if (m_engine.state() == EngineState::Ready && std::exchange(m_brokenShown, false)) {
        m_message->clear();
    }
}

void ModelsPage::showError(const Error& error)
{
    const Message message = Messages::forError(error);
    m_brokenShown = false;
    m_message->showMessage(MessageBar::Kind::Error, message.sentence, message.detail);
}

void ModelsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F5 && m_panel->canCheck())
        m_desk.check(chosenFolder());
    else if (event->key() == Qt::Key_Delete)
        removeChosen();
    else
        Page::keyPressEvent(event);
}

void ModelsPage::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (m_import->isEnabled() && urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void ModelsPage::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    m_desk.import(event->mimeData()->urls().first().toLocalFile());
}

void ModelsPage::retranslate()
{
    m_import->setText(tr("Import a folder…"));
    const int kind = m_kinds->count() > 0 ? m_kinds->current() : 0;
    m_kinds->setChoices({ tr("All"), tr("Models"), tr("Adapters") });
    m_kinds->setCurrent(kind);
    m_find->setPlaceholderText(tr("Find a model"));
    m_find->setAccessibleName(m_find->placeholderText());
    m_table->setAccessibleName(title());
    m_hint->setText(tr("Drop a model's folder here to import it. Files are checked, never run."));
    m_list->setText(tr("List a folder where it is…"));
    m_panel->retranslate();
    m_desk.model().retranslate();
    showList();
}

} // namespace adtailor
