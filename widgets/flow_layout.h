// SPDX-License-Identifier: GPL-3.0-or-later
// A layout that puts items in rows and breaks the row when it is full.
#pragma once

#include <QLayout>

#include <vector>

namespace adtailor {

class FlowLayout final : public QLayout
{
public:
    explicit FlowLayout(QWidget* parent = nullptr, int spacing = 8);
    ~FlowLayout() override;

    void insertWidget(int index, QWidget* widget);

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override;
    bool hasHeightForWidth() const override;
    int heightForWidth(int width) const override;
    QSize minimumSize() const override;
    QSize sizeHint() const override;
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool apply) const; // returns the height needed

    std::vector<QLayoutItem*> m_items; // owned, as QLayout requires
};

} // namespace adtailor
