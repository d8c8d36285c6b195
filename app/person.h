// Person: somebody an ad is made for, with consent and the ads they clicked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <QDate>
#include <QImage>
#include <QString>

#include <vector>

namespace adtailor {

enum class Consent { Fictional, Given, NotAsked, Withdrawn };

// Without consent nothing is read, not even for a preview.
inline bool allowsHistory(Consent consent)
{
    return consent == Consent::Fictional || consent == Consent::Given;
}

struct Click
{
    QString title;
    Image image; // as the model gets it
    QImage thumbnail; // as the page shows it
    QDate date; // null: unknown
};

struct Person
{
    QString id;
    QString name;
    QString about; // one sentence
    Consent consent = Consent::Fictional;
    QDate consentDate;
    std::vector<Click> clicks; // oldest first
    QDate added;
    QString source; // the file it was imported from
    int leftOut = 0; // clicks that the import did not store, for want of consent
    bool stored = false; // in the people store: consent can be recorded
};

} // namespace adtailor
