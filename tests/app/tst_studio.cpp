// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"
#include "app/pages/page_parts.h"
#include "app/settings.h"
#include "app/studio_window.h"
#include "widgets/context_picker.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedLayout>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

class TestStudio final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void nothingIsClipped_data();
    void nothingIsClipped();
    void makesAnAdFromTheSample();
    void stopsWithinHalfASecondAndKeepsADraft();
    void everythingHasAName();
    void showsTheRunOfBefore();
    void usesAnAdapterByClick();
    void aNewRunSaysWhatIsMissing();
    void lengthsFollowTheFontSetting();

private:
    QString firstClipped() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<StudioWindow> m_window;
    void open(const QString& mode);
    void writeRun(const QString& name) const;
    void makeLora(const QString& name) const;
    QWidget* trainPart(const char* className) const;
};

void TestStudio::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("studio.ini")));
    m_settings->setLanguage(QStringLiteral("en"));
    m_appearance = std::make_unique<Appearance>(*m_settings);
    qputenv("ADTAILOR_MODELS", m_folder->filePath(QStringLiteral("models")).toLocal8Bit());
    qputenv("ADTAILOR_RUNS", m_folder->filePath(QStringLiteral("runs")).toLocal8Bit());
    writeRun(QStringLiteral("linen"));
}

// A run that ended early, as another session has left it.
void TestStudio::writeRun(const QString& name) const
{
    const QDir run(m_folder->filePath(QStringLiteral("runs/") + name));
    QVERIFY(run.mkpath(QStringLiteral("checkpoints/step_40")));
    const auto put = [&run](const char* file, const QByteArray& text) {
        QFile out(run.filePath(QLatin1String(file)));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    };
    put("run.json",
        R"({"name":"Linen and oak","stage":"personalised","steps":120,"batch":4,"validate_every":20,
            "early_stop_patience":2,"learning_rate":5e-5,"records":"/ads/train.json","model":{}})");
    QByteArray metrics;
    for (int step = 10; step <= 80; step += 10) {
        const QByteArray number = QByteArray::number(step);
        metrics += "{\"step\":" + number
            + ",\"image\":4.5,\"text\":1.2,\"gradient_norm\":0.9,"
              "\"learning_rate\":5e-5,\"seconds_per_step\":0.5}\n";
        if (step % 20 == 0)
            metrics += "{\"step\":" + number + ",\"held_out_image\":" + QByteArray::number(step)
                + ",\"held_out_text\":1.1}\n";
    }
    put("metrics.jsonl", metrics);
    put("best.json", R"({"step":40})");
    put("checkpoints/step_40/manifest.json", "{}");
    put("model.safetensors", "weights");
    put("skipped.txt", "Record 3: no picture.\nRecord 9: no alpha.\n");
}

// The run as a finished one of LoRA on the bundled model.
void TestStudio::makeLora(const QString& name) const
{
    const QDir run(m_folder->filePath(QStringLiteral("runs/") + name));
    QVERIFY(run.mkpath(QStringLiteral("adapter")));
    QVERIFY(QFile::remove(run.filePath(QStringLiteral("model.safetensors"))));
    const QString base = QDir(QStringLiteral(ADTAILOR_RESOURCES)).filePath("default_model");
    for (
        const auto& [file, text] :
        { std::pair(
              QStringLiteral("run.json"),
              R"({"name":"Linen and oak","stage":"personalised","steps":80,"lora":{"rank":4},"base":")"
                  + base.toUtf8() + "\"}"),
          std::pair(QStringLiteral("adapter/adapter_config.json"),
                    QByteArray(R"({"peft_type":"LORA","r":4})")),
          std::pair(QStringLiteral("adapter/adapter_model.safetensors"), QByteArray()) }) {
        QFile out(run.filePath(file));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
}

QWidget* TestStudio::trainPart(const char* className) const
{
    for (QWidget* widget : m_window->findChildren<QWidget*>())
        if (QByteArray(widget->metaObject()->className()) == className)
            return widget;
    return nullptr;
}

void TestStudio::cleanup()
{
    m_window.reset();
    m_appearance.reset();
    m_settings.reset();
}

