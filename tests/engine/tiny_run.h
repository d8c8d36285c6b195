// TinyRun: a folder with a tiny model and data set, and training runs in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/training.h>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <memory>
#include <set>
#include <string>

namespace adtailor {

class TinyRun
{
public:
    // A new folder: model/ (a tiny bundle), data/ with 8 scenes, 3 records and 2 held-out ones.
    void reset();

    std::filesystem::path path(const std::string& name) const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    void write(const std::string& name, const std::string& text) const;
    std::string content(const std::string& name) const;
    nlohmann::json records(int first, int count) const;
    nlohmann::json settings(const std::string& stage) const; // from scratch
    nlohmann::json tuningSettings() const; // LoRA on model/, with history
    TrainingImages images() const;
    Result<TrainingOutcome> trainRun(const std::string& run, const nlohmann::json& settings,
                                     std::int64_t stopAfter = -1) const;
    void compareRuns(const std::string& left, const std::string& right, std::int64_t step) const;

    std::set<std::string> m_bad; // names of pictures that cannot be decoded
    std::filesystem::path m_pbsModel; // samples are scored with it
    mutable Image m_sheet; // of samples, the last one

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace adtailor

#define VERIFY_DONE(result)                                                                        \
    do {                                                                                           \
        const auto& done = (result);                                                               \
        QVERIFY2(done.has_value(), done ? "" : done.error().detail.c_str());                       \
    } while (false)

#define VERIFY_REFUSED(result, text)                                                               \
    do {                                                                                           \
        const auto& answer = (result);                                                             \
        QVERIFY(!answer.has_value());                                                              \
        QVERIFY2(answer.error().detail.find(text) != std::string::npos,                            \
                 answer.error().detail.c_str());                                                   \
    } while (false)
