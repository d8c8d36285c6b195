// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/brief_page.h"

#include "app/pages/page_parts.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "widgets/highlight_view.h"
#include "widgets/icon.h"
#include "widgets/image_canvas.h"
#include "widgets/key_button.h"
#include "widgets/look.h"
#include "widgets/message_bar.h"
#include "widgets/segments.h"
#include "widgets/slider_field.h"
#include "widgets/status_pill.h"
#include "widgets/tag_editor.h"
#include "widgets/text_field.h"

#include <adtailor/prompt_text.h>

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace adtailor {

namespace {

constexpr int formWidth = 320;
constexpr int inspectorWidth = 300;
constexpr int checkCount = 3;
constexpr int pointLetters = 60;
constexpr int adSide = 1024; // pixels of the saved ad: what 100 % and one nudge mean
enum Fact { File, Size, Opaque, Touches };

QString percent(double share)
{
    return QLocale().toString(share * 100, 'f', 1) + QStringLiteral(" %");
}

} // namespace

BriefPage::BriefPage(ProjectSession& session, QWidget* parent)
    : Page(parent)
    , m_session(session)
{
    m_next = addAction(new KeyButton({}, KeyButton::Kind::Primary));
    m_next->setIconName(QStringLiteral("people"));
    m_next->setKey(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_next, &KeyButton::clicked, this, &BriefPage::nextRequested);

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(
        makePanes(makeForm(), makeCentre(), makeInspector(), formWidth, inspectorWidth));
    connectEdits();
    finishBuilding();
    showBrief();
    showPicture();
}

QWidget* BriefPage::makeForm()
{
    m_form = new Panel;
    QVBoxLayout* section = m_form->addSection();
    const auto headLine = [section](QLabel*& name, QLabel*& count) {
        auto* row = new QHBoxLayout;
        name = makeLabel("label");
        count = makeLabel("rate");
        row->addWidget(name, 1);
        row->addWidget(count);
        section->addLayout(row);
    };
    headLine(m_descriptionName, m_descriptionCount);
    m_description = new TextField(static_cast<int>(limits::descriptionBytes));
    m_description->setTabChangesFocus(true);
    m_description->setUndoRedoEnabled(false); // one undo for the whole project
    m_description->setMinimumHeight(scaled(112));
    m_description->setMaximumHeight(scaled(140));
    m_descriptionName->setBuddy(m_description);
    section->addWidget(m_description);
    section->addSpacing(scaled(12));
    headLine(m_pointsName, m_pointsCount);
    m_points = new TagEditor;
    m_points->setLengthLimit(pointLetters);
    m_pointsName->setBuddy(m_points);
    section->addWidget(m_points);
    m_pointsHint = makeLabel("hint");
    m_pointsHint->setWordWrap(true);
    section->addWidget(m_pointsHint);
    section->addSpacing(scaled(12));
    m_message = new MessageBar;
    m_message->setStacked(true);
    section->addWidget(m_message);
    return m_form;
}

QWidget* BriefPage::makeCentre()
{
    auto* centre = makeFrame("canvas");
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* tools = addToolBar(column);
    m_mode = new Segments;
    tools->addWidget(m_mode);
    m_undo = makeToolButton(QStringLiteral("undo"));
    m_redo = makeToolButton(QStringLiteral("redo"));
    tools->addWidget(m_undo);
    tools->addWidget(m_redo);
    tools->addStretch();
    m_replace = new KeyButton({}, KeyButton::Kind::Quiet);
    m_replace->setIconName(QStringLiteral("image"));
    m_replace->setCompact(true);
    tools->addWidget(m_replace);
    m_fit = makeToolButton(QStringLiteral("fit"));
    tools->addWidget(m_fit);
    m_zoom = makeLabel("rate");
    tools->addWidget(m_zoom);
    m_canvas = new ImageCanvas;
    m_canvas->setFrameSize(QSize(adSide, adSide));
    column->addWidget(m_canvas, 1);
    m_caption = makeLabel("hint");
    m_caption->setWordWrap(true);
    m_caption->setAlignment(Qt::AlignCenter);
    m_caption->setContentsMargins(scaledMargins(16, 4, 16, 12));
    column->addWidget(m_caption);
    return centre;
}

QWidget* BriefPage::makeInspector()
{
    m_inspector = new Panel;
    m_state = new StatusPill;
    m_inspector->addTool(m_state);
    m_facts = new Facts;
    for (const bool number : { false, true, true, false })
        m_facts->addFact(number);
    m_inspector->addSection()->addWidget(m_facts);

    QVBoxLayout* placement = m_inspector->addSection();
    m_placementName = makeLabel("section");
    placement->addWidget(m_placementName);
    for (SliderField** field : { &m_size, &m_across, &m_ground }) {
        *field = new SliderField({});
        (*field)->setRange(field == &m_size ? 10 : 0, 100, 1);
        (*field)->setDecimals(0);
        (*field)->setSuffix(QStringLiteral(" %"));
        placement->addWidget(*field);
    }
    const Placement standard;
    m_size->setDefault(standard.ratio * 100);
    m_across->setDefault(standard.across * 100);
    m_ground->setDefault(standard.ground * 100);

    QVBoxLayout* prompt = m_inspector->addSection();
    m_promptName = makeLabel("section");
    prompt->addWidget(m_promptName);
    m_prompt = new HighlightView;
    m_prompt->setFocusPolicy(Qt::NoFocus);
    prompt->addWidget(m_prompt);

    QVBoxLayout* checks = m_inspector->addSection();
    m_checksName = makeLabel("section");
    checks->addWidget(m_checksName);
    for (int i = 0; i < checkCount; ++i) {
        auto* row = new QHBoxLayout;
        row->setSpacing(scaled(8));
        m_checkIcons.append(new QLabel);
        m_checkTexts.append(makeLabel("body"));
        m_checkTexts.last()->setWordWrap(true);
        row->addWidget(m_checkIcons.last(), 0, Qt::AlignTop);
        row->addWidget(m_checkTexts.last(), 1);
        checks->addLayout(row);
    }
    return m_inspector;
}

void BriefPage::connectEdits()
{
    connect(m_description, &TextField::textChanged, this, [this] {
        if (m_showing)
            return;
        BriefState changed = m_session.brief();
        changed.description = m_description->toPlainText();
        m_problem.clear();
        m_session.editBrief(BriefField::Description, std::move(changed));
    });
    connect(m_points, &TagEditor::tagsChanged, this, [this](const QStringList& points) {
        BriefState changed = m_session.brief();
        changed.sellingPoints = points;
        m_problem.clear();
        m_session.editBrief(BriefField::SellingPoints, std::move(changed));
    });
    const auto refuse = [this](const QString& sentence) { showProblem(sentence, {}); };
    connect(m_description, &TextField::refused, this, refuse);
    connect(m_points, &TagEditor::refused, this, refuse);
    for (SliderField* field : { m_size, m_across, m_ground }) {
        connect(field, &SliderField::valueChanged, this, [this] {
            place(m_size->value() / 100, m_across->value() / 100, m_ground->value() / 100);
        });
        connect(field, &SliderField::valueEdited, &m_session, &ProjectSession::endEdit);
    }
    connect(m_canvas, &ImageCanvas::placementChanged, this, [this](const QRectF& fraction) {
        const Placement placement = Placement::fromRect(fraction);
        place(placement.ratio, placement.across, placement.ground);
    });
    connect(m_canvas, &ImageCanvas::placementEdited, &m_session, &ProjectSession::endEdit);
    connect(m_canvas, &ImageCanvas::zoomChanged, this, [this](double zoom) {
        m_zoom->setText(QStringLiteral("%1 %").arg(qRound(zoom * 100)));
    });
    connect(m_canvas, &ImageCanvas::fileDropped, this, &BriefPage::pictureDropped);
    connect(m_canvas, &ImageCanvas::emptyButtonClicked, this, &BriefPage::choosePicture);
    connect(m_replace, &KeyButton::clicked, this, &BriefPage::choosePicture);
    connect(m_fit, &QToolButton::clicked, m_canvas, &ImageCanvas::fit);
    connect(m_mode, &Segments::currentChanged, this, [this] { showPicture(); });
    QUndoStack& undo = m_session.undoStack();
    connect(m_undo, &QToolButton::clicked, &undo, &QUndoStack::undo);
    connect(m_redo, &QToolButton::clicked, &undo, &QUndoStack::redo);
    connect(&undo, &QUndoStack::canUndoChanged, m_undo, &QToolButton::setEnabled);
    connect(&undo, &QUndoStack::canRedoChanged, m_redo, &QToolButton::setEnabled);
    m_undo->setEnabled(undo.canUndo());
    m_redo->setEnabled(undo.canRedo());
    connect(m_message, &MessageBar::buttonClicked, this, &BriefPage::choosePicture);
    connect(&m_session, &ProjectSession::briefChanged, this, &BriefPage::showBrief);
    connect(&m_session, &ProjectSession::pictureChanged, this, &BriefPage::showPicture);
    connect(&m_session, &ProjectSession::personChanged, this, &BriefPage::showBrief);
    connect(&m_session, &ProjectSession::historyChanged, this, &BriefPage::showPrompt);
    connect(&m_session, &ProjectSession::opened, this, [this] { m_problem.clear(); });
}

void BriefPage::place(double ratio, double across, double ground)
{
    BriefState changed = m_session.brief();
    changed.placement = { ratio, across, ground };
    m_session.editBrief(BriefField::Placement, std::move(changed));
}

QString BriefPage::title() const
{
    return tr("Brief");
}

QWidget* BriefPage::firstFocus()
{
    return m_description;
}

void BriefPage::setNarrow(bool narrow)
{
    Page::setNarrow(narrow);
    m_zoom->setVisible(!narrow);
}

void BriefPage::setBusy(bool busy)
{
    m_canvas->setBusyText(busy ? tr("Cutting the product out…") : QString());
    m_replace->setEnabled(!busy);
    if (busy)
        m_problem.clear();
    showMessages();
}

void BriefPage::setModel(const ModelInfo& model)
{
    m_model = model;
    const int pixels = model.imageSize;
    showPrompt();
    m_caption->setText(
        pixels > 0
            ? tr("Ad frame 1 : 1 · the model draws %1 × %1 · the saved ad keeps your product's "
                 "own pixels at 1024 × 1024")
                  .arg(pixels)
            : tr("Ad frame 1 : 1 · the saved ad keeps your product's own pixels at 1024 × 1024"));
}

void BriefPage::showProblem(const QString& sentence, const QString& detail)
{
    m_problem = sentence;
    m_problemDetail = detail;
    showMessages();
}

void BriefPage::choosePicture()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose a product picture"), {},
                                                      tr("Pictures (*.png *.jpg *.jpeg *.webp)"));
    if (!path.isEmpty())
        emit pictureDropped(path);
}