void TestStudio::open(const QString& mode)
{
    const StudioWindow::Options options{ { QStringLiteral(ADTAILOR_FAKE_ENGINE), { mode } },
                                         false };
    m_window = std::make_unique<StudioWindow>(*m_settings, options);
    m_window->resize(1280, 800);
    QSignalSpy sample(m_window.get(), &StudioWindow::sampleReady);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(sample.count() > 0 || sample.wait());
    m_window->openSample();
    QTRY_COMPARE(m_window->engine().state(), EngineState::Ready);
}

// Names the first one; a busy machine may need several turns until everything is laid out.
QString TestStudio::firstClipped() const
{
    for (const QLabel* label : m_window->findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty()
            || qobject_cast<const ElidedLabel*>(label))
            continue;
        if (label->wordWrap() ? label->height() + 1 < label->heightForWidth(label->width())
                              : label->width() + 1 < label->sizeHint().width())
            return label->text();
    }
    for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->text().isEmpty()
            || qobject_cast<const ContextPicker*>(button))
            continue;
        if (button->width() + 1 < button->sizeHint().width())
            return QStringLiteral("button %1 is %2 wide, needs %3")
                .arg(button->text())
                .arg(button->width())
                .arg(button->sizeHint().width());
    }
    return {};
}

void TestStudio::nothingIsClipped_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("language");
    for (const char* theme : { "light", "dark", "contrast" })
        for (const char* language : { "en", "zh_CN" })
            QTest::addRow("%s %s", theme, language)
                << QString::fromLatin1(theme) << QString::fromLatin1(language);
}

