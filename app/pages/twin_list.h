// TwinList: an ad and its twins, one row each: picture, whose history, title, PBS and its change.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include <optional>
#include <vector>

class QVBoxLayout;

namespace adtailor {

struct Twin
{
    QImage picture;
    QString name; // whose history
    QString title; // of the ad, or where the work is
    std::optional<double> score; // mean PBS to the clicks the first row's ad was made from
    bool isMeasuring = false;
};

// The first row is the reference; the others show how far they are from it.
class TwinList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TwinList)

public:
    explicit TwinList(QWidget* parent = nullptr);

    void setTwins(const std::vector<Twin>& twins);
    int count() const { return static_cast<int>(m_rows.size()); }

private:
    class Row;
    QVBoxLayout* m_column = nullptr;
    std::vector<Row*> m_rows;
};

} // namespace adtailor