void BriefPage::showBrief()
{
    m_showing = true;
    const BriefState& brief = m_session.brief();
    if (m_description->toPlainText() != brief.description)
        m_description->setPlainText(brief.description);
    if (m_points->tags() != brief.sellingPoints)
        m_points->setTags(brief.sellingPoints);
    m_showing = false;
    const int bytes = static_cast<int>(brief.description.toUtf8().size());
    m_descriptionCount->setText(
        tr("%1 of %2")
            .arg(QLocale().toString(bytes), QLocale().toString(limits::descriptionBytes)));
    m_pointsCount->setText(tr("%1 of %2").arg(brief.sellingPoints.size()).arg(m_points->limit()));
    showPlacement();
    showMessages();
    showPrompt();
    showChecks();
}

void BriefPage::showPlacement()
{
    const BriefState& brief = m_session.brief();
    m_size->setValue(brief.placement.ratio * 100);
    m_across->setValue(brief.placement.across * 100);
    m_ground->setValue(brief.placement.ground * 100);
    if (!brief.picture)
        return;
    const QSignalBlocker quiet(m_canvas);
    m_canvas->setPlacement(brief.placement.rect(brief.picture->preview.size()));
    m_canvas->setGroundLine(brief.placement.ground);
}

void BriefPage::showPicture()
{
    const auto& picture = m_session.brief().picture;
    const bool placing = m_mode->current() == 1;
    m_canvas->setImage(picture ? picture->preview : QImage());
    m_canvas->setMode(placing && picture ? ImageCanvas::Mode::Place : ImageCanvas::Mode::View);
    if (!placing)
        m_canvas->setGroundLine({});
    m_canvas->fit();
    m_replace->setVisible(picture != nullptr);
    for (SliderField* field : { m_size, m_across, m_ground })
        field->setEnabled(picture != nullptr);
    const QString none = noValue();
    m_facts->setValue(File, picture ? picture->fileName : none);
    m_facts->setValue(Size,
                      picture ? QStringLiteral("%1 × %2")
                                    .arg(picture->fileSize.width())
                                    .arg(picture->fileSize.height())
                              : none);
    m_facts->setValue(Opaque, picture ? percent(picture->coverage) : none);
    m_facts->setValue(Touches, !picture ? none : picture->touchesEdge ? tr("Yes") : tr("No"));
    if (!picture)
        m_state->setStatus(StatusKind::None, tr("No picture"));
    else if (picture->wasOpaque || picture->touchesEdge)
        m_state->setStatus(StatusKind::Warning, tr("Check"));
    else
        m_state->setStatus(StatusKind::Success, tr("Ready"));
    showPlacement();
    showMessages();
    showChecks();
}

