// SPDX-License-Identifier: GPL-3.0-or-later
// Every widget in its main states in one window: widget_gallery [--theme light|dark|contrast]
// [--percent N] [--zh] [--shot FILE].
#include "app/theme.h"
#include "tests/widgets/gallery_comparing.h"
#include "widgets/context_picker.h"
#include "widgets/drop_well.h"
#include "widgets/empty_view.h"
#include "widgets/focus_ring.h"
#include "widgets/highlight_view.h"
#include "widgets/icon.h"
#include "widgets/image_canvas.h"
#include "widgets/interval_plot.h"
#include "widgets/job_bar.h"
#include "widgets/key_button.h"
#include "widgets/line_chart.h"
#include "widgets/linked_pictures.h"
#include "widgets/message_bar.h"
#include "widgets/nav_rail.h"
#include "widgets/segments.h"
#include "widgets/slider_field.h"
#include "widgets/status_pill.h"
#include "widgets/tag_editor.h"
#include "widgets/thumbnail_view.h"
#include "widgets/tick_progress.h"
#include "widgets/title_edit.h"
#include "widgets/token_grid.h"
#include "widgets/two_line_delegate.h"
#include "widgets/vote_button.h"
#include "widgets/win_matrix.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCommandLineParser>
#include <QEventLoop>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QRadioButton>
#include <QStatusBar>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>

using namespace adtailor;
using namespace gallery;

namespace {

QFrame* framed(const char* role)
{
    auto* frame = new QFrame;
    frame->setProperty("role", QLatin1String(role));
    return frame;
}

QLabel* label(const QString& text, const char* role)
{
    auto* line = new QLabel(text);
    line->setProperty("role", QLatin1String(role));
    return line;
}

NavRail* rail()
{
    auto* rail = new NavRail;
    const std::pair<const char*, QString> steps[] = { { "brief", say("Brief", "简报") },
                                                      { "people", say("People", "人群") },
                                                      { "generate", say("Generate", "生成") },
                                                      { "compare", say("Compare", "对比") },
                                                      { "finish", say("Finish", "成稿") } };
    const std::pair<const char*, QString> tools[] = { { "catalogue", say("Catalogue", "批量") },
                                                      { "review", say("Review", "评审") },
                                                      { "train", say("Train", "训练") },
                                                      { "evaluate", say("Evaluate", "评测") },
                                                      { "models", say("Models", "模型") } };
    for (const auto& [icon, text] : steps)
        rail->addStep(QLatin1String(icon), text);
    for (const auto& [icon, text] : tools)
        rail->addTool(QLatin1String(icon), text);
    rail->addFoot(QStringLiteral("keyboard"), say("Shortcuts", "快捷键"));
    rail->addFoot(QStringLiteral("settings"), say("Settings", "设置"));
    rail->setDone(0, true);
    rail->setDone(1, true);
    rail->setCurrent(2);
    rail->setMuted(4, true);
    rail->setBadge(2, 2);
    return rail;
}

QWidget* contextBar()
{
    auto* bar = framed("context");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 7, 16, 7);
    row->setSpacing(10);
    row->addWidget(label(say("Generate", "生成"), "page"));
    auto* product = new ContextPicker(say("Product", "商品"));
    product->setValue(say("Mushroom lamp, ochre", "蘑菇台灯 赭黄"));
    product->setPicture(lamp(30, true));
    product->setMenu(new QMenu(product));
    auto* person = new ContextPicker(say("For", "面向"));
    person->setValue(say("Lin Wei · 16 clicks", "林薇 · 16 次点击"));
    person->setInitials(ContextPicker::initialsOf(say("Lin Wei", "林薇")));
    auto* model = new ContextPicker(say("Model", "模型"));
    model->setValue(QStringLiteral("Uni-AdGen 7B"));
    model->setIconName(QStringLiteral("models"));
    for (auto* picker : { product, person, model })
        row->addWidget(picker);
    row->addStretch();
    auto* queue = new KeyButton(say("Add to queue", "加入队列"));
    queue->setIconName(QStringLiteral("add"));
    queue->setKey(QKeySequence(QStringLiteral("Ctrl+Shift+Return")));
    auto* run = new KeyButton(say("Generate 4", "生成 4 则"), KeyButton::Kind::Primary);
    run->setIconName(QStringLiteral("generate"));
    run->setKey(QKeySequence(QStringLiteral("Ctrl+Return")));
    row->addWidget(queue);
    row->addWidget(run);
    return bar;
}

