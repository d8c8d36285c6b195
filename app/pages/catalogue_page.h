// CataloguePage: ads for a whole table: which column is what, the rows and what has become of each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/batch_process.h"
#include "app/models/catalogue_model.h"
#include "app/pages/page.h"

#include <QElapsedTimer>

class QLabel;
class QLineEdit;
class QProgressBar;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace adtailor {

class TableMapping;
class EmptyView;
class Facts;
class KeyButton;
class MessageBar;
class Panel;
class Segments;

class CataloguePage final : public Page
{
    Q_OBJECT

public:
    explicit CataloguePage(std::function<EngineCommand()> serve, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void openTable(const QString& file);
    CatalogueModel& model() { return m_model; }
    bool isReading() const { return m_reading; }
    bool isRunning() const { return m_batch.isRunning(); }

signals:
    void announced(const QString& sentence);

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeLeft();
    QWidget* makeCentre();
    QWidget* makeRight();
    void connectParts();
    void chooseTable();
    BatchWish wish() const;
    void readRows();
    void run();
    void showCounts();
    void showRow();
    void showPicture(qint64 number);
    void nextFailed();
    void filter();
    const CatalogueRow* chosen() const;

    BatchProcess m_batch;
    CatalogueModel m_model;
    QSortFilterProxyModel* m_rows = nullptr;
    QString m_table; // empty: none
    bool m_reading = false;
    int m_generation = 0; // of what is read; older answers are not for this table
    QElapsedTimer m_clock; // of the run
    int m_doneAtStart = 0;
    QStackedWidget* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    KeyButton *m_run = nullptr, *m_results = nullptr;
    Panel *m_source = nullptr, *m_inspector = nullptr;
    KeyButton* m_replace = nullptr;
    QLabel *m_file = nullptr, *m_fileNote = nullptr, *m_mapName = nullptr;
    TableMapping* m_form = nullptr;
    QLabel *m_count = nullptr, *m_left = nullptr;
    QProgressBar* m_bar = nullptr;
    MessageBar* m_message = nullptr;
    Segments* m_states = nullptr;
    QLineEdit* m_search = nullptr;
    QTableView* m_view = nullptr;
    MessageBar* m_reason = nullptr;
    QLabel* m_picture = nullptr;
    Facts* m_facts = nullptr;
    KeyButton* m_retry = nullptr;
    QLabel *m_commandName = nullptr, *m_command = nullptr;
};

} // namespace adtailor
