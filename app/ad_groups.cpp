// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ad_groups.h"

#include "app/qt_types.h"

#include <QLocale>

#include <algorithm>

namespace adtailor {

QStringList AdGroups::wordsFor(const AdItem& ad)
{
    static const GenerationRequest plain;
    const GenerationRequest& request = ad.batch ? ad.batch->request : plain;
    const auto number = [](double value) { return QLocale().toString(value, 'g', 3); };
    const bool history = !request.brief.history.empty();
    const QString person = ad.batch ? ad.batch->person : QString();
    QStringList words{ toQString(ad.model.name),
                       !history               ? tr("no history")
                           : person.isEmpty() ? tr("with history")
                                              : tr("history of %1").arg(person),
                       tr("hold %1").arg(number(request.controlStrength)),
                       tr("guidance %1").arg(number(request.guidanceScale)),
                       tr("variety %1").arg(number(request.image.temperature)),
                       tr("title variety %1").arg(number(request.text.temperature)) };
    words.append(request.title ? tr("given title") : tr("own title"));
    return words;
}

std::vector<AdGroup> AdGroups::of(const std::vector<AdItem>& ads)
{
    std::vector<QStringList> words; // of each group
    std::vector<AdGroup> groups;
    for (const AdItem& ad : ads) {
        if (!ad.isShown() || ad.state != AdState::Done)
            continue;
        const QStringList own = wordsFor(ad);
        const auto at = std::find(words.begin(), words.end(), own) - words.begin();
        if (at == static_cast<std::ptrdiff_t>(groups.size())) {
            words.push_back(own);
            groups.emplace_back();
        }
        groups[static_cast<std::size_t>(at)].ads.push_back(ad);
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        QStringList shown;
        for (qsizetype part = 0; part < words[i].size(); ++part) {
            const bool differs = std::any_of(words.begin(), words.end(), [&](const QStringList& w) {
                return w[part] != words[i][part];
            });
            if (differs && !words[i][part].isEmpty())
                shown.append(words[i][part]);
        }
        groups[i].label = shown.isEmpty() ? words[i][1] : shown.join(QStringLiteral(" · "));
    }
    return groups;
}

} // namespace adtailor
