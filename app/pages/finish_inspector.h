// FinishInspector: the chosen layer (words, type, place, contrast) and what the channel says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_frame.h"

#include <QWidget>

#include <array>
#include <functional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace adtailor {

class MessageBar;
class Panel;
class Segments;
class StatusPill;
class TextField;

class FinishInspector final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FinishInspector)

public:
    explicit FinishInspector(QWidget* parent = nullptr);

    // layer: id, or empty for none; frame: of the shown channel, null while it is drawn.
    void show(const FinishSource& source, const FinishDocument& document, const QString& layer,
              const FinishFrame* frame);
    void clear();
    void retranslate();
    QWidget* textField() const;
    // The button that repairs a finding; empty: only the user can.
    static QString fixText(const LintFinding& finding);

signals:
    void layerEdited(const adtailor::FinishLayer& layer, const QString& what);
    void boxEdited(const QRectF& box); // pixels of the frame
    void linesEdited(bool keepOrphans, bool kinsoku);
    void fixWanted(int finding); // of the frame's

private:
    void buildText(Panel* panel);
    void buildType(Panel* panel);
    void buildPlace(Panel* panel);
    void buildRest(Panel* panel);
    void connectFields();
    void showLayer(const LaidLayer* laid);
    void showContrast(const LaidLayer* laid);
    void showFinding();
    void edit(const QString& what, const std::function<void(FinishLayer&)>& change);
    void chooseColour();

    FinishSource m_source;
    FinishLayer m_layer; // id empty: none
    std::vector<LintFinding> m_findings;
    QString m_channel;
    bool m_locked = false;
    bool m_showing = false; // fields are being filled
    Panel* m_panel = nullptr;
    QToolButton* m_bind = nullptr;
    QLabel *m_textName = nullptr, *m_textSource = nullptr, *m_typeName = nullptr;
    TextField* m_text = nullptr;
    QComboBox *m_family = nullptr, *m_weight = nullptr;
    std::array<QDoubleSpinBox*, 3> m_numbers{}; // size, line height, spacing
    Segments* m_align = nullptr;
    QPushButton* m_colour = nullptr;
    QLabel* m_placeName = nullptr;
    std::array<QSpinBox*, 4> m_box{};
    QLabel *m_contrastName = nullptr, *m_contrastText = nullptr;
    StatusPill* m_contrast = nullptr;
    QLabel* m_linesName = nullptr;
    QCheckBox *m_orphans = nullptr, *m_kinsoku = nullptr;
    QLabel* m_ruleName = nullptr;
    MessageBar* m_rule = nullptr;
};

} // namespace adtailor