void BriefPage::showMessages()
{
    const auto& picture = m_session.brief().picture;
    const QStringList another{ tr("Choose another…") };
    if (!m_problem.isEmpty())
        m_message->showMessage(MessageBar::Kind::Error, m_problem, m_problemDetail);
    else if (m_session.brief().description.toUtf8().size()
             > static_cast<qsizetype>(limits::descriptionBytes))
        m_message->showMessage(MessageBar::Kind::Error, tr("The description is too long."),
                               tr("Shorten it; the model reads a sentence or two."));
    else if (picture && picture->wasOpaque)
        m_message->showMessage(
            MessageBar::Kind::Warning,
            tr("This photo has a background. The ad needs the product alone."),
            tr("Only plain white is removed by itself. As it is, the whole photo counts as the "
               "product."),
            another);
    else if (picture && picture->touchesEdge)
        m_message->showMessage(MessageBar::Kind::Warning,
                               tr("The product touches the edge of the picture, so part of it may "
                                  "be missing."),
                               {}, another);
    else if (picture && picture->mattedFromBackground)
        m_message->showMessage(MessageBar::Kind::Info, tr("The white background was removed."),
                               tr("Look at the edge of the product in the canvas."));
    else
        m_message->clear();
}

// The engine's own words; a row of placeholders is shown as what it stands for.
void BriefPage::showPrompt()
{
    using Kind = HighlightView::Word::Kind;
    const int clicks = m_session.usesHistory() ? m_session.history().includedCount() : 0;
    const int read = clicks > 0 ? m_model.historyLength : 0; // fewer clicks are read repeatedly
    const auto pieces = promptPieces(m_model.instruction, m_session.productWords(), read);
    std::vector<HighlightView::Word> words;
    for (const PromptPiece& piece : pieces ? *pieces : std::vector<PromptPiece>()) {
        switch (piece.kind) {
        case PromptPiece::Kind::Frame:
            words.push_back({ toQString(piece.text), Kind::Muted });
            break;
        case PromptPiece::Kind::SellingPoints:
            words.push_back({ toQString(piece.text), Kind::Brief });
            break;
        case PromptPiece::Kind::Description:
            words.push_back({ toQString(piece.text), Kind::Plain });
            break;
        case PromptPiece::Kind::HistoryTitles:
            words.push_back({ tr("[%n clicked title(s)]", nullptr, read), Kind::Person });
            break;
        case PromptPiece::Kind::HistoryPictures:
            words.push_back({ tr("[%n clicked picture(s)]", nullptr, read), Kind::Person });
            break;
        }
    }
    m_prompt->setText(words);
}