QWidget* formPanel()
{
    auto* panel = framed("panel");
    panel->setFixedWidth(scaled(320));
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(label(say("What may change", "可以改变什么"), "section"));
    auto* change = new Segments(
        { say("Write and draw", "写并画"), say("Redraw", "重画"), say("Rewrite", "重写") });
    change->setFullWidth(true);
    column->addWidget(change);
    auto* locked = new QCheckBox(say("Lock this title", "锁定标题"));
    locked->setChecked(true);
    column->addWidget(locked);
    auto* radio = new QRadioButton(say("Keep the finished rows", "保留已完成的行"));
    radio->setChecked(true);
    column->addWidget(radio);
    column->addWidget(framed("line"));
    auto* ads = new SliderField(say("Ads", "广告"));
    ads->setDecimals(0);
    ads->setRange(1, 8, 1);
    ads->setValue(4);
    auto* hold = new SliderField(say("Product hold", "商品控制"));
    hold->setRange(0, 2, 0.05);
    hold->setValue(1);
    auto* height = new SliderField(say("Height", "高度"));
    height->setDecimals(0);
    height->setRange(0, 100, 1);
    height->setSuffix(QStringLiteral(" %"));
    height->setValue(74);
    height->setEnabled(false);
    for (auto* field : { ads, hold, height })
        column->addWidget(field);
    column->addWidget(framed("line"));
    column->addWidget(label(say("Selling points", "卖点"), "label"));
    auto* tags = new TagEditor;
    tags->setTags({ say("Warm 2700 K light", "2700 K 暖光"), say("Stepless dimming", "无级调光"),
                    say("Solid steel base", "实心钢底座"),
                    say("USB-C, 40 h battery", "USB-C 续航 40 小时") });
    column->addWidget(tags);
    column->addWidget(label(say("Ad language", "广告语言"), "label"));
    auto* language = new QComboBox;
    language->addItems({ QStringLiteral("简体中文"), QStringLiteral("English") });
    column->addWidget(language);
    auto* pills = new QHBoxLayout;
    for (auto [kind, text] : std::initializer_list<std::pair<StatusKind, QString>>{
             { StatusKind::Success, say("Done", "完成") },
             { StatusKind::Warning, say("Tight", "紧张") },
             { StatusKind::Error, say("Failed", "失败") },
             { StatusKind::Running, say("Drawing", "绘制") } }) {
        auto* pill = new StatusPill;
        pill->setStatus(kind, text);
        pills->addWidget(pill);
    }
    pills->addStretch();
    column->addLayout(pills);
    auto* prompt = new HighlightView;
    using Kind = HighlightView::Word::Kind;
    prompt->setWords(
        { { say("Design an ad for", "为以下商品设计广告："), Kind::Muted },
          { say("Mushroom table lamp, ochre steel.", "蘑菇台灯，赭黄钢。"), Kind::Plain },
          { say("Use:", "卖点："), Kind::Muted },
          { say("Warm 2700 K light", "2700 K 暖光"), Kind::Brief },
          { QStringLiteral(","), Kind::Muted },
          { say("Stepless dimming", "无级调光"), Kind::Brief },
          { QStringLiteral("."), Kind::Muted },
          { say("+ 10 clicks of Lin Wei", "+ 林薇的 10 次点击"), Kind::Person } });
    column->addWidget(prompt);
    auto* info = new MessageBar;
    info->setStacked(true);
    info->showMessage(
        MessageBar::Kind::Info,
        say("“Fits a 20 cm shelf” is not in the description.", "描述中没有“适合 20 cm 搁板”。"),
        say("Claims without a source are marked in review.", "没有来源的说法会在评审中标出。"),
        { say("Remove it", "删除") });
    column->addWidget(info);
    column->addStretch();
    return panel;
}

