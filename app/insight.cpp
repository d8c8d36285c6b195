// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/insight.h"

#include "app/pages/compare_page.h"
#include "app/pages/generate_page.h"
#include "app/pages/people_page.h"
#include "app/pages/why_page.h"
#include "app/project_session.h"

namespace adtailor {

Insight::Insight(ProjectSession& session, JobDesk& jobs, EngineClient& engine)
    : m_session(session)
    , m_desk(engine)
    , m_scores(session, m_desk)
    , m_why(session, jobs, engine, m_desk)
{
}

WhyPage* Insight::makePage()
{
    m_page = new WhyPage(m_session, m_why);
    return m_page;
}

void Insight::connectPages(PeoplePage* people, GeneratePage* generate, ComparePage* compare,
                           const std::function<void(Page*)>& open)
{
    m_open = open;
    connect(generate, &GeneratePage::compareRequested, this, [this, compare] { m_open(compare); });
    connect(compare, &ComparePage::generateRequested, this, [this, generate] { m_open(generate); });
    connect(people, &PeoplePage::whyRequested, this, [this, people] { openWhy(people, 0); });
    connect(generate, &GeneratePage::whyRequested, this,
            [this, generate](int number) { openWhy(generate, number); });
    connect(compare, &ComparePage::whyRequested, this,
            [this, compare](int number) { openWhy(compare, number); });
    connect(m_page, &WhyPage::backRequested, this,
            [this, generate] { m_open(m_from ? m_from : generate); });
    connect(m_page, &WhyPage::compareRequested, this, [this, compare](int a, int b) {
        compare->showPair(a, b);
        m_open(compare);
    });
}

void Insight::openWhy(Page* from, int number)
{
    m_from = from;
    m_page->setSubject(number, from);
    m_open(m_page);
}

} // namespace adtailor