void BriefPage::setCheck(int index, bool good, const QString& text)
{
    m_checkIcons[index]->setPixmap(
        iconPixmap(good ? QStringLiteral("ok") : QStringLiteral("warning"),
                   good ? colors().success : colors().warning, scaled(18), devicePixelRatioF()));
    m_checkTexts[index]->setText(text);
}

void BriefPage::showChecks()
{
    const BriefState& brief = m_session.brief();
    const QList<BriefGap> gaps = m_session.gaps();
    if (!brief.picture)
        setCheck(0, false, tr("A product picture is missing"));
    else if (brief.picture->wasOpaque || brief.picture->touchesEdge)
        setCheck(0, false, tr("The product picture needs a look"));
    else
        setCheck(0, true, tr("Product picture is clean"));
    if (gaps.contains(BriefGap::Description))
        setCheck(1, false, tr("A description is missing"));
    else if (gaps.contains(BriefGap::SellingPoints))
        setCheck(1, false, tr("At least one selling point is missing"));
    else
        setCheck(1, true,
                 tr("Description and %n selling point(s)", nullptr,
                    static_cast<int>(brief.sellingPoints.size())));
    const Person* person = m_session.person();
    if (!person)
        setCheck(2, true, tr("No person: the ad will be general"));
    else if (!allowsHistory(person->consent))
        setCheck(2, false, tr("%1 has not given consent").arg(person->name));
    else
        setCheck(2, true,
                 person->consent == Consent::Fictional
                     ? tr("%1 is fictional, no consent needed").arg(person->name)
                     : tr("%1 gave consent").arg(person->name));
}

