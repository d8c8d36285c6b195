// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_board.h"
#include "app/ad_folder.h"
#include "app/qt_types.h"
#include "widgets/thumbnail_delegate.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace adtailor;

class TestAdBoard final : public QObject
{
    Q_OBJECT

private slots:
    void aBatchGrowsAndIsComposed();
    void theProductIsExactInTheComposite();
    void aStoppedBatchKeepsWhatWasDrawn();
    void aRemovedAdComesBack();
    void numbersAreNeverUsedTwice();
    void savingSaysHowFarItCame();

private:
    static AdBatch batch(int count);
    static Image plain(int size, std::uint8_t value, int channels = 3)
    {
        return Image(
            size, size, channels,
            std::vector<std::uint8_t>(static_cast<std::size_t>(size) * size * channels, value));
    }
};

AdBatch TestAdBoard::batch(int count)
{
    AdBatch made;
    made.id = 5;
    made.request.count = count;
    made.request.seed = 100;
    made.request.brief.product.cutout = plain(64, 0, 4);
    return made;
}

void TestAdBoard::aBatchGrowsAndIsComposed()
{
    QUndoStack undo;
    AdBoard board(undo);
    QAbstractItemModelTester tester(&board.model());
    board.begin(batch(2));
    QCOMPARE(board.rowsOf(5), (QList<int>{ 0, 1 }));
    QCOMPARE(board.model().at(1).seed, 101U);
    QCOMPARE(board.model().at(0).state, AdState::Waiting);

    Progress progress;
    progress.stage = Stage::Title;
    progress.titles = { "Warm", "Cold" };
    board.update(5, progress, 16);
    QCOMPARE(board.model().at(1).state, AdState::Writing);
    QCOMPARE(board.model().at(1).title, QStringLiteral("Cold"));

    progress.stage = Stage::Image;
    progress.done = 64;
    progress.total = 256;
    progress.previews = { plain(16, 10), plain(16, 20) };
    progress.previewRows = 4;
    board.update(5, progress, 16);
    QCOMPARE(board.model().at(0).state, AdState::Drawing);
    QCOMPARE(board.model().at(0).drawn, 0.25);
    const QImage grown = board.model().at(1).picture;
    QCOMPARE(grown.pixel(3, 3), qRgb(20, 20, 20));
    QCOMPARE(qAlpha(grown.pixel(3, 4)), 0); // not drawn yet: clear, not black
    board.update(4, progress, 16); // of another batch: ignored

    QSignalSpy composed(&board, &AdBoard::composed);
    Ad ad;
    ad.title = "Warm light";
    ad.image = plain(16, 10);
    board.finish(5, { ad, ad }, {});
    QTRY_COMPARE(composed.count(), 2);
    QCOMPARE(board.model().at(0).state, AdState::Done);
    QCOMPARE(board.model().at(0).composite.size(), QSize(1024, 1024));
    QVERIFY(board.model().at(0).isShown());
}

void TestAdBoard::theProductIsExactInTheComposite()
{
    QUndoStack undo;
    AdBoard board(undo);
    AdBatch one = batch(1);
    // A noisy opaque square in the middle of a 1024 px frame must come back bit by bit.
    constexpr int side = 1024;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4, 0);
    for (int y = 300; y < 700; ++y)
        for (int x = 300; x < 700; ++x) {
            auto* pixel = &pixels[(static_cast<std::size_t>(y) * side + x) * 4];
            pixel[0] = static_cast<std::uint8_t>(x * 7 + y);
            pixel[1] = static_cast<std::uint8_t>(x ^ y);
            pixel[2] = static_cast<std::uint8_t>(x * y);
            pixel[3] = 255;
        }
    const std::vector<std::uint8_t> expected = pixels;
    one.request.brief.product.cutout = Image(side, side, 4, std::move(pixels));
    board.begin(one);
    Ad ad;
    ad.image = plain(256, 90);
    QSignalSpy composed(&board, &AdBoard::composed);
    board.finish(5, { ad }, {});
    QTRY_COMPARE(composed.count(), 1);
    const QImage result = board.model().at(0).composite;
    for (int y = 300; y < 700; y += 3)
        for (int x = 300; x < 700; x += 3) {
            const auto* pixel = &expected[(static_cast<std::size_t>(y) * side + x) * 4];
            QCOMPARE(result.pixel(x, y), qRgb(pixel[0], pixel[1], pixel[2]));
        }
}

void TestAdBoard::aStoppedBatchKeepsWhatWasDrawn()
{
    QUndoStack undo;
    AdBoard board(undo);
    QAbstractItemModelTester tester(&board.model());
    board.begin(batch(2));
    Progress progress;
    progress.stage = Stage::Image;
    progress.done = 32;
    progress.total = 256;
    progress.titles = { "Warm", "" };
    progress.previews = { plain(16, 10) };
    board.update(5, progress, 16);
    board.abandon(5);
    QCOMPARE(board.model().rowCount(), 1); // the second had nothing to keep
    QCOMPARE(board.model().at(0).state, AdState::Draft);
    QVERIFY(board.model().at(0).isShown());
    QCOMPARE(board.model().data(board.model().index(0), FractionRole).toDouble(), 0.125);
}

void TestAdBoard::aRemovedAdComesBack()
{
    QUndoStack undo;
    AdBoard board(undo);
    AdItem ad;
    ad.title = QStringLiteral("Warm");
    board.add({ ad, ad });
    board.remove(0);
    QCOMPARE(board.model().rowCount(), 1);
    undo.undo();
    QCOMPARE(board.model().rowCount(), 2);
    QCOMPARE(board.model().rowOf(1), 1);
    undo.redo();
    QCOMPARE(board.model().rowOf(1), -1);
}

void TestAdBoard::numbersAreNeverUsedTwice()
{
    QUndoStack undo;
    AdBoard board(undo);
    board.add({ AdItem(), AdItem() });
    board.remove(1);
    board.add({ AdItem() });
    QCOMPARE(board.model().at(1).number, 3);
    QCOMPARE(board.model().at(1).name(), QStringLiteral("A-0003"));
}

void TestAdBoard::savingSaysHowFarItCame()
{
    QTemporaryDir folder;
    AdItem ad;
    ad.number = 3;
    ad.seed = 7;
    ad.state = AdState::Done;
    ad.ad.image = plain(16, 90);
    ad.picture = ad.composite = toQImage(ad.ad.image);
    ad.batch = std::make_shared<AdBatch>(batch(1));
    const SavedAds whole = saveAdItems({ ad }, folder.path());
    QVERIFY(!whole.problem);
    QCOMPARE(whole.count, 1);

    // The second has the same seed; where its subfolder would be, there is a file.
    QFile inTheWay(folder.filePath(ad.name()));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const SavedAds half = saveAdItems({ ad, ad }, folder.path());
    QCOMPARE(half.count, 1);
    QVERIFY(half.problem);
    QVERIFY2(half.problem->detail.find(toStdString(ad.name())) != std::string::npos,
             half.problem->detail.c_str());
}

QTEST_MAIN(TestAdBoard)
#include "tst_ad_board.moc"
