// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_board.h"

#include "app/edit_step.h"
#include "app/qt_types.h"

#include <adtailor/imaging.h>

#include <QDateTime>
#include <QFuture>
#include <QPainter>
#include <QUndoStack>
#include <QtConcurrent>

#include <algorithm>
#include <utility>

namespace adtailor {

namespace {

constexpr int adSide = 1024; // pixels of a finished ad
constexpr int thumbnailSide = 320;

QImage thumbnailOf(const QImage& image)
{
    return image.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio,
                        Qt::SmoothTransformation);
}

// Rows that are not drawn yet arrive black; they become clear, so that the hatch shows there.
QImage finishedRows(const QImage& picture, int rows, int gridSide)
{
    if (gridSide <= 0 || rows >= gridSide)
        return picture;
    QImage clear(picture.size(), QImage::Format_ARGB32_Premultiplied);
    clear.fill(Qt::transparent);
    QPainter painter(&clear);
    const int high = picture.height() * rows / gridSide;
    painter.drawImage(0, 0, picture, 0, 0, picture.width(), high);
    return clear;
}

struct Composed
{
    QImage composite;
    QImage thumbnail;
};

} // namespace

AdBoard::AdBoard(QUndoStack& undo, QObject* parent)
    : QObject(parent)
    , m_undo(undo)
{
}

QList<int> AdBoard::rowsOf(quint64 batch) const
{
    QList<int> rows;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_model.at(row).batch && m_model.at(row).batch->id == batch)
            rows.append(row);
    return rows;
}

void AdBoard::reset(std::vector<AdItem> ads)
{
    m_taken.clear();
    m_model.clear();
    m_model.append(std::move(ads));
    m_lastGroup = 0;
    emit grown();
}

void AdBoard::begin(AdBatch batch)
{
    const auto shared = std::make_shared<const AdBatch>(std::move(batch));
    m_lastGroup = shared->group ? shared->group : shared->id;
    std::vector<AdItem> ads;
    for (int i = 0; i < shared->request.count; ++i) {
        AdItem ad;
        ad.number = m_model.nextNumber() + i;
        ad.batch = shared;
        ad.created = QDateTime::currentMSecsSinceEpoch();
        ad.seed = shared->request.seed + static_cast<quint64>(i);
        ad.title = shared->request.title ? toQString(*shared->request.title) : QString();
        ads.push_back(std::move(ad));
    }
    m_model.append(std::move(ads));
    emit grown();
}

void AdBoard::update(quint64 batch, const Progress& progress, int gridSide)
{
    const QList<int> rows = rowsOf(batch);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        AdItem ad = m_model.at(rows[i]);
        if (progress.stage == Stage::Title)
            ad.state = AdState::Writing;
        if (progress.stage == Stage::Image || progress.stage == Stage::Decode) {
            ad.state = AdState::Drawing;
            if (progress.total > 0)
                ad.drawn = std::min(1.0, static_cast<double>(progress.done) / progress.total);
        }
        const auto at = static_cast<std::size_t>(i);
        if (at < progress.titles.size() && !progress.titles[at].empty())
            ad.title = toQString(progress.titles[at]);
        if (at < progress.previews.size() && !progress.previews[at].isEmpty()) {
            ad.picture
                = finishedRows(toQImage(progress.previews[at]), progress.previewRows, gridSide);
            ad.thumbnail = thumbnailOf(ad.picture);
        }
        if (at < progress.tokens.size()) // what a draft can be continued from
            ad.ad.imageTokens = progress.tokens[at];
        ad.model.gridSide = gridSide;
        m_model.replace(rows[i], std::move(ad));
    }
    emit grown();
}

void AdBoard::finish(quint64 batch, std::vector<Ad> ads, const ModelInfo& model)
{
    const QList<int> rows = rowsOf(batch);
    for (qsizetype i = 0; i < rows.size() && i < static_cast<qsizetype>(ads.size()); ++i) {
        AdItem ad = m_model.at(rows[i]);
        ad.ad = std::move(ads[static_cast<std::size_t>(i)]);
        ad.model = model;
        ad.state = AdState::Done;
        ad.drawn = 1;
        ad.title = toQString(ad.ad.title);
        ad.seed = ad.ad.seed;
        ad.picture = toQImage(ad.ad.image);
        ad.thumbnail = thumbnailOf(ad.picture);
        const int number = ad.number;
        m_model.replace(rows[i], std::move(ad));
        compose(number);
    }
    remember(batch);
    emit grown();
}

void AdBoard::abandon(quint64 batch)
{
    const QList<int> rows = rowsOf(batch);
    for (auto row = rows.crbegin(); row != rows.crend(); ++row) {
        AdItem ad = m_model.at(*row);
        if (ad.isFinished())
            continue;
        if (ad.title.isEmpty() && ad.picture.isNull()) {
            m_model.remove(*row);
            continue;
        }
        ad.state = AdState::Draft;
        m_model.replace(*row, std::move(ad));
    }
    remember(batch);
    emit grown();
    emit changed();
}

void AdBoard::remember(quint64 batch)
{
    QList<int> numbers;
    for (const int row : rowsOf(batch))
        numbers.append(m_model.at(row).number);
    if (numbers.isEmpty())
        return;
    const auto setAll = [this, numbers](bool trash) {
        for (const int number : numbers)
            setTrashed(number, trash);
    };
    m_undo.push(new EditStep(
        tr("Make %n ad(s)", nullptr, static_cast<int>(numbers.size())),
        [setAll, made = false]() mutable {
            if (std::exchange(made, true)) // at first the engine has made them
                setAll(false);
        },
        [setAll] { setAll(true); }));
}

