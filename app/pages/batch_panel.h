// BatchPanel: the ads of the last batch, one below the other; which one the page shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QSortFilterProxyModel;

namespace adtailor {

class AdBoard;
struct AdItem;
class KeyButton;
class Panel;
class ThumbnailView;

class BatchPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchPanel)

public:
    explicit BatchPanel(AdBoard& board, QWidget* parent = nullptr);

    ThumbnailView* list() const { return m_list; }
    const AdItem* current() const; // null: none
    int place() const; // of the current one, from 1
    int count() const;
    QList<int> numbers() const; // of all its ads
    void setRunning(bool running);
    void step(int direction);
    void choose(int number);
    void askWhy(); // of the current ad

signals:
    void adChanged(); // another one, or it has grown
    void compareRequested();
    void whyRequested(int number);

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void showButtons();
    void retranslate();
    int sourceRow() const;

    AdBoard& m_board;
    Panel* m_panel = nullptr;
    ThumbnailView* m_list = nullptr;
    QSortFilterProxyModel* m_filter = nullptr;
    KeyButton* m_why = nullptr;
    KeyButton* m_compare = nullptr;
    quint64 m_shown = 0; // group of batches
    bool m_running = false;
};

} // namespace adtailor
