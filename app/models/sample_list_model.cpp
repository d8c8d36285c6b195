// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/sample_list_model.h"

#include "app/qt_types.h"
#include "widgets/thumbnail_delegate.h"

#include <adtailor/imaging.h>

#include <QFile>
#include <QtConcurrent>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr int kinds = 3; // rows of a sheet: product, the ad that was clicked, the drawn one
constexpr int tileSide = 256; // kept of each
constexpr qint64 longestTitles = 1 << 18;
constexpr std::size_t mostSamples = 300; // the newest; older ones are in the folder

// A sheet has as many columns as there are briefs, in squares.
TrainingSample readSample(const QString& folder, qint64 step, int brief)
{
    TrainingSample sample{ .step = step, .briefs = -1 };
    const QString name = u"%1/step_%2"_s.arg(folder).arg(step);
    const auto sheet = imaging::load(toPath(name + u".png"_s));
    if (!sheet)
        return sample;
    const QImage whole = toQImage(*sheet);
    const int side = whole.height() / kinds;
    if (side < 1 || whole.width() < side)
        return sample;
    sample.briefs = whole.width() / side;
    const int column = std::min(brief, sample.briefs - 1) * side;
    const auto tile = [&](int kind) {
        return whole.copy(column, kind * side, side, side)
            .scaled(tileSide, tileSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    };
    sample.product = tile(0);
    sample.clicked = tile(1);
    sample.drawn = tile(2);
    QFile titles(name + u".txt"_s);
    if (!titles.open(QIODevice::ReadOnly))
        return sample;
    const QStringList blocks = QString::fromUtf8(titles.read(longestTitles)).split(u"\n\n"_s);
    const QStringList lines = blocks.value(brief).split(u'\n');
    for (const QString& line : lines) {
        if (line.startsWith(u"clicked:"))
            sample.clickedTitle = line.mid(8).trimmed();
        else if (line.startsWith(u"generated:"))
            sample.drawnTitle = line.mid(10).trimmed();
    }
    return sample;
}

} // namespace

void SampleListModel::setSamples(const QString& folder, const std::vector<qint64>& steps,
                                 const std::vector<qint64>& coming)
{
    std::vector<qint64> all(steps.end()
                                - static_cast<std::ptrdiff_t>(std::min(steps.size(), mostSamples)),
                            steps.end());
    const int drawn = static_cast<int>(all.size());
    all.insert(all.end(), coming.begin(), coming.end());
    const bool same = folder == m_folder && drawn == m_drawn
        && std::equal(all.begin(), all.end(), m_rows.begin(), m_rows.end(),
                      [](qint64 step, const TrainingSample& row) { return step == row.step; });
    if (same)
        return;
    std::vector<TrainingSample> rows;
    for (const qint64 step : all) {
        const auto known
            = std::find_if(m_rows.begin(), m_rows.end(), [&](const TrainingSample& row) {
                  return folder == m_folder && row.step == step && row.briefs > 0;
              });
        rows.push_back(known == m_rows.end() ? TrainingSample{ .step = step } : *known);
    }
    beginResetModel();
    if (folder != m_folder)
        m_brief = 0;
    m_folder = folder;
    m_rows = std::move(rows);
    m_drawn = drawn;
    endResetModel();
    readAll();
}

void SampleListModel::setBrief(int brief)
{
    m_brief = brief;
    for (TrainingSample& row : m_rows)
        row = { .step = row.step };
    readAll();
}

int SampleListModel::briefs() const
{
    for (auto row = m_rows.rbegin(); row != m_rows.rend(); ++row)
        if (row->briefs > 0)
            return row->briefs;
    return 0;
}

const TrainingSample* SampleListModel::at(int row) const
{
    return row >= 0 && row < m_drawn ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

// Newest first: that is what one looks at.
void SampleListModel::readAll()
{
    const int generation = ++m_generation;
    for (int row = m_drawn - 1; row >= 0; --row) {
        const qint64 step = m_rows[static_cast<std::size_t>(row)].step;
        if (m_rows[static_cast<std::size_t>(row)].briefs != 0)
            continue;
        QtConcurrent::run([folder = m_folder, step, brief = m_brief] {
            return readSample(folder, step, brief);
        }).then(this, [this, row, generation](const TrainingSample& sample) {
            if (generation != m_generation)
                return;
            m_rows[static_cast<std::size_t>(row)] = sample;
            emit dataChanged(index(row), index(row));
            emit read(row);
        });
    }
}

int SampleListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SampleListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const TrainingSample& sample = m_rows[static_cast<std::size_t>(index.row())];
    const bool coming = index.row() >= m_drawn;
    switch (role) {
    case PictureRole:
        return sample.drawn.isNull() ? QVariant() : sample.drawn;
    case FractionRole: // what is not drawn yet is hatched
        return coming ? QVariant(0.0) : QVariant();
    case CaptionRole:
        return QString::number(sample.step);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return coming ? tr("Step %1, not drawn yet").arg(sample.step)
                      : tr("Step %1: %2").arg(sample.step).arg(sample.drawnTitle);
    default:
        return {};
    }
}

} // namespace adtailor
