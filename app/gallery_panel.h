// GalleryPanel: every ad of the project: search, filters, stars, tags, trash; many at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/gallery_model.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace adtailor {

class KeyButton;
class MessageBar;
class Panel;
class ProjectSession;
class TagEditor;
class ThumbnailView;

class GalleryPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryPanel)

public:
    explicit GalleryPanel(ProjectSession& session, QWidget* parent = nullptr);

    void addTool(QWidget* tool); // at the right of the header
    QWidget* firstFocus() const;
    GalleryModel& model() { return m_model; }
    ThumbnailView& view() { return *m_view; }
    QList<int> chosen() const; // numbers of the selected ads

signals:
    void compareRequested(const QList<int>& numbers);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum Filter { PersonFilter, ProductFilter, TagFilter, StateFilter, DateFilter, FilterCount };

    void makeFilters(QVBoxLayout* column);
    void makeFoot();
    void connectParts();
    void search();
    AdFilter filter() const;
    void readFacets();
    void showFacets(const AdFacets& facets);
    void fillFilter(Filter filter, const QString& all, const std::vector<AdFacets::Value>& values);
    void showChosen();
    void showCount();
    void starChosen();
    void trashChosen();
    void askToEmpty();
    void retranslate();

    ProjectSession& m_session;
    GalleryModel m_model;
    AdFacets m_facets;
    QTimer m_searchSoon;
    Panel* m_panel = nullptr;
    QToolButton* m_starred = nullptr;
    QToolButton* m_trash = nullptr;
    QLineEdit* m_text = nullptr;
    QList<QComboBox*> m_filters;
    QComboBox* m_order = nullptr;
    MessageBar* m_message = nullptr;
    ThumbnailView* m_view = nullptr;
    TagEditor* m_tags = nullptr;
    KeyButton* m_compare = nullptr;
    KeyButton* m_star = nullptr;
    KeyButton* m_remove = nullptr;
};

} // namespace adtailor
