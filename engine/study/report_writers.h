// The files of a report.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/vote_table.h"

namespace adtailor {

std::string studyReportHtml(const StudyReport& report);
std::string studyReportJson(const StudyReport& report);
std::string votesCsv(const StudyPlan& plan, const std::vector<RaterVotes>& raters);
std::string votesJsonLines(const StudyPlan& plan, const std::vector<RaterVotes>& raters);
// One row for each comparison: question_id, model_a, model_b, winner, judge, tstamp.
std::string arenaCsv(const StudyPlan& plan, const std::vector<RaterVotes>& raters);

// Pieces of the page.
std::string ratingPlot(const StudyReport& report, const StudyRanking& ranking); // SVG
std::string criterionPlot(const StudyReport& report); // SVG
std::string sharePercent(double share);
std::string valueText(const StudyValue& value, const char* format, double factor); // with interval

} // namespace adtailor
