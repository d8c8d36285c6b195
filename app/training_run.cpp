// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_run.h"

#include "app/messages.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace adtailor {

namespace {

constexpr qint64 largestSettings = 1 << 20; // bytes of run.json
constexpr qint64 metricsAtOnce = 1 << 18;
constexpr qint64 longestLine = 1 << 16;
constexpr qint64 logTail = 1 << 15; // the last events say how it ended
constexpr int listedLeftOut = 50;
constexpr qint64 quietForPause = 2000; // milliseconds, and two steps, without a word from the run

QByteArray readFront(const QString& path, qint64 bytes)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(bytes) : QByteArray();
}

QJsonObject readObject(const QString& path)
{
    return QJsonDocument::fromJson(readFront(path, largestSettings)).object();
}

qint64 millisecondsOf(const QString& path)
{
    const QFileInfo info(path);
    return info.exists() ? info.lastModified().toMSecsSinceEpoch() : 0;
}

// The trainer holds this lock as long as it lives, however it was started.
bool isLocked(const QString& folder)
{
    const int lock = ::open(QFile::encodeName(folder + u"/lock"_s).constData(),
                            O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (lock < 0)
        return false;
    const bool held = ::flock(lock, LOCK_SH | LOCK_NB) != 0;
    ::close(lock);
    return held;
}

// Who holds the lock, from the kernel's list: its memory is what the run really takes.
quint64 peakBytesOf(const QString& folder)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(folder + u"/lock"_s).constData(), &status) != 0)
        return 0;
    const QByteArray inode = ':' + QByteArray::number(qulonglong(status.st_ino)) + ' ';
    for (const QByteArray& line : readFront(u"/proc/locks"_s, metricsAtOnce).split('\n')) {
        const QByteArrayList words = line.simplified().split(' ');
        if (words.size() < 6 || words[1] != "FLOCK" || !(words[5] + ' ').endsWith(inode))
            continue;
        const QByteArray process
            = readFront(u"/proc/%1/status"_s.arg(QString::fromLatin1(words[4])), longestLine);
        const qsizetype at = process.indexOf("VmHWM:");
        if (at >= 0)
            return process.mid(at + 6, 40).simplified().split(' ').first().toULongLong() * 1024;
    }
    return 0;
}

// What the command wrote last. Its log begins anew with each start by the studio.
struct LogEnd
{
    bool exists = false, done = false, finished = false, early = false;
    qint64 dataDone = 0, dataTotal = 0;
    std::optional<Error> error;
    QString lastWords; // that were no event: a crash of the loader, the system's own message
};

LogEnd readLog(const QString& path)
{
    QFile file(path);
    LogEnd end;
    if (!file.open(QIODevice::ReadOnly))
        return end;
    end.exists = true;
    file.seek(std::max<qint64>(0, file.size() - logTail));
    for (const QByteArray& line : file.read(logTail).split('\n')) {
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        const QString kind = event[u"event"].toString();
        if (kind == u"progress") {
            end.dataDone = event[u"done"].toInteger();
            end.dataTotal = event[u"total"].toInteger();
        } else if (kind == u"done") {
            end.done = true;
            end.finished = event[u"finished"].toBool();
            end.early = event[u"stoppedEarly"].toBool();
        } else if (kind == u"error") {
            end.error = Error{ Messages::codeOf(event[u"code"].toString()),
                               event[u"detail"].toString().toStdString() };
        } else if (kind.isEmpty() && !line.trimmed().isEmpty()) {
            end.lastWords = QString::fromUtf8(line.left(300)).trimmed();
        }
    }
    return end;
}

std::vector<qint64> numbersIn(const QString& folder, const QString& ending, QDir::Filter filter)
{
    std::vector<qint64> steps;
    for (QString name : QDir(folder).entryList({ u"step_*"_s + ending }, filter)) {
        bool isNumber = false;
        name.chop(ending.size());
        const qint64 step = name.mid(5).toLongLong(&isNumber);
        if (isNumber && step >= 0)
            steps.push_back(step);
    }
    std::sort(steps.begin(), steps.end());
    return steps;
}

