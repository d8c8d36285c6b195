// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery_panel.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "app/session_files.h"
#include "tests/app/gallery_project.h"
#include "widgets/tag_editor.h"
#include "widgets/thumbnail_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace adtailor;

class TestGallery final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsEveryAdAndReadsWhatIsSeen();
    void findsAndFilters();
    void forgetsRowsThatAreGone();
    void keepsTheChoiceWhileAdsComeAndGo();
    void worksByKeyboardAndUndoes();
    void tagsWhatIsChosen();
    void emptiesTheTrashOnlyWhenAsked();

private:
    int rows() const { return m_gallery->model().rowCount(); }
    void select(const QList<int>& rows);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ProjectSession> m_session;
    std::unique_ptr<GalleryPanel> m_gallery;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestGallery::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    {
        ProjectStore store = valueOrThrow(ProjectStore::open(toPath(m_folder->path())));
        fillGallery(store, 300, 5);
        valueOrThrow(store.together([&] { writeSession(store, {}); }));
    }
    m_session = std::make_unique<ProjectSession>();
    m_gallery = std::make_unique<GalleryPanel>(*m_session);
    m_tester = std::make_unique<QAbstractItemModelTester>(&m_gallery->model());
    m_gallery->resize(500, 700);
    m_gallery->show();
    m_session->open(m_folder->path());
    QTRY_COMPARE(rows(), 300);
}

void TestGallery::cleanup()
{
    m_tester.reset();
    m_gallery.reset();
    m_session.reset();
}

void TestGallery::select(const QList<int>& chosen)
{
    QItemSelectionModel* selection = m_gallery->view().selectionModel();
    selection->clear();
    for (const int row : chosen)
        selection->setCurrentIndex(m_gallery->model().index(row), QItemSelectionModel::Select);
    m_gallery->view().setFocus();
}

void TestGallery::showsEveryAdAndReadsWhatIsSeen()
{
    GalleryModel& model = m_gallery->model();
    QCOMPARE(model.numberAt(0), 300); // the newest first
    QTRY_VERIFY(model.summaryAt(299) != nullptr);
    QCOMPARE(model.index(299).data().toString(),
             QStringLiteral("Warm evening light for reading, ad 1"));
    QTRY_VERIFY(!model.index(0).data(PictureRole).value<QImage>().isNull());
    QVERIFY(model.index(0).data(StarRole).toBool());
}

void TestGallery::findsAndFilters()
{
    auto* text = m_gallery->findChild<QLineEdit*>();
    QTest::keyClicks(text, QStringLiteral("ad 299"));
    QTRY_COMPARE(rows(), 1);
    m_gallery->view().verticalScrollBar()->setValue(0);
    text->setText(QStringLiteral("台灯"));
    QTRY_COMPARE(rows(), 75);
    text->clear();
    QTRY_COMPARE(rows(), 300);
    auto* person = m_gallery->findChildren<QComboBox*>().at(0);
    QTRY_VERIFY(person->count() > 20);
    person->setCurrentIndex(person->findData(QString())); // without history
    emit person->activated(person->currentIndex());
    QTRY_COMPARE(rows(), 75);
    m_gallery->findChildren<QToolButton*>().at(0)->setChecked(true); // with a star as well
    QTRY_COMPARE(rows(), 15);
}

// What was asked for just before the list got shorter is not there any more.
void TestGallery::forgetsRowsThatAreGone()
{
    GalleryModel& model = m_gallery->model();
    AdFilter filter;
    filter.text = "ad 29";
    for (int row = 299; row > 200; row -= 20)
        model.summaryAt(row);
    model.setFilter(filter);
    QTRY_COMPARE(rows(), 13); // 29, 129, 229 and 290 to 299
    model.summaryAt(10);
    QTRY_VERIFY(model.summaryAt(10) != nullptr);
}

void TestGallery::keepsTheChoiceWhileAdsComeAndGo()
{
    select({ 10 });
    const QList<int> before = m_gallery->chosen();
    m_session->adEdits().trash({ 300, 299, 280 }, true);
    QTRY_COMPARE(rows(), 297);
    QCOMPARE(m_gallery->chosen(), before);
    m_session->undoStack().undo();
    QTRY_COMPARE(rows(), 300);
    QCOMPARE(m_gallery->chosen(), before);
    QCOMPARE(m_gallery->model().numberAt(0), 300);
}

void TestGallery::worksByKeyboardAndUndoes()
{
    ThumbnailView& view = m_gallery->view();
    select({ 1, 2, 3 });
    QSignalSpy compare(m_gallery.get(), &GalleryPanel::compareRequested);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(compare.count(), 1);
    QCOMPARE(compare[0][0].value<QList<int>>(), (QList<int>{ 297, 298, 299 }));
    QTRY_VERIFY(m_gallery->model().summaryAt(1) != nullptr);
    QTest::keyClick(&view, Qt::Key_S);
    QTRY_VERIFY(m_gallery->model().index(1).data(StarRole).toBool());
    QTRY_VERIFY(m_gallery->model().index(3).data(StarRole).toBool());
    QTest::keyClick(&view, Qt::Key_Delete);
    QTRY_COMPARE(rows(), 297);
    m_session->undoStack().undo();
    QTRY_COMPARE(rows(), 300);
    m_session->undoStack().undo();
    QTRY_VERIFY(!m_gallery->model().index(1).data(StarRole).toBool());
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_gallery->chosen().size(), 300);
}

void TestGallery::tagsWhatIsChosen()
{
    select({ 4, 5 });
    QTRY_VERIFY(m_gallery->model().summaryAt(4) && m_gallery->model().summaryAt(5));
    auto* tags = m_gallery->findChild<TagEditor*>();
    emit tags->tagsChanged({ QStringLiteral("summer") });
    QTRY_VERIFY(m_gallery->model().summaryAt(5)->tags == std::vector<std::string>{ "summer" });
    QTRY_COMPARE(tags->tags(), QStringList{ QStringLiteral("summer") });
    auto* filter = m_gallery->findChildren<QComboBox*>().at(2);
    QTRY_VERIFY(filter->findData(QStringLiteral("summer")) > 0);
    emit tags->tagsChanged({});
    QTRY_VERIFY(m_gallery->model().summaryAt(5)->tags.empty());
    m_session->undoStack().undo();
    QTRY_VERIFY(!m_gallery->model().summaryAt(5)->tags.empty());
}

void TestGallery::emptiesTheTrashOnlyWhenAsked()
{
    m_session->adEdits().trash({ 1, 2, 3 }, true);
    QTRY_COMPARE(rows(), 297);
    m_gallery->findChildren<QToolButton*>().at(1)->setChecked(true);
    QTRY_COMPARE(rows(), 3);
    QTest::keyClick(&m_gallery->view(), Qt::Key_Delete, Qt::ShiftModifier); // asks
    QTest::qWait(50);
    QCOMPARE(rows(), 3);
    m_session->emptyTrash();
    QTRY_COMPARE(rows(), 0);
    QVERIFY(!m_session->undoStack().canUndo());
}

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"
