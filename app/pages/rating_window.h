// RatingWindow: the kiosk of a study: raters come, vote and hand over; nothing tells the source.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study.h>

#include <QWidget>

class QStackedWidget;

namespace adtailor {

class RatingScreen;
class RatingSession;
class RatingSheet;

class RatingWindow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RatingWindow)

public:
    explicit RatingWindow(const StudyFolder& study, QWidget* parent = nullptr);
    ~RatingWindow() override;

    RatingSession* session() const { return m_session; } // null between two raters
    void beginWith(const QString& name); // as if typed and accepted

signals:
    void votesChanged(); // something was stored or taken back
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Place { Name, SamePerson, Rating, Break, Leave, Finished };

    void go(Place place);
    void showSheet();
    void accept(); // the primary button of the sheet
    void decline(); // the other one
    void rate(const StudyRater& rater);
    void endSession();
    void followSession();

    StudyFolder m_study;
    RatingSession* m_session = nullptr;
    QStackedWidget* m_stack = nullptr;
    RatingSheet* m_sheet = nullptr;
    RatingScreen* m_screen = nullptr;
    Place m_place = Place::Name;
    Place m_back = Place::Name; // where Leave returns to
    StudyRater m_known; // the rater who has the typed name already
    int m_votes = 0;
};

} // namespace adtailor