void BriefPage::retranslate()
{
    m_next->setText(tr("Next: People"));
    m_form->setTitle(tr("What are we selling?"));
    m_descriptionName->setText(tr("Product description"));
    m_description->setPlaceholderText(tr("What it is, in a sentence"));
    m_description->setAccessibleName(m_descriptionName->text());
    m_pointsName->setText(tr("Selling points"));
    m_points->setPlaceholder(tr("Type and press Enter"));
    m_points->setAccessibleName(m_pointsName->text());
    m_pointsHint->setText(tr("Paste a list to add several. The model writes only what these say."));
    const int mode = m_mode->count() > 0 ? m_mode->current() : 1;
    m_mode->setChoices({ tr("Cutout"), tr("Place") });
    m_mode->setCurrent(mode);
    describeButton(m_undo, tr("Undo"), QStringLiteral("Ctrl+Z"));
    describeButton(m_redo, tr("Redo"), QStringLiteral("Ctrl+Shift+Z"));
    describeButton(m_fit, tr("Fit the frame into the window"), QStringLiteral("0"));
    m_replace->setText(tr("Replace picture…"));
    m_canvas->setEmptyText(tr("Drop a product picture here, or choose one."),
                           tr("Choose a picture…"));
    m_inspector->setTitle(tr("Cutout"));
    m_facts->setName(File, tr("File"));
    m_facts->setName(Size, tr("Size"));
    m_facts->setName(Opaque, tr("Product share"));
    m_facts->setName(Touches, tr("Touches the frame"));
    m_placementName->setText(tr("Placement in the ad frame"));
    m_size->setLabel(tr("Size"));
    m_across->setLabel(tr("Across"));
    m_ground->setLabel(tr("Ground line"));
    m_promptName->setText(tr("How the model reads it"));
    m_checksName->setText(tr("Before generating"));
    setModel(m_model);
    showBrief();
    showPicture();
}

} // namespace adtailor
