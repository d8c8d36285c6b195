// A small study and a rater's eyes and hands in front of its window, for tests.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/rating_window.h"
#include "app/rating_session.h"
#include "widgets/linked_pictures.h"

#include <adtailor/imaging.h>
#include <adtailor/study.h>

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace adtailor {

// `items` products of two sources whose pictures are all red or all blue; seats are mixed.
inline StudyPlan redAndBlue(const QString& folder, int items)
{
    StudyPlan plan;
    plan.name = "Lamp study";
    plan.seed = 7;
    plan.minimumSeconds = 0;
    plan.practice = 0;
    plan.catchEvery = 0;
    plan.repeatShare = 0;
    plan.breakEvery = 0;
    plan.sources = { "Secret red", "Secret blue" };
    QDir().mkpath(folder);
    for (int i = 0; i < items; ++i) {
        StudyItem item;
        item.id = "hidden-id-" + std::to_string(i);
        item.product = "Lamp " + std::to_string(i);
        for (int source = 0; source < 2; ++source) {
            std::vector<std::uint8_t> pixels;
            for (int pixel = 0; pixel < 32 * 32; ++pixel) {
                const auto shade = static_cast<std::uint8_t>(220 + i);
                const auto none = static_cast<std::uint8_t>(i);
                pixels.insert(pixels.end(),
                              { source == 0 ? shade : none, 0, source == 0 ? none : shade });
            }
            const QString name
                = QStringLiteral("%1/private-%2-%3.png").arg(folder).arg(i).arg(source);
            if (!imaging::savePng({ 32, 32, 3, std::move(pixels) }, name.toStdString()))
                qFatal("the pictures of the test cannot be written");
            item.ads.push_back({ name.toStdString(), "A lamp" });
        }
        plan.items.push_back(std::move(item));
    }
    return plan;
}

// Sees what the window paints and presses what a person presses.
class SimulatedRater
{
public:
    explicit SimulatedRater(RatingWindow& window)
        : m_window(window)
    {
    }

    void sitDown(const QString& name)
    {
        auto* field = m_window.findChild<QLineEdit*>();
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_Delete);
        QTest::keyClicks(field, name);
        QTest::keyClick(field, Qt::Key_Return);
    }

    bool waitOpen()
    {
        return QTest::qWaitFor([this] {
            return m_window.session() && m_window.session()->state() == RatingSession::State::Open;
        });
    }

    QColor sees(bool left) const
    {
        auto* pictures = m_window.findChild<LinkedPictures*>();
        const QImage shown = pictures->grab().toImage();
        return shown.pixelColor(shown.width() * (left ? 3 : 7) / 10, shown.height() * 3 / 10);
    }

    void press(Qt::Key key) { QTest::keyClick(&m_window, key); }

    // A button by its words, once it has appeared.
    bool click(const QString& words)
    {
        QPushButton* found = nullptr;
        const bool there = QTest::qWaitFor([&] {
            for (QPushButton* button : m_window.findChildren<QPushButton*>())
                if (button->isVisible() && button->text() == words)
                    found = button;
            return found != nullptr;
        });
        if (there)
            QTest::mouseClick(found, Qt::LeftButton);
        return there;
    }

    // Words somewhere on the window.
    bool reads(const QString& words) const
    {
        for (const QLabel* label : m_window.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(words))
                return true;
        return false;
    }

private:
    RatingWindow& m_window;
};

} // namespace adtailor