QWidget* centrePanel()
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = framed("header");
    auto* words = new QVBoxLayout(head);
    words->setContentsMargins(20, 10, 20, 8);
    words->addWidget(label(say("Ad 2 of 4 · seed 1875", "第 2 / 4 则 · 种子 1875"), "hint"));
    auto* title = new TitleEdit;
    const QString text = say("Warm evening light for your reading corner: ochre steel lamp, "
                             "stepless dimming, 40 h battery",
                             "为阅读角落带来温暖的夜晚灯光：赭黄钢质台灯，无级调光，续航 40 小时");
    title->setTitle(text);
    auto marks
        = TitleEdit::find(text,
                          { say("ochre steel", "赭黄钢质"), say("stepless dimming", "无级调光"),
                            say("40 h battery", "续航 40 小时") },
                          TitleEdit::Mark::Kind::Brief);
    for (const auto& mark : TitleEdit::find(text, { say("Warm evening light", "温暖的夜晚灯光") },
                                            TitleEdit::Mark::Kind::History))
        marks.push_back(mark);
    title->setMarks(marks);
    title->setWriting(true);
    title->setReadOnly(true);
    words->addWidget(title);
    column->addWidget(head);
    auto* grid = new TokenGrid;
    grid->setPicture(lamp(25, false));
    grid->setDone(15 * 24 + 7);
    grid->setRunning(true);
    column->addWidget(grid, 1);
    auto* job = new JobBar;
    job->setStages({ say("Brief", "简报"), say("History", "历史"), say("Title", "标题"),
                     say("Picture", "图片"), say("Exact product", "商品还原") });
    job->setStageSeconds(0, 0.4);
    job->setStageSeconds(1, 1.1);
    job->setStageSeconds(2, 0.7);
    job->setState(JobBar::State::Running);
    job->setCurrentStage(3, say("Picture, row 16 of 24", "图片，第 16 / 24 行"),
                         QStringLiteral("64 %"));
    job->setProgress(367, 576);
    job->setTimeLeft(say("5 s left for this ad · 35 s for all four", "此则剩余 5 秒 · 全部 35 秒"));
    job->setRate(41);
    auto* foot = framed("footer");
    auto* footRow = new QVBoxLayout(foot);
    footRow->setContentsMargins(0, 0, 0, 0);
    footRow->addWidget(job);
    column->addWidget(foot);
    auto* view = new ThumbnailView;
    view->setProperty("role", QStringLiteral("canvas"));
    view->setModel(clicks(view));
    view->setFixedHeight(scaled(182));
    view->setTileWidth(150);
    view->setCurrentIndex(view->model()->index(1, 0));
    column->addWidget(view);
    return panel;
}

QWidget* rightPanel()
{
    auto* panel = framed("panel");
    panel->setFixedWidth(scaled(320));
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* rows = new ThumbnailView;
    rows->setArrangement(ThumbnailView::Arrangement::Rows);
    rows->setModel(batch(rows));
    rows->setCurrentIndex(rows->model()->index(1, 0));
    column->addWidget(rows, 3);
    auto* list = new QListView;
    list->setItemDelegate(new TwoLineDelegate(list));
    list->setModel(people(list));
    list->setCurrentIndex(list->model()->index(0, 0));
    list->setFixedHeight(scaled(146));
    column->addWidget(list);
    auto* card = new HighlightView;
    using Kind = HighlightView::Word::Kind;
    card->setPicture(lamp(28, false));
    card->setPatches(8, patches());
    card->setHeading(say("Read 1st", "第 1 读"));
    card->setWeight(0.91);
    card->setWords({ { say("Paper", "纸"), Kind::Muted },
                     { say("lantern", "灯笼"), Kind::KeptWeak },
                     { say(",", "，"), Kind::Muted },
                     { say("warm light", "暖光"), Kind::KeptStrong },
                     { say(", folds flat", "，可折叠"), Kind::Muted } });
    card->setFooter(say("30 / 64 patches · 2 words", "30 / 64 图块 · 2 个词"));
    card->setSelected(true);
    column->addWidget(card);
    return panel;
}