void readFolder(TrainingRun& run)
{
    run.settings = readObject(run.file(u"run.json"_s));
    run.readable = !run.settings.isEmpty();
    run.steps = run.settings.value(u"steps").toInteger(1000);
    run.name = run.settings.value(u"name").toString(QFileInfo(run.folder).fileName());
    run.best = readObject(run.file(u"best.json"_s))[u"step"].toInteger();
    run.hasModel = QFile::exists(run.file(u"model.safetensors"_s));
    run.hasAdapter = QFile::exists(run.file(u"adapter/adapter_config.json"_s));
    for (const qint64 step : numbersIn(run.file(u"checkpoints"_s), {}, QDir::Dirs)) {
        const QString manifest = run.file(u"checkpoints/step_%1/manifest.json"_s.arg(step));
        if (QFile::exists(manifest)) // written last: without it the checkpoint is not whole
            run.checkpoints.insert(run.checkpoints.begin(),
                                   { step, millisecondsOf(manifest) / 1000 });
    }
    run.samples = numbersIn(run.file(u"samples"_s), u".png"_s, QDir::Files);
    for (const QByteArray& line :
         readFront(run.file(u"skipped.txt"_s), largestSettings).split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        if (run.leftOutCount++ < listedLeftOut)
            run.leftOut.append(QString::fromUtf8(line.left(500)));
    }
    for (const char* name : { "run.json", "metrics.jsonl", "log.jsonl", "model.safetensors" })
        run.changed = std::max(run.changed, millisecondsOf(run.file(QLatin1String(name))) / 1000);
}

// A paused run has saved its step after it read the word, or had nothing to save and is quiet.
bool isPaused(const TrainingRun& run, double secondsPerStep)
{
    const qint64 asked = millisecondsOf(run.file(u"control"_s));
    if (!run.checkpoints.empty() && run.checkpoints.front().seconds * 1000 >= asked)
        return true;
    const qint64 quiet = QDateTime::currentMSecsSinceEpoch()
        - std::max(asked, millisecondsOf(run.file(u"metrics.jsonl"_s)));
    return static_cast<double>(quiet) > quietForPause + 2000 * secondsPerStep;
}

void readState(TrainingRun& run, qint64 lastStep, double secondsPerStep)
{
    const LogEnd log = readLog(run.file(u"log.jsonl"_s));
    run.stoppedEarly = log.early || (run.hasModel && lastStep > 0 && lastStep < run.steps);
    run.error = log.error;
    const QString word = QString::fromUtf8(readFront(run.file(u"control"_s), 16)).trimmed();
    if (isLocked(run.folder)) {
        run.peakBytes = peakBytesOf(run.folder);
        run.error.reset();
        const bool started = lastStep > 0 || !run.checkpoints.empty();
        const bool preparing = log.dataTotal > 0 && log.dataDone < log.dataTotal;
        run.dataDone = log.dataDone;
        run.dataTotal = log.dataTotal;
        if (word == u"stop")
            run.state = RunState::Stopping;
        else if (word == u"pause")
            run.state = isPaused(run, secondsPerStep) ? RunState::Paused : RunState::Pausing;
        else
            run.state = preparing || !started ? RunState::Preparing : RunState::Running;
    } else if (run.hasModel || log.finished) {
        run.state = RunState::Finished;
    } else if (log.error && log.error->code != ErrorCode::Cancelled) {
        run.state = RunState::Failed;
    } else if (log.exists && !log.done && !log.error) {
        run.state = RunState::Crashed;
        run.error = Error{ ErrorCode::EngineGone, log.lastWords.toStdString() };
    } else {
        const bool touched = log.exists || lastStep > 0 || !run.checkpoints.empty();
        run.state = touched ? RunState::Stopped : RunState::New;
    }
}

std::optional<RunLine> parseLine(const QByteArray& text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    const QJsonValue step = object[u"step"];
    if (!step.isDouble() || step.toInteger(-1) < 0)
        return std::nullopt;
    RunLine line{ step.toInteger(), {} };
    // A check reports its own time, which would make the steps look slow.
    const bool isCheck = object.contains(u"held_out_image"_s) || object.contains(u"held_out"_s);
    for (auto it = object.begin(); it != object.end(); ++it)
        if (isCheck && it.key() == u"seconds_per_step")
            continue;
        else if (it->isDouble() && std::isfinite(it->toDouble()) && it.key() != u"step")
            line.values.insert(it.key(), it->toDouble());
    return line;
}

} // namespace

