// ChangeSection: what the next batch may change of the shown ad: title, picture, rows of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;

namespace adtailor {

struct AdItem;
class ProjectSession;
class Segments;

class ChangeSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChangeSection)

public:
    enum Choice { WriteAndDraw, Redraw, Rewrite };

    explicit ChangeSection(ProjectSession& session, QWidget* parent = nullptr);

    // The ad that would stay in part, or null; ofThisModel: its tokens mean something to the
    // loaded model.
    void setAd(const AdItem* ad, bool ofThisModel);
    void setTitleAvailable(bool available); // there is a title that can be locked
    void setRunning(bool running);
    void setKeysVisible(bool visible);
    void toggleTitleLock();
    void toggleRows();

signals:
    void titleLockChanged(bool locked); // the page knows which title

protected:
    void changeEvent(QEvent* event) override;

private:
    void choose(int choice);
    void keep(int rows); // of the shown ad; 0: none
    void showSettings();
    void retranslate();

    ProjectSession& m_session;
    QLabel* m_name = nullptr;
    Segments* m_choice = nullptr;
    QCheckBox* m_lockTitle = nullptr;
    QLabel* m_lockKey = nullptr;
    QCheckBox* m_keepRows = nullptr;
    QLabel* m_rowsKey = nullptr;
    QLabel* m_hint = nullptr;
    int m_number = 0; // of the shown ad
    int m_rows = 0; // of it that can be kept
    int m_side = 0;
    bool m_titleAvailable = false;
    bool m_running = false;
};

} // namespace adtailor
