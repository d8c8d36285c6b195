// SPDX-License-Identifier: GPL-3.0-or-later
// Finished ads: documents, where words lie, what is measured under them, states, locks and files.
#include "app/ad_board.h"
#include "app/finish_desk.h"
#include "app/finish_frames.h"
#include "app/models/channel_model.h"
#include "app/models/layer_model.h"
#include "app/qt_types.h"

#include <adtailor/imaging.h>

#include <QAbstractItemModelTester>
#include <QDir>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <cstring>

using namespace adtailor;
using namespace Qt::StringLiterals;

class TestFinish final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void documentsComeBack();
    void takesAnyJson();
    void breaksLikeChinese();
    void leavesNoOrphans();
    void measuresContrast();
    void findsReadableInk();
    void laysOutEverySize_data();
    void laysOutEverySize();
    void keepsTheProductExact();
    void sizesMovedLayers();
    void editsWithUndo();
    void statesFollowTheirWay();
    void exportsOnlyWhatIsApproved();
    void refusesBlockedChannels();
    void refusesAChangedAd();
    void drawsFramesOnThePool();

private:
    AdItem sampleAd(int number) const;

    ChannelSet m_channels;
};

namespace {

Image square(int side, int channels, std::uint8_t value)
{
    return Image(
        side, side, channels,
        std::vector<std::uint8_t>(static_cast<std::size_t>(side) * side * channels, value));
}

// An opaque box in the middle of a clear square, with a pattern that shows every change.
Image productSquare(int side)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4, 0);
    for (int y = side / 4; y < side * 3 / 4; ++y)
        for (int x = side / 3; x < side * 2 / 3; ++x) {
            std::uint8_t* pixel = pixels.data() + (static_cast<std::size_t>(y) * side + x) * 4;
            pixel[0] = static_cast<std::uint8_t>(x * 7);
            pixel[1] = static_cast<std::uint8_t>(y * 5);
            pixel[2] = static_cast<std::uint8_t>(x + y);
            pixel[3] = 255;
        }
    return Image(side, side, 4, std::move(pixels));
}

TextStyle style(int pixels)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(pixels);
    return { .font = font };
}

} // namespace

AdItem TestFinish::sampleAd(int number) const
{
    AdItem ad;
    ad.number = number;
    ad.state = AdState::Done;
    ad.title = u"Warm evening light for your reading corner"_s;
    ad.seed = 7;
    ad.ad.title = toStdString(ad.title);
    ad.ad.seed = 7;
    ad.ad.image = square(64, 3, 230);
    ad.ad.imageTokens = { 1, 2, 3 };
    ad.ad.modelHash = "abc";
    ad.picture = toQImage(ad.ad.image);
    ad.composite = ad.picture;
    auto batch = std::make_shared<AdBatch>();
    batch->request.seed = 7;
    batch->request.brief.product
        = { "Mushroom lamp", { "Stepless dimming", "40 h battery", "USB-C" }, productSquare(120) };
    ad.batch = batch;
    return ad;
}

void TestFinish::initTestCase()
{
    m_channels = *readChannels(ADTAILOR_RESOURCES "/channels.json");
}

void TestFinish::documentsComeBack()
{
    FinishDocument document = FinishDocument::fresh();
    document.pattern = FinishTemplate::TopLine;
    document.layers[0].text = u"标题 <b>"_s;
    document.layers[0].bound = false;
    document.layers[0].ink = QColor(1, 2, 3);
    document.layers[1].size = 1.5;
    document.layers.append(FinishDocument::newLayer(LayerKind::Logo, u"logo"_s));
    document.layers.last().picture = QByteArray("\x89PNG\0x", 6);
    document.moved[u"a"_s][u"headline"_s] = QRectF(0.1, 0.2, 0.3, 0.4);
    document.plain = { u"x"_s };
    document.white = { u"y"_s, u"z"_s };
    document.state = FinishState::Approved;
    document.approved = QString(64, u'a');
    document.audit.append(
        { QDateTime(QDate(2026, 10, 1), QTime(8, 0), Qt::UTC), u"lin"_s, u"approved"_s, {}, {} });
    const QByteArray text = QJsonDocument(toJson(document)).toJson();
    QVERIFY(finishFromJson(QJsonDocument::fromJson(text).object()) == document);
    QVERIFY(finishFromJson({}) == FinishDocument::fresh());
    FinishDocument other = document;
    other.audit.clear();
    other.state = FinishState::Draft;
    QCOMPARE(contentHash(other, u"t"_s), contentHash(document, u"t"_s));
    QVERIFY(contentHash(document, u"u"_s) != contentHash(document, u"t"_s));
    other.layers[0].ink = QColor(1, 2, 4);
    QVERIFY(contentHash(other, u"t"_s) != contentHash(document, u"t"_s));
}