// The product goes over the finished picture on the pool; the page shows the bare one meanwhile.
void AdBoard::compose(int number)
{
    const AdItem& ad = m_model.at(m_model.rowOf(number));
    const Image picture = ad.ad.image;
    const Image placed = ad.batch->request.brief.product.cutout;
    QtConcurrent::run([picture, placed] {
        const QImage composite = toQImage(imaging::compose(picture, placed, adSide));
        return Composed{ composite, thumbnailOf(composite) };
    }).then(this, [this, number](const Composed& done) {
        if (AdItem* away = taken(number)) { // in the trash meanwhile
            away->composite = done.composite;
            away->thumbnail = done.thumbnail;
        }
        const int row = m_model.rowOf(number);
        if (row < 0)
            return;
        AdItem composed = m_model.at(row);
        composed.composite = done.composite;
        composed.thumbnail = done.thumbnail;
        m_model.replace(row, std::move(composed));
        emit this->composed(number);
        emit grown();
        emit changed();
    });
}

void AdBoard::add(std::vector<AdItem> ads)
{
    int number = m_model.nextNumber();
    for (AdItem& ad : ads) {
        ad.number = number++;
        ad.created = QDateTime::currentMSecsSinceEpoch();
        if (ad.thumbnail.isNull())
            ad.thumbnail = thumbnailOf(ad.best());
    }
    m_model.append(std::move(ads));
    emit grown();
    emit changed();
}

QList<int> AdBoard::shortlist() const
{
    std::vector<std::pair<int, int>> ranked; // place, number
    for (const AdItem& ad : m_model.ads())
        if (ad.starred)
            ranked.emplace_back(ad.rank > 0 ? ad.rank : m_model.rowCount() + ad.number, ad.number);
    std::sort(ranked.begin(), ranked.end());
    QList<int> numbers;
    for (const auto& [place, number] : ranked)
        numbers.append(number);
    return numbers;
}

void AdBoard::setRanks(const QList<int>& numbers)
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        AdItem ad = m_model.at(row);
        const int rank = static_cast<int>(numbers.indexOf(ad.number)) + 1;
        if (std::exchange(ad.rank, rank) != rank)
            m_model.replace(row, std::move(ad));
    }
    emit grown();
}

void AdBoard::star(int row, bool on)
{
    const int number = m_model.at(row).number;
    m_undo.push(new EditStep(
        on ? tr("Star %1").arg(m_model.at(row).name())
           : tr("Take the star from %1").arg(m_model.at(row).name()),
        [this, number, on] { setStarred(number, on); },
        [this, number, on, before = shortlist()] {
            setStarred(number, !on);
            setRanks(before);
        }));
}

void AdBoard::moveInShortlist(int number, int places)
{
    const QList<int> before = shortlist();
    const qsizetype from = before.indexOf(number);
    const qsizetype to = std::clamp<qsizetype>(from + places, 0, before.size() - 1);
    if (from < 0 || from == to)
        return;
    QList<int> after = before;
    after.move(from, to);
    m_undo.push(new EditStep(
        tr("Rank %1").arg(m_model.at(m_model.rowOf(number)).name()),
        [this, after] { setRanks(after); }, [this, before] { setRanks(before); }));
}

void AdBoard::remove(int row)
{
    const int number = m_model.at(row).number;
    m_undo.push(new EditStep(
        tr("Move %1 to the trash").arg(m_model.at(row).name()),
        [this, number] { setTrashed(number, true); },
        [this, number] { setTrashed(number, false); }));
}

void AdBoard::setStarred(int number, bool on)
{
    if (const int row = m_model.rowOf(number); row >= 0) {
        AdItem ad = m_model.at(row);
        ad.starred = on;
        ad.rank = 0; // a new one stands last
        m_model.replace(row, std::move(ad));
        setRanks(shortlist());
    }
    emit starred(number, on);
}

void AdBoard::setTags(int number, const QStringList& tags)
{
    if (const int row = m_model.rowOf(number); row >= 0) {
        AdItem ad = m_model.at(row);
        ad.tags = tags;
        m_model.replace(row, std::move(ad));
    }
    emit tagged(number, tags);
}

void AdBoard::setFinish(int number, const QJsonObject& document)
{
    if (const int row = m_model.rowOf(number); row >= 0) {
        AdItem ad = m_model.at(row);
        ad.finish = document;
        m_model.replace(row, std::move(ad));
        emit finishChanged(number, document);
    }
}

void AdBoard::setTrashed(int number, bool trash)
{
    if (const int row = m_model.rowOf(number); trash && row >= 0) {
        m_taken[number] = m_model.at(row);
        m_model.remove(row);
        emit grown();
    } else if (const auto back = m_taken.find(number); !trash && back != m_taken.end()) {
        m_model.append({ std::move(back->second) });
        m_taken.erase(back);
        emit grown();
    }
    emit trashed(number, trash);
}

void AdBoard::show(std::vector<AdItem> ads)
{
    std::erase_if(ads, [this](const AdItem& ad) { return m_model.rowOf(ad.number) >= 0; });
    m_model.append(std::move(ads));
    emit grown();
}

void AdBoard::forgetPerson(const QString& personId)
{
    const auto theirs
        = [&personId](const AdItem& ad) { return ad.batch && ad.batch->personId == personId; };
    std::erase_if(m_taken, [&theirs](const auto& entry) { return theirs(entry.second); });
    for (int row = m_model.rowCount() - 1; row >= 0; --row)
        if (theirs(m_model.at(row)))
            m_model.remove(row);
    emit grown();
}

AdItem* AdBoard::taken(int number)
{
    const auto found = m_taken.find(number);
    return found == m_taken.end() ? nullptr : &found->second;
}

} // namespace adtailor
