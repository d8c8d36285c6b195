// CompareInspector: PBS of the candidates as a matrix, what it says of A and B, where they differ.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ad_scores.h"
#include "app/pages/page_parts.h"
#include "app/picture_difference.h"

namespace adtailor {

class KeyButton;
class MessageBar;
class PatchMap;
class ScoreMatrix;
class Segments;

class CompareInspector final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CompareInspector)

public:
    explicit CompareInspector(AdScores& scores, QWidget* parent = nullptr);

    // The candidates in the order of the rows; null pointers of the pair: nothing there yet.
    void setAds(const std::vector<AdItem>& ads, const AdItem* a, const AdItem* b);
    void setChosen(const AdItem* ad); // whose facts stand at the foot

signals:
    void pairChosen(int numberA, int numberB);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildMatrix();
    void buildDifference();
    void showMatrix();
    void showSentence();
    void showDifference();
    void measurePixels();
    void showFacts();
    void retranslate();

    AdScores& m_scores;
    Panel* m_panel = nullptr;
    MessageBar* m_message = nullptr;
    ScoreMatrix* m_matrix = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_closer = nullptr;
    QLabel* m_differName = nullptr;
    Segments* m_look = nullptr;
    PatchMap* m_map = nullptr;
    Facts* m_shares = nullptr;
    QLabel* m_chosenName = nullptr;
    Facts* m_facts = nullptr;
    QLabel* m_modelNote = nullptr;
    std::vector<AdItem> m_ads;
    std::optional<AdItem> m_a, m_b, m_chosen;
    std::optional<PictureDifference> m_pixels;
    std::pair<qint64, qint64> m_measured; // whose pixels these are
};

} // namespace adtailor
