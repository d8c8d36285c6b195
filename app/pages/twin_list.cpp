// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/twin_list.h"

#include "app/pages/page_parts.h"
#include "widgets/look.h"
#include "widgets/paint_helpers.h"
#include "widgets/patch_map.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

namespace adtailor {

namespace {

constexpr int pictureSide = 84;

} // namespace

class TwinList::Row final : public QWidget
{
public:
    Row()
        : m_picture(new PatchMap)
        , m_name(new ElidedLabel)
        , m_title(makeLabel("hint"))
        , m_bar(new QProgressBar)
        , m_score(makeLabel("number"))
        , m_change(makeLabel("number"))
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, scaled(4), 0, scaled(4));
        row->setSpacing(scaled(12));
        m_picture->setFixedSize(scaled(pictureSide), scaled(pictureSide));
        row->addWidget(m_picture, 0, Qt::AlignTop);
        auto* words = new QVBoxLayout;
        words->setSpacing(scaled(4));
        m_name->setProperty("role", QStringLiteral("strong"));
        m_title->setWordWrap(true);
        m_bar->setProperty("kind", QStringLiteral("person"));
        m_bar->setTextVisible(false);
        m_bar->setRange(0, 1000);
        auto* line = new QHBoxLayout;
        line->addWidget(m_score, 1);
        line->addWidget(m_change);
        words->addWidget(m_name);
        words->addWidget(m_title);
        words->addStretch();
        words->addWidget(m_bar);
        words->addLayout(line);
        row->addLayout(words, 1);
    }

    void show(const Twin& twin, const std::optional<double>& reference, bool isReference)
    {
        const QLocale locale;
        m_picture->setPicture(twin.picture);
        m_picture->setNote(twin.picture.isNull() ? QStringLiteral("…") : QString());
        m_picture->setAccessibleName(twin.name);
        m_name->setFullText(twin.name);
        m_title->setText(twin.title);
        m_bar->setValue(twin.score ? static_cast<int>(std::max(0.0, *twin.score) * 1000) : 0);
        m_score->setText(twin.score
                             ? TwinList::tr("PBS %1").arg(locale.toString(*twin.score, 'f', 2))
                             : twin.isMeasuring ? TwinList::tr("PBS …")
                                                : TwinList::tr("PBS %1").arg(noValue()));
        if (isReference)
            m_change->setText(TwinList::tr("reference"));
        else if (twin.score && reference)
            m_change->setText(change(*twin.score - *reference));
        else
            m_change->clear();
    }

private:
    static QString change(double value)
    {
        const QString text = QLocale().toString(value, 'f', 2);
        return value > 0 ? QLatin1Char('+') + text : text;
    }

    PatchMap* m_picture;
    ElidedLabel* m_name;
    QLabel* m_title;
    QProgressBar* m_bar;
    QLabel* m_score;
    QLabel* m_change;
};

TwinList::TwinList(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(scaled(4));
}

void TwinList::setTwins(const std::vector<Twin>& twins)
{
    while (m_rows.size() < twins.size()) {
        m_rows.push_back(new Row);
        m_column->addWidget(m_rows.back());
    }
    while (m_rows.size() > twins.size()) {
        delete m_rows.back();
        m_rows.pop_back();
    }
    const std::optional<double> reference = twins.empty() ? std::nullopt : twins.front().score;
    for (std::size_t i = 0; i < twins.size(); ++i)
        m_rows[i]->show(twins[i], reference, i == 0);
}

} // namespace adtailor
