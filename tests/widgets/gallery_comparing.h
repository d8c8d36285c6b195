// SPDX-License-Identifier: GPL-3.0-or-later
// The gallery's row of what compares ads: slider, difference, matrix, map, palette, variations.
#pragma once

#include "tests/widgets/gallery_data.h"
#include "widgets/compare_view.h"
#include "widgets/palette_bar.h"
#include "widgets/patch_map.h"
#include "widgets/score_matrix.h"
#include "widgets/variation_grid.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gallery {

inline adtailor::CompareView* twoLamps(adtailor::CompareView::Mode mode)
{
    auto* view = new adtailor::CompareView;
    view->setPictures(lamp(30, false), QStringLiteral("A · A-0042"), lamp(200, false),
                      QStringLiteral("B · A-0043"));
    view->setMode(mode);
    return view;
}

inline QWidget* comparingRow()
{
    using namespace adtailor;
    auto* panel = new QWidget;
    auto* row = new QHBoxLayout(panel);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    row->addWidget(twoLamps(CompareView::Mode::Slider), 3);
    row->addWidget(twoLamps(CompareView::Mode::Difference), 3);
    auto* column = new QVBoxLayout;
    auto* matrix = new ScoreMatrix;
    matrix->setScores(
        { QStringLiteral("A-0041"), QStringLiteral("A-0042"), QStringLiteral("A-0043") },
        { QStringLiteral("41"), QStringLiteral("42"), QStringLiteral("43") },
        { 1, 0.74, 0.52, 0.74, 1, std::nullopt, 0.52, std::nullopt, 1 });
    matrix->setExtraColumn(say("Clicks", "点击"), { 0.71, 0.78, 0.12 });
    matrix->setEnds(say("0 different", "0 不同"), say("1 same", "1 相同"));
    matrix->setCurrent(1, 0);
    column->addWidget(matrix);
    auto* palette = new PaletteBar;
    palette->setColors({ { QColor(236, 220, 196), 0.4 },
                         { QColor(200, 148, 92), 0.35 },
                         { QColor(128, 72, 48), 0.25 } });
    column->addWidget(palette);
    column->addStretch();
    row->addLayout(column, 4);
    auto* map = new PatchMap;
    map->setPicture(lamp(30, false));
    map->setCells(8, patches(), 0.875);
    row->addWidget(map, 2);
    auto* grid = new VariationGrid;
    grid->setAxisNames(say("Guidance", "引导"), say("Seed", "种子"));
    grid->setCells({ QStringLiteral("1.0"), QStringLiteral("3.0"), QStringLiteral("5.0") },
                   { QStringLiteral("7"), QStringLiteral("8") },
                   { { lamp(30, false), 1, {}, false },
                     { lamp(90, false), 1, {}, true },
                     { lamp(200, false), 0.6, {}, false } });
    grid->setCurrentIndex(1);
    row->addWidget(grid, 4);
    return panel;
}

} // namespace gallery
