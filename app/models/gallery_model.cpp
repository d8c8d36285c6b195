// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/gallery_model.h"

#include "app/ad_records.h"
#include "app/qt_types.h"
#include "widgets/status_pill.h"
#include "widgets/thumbnail_delegate.h"

#include <QDateTime>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace adtailor {

namespace {

constexpr int pageRows = 60; // read at once, around the row that is asked for
constexpr int mostKnown = 6'000;
constexpr int mostRuns = 64; // of rows that came or went; more are a new list
constexpr std::size_t mostWantedRows = 200;

QString nameOf(std::int64_t number)
{
    AdItem ad;
    ad.number = static_cast<int>(number);
    return ad.name();
}

StatusKind kindOf(const AdSummary& ad)
{
    if (ad.trashed)
        return StatusKind::None;
    return ad.state == draftState ? StatusKind::Warning : StatusKind::Success;
}

} // namespace

GalleryModel::GalleryModel(ProjectDisk& disk, QObject* parent)
    : QAbstractListModel(parent)
    , m_disk(disk)
{
    connect(&m_thumbnails, &ThumbnailCache::loaded, this, [this](const QString& path) {
        const auto numbers = m_waiting.values(path);
        m_waiting.remove(path);
        for (const std::int64_t number : numbers)
            changed(number);
    });
}

void GalleryModel::setFilter(const AdFilter& filter)
{
    m_filter = filter;
    search();
}

void GalleryModel::refresh()
{
    ++m_generation;
    search();
}

void GalleryModel::clear()
{
    beginResetModel();
    m_numbers.clear();
    m_known.clear();
    m_waiting.clear();
    endResetModel();
    refresh();
}

// One search at a time; of what is typed meanwhile only the last counts.
void GalleryModel::search()
{
    m_searchAgain = m_searching;
    if (m_searching)
        return;
    m_searching = true;
    m_disk
        .ask([filter = m_filter](ProjectStore& store) {
            return valueOrThrow(store.findAds(filter));
        })
        .then(this, [this](Result<std::vector<std::int64_t>> numbers) {
            m_searching = false;
            if (m_searchAgain)
                return search();
            if (!numbers && numbers.error().code != ErrorCode::FileNotFound)
                emit failed(numbers.error());
            adopt(numbers ? std::move(*numbers) : std::vector<std::int64_t>());
            emit searched();
        });
}

void GalleryModel::adopt(std::vector<std::int64_t> numbers)
{
    if (!adoptChanges(numbers)) {
        beginResetModel();
        m_numbers = std::move(numbers);
        endResetModel();
    }
    if (!m_numbers.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

// Only what came and went, so that selection and place stay. False: the lists differ too much.
bool GalleryModel::adoptChanges(const std::vector<std::int64_t>& numbers)
{
    const QSet<std::int64_t> wanted(numbers.begin(), numbers.end());
    const QSet<std::int64_t> had(m_numbers.begin(), m_numbers.end());
    std::vector<std::int64_t> stay;
    std::vector<std::int64_t> old;
    int runs = 0;
    bool inRun = false;
    for (const std::int64_t number : m_numbers) {
        const bool goes = !wanted.contains(number);
        runs += goes && !inRun;
        inRun = goes;
        if (!goes)
            stay.push_back(number);
    }
    for (const std::int64_t number : numbers) {
        const bool comes = !had.contains(number);
        runs += comes && !inRun;
        inRun = comes;
        if (!comes)
            old.push_back(number);
    }
    if (stay != old || stay.empty() || runs > mostRuns)
        return false;
    for (int row = rowCount() - 1; row >= 0; --row) {
        int first = row;
        while (first >= 0 && !wanted.contains(numberAt(first)))
            --first;
        if (first == row)
            continue;
        beginRemoveRows({}, first + 1, row);
        m_numbers.erase(m_numbers.begin() + first + 1, m_numbers.begin() + row + 1);
        endRemoveRows();
        row = first;
    }
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        std::size_t end = at;
        while (end < numbers.size() && !had.contains(numbers[end]))
            ++end;
        if (end == at)
            continue;
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(end) - 1);
        m_numbers.insert(m_numbers.begin() + static_cast<std::ptrdiff_t>(at),
                         numbers.begin() + static_cast<std::ptrdiff_t>(at),
                         numbers.begin() + static_cast<std::ptrdiff_t>(end));
        endInsertRows();
        at = end;
    }
    return true;
}

int GalleryModel::numberAt(int row) const
{
    return static_cast<int>(m_numbers.at(static_cast<std::size_t>(row)));
}

