// StartPage: drop a product, open the sample, or go on with recent work.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine_client.h"
#include "app/pages/page.h"
#include "app/session_files.h"

class QBoxLayout;
class QLabel;
class QListView;
class QStandardItemModel;

namespace adtailor {

class DropWell;
class KeyButton;
class MessageBar;

class StartPage final : public Page
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    QString title() const override;
    void enter() override; // reads the list of recent projects
    QWidget* firstFocus() override;

    void setSample(const QString& product, const QString& person, int clicks,
                   const QList<QImage>& pictures);
    void setEngine(EngineState state, bool willRestart, const ModelInfo& model, const Error& error);
    void showProblem(const QString& sentence, const QString& detail);
    void choosePicture();
    void setOpenProject(const QString& folder) { m_openFolder = folder; }

signals:
    void pictureDropped(const QString& path);
    void picturePasted(const QImage& picture);
    void sampleRequested();
    void projectRequested(const QString& folder);
    void resumeRequested(const QString& folder); // and its queue
    void adsRequested(); // open a folder of ads
    void emptyRequested();
    void engineStartRequested();

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeLeft();
    QWidget* makeRight();
    QWidget* makeSampleCard();
    QWidget* makeEngineCard();
    void showRecent(const QList<SessionSummary>& sessions);
    void showWaiting(const QList<SessionSummary>& sessions);
    void describeSample();
    void describeEngine();

    class SamplePictures;
    MessageBar* m_message = nullptr;
    QLabel* m_question = nullptr;
    QLabel* m_promise = nullptr;
    DropWell* m_well = nullptr;
    SamplePictures* m_samplePictures = nullptr;
    QBoxLayout* m_sampleRow = nullptr;
    QLabel* m_sampleTitle = nullptr;
    QLabel* m_sampleText = nullptr;
    KeyButton* m_sampleButton = nullptr;
    QLabel* m_recentTitle = nullptr;
    QListView* m_recent = nullptr;
    QLabel* m_recentEmpty = nullptr;
    QStandardItemModel* m_recentModel = nullptr;
    KeyButton* m_openAds = nullptr;
    KeyButton* m_newEmpty = nullptr;
    QLabel* m_engineIcon = nullptr;
    QLabel* m_engineTitle = nullptr;
    QLabel* m_engineText = nullptr;
    KeyButton* m_engineButton = nullptr;

    QString m_openFolder; // its queue is not one of before
    QString m_waitingFolder; // of the project whose queue the message is about
    QString m_sampleProduct, m_samplePerson;
    int m_sampleClicks = 0;
    EngineState m_engineState = EngineState::Starting;
    bool m_engineReturns = true;
    ModelInfo m_model;
    Error m_engineError;
};

} // namespace adtailor
