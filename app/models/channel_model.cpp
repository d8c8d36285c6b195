// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/channel_model.h"

#include "app/finish_frames.h"
#include "app/qt_types.h"
#include "widgets/channel_delegate.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int cardPicture = 240; // pixels of the longer side, enough for twice the size

} // namespace

void ChannelModel::setChannels(const QList<Channel>& channels)
{
    const auto id = [](const Channel& channel) { return toQString(channel.id); };
    const bool same = channels.size() == m_rows.size()
        && std::equal(channels.begin(), channels.end(), m_rows.begin(),
                      [&](const Channel& channel, const Row& row) {
                          return id(channel) == id(row.channel);
                      });
    if (same)
        return;
    beginResetModel();
    m_rows.clear();
    for (const Channel& channel : channels)
        m_rows.append({ channel, {}, {}, false });
    endResetModel();
}

void ChannelModel::showFrames(const FinishFrames& frames)
{
    for (Row& row : m_rows) {
        const FinishFrame* frame = frames.frame(toQString(row.channel.id));
        row.drawn = frame != nullptr;
        if (!frame)
            continue;
        row.picture = paintFrame(*frame).scaled(cardPicture, cardPicture, Qt::KeepAspectRatio,
                                                Qt::SmoothTransformation);
        row.findings = frame->findings;
    }
    if (!m_rows.isEmpty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

int ChannelModel::rowOf(const QString& id) const
{
    for (int row = 0; row < m_rows.size(); ++row)
        if (toQString(m_rows[row].channel.id) == id)
            return row;
    return -1;
}

ChannelModel::Counts ChannelModel::counts() const
{
    Counts counts{ .sizes = static_cast<int>(m_rows.size()) };
    for (const Row& row : m_rows) {
        if (!row.drawn)
            continue;
        if (row.findings.empty())
            ++counts.pass;
        else
            ++(row.findings.front().blocks ? counts.blocked : counts.warnings);
    }
    return counts;
}

QString ChannelModel::shortText(const LintFinding& finding)
{
    switch (finding.rule) {
    case LintRule::TextNotAllowed:
        return tr("No text allowed");
    case LintRule::LogoNotAllowed:
        return tr("No logo allowed");
    case LintRule::NeedsWhite:
        return tr("Needs white");
    case LintRule::DoesNotFit:
        return tr("Text does not fit");
    case LintRule::OutsidePicture:
        return tr("Outside the picture");
    case LintRule::OutsideSafeArea:
        return tr("Outside safe area");
    case LintRule::CoversProduct:
        return tr("Covers the product");
    case LintRule::HeadlineTooLong:
        return tr("Headline too long");
    case LintRule::LetterTooSmall:
        return tr("Letters too small");
    case LintRule::LowContrast:
        return tr("Low contrast");
    }
    return {};
}

QString ChannelModel::sentence(const LintFinding& finding)
{
    const auto measured = static_cast<int>(finding.measured);
    const auto needed = static_cast<int>(finding.needed);
    const QLocale locale;
    switch (finding.rule) {
    case LintRule::TextNotAllowed:
        return tr("This channel allows no text on the picture.");
    case LintRule::LogoNotAllowed:
        return tr("This channel allows no logo on the picture.");
    case LintRule::NeedsWhite:
        return tr("This channel asks for the product on plain white.");
    case LintRule::DoesNotFit:
        return tr("The text does not fit at this size; words would be cut.");
    case LintRule::OutsidePicture:
        return tr("A layer leaves the picture.");
    case LintRule::OutsideSafeArea:
        return tr("A layer is outside the safe area, where the channel may cover it.");
    case LintRule::CoversProduct:
        return tr("A layer covers a part of the product.");
    case LintRule::HeadlineTooLong:
        return tr("The headline has %1 letters; the channel shows %2.").arg(measured).arg(needed);
    case LintRule::LetterTooSmall:
        return tr("Letters of %1 px are hard to read here; %2 px are needed.")
            .arg(measured)
            .arg(needed);
    case LintRule::LowContrast:
        return tr("Contrast with the picture is %1; %2 is needed at this size.")
            .arg(locale.toString(finding.measured, 'f', 1),
                 locale.toString(finding.needed, 'f', 1));
    }
    return {};
}

int ChannelModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ChannelModel::statusOf(const Row& row) const
{
    const StatusKind kind = !row.drawn ? StatusKind::None
        : row.findings.empty()         ? StatusKind::Success
        : row.findings.front().blocks  ? StatusKind::Error
                                       : StatusKind::Warning;
    return static_cast<int>(kind);
}

QVariant ChannelModel::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows[index.row()];
    const QString status = !row.drawn ? tr("drawing…")
        : row.findings.empty()        ? tr("Passes")
                                      : shortText(row.findings.front());
    const QString size = u"%1 × %2"_s.arg(row.channel.width).arg(row.channel.height);
    switch (role) {
    case Qt::DisplayRole:
        return toQString(row.channel.name);
    case CaptionRole:
        return size;
    case PictureRole:
        return row.drawn ? row.picture : QImage();
    case ShapeRole:
        return QSizeF(row.channel.width, row.channel.height);
    case StatusRole:
        return status;
    case StatusKindRole:
        return statusOf(row);
    case Qt::ToolTipRole:
        return toQString(row.channel.source);
    case Qt::AccessibleTextRole:
        return QString(toQString(row.channel.name) + u", "_s + size + u", "_s + status);
    default:
        return {};
    }
}

} // namespace adtailor