const AdSummary* GalleryModel::summaryAt(int row) const
{
    const auto known = m_known.constFind(m_numbers.at(static_cast<std::size_t>(row)));
    if (known == m_known.constEnd() || known->generation != m_generation)
        want(row);
    return known == m_known.constEnd() ? nullptr : &known->summary;
}

void GalleryModel::want(int row) const
{
    if (!m_wantedRows.empty() && m_wantedRows.back() == row)
        return;
    m_wantedRows.push_back(row);
    if (m_wantedRows.size() > mostWantedRows) // scrolled past
        m_wantedRows.erase(m_wantedRows.begin(), m_wantedRows.begin() + mostWantedRows / 2);
    if (!m_reading)
        QMetaObject::invokeMethod(const_cast<GalleryModel*>(this), &GalleryModel::readWanted,
                                  Qt::QueuedConnection);
}

// What the rows around the last wanted one lack; rows that are gone by now are nothing to read.
std::vector<std::int64_t> GalleryModel::takeWanted()
{
    std::vector<std::int64_t> numbers;
    while (numbers.empty() && !m_wantedRows.empty()) {
        const int middle = m_wantedRows.back();
        m_wantedRows.pop_back();
        const int first = std::max(0, middle - pageRows / 2);
        const int last = std::min(rowCount(), middle + pageRows / 2);
        std::erase_if(m_wantedRows, [=](int row) { return row >= first && row < last; });
        for (int row = first; row < last; ++row) {
            const auto known = m_known.constFind(numberAt(row));
            if (known == m_known.constEnd() || known->generation != m_generation)
                numbers.push_back(numberAt(row));
        }
    }
    return numbers;
}

void GalleryModel::readWanted()
{
    const std::vector<std::int64_t> numbers
        = m_reading ? std::vector<std::int64_t>() : takeWanted();
    if (numbers.empty())
        return;
    m_reading = true;
    m_disk.ask([numbers](ProjectStore& store) { return valueOrThrow(store.summaries(numbers)); })
        .then(this, [this](const Result<std::vector<AdSummary>>& summaries) {
            m_reading = false;
            if (summaries)
                take(*summaries);
            readWanted();
        });
}

void GalleryModel::take(const std::vector<AdSummary>& summaries)
{
    if (m_known.size() > mostKnown)
        m_known.clear();
    for (const AdSummary& summary : summaries)
        m_known.insert(summary.number, { summary, m_generation });
    for (const AdSummary& summary : summaries)
        changed(summary.number);
}

void GalleryModel::changed(std::int64_t number)
{
    const auto found = std::find(m_numbers.begin(), m_numbers.end(), number);
    if (found == m_numbers.end())
        return;
    const QModelIndex at = index(static_cast<int>(found - m_numbers.begin()));
    emit dataChanged(at, at);
}

void GalleryModel::retranslate()
{
    if (!m_numbers.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

QString GalleryModel::stateText(const std::string& state)
{
    if (state == draftState)
        return tr("Draft");
    if (state == doneState)
        return tr("Done");
    if (state == "in-review")
        return tr("In review");
    if (state == "approved")
        return tr("Approved");
    return state == "exported" ? tr("Exported") : toQString(state);
}

QString GalleryModel::picturePath(const AdSummary& ad) const
{
    return fromPath(ProjectStore::picturePath(m_disk.folder(), ad.thumbnail));
}

int GalleryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.size());
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AdSummary* ad = summaryAt(index.row());
    return ad ? valueOf(*ad, role) : QVariant();
}

QVariant GalleryModel::valueOf(const AdSummary& ad, int role) const
{
    const QString words = toQStringList(ad.tags).join(QStringLiteral(", "));
    const QString state = stateText(ad.state);
    switch (role) {
    case Qt::DisplayRole:
        return toQString(ad.title);
    case Qt::ToolTipRole:
        return words.isEmpty() ? toQString(ad.title)
                               : tr("%1\nTags: %2").arg(toQString(ad.title), words);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3").arg(nameOf(ad.number), state, toQString(ad.title));
    case PictureRole: {
        const QString path = picturePath(ad);
        const QImage image = m_thumbnails.find(path);
        if (image.isNull() && !m_waiting.contains(path, ad.number))
            m_waiting.insert(path, ad.number);
        return image;
    }
    case CaptionRole:
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ad.created).date(),
                                  QLocale::ShortFormat);
    case StatusRole:
        return state;
    case StatusKindRole:
        return static_cast<int>(kindOf(ad));
    case StarRole:
        return ad.starred;
    default:
        return {};
    }
}

} // namespace adtailor
