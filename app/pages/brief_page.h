// BriefPage: a clean product, where it stands in the ad, and true selling points.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/page.h"

#include <adtailor/model.h>

class QLabel;
class QToolButton;

namespace adtailor {

class Facts;
class HighlightView;
class ImageCanvas;
class KeyButton;
class MessageBar;
class Panel;
class ProjectSession;
class Segments;
class SliderField;
class StatusPill;
class TagEditor;
class TextField;

class BriefPage final : public Page
{
    Q_OBJECT

public:
    explicit BriefPage(ProjectSession& session, QWidget* parent = nullptr);

    QString title() const override;
    QWidget* firstFocus() override;
    void setNarrow(bool narrow) override;
    void setBusy(bool busy); // a picture is being cut out
    void setModel(const ModelInfo& model);
    void showProblem(const QString& sentence, const QString& detail);
    void choosePicture();

signals:
    void pictureDropped(const QString& path);
    void nextRequested();

protected:
    void retranslate() override;

private:
    struct Check;
    QWidget* makeForm();
    QWidget* makeCentre();
    QWidget* makeInspector();
    void connectEdits();
    void showBrief();
    void showPicture();
    void showPlacement();
    void showMessages();
    void showPrompt();
    void showChecks();
    void setCheck(int index, bool good, const QString& text);
    void place(double ratio, double across, double ground);

    ProjectSession& m_session;
    KeyButton* m_next = nullptr;
    Panel* m_form = nullptr;
    QLabel* m_descriptionName = nullptr;
    QLabel* m_descriptionCount = nullptr;
    TextField* m_description = nullptr;
    QLabel* m_pointsName = nullptr;
    QLabel* m_pointsCount = nullptr;
    TagEditor* m_points = nullptr;
    QLabel* m_pointsHint = nullptr;
    MessageBar* m_message = nullptr;
    Segments* m_mode = nullptr;
    QToolButton* m_undo = nullptr;
    QToolButton* m_redo = nullptr;
    QToolButton* m_fit = nullptr;
    QLabel* m_zoom = nullptr;
    KeyButton* m_replace = nullptr;
    ImageCanvas* m_canvas = nullptr;
    QLabel* m_caption = nullptr;
    Panel* m_inspector = nullptr;
    StatusPill* m_state = nullptr;
    Facts* m_facts = nullptr;
    QLabel* m_placementName = nullptr;
    SliderField* m_size = nullptr;
    SliderField* m_across = nullptr;
    SliderField* m_ground = nullptr;
    QLabel* m_promptName = nullptr;
    HighlightView* m_prompt = nullptr;
    QLabel* m_checksName = nullptr;
    QList<QLabel*> m_checkIcons, m_checkTexts;
    QString m_problem, m_problemDetail;
    ModelInfo m_model;
    bool m_showing = false; // fields are being filled, not edited
};

} // namespace adtailor
