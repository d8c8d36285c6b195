// StudyReportView: the answer of a study: who won, how sure that is, and whom not to trust blindly.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/study_desk.h"

#include <QFrame>
#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;
class QLabel;
class QListView;
class QScrollArea;
class QStackedWidget;
class QStandardItemModel;
class QStringListModel;
class QTableView;
class QVBoxLayout;

namespace adtailor {

class EmptyView;
class Facts;
class IntervalPlot;
class MessageBar;
class Panel;
class WinMatrix;

class StudyReportView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StudyReportView)

public:
    explicit StudyReportView(StudyDesk& desk, QWidget* parent = nullptr);

    void refresh(); // computes the report of the open study
    bool hasReport() const { return m_report.has_value(); }
    const StudyReportOptions& options() const { return m_options; }
    MessageBar* message() const { return m_message; }
    QList<QImage> plots() const; // as they stand on the page, for paper
    bool takeKey(int key); // 1 to 6: sections, F: flagged raters
    QWidget* firstFocus() const;
    void retranslate();

signals:
    void planRequested();
    void rateRequested();
    void reportChanged();

private:
    struct Card
    {
        QFrame* frame = nullptr;
        QLabel* title = nullptr;
        QLabel* note = nullptr; // beside the title
    };
    struct Fact
    {
        QLabel* name = nullptr;
        QLabel* value = nullptr;
        QLabel* detail = nullptr;
    };
    enum Section { Summary, Ranking, Matrix, Criteria, Agreement, Raters, SectionCount };

    QWidget* makePanel();
    QWidget* makeBody();
    QWidget* makeFacts();
    Card makeCard(QWidget* content);
    QTableView* makeTable(QStandardItemModel* model);
    void connectParts();
    void fillSlices();
    void show(const StudyReport& report);
    void showFacts();
    void showRanking();
    void showCriteria();
    void showAgreement();
    void showRaters();
    void showNotes();
    void setFact(int fact, const QString& name, const QString& value, const QString& detail);
    QString source(int index) const;
    QString bandName(AgreementBand band) const;

    StudyDesk& m_desk;
    StudyReportOptions m_options;
    std::optional<StudyReport> m_report;
    QStackedWidget* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    MessageBar* m_message = nullptr;
    Panel* m_panel = nullptr;
    QStringListModel* m_sectionNames = nullptr;
    QListView* m_sections = nullptr;
    QLabel* m_sliceName = nullptr;
    std::array<QComboBox*, 3> m_slices{}; // category, person, language
    QCheckBox* m_leaveOut = nullptr;
    Facts* m_counts = nullptr;
    QScrollArea* m_scroll = nullptr;
    std::array<Fact, 4> m_facts{};
    std::array<Card, SectionCount> m_cards{};
    IntervalPlot* m_ranking = nullptr;
    WinMatrix* m_matrix = nullptr;
    QLabel* m_matrixText = nullptr;
    IntervalPlot* m_criteria = nullptr;
    QStandardItemModel* m_agreementModel = nullptr;
    QTableView* m_agreement = nullptr;
    QStandardItemModel* m_raterModel = nullptr;
    QTableView* m_raters = nullptr;
    QLabel* m_notes = nullptr;
};

} // namespace adtailor
