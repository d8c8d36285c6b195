// TrainingRun: what a run folder says about its run; TrainingRunReader reads it as it grows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace adtailor {

enum class RunState {
    New, // never started
    Starting, // its process is on its way
    Preparing, // reads and encodes the data
    Running,
    Pausing, // asked to; finishes its step and saves first
    Paused, // its process waits
    Stopping,
    Stopped, // saved; can go on
    Finished,
    Failed, // ended with an error of its own
    Crashed // its process is gone without a word
};

bool isAlive(RunState state); // it has a process
bool canGoOn(RunState state); // `start` makes sense

// One line of metrics.jsonl: the finite numbers in it by their names.
struct RunLine
{
    qint64 step = 0;
    QHash<QString, double> values;
};

struct RunCheckpoint
{
    qint64 step = 0;
    qint64 seconds = 0; // when it was written, since 1970
};

struct TrainingRun
{
    QString folder;
    QString name; // as the user called it, or the folder's
    QJsonObject settings; // run.json
    bool readable = false; // run.json is there and is JSON
    RunState state = RunState::New;
    qint64 steps = 0; // wanted
    qint64 changed = 0; // of the newest file, seconds since 1970
    qint64 dataDone = 0, dataTotal = 0; // while preparing
    qint64 best = 0; // step with the lowest held-out loss; 0: none yet
    bool stoppedEarly = false;
    bool hasModel = false, hasAdapter = false; // the result is written
    quint64 peakBytes = 0; // of its process, as measured; 0: not known
    std::vector<RunCheckpoint> checkpoints; // newest first
    std::vector<qint64> samples; // steps, ascending
    QStringList leftOut; // what of the data could not be used; the first few
    int leftOutCount = 0;
    std::optional<Error> error;

    QString file(const QString& relative) const;
};

// Metrics that are kept in memory: the curves of a run. Later lines win over earlier ones.
class RunMetrics
{
public:
    void add(const RunLine& line);
    void clear();
    const std::vector<RunLine>& lines() const { return m_lines; } // steps ascend
    qint64 lastStep() const;
    // The value of that name at that step, or of the last line that has it; nothing: nowhere.
    std::optional<double> at(qint64 step, const QString& name) const;
    std::optional<double> last(const QString& name) const;
    // Mean of the newest few reports.
    std::optional<double> secondsPerStep() const;

private:
    std::vector<RunLine> m_lines;
};

// Reads on any thread, one call at a time; every file is bounded. Nothing is written.
class TrainingRunReader
{
public:
    explicit TrainingRunReader(QString folder);

    struct News
    {
        TrainingRun run;
        bool again = false; // metrics.jsonl is another one now: forget what was read
        std::vector<RunLine> lines;
        bool more = false; // there is more to read at once
    };
    News read();
    // Only the state of a run, without its curves.
    static TrainingRun summary(const QString& folder);

private:
    void readMetrics(News& news);

    QString m_folder;
    qint64 m_offset = 0;
    QByteArray m_rest; // a line that is not finished yet
    qint64 m_lastStep = 0;
    double m_secondsPerStep = 0;
};

} // namespace adtailor