QWidget* lossChart()
{
    auto* chart = new LineChart;
    const int curve = chart->addSeries(LineChart::Style::Curve, 0);
    const int checks = chart->addSeries(LineChart::Style::Checks, 0);
    chart->setSeriesName(curve, say("Picture", "图片"));
    chart->setSeriesName(checks, say("held out", "留出集"));
    chart->setSmoothing(0.9);
    for (int step = 10; step <= 640; step += 10) {
        const double loss = 4.3 + 2.6 * std::exp(-step / 140.0);
        chart->append(curve, step, loss + 0.25 * std::sin(step * 0.7));
        if (step % 80 == 0)
            chart->append(checks, step, loss + 0.1 + std::max(0, step - 560) * 2e-3);
    }
    chart->setEnd(1000);
    chart->setMark(560, say("best so far: step 560", "目前最佳：第 560 步"));
    chart->setStepText(say("step %1", "第 %1 步"));
    return chart;
}

QWidget* secondRow()
{
    auto* panel = new QWidget;
    auto* row = new QHBoxLayout(panel);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    auto* well = new DropWell;
    well->setExample(lamp(30, true));
    row->addWidget(well, 4);
    auto* canvas = new ImageCanvas;
    canvas->setMode(ImageCanvas::Mode::Place);
    canvas->setImage(lamp(30, true));
    canvas->setPlacement({ 0.2, 0.14, 0.6, 0.74 });
    canvas->setGroundLine(0.88);
    row->addWidget(canvas, 3);
    row->addWidget(lossChart(), 4);
    auto* column = new QVBoxLayout;
    row->addLayout(column, 4);
    const MessageBar::Kind kinds[]
        = { MessageBar::Kind::Success, MessageBar::Kind::Warning, MessageBar::Kind::Error };
    const QString words[]
        = { say("All 4 ads are done.", "4 则广告全部完成。"),
            say("This photo has a background.", "这张照片带有背景。"),
            say("The engine stopped while drawing row 15.", "引擎在绘制第 15 行时停止。") };
    const QString fixes[] = { QString(), say("Cut it out", "抠图"), say("Restart", "重启") };
    for (int i = 0; i < 3; ++i) {
        auto* bar = new MessageBar;
        bar->showMessage(kinds[i], words[i], {},
                         fixes[i].isEmpty() ? QStringList() : QStringList{ fixes[i] });
        column->addWidget(bar);
    }
    auto* empty = new EmptyView;
    empty->setContent(
        QStringLiteral("shield"), say("Chen Hao has not been asked.", "尚未询问陈昊。"),
        say("No history is stored.", "没有保存任何历史。"), say("Record consent…", "记录同意…"));
    column->addWidget(empty, 1);
    return panel;
}

QWidget* ranking()
{
    using Range = IntervalPlot::Range;
    auto* plot = new IntervalPlot;
    plot->setRows({ { say("Own history", "自己的历史"),
                      { { 1041, Range{ 1010, 1070 }, Range{ 1006, 1076 }, 0 } },
                      {},
                      true },
                    { say("No history", "无历史"),
                      { { 902, Range{ 868, 936 }, Range{ 861, 943 }, -1 } },
                      {} } });
    using Mark = IntervalPlot::Legend::Mark;
    plot->setLegend({ { Mark::Thick, say("from the model", "来自模型"), 0 },
                      { Mark::Thin, say("over raters", "按评审员"), 0 } });
    return plot;
}

