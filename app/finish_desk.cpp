// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/finish_desk.h"

#include "app/ad_board.h"
#include "app/qt_types.h"
#include "core/failure.h"

#include <QCryptographicHash>
#include <QDir>
#include <QUndoCommand>
#include <QUndoStack>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr auto archiveName = "ads.zip";

QString hashOf(const std::vector<std::byte>& bytes)
{
    const QByteArrayView view(reinterpret_cast<const char*>(bytes.data()),
                              static_cast<qsizetype>(bytes.size()));
    return QString::fromLatin1(QCryptographicHash::hash(view, QCryptographicHash::Sha256).toHex());
}

QString digestOf(const AdItem& ad)
{
    return toQString(tokenDigest(ad.ad));
}

// All files of one ad; throws Failure with the sentence of the first that cannot be made.
std::vector<NamedBytes> makeFiles(const FinishSource& source, const FinishDocument& document,
                                  const QList<Channel>& channels, const QString& pattern)
{
    std::vector<NamedBytes> files;
    const GenerationRequest request = source.batch ? source.batch->request : GenerationRequest();
    for (const Channel& channel : channels) {
        const bool white = document.white.contains(toQString(channel.id));
        const FinishFrame frame = layFrame(source, document, channel,
                                           framePicture(source, document.pattern, white, channel));
        if (frame.isBlocked())
            throw Failure(ErrorCode::InvalidInput,
                          "The picture for " + channel.name
                              + " breaks a rule of the channel; repair it or leave the channel "
                                "out.");
        Ad ad = source.ad;
        ad.title = toStdString(source.title);
        const Provenance record = makeProvenance(request, ad, source.model, channel.id);
        const EncodedPicture made
            = valueOrThrow(encodeForChannel(toImage(paintFrame(frame)), channel, record));
        files.push_back({ valueOrThrow(exportName(toStdString(pattern), record, channel))
                              + fileEnding(made.kind),
                          made.bytes });
    }
    return files;
}

void writeFiles(const std::vector<NamedBytes>& files, const ExportWish& wish)
{
    if (!QDir().mkpath(wish.folder))
        throw Failure(ErrorCode::InvalidInput,
                      "The folder " + toStdString(wish.folder)
                          + " cannot be made. Check its permissions.");
    const std::filesystem::path folder = toPath(wish.folder);
    if (wish.zip)
        return valueOrThrow(saveZip(folder / archiveName, files));
    for (const NamedBytes& file : files)
        valueOrThrow(saveExport(folder / toPath(toQString(file.name)), file.bytes));
}

} // namespace

class ChangeFinishCommand final : public QUndoCommand
{
public:
    ChangeFinishCommand(FinishDesk& desk, int number, const FinishDocument& after, int stroke)
        : m_desk(desk)
        , m_number(number)
        , m_stroke(stroke)
        , m_before(desk.document(number))
        , m_after(after)
    {
    }

    // What was approved meanwhile is not touched; the step is then over.
    void undo() override { setObsolete(!m_desk.applyContent(m_number, m_before)); }
    void redo() override { setObsolete(!m_desk.applyContent(m_number, m_after)); }
    int id() const override { return 20; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const ChangeFinishCommand*>(other);
        if (m_stroke == 0 || next->m_stroke != m_stroke || next->m_number != m_number)
            return false;
        m_after = next->m_after;
        return true;
    }

private:
    FinishDesk& m_desk;
    int m_number;
    int m_stroke;
    FinishDocument m_before, m_after;
};

FinishDesk::FinishDesk(AdBoard& board, QUndoStack& undo, QObject* parent)
    : QObject(parent)
    , m_board(board)
    , m_undo(undo)
{
}

void FinishDesk::readChannels(const QString& resources)
{
    Result<ChannelSet> set = adtailor::readChannels(channelFile(toPath(resources)));
    m_channelProblem = set ? std::nullopt : std::optional(set.error());
    m_channels = set ? *std::move(set) : ChannelSet();
}

QList<Channel> FinishDesk::channelsOf(const FinishDocument& document) const
{
    QList<Channel> known;
    for (const QString& id : document.channels)
        if (const Channel* channel = m_channels.find(toStdString(id)))
            known.append(*channel);
    return known;
}

const AdItem* FinishDesk::adOf(int number) const
{
    const int row = m_board.model().rowOf(number);
    return row < 0 ? nullptr : &m_board.model().at(row);
}