bool isAlive(RunState state)
{
    return state >= RunState::Starting && state <= RunState::Stopping;
}

bool canGoOn(RunState state)
{
    return state == RunState::New || state == RunState::Stopped || state == RunState::Failed
        || state == RunState::Crashed;
}

QString TrainingRun::file(const QString& relative) const
{
    return folder + u'/' + relative;
}

// After a crash steps are done again: what came from there on is another run's past.
void RunMetrics::add(const RunLine& line)
{
    auto from
        = std::lower_bound(m_lines.begin(), m_lines.end(), line.step,
                           [](const RunLine& known, qint64 step) { return known.step < step; });
    if (from != m_lines.end() && from->step == line.step && from + 1 == m_lines.end()) {
        from->values.insert(line.values); // held-out losses follow the step's own line
        return;
    }
    m_lines.erase(from, m_lines.end());
    m_lines.push_back(line);
}

void RunMetrics::clear()
{
    m_lines.clear();
}

qint64 RunMetrics::lastStep() const
{
    return m_lines.empty() ? 0 : m_lines.back().step;
}

std::optional<double> RunMetrics::at(qint64 step, const QString& name) const
{
    for (auto line = m_lines.rbegin(); line != m_lines.rend(); ++line)
        if (line->step == step && line->values.contains(name))
            return line->values[name];
    return std::nullopt;
}

std::optional<double> RunMetrics::last(const QString& name) const
{
    for (auto line = m_lines.rbegin(); line != m_lines.rend(); ++line)
        if (line->values.contains(name))
            return line->values[name];
    return std::nullopt;
}

std::optional<double> RunMetrics::secondsPerStep() const
{
    constexpr int reports = 5;
    double sum = 0;
    int count = 0;
    for (auto line = m_lines.rbegin(); line != m_lines.rend() && count < reports; ++line)
        if (const double seconds = line->values.value(u"seconds_per_step"_s); seconds > 0) {
            sum += seconds;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

TrainingRunReader::TrainingRunReader(QString folder)
    : m_folder(std::move(folder))
{
}

TrainingRunReader::News TrainingRunReader::read()
{
    News news;
    news.run.folder = m_folder;
    readFolder(news.run);
    readMetrics(news);
    readState(news.run, m_lastStep, m_secondsPerStep);
    return news;
}

void TrainingRunReader::readMetrics(News& news)
{
    QFile file(m_folder + u"/metrics.jsonl"_s);
    if (!file.open(QIODevice::ReadOnly) || file.size() < m_offset) {
        news.again = m_offset > 0;
        m_offset = m_lastStep = 0;
        m_rest.clear();
        if (!file.isOpen())
            return;
    }
    file.seek(m_offset);
    const QByteArray text = file.read(metricsAtOnce);
    m_offset += text.size();
    news.more = m_offset < file.size();
    QByteArrayList lines = (m_rest + text).split('\n');
    m_rest = lines.takeLast(); // until its end is written
    if (m_rest.size() > longestLine)
        m_rest.clear();
    for (const QByteArray& line : lines) {
        if (const auto parsed = parseLine(line)) {
            m_lastStep = parsed->step;
            m_secondsPerStep = parsed->values.value(u"seconds_per_step"_s, m_secondsPerStep);
            news.lines.push_back(*parsed);
        }
    }
}

TrainingRun TrainingRunReader::summary(const QString& folder)
{
    TrainingRun run;
    run.folder = folder;
    readFolder(run);
    QFile metrics(run.file(u"metrics.jsonl"_s));
    qint64 lastStep = 0;
    if (metrics.open(QIODevice::ReadOnly)) {
        metrics.seek(std::max<qint64>(0, metrics.size() - longestLine));
        for (const QByteArray& line : metrics.read(longestLine).split('\n'))
            if (const auto parsed = parseLine(line))
                lastStep = parsed->step;
    }
    readState(run, lastStep, 0);
    return run;
}

} // namespace adtailor
