// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"
#include "app/pages/models_page.h"
#include "app/settings.h"
#include "app/studio_window.h"
#include "widgets/message_bar.h"
#include "widgets/thumbnail_delegate.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QDir>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

// The models page's list and desk, with a store in a temporary folder and the stand-in engine.
class TestModels final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void listsTheBundledModel();
    void importsChecksAndRemoves();
    void asksBeforeItDeletes();
    void switchingKeepsTheBriefAndStopsTheRun();
    void leavesAModelThatTheEngineRefuses();
    void choicesBecomeArguments();
    void adoptsWhatARunHasMade();

private:
    void open(const QString& mode);
    void await(const std::function<void()>& work);
    QString copyOfTheModel() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<StudioWindow> m_window;
};

void TestModels::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("ADTAILOR_MODELS", m_folder->filePath(QStringLiteral("store")).toLocal8Bit());
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("studio.ini")));
    m_settings->setLanguage(QStringLiteral("en"));
}

void TestModels::cleanup()
{
    m_window.reset();
    m_settings.reset();
}

void TestModels::open(const QString& mode)
{
    const StudioWindow::Options options{ { QStringLiteral(ADTAILOR_FAKE_ENGINE), { mode } },
                                         false,
                                         {} };
    m_window = std::make_unique<StudioWindow>(*m_settings, options);
    QSignalSpy sample(m_window.get(), &StudioWindow::sampleReady);
    m_window->show();
    QVERIFY(sample.count() > 0 || sample.wait(60'000));
    m_window->openSample();
    QVERIFY(m_window->showPage(QStringLiteral("models")));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->models().model().rowCount() > 0, 60'000);
}

// Runs one piece of work and waits until the list was read again.
void TestModels::await(const std::function<void()>& work)
{
    ModelDesk& desk = m_window->models();
    QSignalSpy failed(&desk, &ModelDesk::failed);
    QSignalSpy changed(&desk, &ModelDesk::changed);
    work();
    QTRY_VERIFY_WITH_TIMEOUT(desk.work() == ModelDesk::Work::None && changed.count() > 0, 60'000);
    QCOMPARE(failed.count(), 0);
}

QString TestModels::copyOfTheModel() const
{
    const QDir bundled(QStringLiteral(ADTAILOR_RESOURCES "/default_model"));
    const QString folder = m_folder->filePath(QStringLiteral("mine"));
    QDir().mkpath(folder);
    for (const QString& name : { QStringLiteral("config.json"), QStringLiteral("tokenizer.json"),
                                 QStringLiteral("model.safetensors") })
        QFile::copy(bundled.filePath(name), QDir(folder).filePath(name));
    return folder;
}

void TestModels::listsTheBundledModel()
{
    open(QStringLiteral("ok"));
    ModelListModel& model = m_window->models().model();
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 1);
    const auto cell = [&](int column, int role) { return model.index(0, column).data(role); };
    QCOMPARE(cell(ModelListModel::Name, Qt::DisplayRole).toString(), QStringLiteral("mini"));
    QCOMPARE(cell(ModelListModel::State, StatusRole).toString(), QStringLiteral("In use"));
    QVERIFY(cell(ModelListModel::Size, Qt::DisplayRole).toString().contains(QStringLiteral("MB")));
    QVERIFY(model.isInUse(*model.at(0)));
}

void TestModels::importsChecksAndRemoves()
{
    open(QStringLiteral("ok"));
    ModelDesk& desk = m_window->models();
    const QString source = copyOfTheModel();
    QSignalSpy progressed(&desk, &ModelDesk::progressed);
    await([&] { desk.import(source); });
    QVERIFY(progressed.count() > 0);
    QCOMPARE(desk.model().rowCount(), 2);
    const QString copy = QDir(desk.home()).filePath(QStringLiteral("mine"));
    QVERIFY(desk.model().rowOf(copy) >= 0);
    await([&] { desk.check(copy); });
    QVERIFY(desk.model().at(desk.model().rowOf(copy))->last.isIntact());

    QFile config(QDir(copy).filePath(QStringLiteral("config.json")));
    QVERIFY(config.open(QIODevice::Append) && config.write(" ") == 1);
    config.close();
    await([&] { desk.check(copy); });
    const ModelRow* row = desk.model().at(desk.model().rowOf(copy));
    QCOMPARE(row->last.changed, std::vector<std::string>{ "config.json" });
    QCOMPARE(desk.model().stateText(*row), QStringLiteral("Files have changed"));

    await([&] { desk.remove(copy); });
    QCOMPARE(desk.model().rowCount(), 1);
    QVERIFY(!QFile::exists(copy));
    QVERIFY(QFile::exists(source));
}

void TestModels::asksBeforeItDeletes()
{
    open(QStringLiteral("ok"));
    ModelDesk& desk = m_window->models();
    await([&] { desk.import(copyOfTheModel()); });
    const QString copy = QDir(desk.home()).filePath(QStringLiteral("mine"));
    auto* page = m_window->findChild<ModelsPage*>();
    auto* bar = page->findChild<MessageBar*>();
    auto* table = page->findChild<QTableView*>();
    const auto button = [bar](const QString& text) -> QAbstractButton* {
        for (auto* found : bar->findChildren<QAbstractButton*>())
            if (found->text() == text && found->isVisible())
                return found;
        return nullptr;
    };
    const auto pressDelete = [&] {
        table->selectRow(table->model()->rowCount() - 1);
        QTest::keyClick(page, Qt::Key_Delete);
    };
    pressDelete();
    QCOMPARE(bar->title(), QStringLiteral("Delete mine?"));
    QVERIFY(button(QStringLiteral("Keep")));
    button(QStringLiteral("Keep"))->click();
    QVERIFY(QFile::exists(copy) && desk.work() == ModelDesk::Work::None);

    pressDelete();
    QVERIFY(button(QStringLiteral("Delete")));
    await([&] { button(QStringLiteral("Delete"))->click(); });
    QVERIFY(!QFile::exists(copy));
}

void TestModels::switchingKeepsTheBriefAndStopsTheRun()
{
    open(QStringLiteral("slow"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->engine().state(), EngineState::Ready, 60'000);
    const QString description = m_window->session().brief().description;
    m_window->desk().generate();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->desk().status().stage, Stage::Title, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->desk().status().done > 0, 60'000);

    m_window->models().use(copyOfTheModel());
    QCOMPARE(m_window->desk().status().phase, RunStatus::Phase::Stopped); // a draft is kept
    QCOMPARE(m_window->session().board().model().at(0).state, AdState::Draft);
    QCOMPARE(m_window->engine().state(), EngineState::Starting);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->engine().state(), EngineState::Ready, 60'000);
    QCOMPARE(m_window->session().brief().description, description);
    QVERIFY(m_window->session().gaps().isEmpty());
    QCOMPARE(m_settings->model(), m_window->models().inUse());
}

void TestModels::leavesAModelThatTheEngineRefuses()
{
    open(QStringLiteral("no-model-waits"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->engine().state(), EngineState::Gone, 60'000);
    QVERIFY(!m_window->engine().willRestart());
    ModelDesk& desk = m_window->models();
    QVERIFY(!desk.hasBefore());
    const QString folder = copyOfTheModel();
    desk.use(folder);
    QVERIFY(desk.hasBefore());
    QTRY_COMPARE_WITH_TIMEOUT(m_window->engine().state(), EngineState::Gone, 60'000);
    QCOMPARE(m_window->engine().lastError().code, ErrorCode::FileNotFound);
    desk.useBefore();
    QVERIFY(desk.inUse().isEmpty());
    QVERIFY(m_settings->model().isEmpty());
    QVERIFY(!m_window->session().brief().description.isEmpty());
}

void TestModels::choicesBecomeArguments()
{
    open(QStringLiteral("ok"));
    ModelDesk& desk = m_window->models();
    QCOMPARE(desk.command().arguments, QStringList{ QStringLiteral("ok") });
    desk.setPrecision(Precision::BFloat16);
    desk.setInstructionFile(QStringLiteral("sentence.txt"));
    desk.use(QStringLiteral("folder"));
    QCOMPARE(desk.command().arguments.join(QLatin1Char(' ')),
             QStringLiteral("ok --model folder --precision bfloat16 --instruction sentence.txt"));

    // An adapter goes on top; chosen again it is left out.
    const QString adapter = QDir(desk.home()).filePath(QStringLiteral("warm"));
    QDir().mkpath(adapter);
    for (const auto& [name, text] :
         { std::pair(QStringLiteral("adapter_config.json"), R"({"peft_type":"LORA","r":4})"),
           std::pair(QStringLiteral("adapter_model.safetensors"), "") }) {
        QFile file(QDir(adapter).filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    desk.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(desk.model().rowCount(), 2, 60'000);
    desk.use(adapter);
    QVERIFY(desk.command()
                .arguments.join(QLatin1Char(' '))
                .contains(QStringLiteral("--model folder --add ") + adapter));
    QVERIFY(desk.model().isInUse(*desk.model().at(desk.model().rowOf(adapter))));
    desk.use(adapter);
    QVERIFY(!desk.command().arguments.contains(QStringLiteral("--add")));
}

void TestModels::adoptsWhatARunHasMade()
{
    open(QStringLiteral("ok"));
    ModelDesk& desk = m_window->models();
    const QString model = copyOfTheModel();
    desk.adopt(model);
    QTRY_COMPARE_WITH_TIMEOUT(desk.inUse(), model, 60'000);
    QVERIFY(desk.model().rowOf(model) >= 0);
    const QString bundled = QStringLiteral(ADTAILOR_RESOURCES "/default_model");
    const auto arguments = [&desk] { return desk.command().arguments.join(QLatin1Char(' ')); };
    // Two checkpoints of one run, one after the other: only the second is on top, of its own base.
    for (const char* name : { "first", "second" }) {
        const QDir adapter(m_folder->filePath(QLatin1String(name)));
        QVERIFY(adapter.mkpath(QStringLiteral(".")));
        for (const char* file : { "adapter_config.json", "adapter_model.safetensors" })
            QVERIFY(
                QFile::copy(QStringLiteral(ADTAILOR_FIXTURES "/lora/plain/") + QLatin1String(file),
                            adapter.filePath(QLatin1String(file))));
        desk.adopt(adapter.path(), bundled);
        QTRY_VERIFY_WITH_TIMEOUT(arguments().endsWith(QStringLiteral("--add ") + adapter.path()),
                                 60'000);
        QCOMPARE(arguments().count(QStringLiteral("--add")), 1);
        QVERIFY(desk.inUse().isEmpty()); // the bundled one
    }
    desk.useBefore();
    QVERIFY(arguments().endsWith(m_folder->filePath(QStringLiteral("first"))));
}

QTEST_MAIN(TestModels)
#include "tst_models.moc"