FinishDocument FinishDesk::document(int number) const
{
    const AdItem* ad = adOf(number);
    return ad ? finishFromJson(ad->finish) : FinishDocument::fresh();
}

void FinishDesk::store(int number, const FinishDocument& document)
{
    m_board.setFinish(number, toJson(document));
    emit changed(number);
}

void FinishDesk::edit(int number, const FinishDocument& changed, const QString& what, int stroke)
{
    const FinishDocument before = document(number);
    if (!adOf(number) || before.isLocked() || before == changed)
        return;
    auto* command = new ChangeFinishCommand(*this, number, changed, stroke);
    command->setText(what);
    m_undo.push(command);
}

bool FinishDesk::applyContent(int number, const FinishDocument& content)
{
    if (!adOf(number))
        return false;
    const FinishDocument now = document(number);
    if (now.isLocked())
        return false;
    FinishDocument next = content;
    next.state = FinishState::Draft;
    next.audit = now.audit;
    next.approved.clear();
    if (now.state == FinishState::InReview)
        note(next, u"returned"_s);
    store(number, next);
    return true;
}

void FinishDesk::note(FinishDocument& document, const QString& what, const QString& file,
                      const QString& hash) const
{
    QString who = qEnvironmentVariable("USER");
    if (who.isEmpty())
        who = qEnvironmentVariable("LOGNAME", u"?"_s);
    document.audit.append({ QDateTime::currentDateTimeUtc(), who, what, file, hash });
}

bool FinishDesk::moveTo(int number, FinishState state)
{
    const AdItem* ad = adOf(number);
    if (!ad)
        return false;
    FinishDocument next = document(number);
    const FinishState from = next.state;
    const bool known = (from == FinishState::Draft && state == FinishState::InReview)
        || (from == FinishState::InReview && state == FinishState::Approved)
        || (from != FinishState::Draft && state == FinishState::Draft);
    if (!known)
        return false;
    const bool locked = next.isLocked();
    next.state = state;
    next.approved = state == FinishState::Approved ? contentHash(next, digestOf(*ad)) : QString();
    const QString what = state == FinishState::InReview ? u"sent"_s
        : state == FinishState::Approved                ? u"approved"_s
        : locked                                        ? u"reopened"_s
                                                        : u"returned"_s;
    note(next, what, {}, contentHash(next, digestOf(*ad)));
    store(number, next);
    return true;
}

std::optional<Error> FinishDesk::exportProblem(int number) const
{
    const AdItem* ad = adOf(number);
    const FinishDocument now = document(number);
    if (!ad || !now.isLocked())
        return Error{ ErrorCode::InvalidInput, "Only an approved ad can be exported." };
    if (now.approved != contentHash(now, digestOf(*ad)))
        return Error{ ErrorCode::FileCorrupt,
                      "The ad is not the one that was approved. Make a new draft and have it "
                      "approved again." };
    if (channelsOf(now).isEmpty())
        return Error{ ErrorCode::InvalidInput, "No channel is chosen. Add a size first." };
    return std::nullopt;
}

void FinishDesk::exportAd(int number, const ExportWish& wish)
{
    if (m_exporting)
        return;
    if (const auto problem = exportProblem(number)) {
        emit failed(*problem);
        return;
    }
    m_exporting = true;
    emit exportingChanged();
    const FinishDocument approved = document(number);
    const FinishSource source = finishSource(*adOf(number));
    const QList<Channel> channels = channelsOf(approved);
    QtConcurrent::run([source, approved, channels, wish] {
        return guarded([&] {
            auto files = makeFiles(source, approved, channels, wish.pattern);
            writeFiles(files, wish);
            return files;
        });
    }).then(this, [this, number, wish](const Result<std::vector<NamedBytes>>& files) {
        m_exporting = false;
        if (files)
            finishExport(number, *files, wish);
        emit exportingChanged();
        if (!files)
            emit failed(files.error());
    });
}

void FinishDesk::finishExport(int number, const std::vector<NamedBytes>& files,
                              const ExportWish& wish)
{
    QStringList names;
    FinishDocument next = document(number);
    for (const NamedBytes& file : files) {
        names.append(toQString(file.name));
        note(next, u"exported"_s, names.last(), hashOf(file.bytes));
    }
    if (adOf(number) && next.isLocked()) {
        next.state = FinishState::Exported;
        store(number, next);
    }
    emit exported(wish.zip ? QStringList(QLatin1String(archiveName)) : names, wish.folder);
}

} // namespace adtailor
