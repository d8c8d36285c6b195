// Settings: the user's choices that outlive a session, typed, over QSettings.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>
#include <QStringList>

#include <memory>

namespace adtailor {

class Settings final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Settings)

public:
    // `file` empty: the user's own settings; tests give a file.
    explicit Settings(const QString& file = {}, QObject* parent = nullptr);

    QString theme() const; // light, dark, contrast
    QString language() const; // en, zh_CN; the desktop's until the user chooses
    int fontPercent() const; // 90 ... 175
    QString model() const; // folder; empty = the bundled one
    QStringList adapters() const; // folders, used on top of the model
    bool halfPrecision() const; // bfloat16 instead of float32
    QString instructionFile() const; // empty = our own wording
    QStringList peopleFolders() const; // added by the user, beside the sample people
    QStringList runFolders() const; // training runs outside of their own place
    QByteArray windowGeometry() const;

    void setTheme(const QString& theme);
    void setLanguage(const QString& language);
    void setFontPercent(int percent);
    void setModel(const QString& folder);
    void setAdapters(const QStringList& folders);
    void setHalfPrecision(bool half);
    void setInstructionFile(const QString& path);
    void setPeopleFolders(const QStringList& folders);
    void setRunFolders(const QStringList& folders);
    void setWindowGeometry(const QByteArray& geometry);

signals:
    void themeChanged(const QString& theme);
    void languageChanged(const QString& language);
    void fontPercentChanged(int percent);

private:
    std::unique_ptr<QSettings> m_store;
};

} // namespace adtailor