void TestStudio::nothingIsClipped()
{
    QFETCH(QString, theme);
    QFETCH(QString, language);
    open(QStringLiteral("ok"));
    QSignalSpy finished(&m_window->desk(), &JobDesk::finished);
    m_window->desk().generate();
    QVERIFY(finished.wait(20'000));
    m_settings->setTheme(theme);
    m_settings->setLanguage(language); // live, with everything open
    for (const QString& page : StudioWindow::pageNames()) {
        QVERIFY(m_window->showPage(page));
        // The people page asks the engine; its answer changes the words.
        QTRY_COMPARE_WITH_TIMEOUT(m_window->engine().state(), EngineState::Ready, 20'000);
        QTest::qWait(100);
        QVERIFY(!m_window->grab().isNull());
        QTRY_COMPARE_WITH_TIMEOUT(page + firstClipped(), page, 20'000);
    }
    QCOMPARE(m_window->size(), QSize(1280, 800)); // no page forces the window wider
}

void TestStudio::makesAnAdFromTheSample()
{
    open(QStringLiteral("ok"));
    QVERIFY(m_window->session().gaps().isEmpty());
    QVERIFY(m_window->session().usesHistory());
    m_window->showPage(QStringLiteral("people"));
    QTRY_VERIFY(m_window->session().history().readCount() > 0);
    m_window->showPage(QStringLiteral("generate"));
    QSignalSpy finished(&m_window->desk(), &JobDesk::finished);
    QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(finished.wait(20'000));
    AdBoard& board = m_window->session().board();
    QCOMPARE(board.ads().size(), 4U);
    QTRY_COMPARE(board.model().at(3).composite.size(), QSize(1024, 1024));
    QVERIFY(!board.model().at(0).title.isEmpty());
}

void TestStudio::stopsWithinHalfASecondAndKeepsADraft()
{
    open(QStringLiteral("slow"));
    m_window->showPage(QStringLiteral("generate"));
    m_window->desk().generate();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->desk().status().stage, Stage::Image, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->desk().status().done > 40, 20'000);
    QElapsedTimer timer;
    timer.start();
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QTRY_COMPARE(m_window->desk().status().phase, RunStatus::Phase::Stopped);
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!m_window->session().board().ads().empty());
    QCOMPARE(m_window->session().board().model().at(0).state, AdState::Draft);
    QVERIFY(!m_window->session().board().model().at(0).picture.isNull());
}

// Changing the setting while everything is open gives the lengths of a start with that setting.
void TestStudio::lengthsFollowTheFontSetting()
{
    const auto margins = [this] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // chips of before
        QStringList all;
        for (const QLayout* layout : m_window->findChildren<QLayout*>()) {
            if (qobject_cast<const QStackedLayout*>(layout)
                || qobject_cast<const QMainWindow*>(layout->parent()))
                continue; // have margins but do not use them
            const QMargins m = layout->contentsMargins();
            all << QStringLiteral("%1 %2,%3,%4,%5")
                       .arg(QLatin1String(layout->parent()->metaObject()->className()))
                       .arg(m.left())
                       .arg(m.top())
                       .arg(m.right())
                       .arg(m.bottom());
        }
        for (const char* role : { "toolbar", "context" })
            for (const QFrame* frame : m_window->findChildren<QFrame*>())
                if (frame->property("role") == QLatin1String(role))
                    all << QString::number(frame->minimumHeight());
        all.sort();
        return all;
    };
    m_settings->setFontPercent(150);
    open(QStringLiteral("ok"));
    const QStringList started = margins();
    m_window.reset();
    m_settings->setFontPercent(100);
    open(QStringLiteral("ok"));
    const QStringList small = margins();
    m_settings->setFontPercent(150);
    QCOMPARE(margins(), started);
    m_settings->setFontPercent(100);
    QCOMPARE(margins(), small);
    QVERIFY(small != started);
}

void TestStudio::showsTheRunOfBefore()
{
    open(QStringLiteral("ok"));
    m_window->showPage(QStringLiteral("train"));
    TrainingProcess& process = m_window->training().process();
    QTRY_COMPARE(process.run().name, QStringLiteral("Linen and oak"));
    QTRY_COMPARE(process.run().state, RunState::Finished);
    QVERIFY(process.run().stoppedEarly);
    QTRY_COMPARE(process.metrics().lastStep(), 80);
    const QWidget* control = trainPart("adtailor::RunControlPanel");
    const auto texts = [control] {
        QStringList all;
        for (const QLabel* label : control->findChildren<QLabel*>())
            if (label->isVisible())
                all << label->text();
        for (const QAbstractButton* button : control->findChildren<QAbstractButton*>())
            if (button->isVisible())
                all << button->text();
        return all.join(QLatin1Char('\n'));
    };
    QTRY_VERIFY(texts().contains(QStringLiteral("Stopped at 80")));
    QVERIFY(texts().contains(QStringLiteral("step 40")));
    QVERIFY(texts().contains(QStringLiteral("Use this model")));
    QVERIFY(!texts().contains(QStringLiteral("Pause")));
}

// One click: the engine is started anew with the run's adapter on its base, and says so.
void TestStudio::usesAnAdapterByClick()
{
    makeLora(QStringLiteral("linen"));
    open(QStringLiteral("ok"));
    m_window->showPage(QStringLiteral("train"));
    TrainingProcess& process = m_window->training().process();
    QTRY_VERIFY_WITH_TIMEOUT(process.run().hasAdapter, 20'000);
    const QWidget* control = trainPart("adtailor::RunControlPanel");
    const auto useButton = [control]() -> QPushButton* {
        for (QPushButton* button : control->findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == QStringLiteral("Use this model"))
                return button;
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(useButton(), 20'000);
    QSignalSpy used(&m_window->training(), &TrainingDesk::used);
    QTest::mouseClick(useButton(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(used.count(), 1, 20'000);
    const QString adapter = m_folder->filePath(QStringLiteral("runs/linen/adapter"));
    QTRY_COMPARE_WITH_TIMEOUT(m_settings->adapters(), QStringList{ adapter }, 20'000);
    QVERIFY(m_settings->model().isEmpty()); // the bundled one
}

void TestStudio::aNewRunSaysWhatIsMissing()
{
    open(QStringLiteral("ok"));
    m_window->showPage(QStringLiteral("train"));
    QTRY_VERIFY(m_window->training().isListed());
    QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QWidget* setup = trainPart("adtailor::RunSetupPanel");
    QVERIFY(setup && setup->isVisible());
    QPushButton* start = nullptr;
    for (QPushButton* button : setup->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Start"))
            start = button;
    QVERIFY(start && !start->isEnabled());
    QCOMPARE(start->toolTip(), QStringLiteral("Choose the ads to learn from."));
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!setup->isVisible());
}

void TestStudio::everythingHasAName()
{
    open(QStringLiteral("ok"));
    for (const QString& page : StudioWindow::pageNames()) {
        m_window->showPage(page);
        for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>())
            if (button->isVisible())
                QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                         qPrintable(page + QLatin1Char(' ')
                                    + QLatin1String(button->metaObject()->className())));
    }
}

QTEST_MAIN(TestStudio)
#include "tst_studio.moc"
