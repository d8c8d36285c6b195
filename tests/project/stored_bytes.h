// SPDX-License-Identifier: GPL-3.0-or-later
// How often a text stands in the files of a folder: what is erased must stand in none.
#pragma once

#include <QByteArray>
#include <QDirIterator>
#include <QFile>

namespace adtailor {

inline int bytesThatSay(const QString& folder, const QByteArray& marker)
{
    int found = 0;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        if (file.open(QIODevice::ReadOnly))
            found += static_cast<int>(file.readAll().count(marker));
    }
    return found;
}

} // namespace adtailor