void TestFinish::takesAnyJson()
{
    const QByteArray hostile
        = "{'version':1,'template':7,'layers':[{'id':'a','kind':'x','size':1e9,'line':-4,"
          "'align':99,'ink':'url(x)','picture':'###'},{'id':'a'},{},5,null],'channels':'no',"
          "'moved':{'c':{'a':[1,2,3],'b':[0,0,1,1]},'d':[]},'state':'exported!','audit':[1,{}]}";
    const FinishDocument document
        = finishFromJson(QJsonDocument::fromJson(QByteArray(hostile).replace('\'', '"')).object());
    QCOMPARE(document.layers.size(), 1); // ids are unique and not empty
    QCOMPARE(document.layers[0].size, 3.0);
    QCOMPARE(document.layers[0].line, 0.9);
    QCOMPARE(document.layers[0].align, 2);
    QVERIFY(!document.layers[0].ink.isValid());
    QVERIFY(document.moved.empty() || document.moved.at(u"c"_s).empty());
    QCOMPARE(document.state, FinishState::Draft);
}

void TestFinish::breaksLikeChinese()
{
    const QString text = u"暖光晚间，为你的阅读角而来。“无级调光”，续航四十小时！"_s;
    const QString neverFirst = u"，。！”"_s, neverLast = u"“"_s;
    for (int width = 60; width < 400; width += 7) {
        const TextLines lines = breakText(text, width, style(20));
        QString joined;
        for (const TextLine& line : lines.lines) {
            QVERIFY(!line.text.isEmpty());
            QVERIFY2(!neverFirst.contains(line.text.front()), qPrintable(line.text));
            QVERIFY2(!neverLast.contains(line.text.back()), qPrintable(line.text));
            joined += line.text;
        }
        QCOMPARE(joined, text);
    }
    TextStyle loose = style(20);
    loose.kinsoku = false;
    bool broken = false;
    for (int width = 60; width < 400; width += 7)
        for (const TextLine& line : breakText(text, width, loose).lines)
            broken = broken || neverFirst.contains(line.text.front());
    QVERIFY(broken); // the switch is what keeps them together
}

void TestFinish::leavesNoOrphans()
{
    const QString text = u"Warm evening light for your reading corner today ok"_s;
    TextStyle kept = style(20);
    kept.keepOrphans = true;
    int helped = 0;
    for (int width = 150; width < 500; width += 5) {
        const TextLines before = breakText(text, width, kept),
                        after = breakText(text, width, style(20));
        QCOMPARE(after.lines.size(), before.lines.size());
        QVERIFY(after.size().width() <= width + 0.5);
        helped += after.lines.last().width > before.lines.last().width + 1 ? 1 : 0;
    }
    QVERIFY(helped > 0);
}

