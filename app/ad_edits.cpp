// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_edits.h"

#include "app/ad_board.h"
#include "app/edit_step.h"
#include "app/qt_types.h"

#include <QUndoStack>

namespace adtailor {

AdEdits::AdEdits(AdBoard& board, QUndoStack& undo, ProjectDisk& disk, QObject* parent)
    : QObject(parent)
    , m_board(board)
    , m_undo(undo)
    , m_disk(disk)
{
}

void AdEdits::withBefore(const QList<int>& numbers,
                         const std::function<void(const QList<Before>&)>& push)
{
    QList<Before> known;
    std::vector<std::int64_t> unknown;
    for (const int number : numbers) {
        if (const int row = m_board.model().rowOf(number); row >= 0)
            known.append({ number, m_board.model().at(row).starred, m_board.model().at(row).tags });
        else
            unknown.push_back(number);
    }
    if (unknown.empty()) {
        push(known);
        return;
    }
    m_disk.ask([unknown](ProjectStore& store) { return valueOrThrow(store.summaries(unknown)); })
        .then(this, [known, push](const Result<std::vector<AdSummary>>& stored) {
            QList<Before> all = known;
            if (stored)
                for (const AdSummary& ad : *stored)
                    all.append({ static_cast<int>(ad.number), ad.starred, toQStringList(ad.tags) });
            push(all);
        });
}

void AdEdits::star(const QList<int>& numbers, bool starred)
{
    withBefore(numbers, [this, starred](const QList<Before>& before) {
        QList<int> changed;
        for (const Before& ad : before)
            if (ad.starred != starred)
                changed.append(ad.number);
        if (changed.isEmpty())
            return;
        const auto apply = [this, changed](bool on) {
            for (const int number : changed)
                m_board.setStarred(number, on);
        };
        const int count = static_cast<int>(changed.size());
        m_undo.push(new EditStep(
            starred ? tr("Star %n ad(s)", nullptr, count)
                    : tr("Take the star from %n ad(s)", nullptr, count),
            [apply, starred] { apply(starred); }, [apply, starred] { apply(!starred); }));
    });
}

void AdEdits::tag(const QList<int>& numbers, const QString& tag, bool on)
{
    withBefore(numbers, [this, tag, on](const QList<Before>& before) {
        QList<Before> changed;
        for (const Before& ad : before)
            if (ad.tags.contains(tag) != on)
                changed.append(ad);
        if (changed.isEmpty())
            return;
        const auto redo = [this, changed, tag, on] {
            for (const Before& ad : changed) {
                QStringList tags = ad.tags;
                tags.removeAll(tag);
                if (on)
                    tags.append(tag);
                tags.sort();
                m_board.setTags(ad.number, tags);
            }
        };
        const auto undo = [this, changed] {
            for (const Before& ad : changed)
                m_board.setTags(ad.number, ad.tags);
        };
        const int count = static_cast<int>(changed.size());
        m_undo.push(
            new EditStep(on ? tr("Tag %n ad(s) “%1”", nullptr, count).arg(tag)
                            : tr("Take the tag “%1” from %n ad(s)", nullptr, count).arg(tag),
                         redo, undo));
    });
}

void AdEdits::trash(const QList<int>& numbers, bool trashed)
{
    if (numbers.isEmpty())
        return;
    const auto apply = [this, numbers](bool away) {
        for (const int number : numbers)
            m_board.setTrashed(number, away);
    };
    const int count = static_cast<int>(numbers.size());
    m_undo.push(new EditStep(
        trashed ? tr("Move %n ad(s) to the trash", nullptr, count)
                : tr("Restore %n ad(s)", nullptr, count),
        [apply, trashed] { apply(trashed); }, [apply, trashed] { apply(!trashed); }));
}

} // namespace adtailor
