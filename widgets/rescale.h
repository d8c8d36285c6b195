// rescale: gives a finished window the lengths of another font setting.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace adtailor {

// Multiplies margins, spacings, fixed sizes and icon sizes inside `window` by `ratio`. Lines of up
// to 3 pixels stay as they are. Call before the new look is applied: a widget that sets its own
// sizes on a style change then has the last word.
void rescale(QWidget& window, double ratio);

} // namespace adtailor
