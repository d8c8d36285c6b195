// Messages: what the user reads for an error code or a stage, in the language of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <QCoreApplication>
#include <QString>

namespace adtailor {

// `sentence` says what happened and what to do; `detail` is the engine's own English sentence,
// for the tooltip and the log.
struct Message
{
    QString sentence;
    QString detail;
};

class Messages final
{
    Q_DECLARE_TR_FUNCTIONS(adtailor::Messages)

public:
    static Message forError(const Error& error);
    static Message forTraining(const Error& error); // of a training run
    static Message forStudy(const Error& error); // of a human evaluation
    static ErrorCode codeOf(const QString& name); // as the command prints it: "disk-full"
    static QString lintKind(const QString& name); // as the command prints it: "missing-image"
    static QString stage(Stage stage);
    static QString timeLeft(double seconds); // "22 min left"
    static QString duration(double seconds); // "1.4 s", "2 min 05 s"
};

} // namespace adtailor