void TestFinish::measuresContrast()
{
    QCOMPARE(contrastOf(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastOf(Qt::red, Qt::red), 1.0);
    // WebAIM's checker: #777777 on white is 4.48, #0A6A73 on white 6.32 (design contrast table)
    QVERIFY(qAbs(contrastOf(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.005);
    QVERIFY(qAbs(contrastOf(QColor(0x0a, 0x6a, 0x73), Qt::white) - 6.32) < 0.005);
}

void TestFinish::findsReadableInk()
{
    const Channel* channel = m_channels.find("google-landscape");
    for (const std::uint8_t ground : { std::uint8_t(20), std::uint8_t(240) }) {
        AdItem ad = sampleAd(1);
        ad.ad.image = square(64, 3, ground);
        const FinishSource source = finishSource(ad);
        const FinishDocument document = FinishDocument::fresh();
        const FinishFrame frame = layFrame(source, document, *channel,
                                           framePicture(source, document.pattern, false, *channel));
        const LaidLayer& headline = frame.layout.layers.front();
        QCOMPARE(headline.layer.kind, LayerKind::Headline);
        QCOMPARE(headline.layer.ink == QColor(Qt::white), ground < 128);
        QVERIFY(headline.contrast > 10);
        FinishDocument same = document;
        same.layers[0].ink = QColor(ground, ground, ground);
        const FinishFrame hidden = layFrame(source, same, *channel, frame.picture);
        QVERIFY(hidden.layout.layers.front().contrast < 1.2);
        QVERIFY(hidden.findings.front().rule == LintRule::LowContrast);
    }
}

void TestFinish::laysOutEverySize_data()
{
    QTest::addColumn<int>("pattern");
    for (const int pattern : { 0, 1, 2, 3 })
        QTest::newRow(qPrintable(QString::number(pattern))) << pattern;
}

void TestFinish::laysOutEverySize()
{
    QFETCH(int, pattern);
    const FinishSource source = finishSource(sampleAd(1));
    FinishDocument document = FinishDocument::fresh();
    document.pattern = static_cast<FinishTemplate>(pattern);
    for (Channel channel : m_channels.channels) {
        channel.text = channel.logo = true;
        channel.white = false;
        const FinishFrame frame = layFrame(source, document, channel,
                                           framePicture(source, document.pattern, false, channel));
        QCOMPARE(frame.picture.picture.size(), QSize(channel.width, channel.height));
        QCOMPARE(frame.layout.layers.isEmpty(), document.pattern == FinishTemplate::Quiet);
        for (const LaidLayer& laid : frame.layout.layers)
            QVERIFY2(laid.box.width() > 0 && !laid.lines.lines.isEmpty(), channel.id.c_str());
        for (const LintFinding& finding : frame.findings) // a template never breaks these itself
            QVERIFY2(finding.rule != LintRule::OutsidePicture
                         && finding.rule != LintRule::OutsideSafeArea
                         && (finding.rule != LintRule::CoversProduct || pattern == 2),
                     channel.id.c_str());
    }
}

void TestFinish::keepsTheProductExact()
{
    const AdItem ad = sampleAd(1);
    const FinishSource source = finishSource(ad);
    const Channel* channel = m_channels.find("meta-feed");
    const FinishDocument document = FinishDocument::fresh();
    const FinishFrame frame = layFrame(source, document, *channel,
                                       framePicture(source, document.pattern, false, *channel));
    const Image painted = toImage(paintFrame(frame));
    const FramePlan plan
        = planFrame(productBox(source.cutout), channel->width, channel->height, true);
    const Image product = imaging::resize(source.cutout, plan.side, plan.side);
    int compared = 0;
    for (int y = 0; y < plan.side; ++y)
        for (int x = 0; x < plan.side; ++x) {
            const std::uint8_t* want = product.row(y) + 4 * x;
            if (want[3] != 255)
                continue;
            ++compared;
            QVERIFY(std::memcmp(painted.row(y + plan.top) + 3 * (x + plan.left), want, 3) == 0);
        }
    QVERIFY(compared > 10'000);
    QVERIFY(paintFrame(frame) != frame.picture.picture); // and there are words
}

void TestFinish::sizesMovedLayers()
{
    const FinishSource source = finishSource(sampleAd(1));
    const Channel* channel = m_channels.find("google-landscape");
    FinishDocument document = FinishDocument::fresh();
    document.moved[u"google-landscape"_s][u"headline"_s] = QRectF(0.05, 0.1, 0.2, 0.5);
    const FramePicture picture = framePicture(source, document.pattern, false, *channel);
    const FinishFrame frame = layFrame(source, document, *channel, picture);
    const LaidLayer& headline = frame.layout.layers.front();
    QVERIFY(qAbs(headline.box.left() - 60) < 0.01 && qAbs(headline.box.width() - 240) < 0.01);
    QVERIFY(headline.fits);
    document.moved[u"google-landscape"_s][u"headline"_s] = QRectF(0.9, 0.1, 0.3, 0.5);
    const FinishFrame out = layFrame(source, document, *channel, picture);
    QVERIFY(out.findings.front().rule == LintRule::OutsidePicture && out.isBlocked());
    document.moved[u"google-landscape"_s][u"headline"_s] = QRectF(0.1, 0.1, 0.05, 0.02);
    QVERIFY(layFrame(source, document, *channel, picture).findings.front().rule
            == LintRule::DoesNotFit);
}

void TestFinish::editsWithUndo()
{
    QUndoStack undo;
    AdBoard board(undo);
    board.reset({ sampleAd(4) });
    FinishDesk desk(board, undo);
    FinishDocument changed = desk.document(4);
    changed.layers[0].size = 1.1;
    desk.edit(4, changed, u"one"_s, 5);
    changed.layers[0].size = 1.2;
    desk.edit(4, changed, u"one"_s, 5); // the same stroke
    changed.layers[0].text = u"x"_s;
    desk.edit(4, changed, u"two"_s, 6);
    QCOMPARE(undo.count(), 2);
    QVERIFY(desk.document(4) == changed);
    undo.undo();
    QCOMPARE(desk.document(4).layers[0].size, 1.2);
    undo.undo();
    QVERIFY(desk.document(4) == FinishDocument::fresh());
    undo.redo();
    QVERIFY(desk.moveTo(4, FinishState::InReview));
    QVERIFY(desk.moveTo(4, FinishState::Approved));
    const FinishDocument approved = desk.document(4);
    undo.undo(); // does not touch what was approved
    QVERIFY(desk.document(4) == approved);
    desk.edit(4, FinishDocument::fresh(), u"three"_s);
    QVERIFY(desk.document(4) == approved);
}

void TestFinish::statesFollowTheirWay()
{
    QUndoStack undo;
    AdBoard board(undo);
    board.reset({ sampleAd(4) });
    FinishDesk desk(board, undo);
    QVERIFY(!desk.moveTo(4, FinishState::Approved)); // nobody has looked at it
    QVERIFY(!desk.moveTo(9, FinishState::InReview)); // no such ad
    QVERIFY(desk.moveTo(4, FinishState::InReview));
    FinishDocument changed = desk.document(4);
    changed.layers[0].size = 2;
    desk.edit(4, changed, u"edit"_s); // in review: a draft again
    QCOMPARE(desk.document(4).state, FinishState::Draft);
    QVERIFY(desk.moveTo(4, FinishState::InReview));
    QVERIFY(desk.moveTo(4, FinishState::Approved));
    QVERIFY(!desk.document(4).approved.isEmpty());
    QVERIFY(desk.moveTo(4, FinishState::Draft));
    QStringList audit;
    for (const AuditEntry& entry : desk.document(4).audit) {
        audit.append(entry.what);
        QVERIFY(entry.time.isValid());
        QVERIFY(!entry.who.isEmpty());
    }
    QCOMPARE(audit,
             (QStringList{ u"sent"_s, u"returned"_s, u"sent"_s, u"approved"_s, u"reopened"_s }));
}

void TestFinish::exportsOnlyWhatIsApproved()
{
    const QTemporaryDir folder;
    QUndoStack undo;
    AdBoard board(undo);
    board.reset({ sampleAd(4) });
    FinishDesk desk(board, undo);
    desk.readChannels(QStringLiteral(ADTAILOR_RESOURCES));
    QSignalSpy failed(&desk, &FinishDesk::failed), exported(&desk, &FinishDesk::exported);
    FinishDocument document = desk.document(4);
    document.channels = { u"google-landscape"_s, u"meta-story"_s };
    desk.edit(4, document, u"channels"_s);
    const ExportWish wish{ folder.path(), QLatin1String(defaultExportName), false };
    desk.exportAd(4, wish);
    QCOMPARE(failed.count(), 1);
    QVERIFY(desk.moveTo(4, FinishState::InReview) && desk.moveTo(4, FinishState::Approved));
    desk.exportAd(4, wish);
    QVERIFY(exported.wait(30'000));
    QCOMPARE(desk.document(4).state, FinishState::Exported);
    const QStringList files = QDir(folder.path()).entryList(QDir::Files);
    QCOMPARE(files,
             (QStringList{ u"Mushroom-lamp_google-landscape_1200x628_7.jpg"_s,
                           u"Mushroom-lamp_meta-story_1080x1920_7.jpg"_s }));
    const auto record = readProvenance(toPath(folder.filePath(files[1])));
    QVERIFY(record.has_value());
    QCOMPARE(record->channel, std::string("meta-story"));
    QCOMPARE(record->tokens, tokenDigest(sampleAd(4).ad));
    const auto picture = imaging::load(toPath(folder.filePath(files[1])));
    QCOMPARE(picture->height(), 1920);
    QCOMPARE(desk.document(4).audit.last().what, u"exported"_s);
    QCOMPARE(desk.document(4).audit.last().hash.size(), 64);
    desk.exportAd(4, { folder.path(), QLatin1String(defaultExportName), true });
    QVERIFY(exported.wait(30'000));
    QVERIFY(QFile::exists(folder.filePath(u"ads.zip"_s)));
}

void TestFinish::refusesBlockedChannels()
{
    const QTemporaryDir folder;
    QUndoStack undo;
    AdBoard board(undo);
    board.reset({ sampleAd(4) });
    FinishDesk desk(board, undo);
    desk.readChannels(QStringLiteral(ADTAILOR_RESOURCES));
    FinishDocument document = desk.document(4);
    document.channels = { u"google-landscape"_s, u"amazon-sb"_s };
    desk.edit(4, document, u"channels"_s);
    QVERIFY(desk.moveTo(4, FinishState::InReview) && desk.moveTo(4, FinishState::Approved));
    QSignalSpy failed(&desk, &FinishDesk::failed);
    desk.exportAd(4, { folder.path(), QLatin1String(defaultExportName), false });
    QVERIFY(failed.wait(30'000));
    QVERIFY(failed[0][0].value<Error>().detail.find("Amazon") != std::string::npos);
    QVERIFY(QDir(folder.path()).isEmpty()); // all or nothing
    QCOMPARE(desk.document(4).state, FinishState::Approved);
}

void TestFinish::refusesAChangedAd()
{
    QUndoStack undo;
    AdBoard board(undo);
    board.reset({ sampleAd(4) });
    FinishDesk desk(board, undo);
    desk.readChannels(QStringLiteral(ADTAILOR_RESOURCES));
    QVERIFY(desk.moveTo(4, FinishState::InReview) && desk.moveTo(4, FinishState::Approved));
    QJsonObject json = board.ads().front().finish; // behind the studio's back
    json.insert(u"kinsoku"_s, false);
    board.setFinish(4, json);
    QSignalSpy failed(&desk, &FinishDesk::failed);
    desk.exportAd(4, { u"/nowhere"_s, QLatin1String(defaultExportName), false });
    QCOMPARE(failed.count(), 1);
    QVERIFY(failed[0][0].value<Error>().code == ErrorCode::FileCorrupt);
}

void TestFinish::drawsFramesOnThePool()
{
    FinishFrames frames;
    ChannelModel channels;
    LayerModel layers;
    QAbstractItemModelTester one(&channels), two(&layers);
    const FinishSource source = finishSource(sampleAd(1));
    FinishDocument document = FinishDocument::fresh();
    QList<Channel> list;
    for (const QString& id : document.channels)
        list.append(*m_channels.find(toStdString(id)));
    channels.setChannels(list);
    layers.show(source, document, {});
    QCOMPARE(layers.rowCount(), 5);
    frames.show(source, document, list, u"meta-story"_s);
    QSignalSpy drawn(&frames, &FinishFrames::drawn);
    QTRY_COMPARE_WITH_TIMEOUT(drawn.count(), 6, 60'000);
    QCOMPARE(drawn[0][0].toString(), u"meta-story"_s); // what is shown comes first
    channels.showFrames(frames);
    QCOMPARE(channels.counts().sizes, 6);
    QCOMPARE(channels.counts().blocked, 2); // no text for Amazon, white for JD
    document.layers[0].size = 0.8; // words change at once, without drawing
    frames.show(source, document, list, u"meta-story"_s);
    QVERIFY(frames.frame(u"meta-story"_s) && !frames.isDrawing());
}

QTEST_MAIN(TestFinish)
#include "tst_finish.moc"
