// Insight: scores and reasons of ads, and the ways between the pages that show them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ad_scores.h"
#include "app/why_desk.h"

#include <functional>

namespace adtailor {

class ComparePage;
class GeneratePage;
class Page;
class PeoplePage;
class WhyPage;

class Insight final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Insight)

public:
    Insight(ProjectSession& session, JobDesk& jobs, EngineClient& engine);

    AdScores& scores() { return m_scores; }
    WhyDesk& why() { return m_why; }
    WhyPage* makePage(); // belongs to the window
    void connectPages(PeoplePage* people, GeneratePage* generate, ComparePage* compare,
                      const std::function<void(Page*)>& open);

private:
    void openWhy(Page* from, int number);

    ProjectSession& m_session;
    ScoreDesk m_desk;
    AdScores m_scores;
    WhyDesk m_why;
    WhyPage* m_page = nullptr;
    Page* m_from = nullptr;
    std::function<void(Page*)> m_open;
};

} // namespace adtailor