QWidget* matrix()
{
    auto* matrix = new WinMatrix;
    matrix->setMatrix({ say("LoRA", "微调"), say("Own", "自己"), say("None", "无") },
                      { { {}, { 0.55, false }, { 0.73, true } },
                        { { 0.45, false }, {}, { 0.69, true } },
                        { { 0.27, true }, { 0.31, true }, {} } });
    return matrix;
}

QWidget* thirdRow()
{
    auto* panel = new QWidget;
    auto* row = new QHBoxLayout(panel);
    row->setContentsMargins(12, 0, 12, 12);
    row->setSpacing(12);
    row->addWidget(ranking(), 3);
    row->addWidget(matrix(), 2);
    auto* column = new QVBoxLayout;
    auto* progress = new TickProgress;
    progress->setProgress(11, 40);
    column->addWidget(progress);
    auto* pair = new LinkedPictures;
    pair->setPictures({ lamp(30, false), lamp(200, false) },
                      { say("Warm light", "暖光"), say("Cool light", "冷光") });
    column->addWidget(pair, 1);
    auto* votes = new QHBoxLayout;
    for (const auto& [key, text] : { std::pair(QStringLiteral("←"), say("Left", "左边")),
                                     std::pair(QStringLiteral("→"), say("Right", "右边")) }) {
        auto* button = new VoteButton(key);
        button->setText(text);
        votes->addWidget(button);
    }
    column->addLayout(votes);
    row->addLayout(column, 3);
    return panel;
}

QWidget* body()
{
    auto* all = new QWidget;
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(rail());
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    columns->addLayout(right, 1);
    right->addWidget(contextBar());
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(formPanel());
    middle->addWidget(framed("vline"));
    middle->addWidget(centrePanel(), 1);
    middle->addWidget(framed("vline"));
    middle->addWidget(rightPanel());
    right->addLayout(middle, 1);
    right->addWidget(framed("line"));
    auto* second = secondRow();
    second->setFixedHeight(scaled(380));
    right->addWidget(second);
    auto* third = thirdRow();
    third->setFixedHeight(scaled(340));
    right->addWidget(third);
    auto* fourth = comparingRow();
    fourth->setFixedHeight(scaled(260));
    right->addWidget(fourth);
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({ QStringLiteral("theme"), QStringLiteral("light, dark or contrast"),
                       QStringLiteral("name"), QStringLiteral("light") });
    parser.addOption({ QStringLiteral("percent"), QStringLiteral("font setting, 90 to 175"),
                       QStringLiteral("n"), QStringLiteral("100") });
    parser.addOption({ QStringLiteral("zh"), QStringLiteral("Chinese words") });
    parser.addOption({ QStringLiteral("shot"), QStringLiteral("write a picture and leave"),
                       QStringLiteral("file") });
    parser.process(application);
    chinese = parser.isSet(QStringLiteral("zh"));
    if (chinese)
        QLocale::setDefault(QLocale(QLocale::Chinese, QLocale::China));
    const QString name = parser.value(QStringLiteral("theme"));
    const auto kind = name == QLatin1String("dark") ? Theme::Kind::Dark
        : name == QLatin1String("contrast")         ? Theme::Kind::Contrast
                                                    : Theme::Kind::Light;
    Theme::load(kind, parser.value(QStringLiteral("percent")).toInt()).apply(application);

    QMainWindow window;
    window.setCentralWidget(body());
    window.statusBar()->showMessage(
        say("Engine ready · this computer · CPU", "引擎就绪 · 本机 · CPU"));
    window.resize(scaled(1440), scaled(2000));
    new FocusRing(&window);
    window.show();
    window.activateWindow();
    if (auto* field = window.findChild<TagEditor*>())
        field->setFocus();
    const QString file = parser.value(QStringLiteral("shot"));
    if (file.isEmpty())
        return QApplication::exec();
    QEventLoop settled; // charts draw 15 times a second at most
    QTimer::singleShot(200, &settled, &QEventLoop::quit);
    settled.exec();
    return window.grab().save(file) ? 0 : 1;
}
