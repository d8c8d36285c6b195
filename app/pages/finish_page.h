// FinishPage: words on the picture, every size, lawful, approved, exported.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_desk.h"
#include "app/finish_frames.h"
#include "app/models/channel_model.h"
#include "app/models/layer_model.h"
#include "app/pages/page.h"

class QComboBox;
class QLabel;
class QListView;
class QStackedWidget;
class QToolButton;

namespace adtailor {

class EmptyView;
class FinishInspector;
class KeyButton;
class LayerScene;
class MessageBar;
class Panel;
class ProjectSession;
class Segments;
class StepTrail;

class FinishPage final : public Page
{
    Q_OBJECT

public:
    explicit FinishPage(ProjectSession& session, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void enter() override;
    void setNarrow(bool narrow) override;
    FinishDesk& desk() { return m_desk; }
    int ad() const { return m_number; } // 0: none
    void showAd(int number);

signals:
    void announced(const QString& sentence);
    void compareRequested();

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeLeft();
    QWidget* makeCentre();
    QWidget* makeStrip();
    void connectParts();
    void connectEdits();
    void fillAds();
    void refresh(); // document or ad changed
    void showFrame(); // of the current channel
    void showState();
    void showStrip();
    QString channel() const;
    void edit(const QString& what, const std::function<void(FinishDocument&)>& change,
              int stroke = 0);
    void move(const QString& layer, const QRectF& box);
    bool fix(FinishDocument& document, const QString& channel, const LintFinding& finding) const;
    void fixAll();
    void addLayer(LayerKind kind);
    void addLogo();
    void removeLayer();
    void reorder(int step);
    void stepChannel(int step);
    void usePattern(int pattern);
    void advance();
    void exportAd();
    void addSize();

    ProjectSession& m_session;
    FinishDesk m_desk;
    FinishFrames m_frames;
    LayerModel m_layerModel;
    ChannelModel m_channelModel;
    int m_number = 0;
    FinishDocument m_document;
    FinishSource m_source;
    QString m_layer; // chosen
    int m_stroke = 1;
    KeyButton *m_export = nullptr, *m_next = nullptr;
    QStackedWidget* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    Panel* m_layersPanel = nullptr;
    QToolButton *m_addText = nullptr, *m_addLogo = nullptr, *m_delete = nullptr;
    QLabel *m_adName = nullptr, *m_patternName = nullptr;
    QComboBox *m_ads = nullptr, *m_pattern = nullptr;
    QListView* m_layers = nullptr;
    StepTrail* m_trail = nullptr;
    QToolButton *m_back = nullptr, *m_snap = nullptr, *m_safe = nullptr, *m_fit = nullptr;
    QLabel* m_zoom = nullptr;
    MessageBar* m_message = nullptr;
    LayerScene* m_scene = nullptr;
    QLabel *m_channelsName = nullptr, *m_channelsCount = nullptr, *m_label = nullptr;
    KeyButton *m_fixAll = nullptr, *m_addSize = nullptr;
    QListView* m_channels = nullptr;
    FinishInspector* m_inspector = nullptr;
};

} // namespace adtailor
