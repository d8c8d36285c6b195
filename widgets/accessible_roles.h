// SPDX-License-Identifier: GPL-3.0-or-later
// Tells screen readers what the painted widgets are; names and values are the widgets' own.
#pragma once

namespace adtailor {

// Once per process, after the QApplication exists.
void installAccessibleRoles();

} // namespace adtailor
