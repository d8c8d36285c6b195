// adtailor-studio: command line, appearance, window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/appearance.h"
#include "app/screenshot.h"
#include "app/settings.h"
#include "app/studio_docks.h"
#include "app/studio_window.h"
#include "widgets/accessible_roles.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace adtailor;

namespace {

struct CommandLine
{
    QString openFolder, shotFile, page, theme, language, model, engine;
    QStringList docks;
    QSize size;
    int font = 0;
    int run = 0;
    bool sample = false;
};

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        u"The studio of AdTailor: personalised ads from a product picture and a click history.\n"
        u"Example: adtailor-studio --open out\n"
        u"Example: adtailor-studio --sample --page generate --shot generate.png --size 1440x900"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        { u"open"_s, u"Open a folder of ads (PNG and JSON, as `adtailor generate` writes)."_s,
          u"folder"_s },
        { u"sample"_s, u"Open the sample brief."_s },
        { u"page"_s, u"Show a page: "_s + StudioWindow::pageNames().join(u", "_s) + u'.',
          u"name"_s },
        { u"docks"_s, u"Show docks: gallery, history, queue."_s, u"names"_s },
        { u"theme"_s, u"light, dark or contrast, for this run."_s, u"name"_s },
        { u"lang"_s, u"en or zh_CN, for this run."_s, u"language"_s },
        { u"font"_s, u"Font size in percent, 90 to 175, for this run."_s, u"percent"_s },
        { u"size"_s, u"Size of the window, as 1440x900."_s, u"size"_s },
        { u"shot"_s, u"Save a picture of the window to this file and quit."_s, u"file"_s },
        { u"run"_s, u"With --shot: generate first, until so much percent is drawn."_s,
          u"percent"_s },
        { u"model"_s, u"Use this model bundle."_s, u"folder"_s },
        { u"engine"_s, u"Use this program as the engine instead of adtailor."_s, u"program"_s },
    });
}

QSize sizeOf(const QString& text)
{
    const QStringList parts = text.split(u'x');
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}

CommandLine read(const QCoreApplication& application)
{
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
    CommandLine line;
    line.openFolder = parser.value(u"open"_s);
    line.sample = parser.isSet(u"sample"_s);
    line.page = parser.value(u"page"_s);
    line.docks = parser.value(u"docks"_s).split(u',', Qt::SkipEmptyParts);
    line.theme = parser.value(u"theme"_s);
    line.language = parser.value(u"lang"_s);
    line.font = parser.value(u"font"_s).toInt();
    line.size = sizeOf(parser.value(u"size"_s));
    line.shotFile = parser.value(u"shot"_s);
    line.run = parser.value(u"run"_s).toInt();
    line.model = parser.value(u"model"_s);
    line.engine = parser.value(u"engine"_s);
    const bool pageKnown = line.page.isEmpty() || StudioWindow::pageNames().contains(line.page);
    if (!pageKnown || (parser.isSet(u"size"_s) && line.size.isEmpty())) {
        std::fputs("adtailor-studio: unknown page or size; see --help.\n", stderr);
        std::exit(2);
    }
    return line;
}

EngineCommand engineCommand(const CommandLine& line)
{
    EngineCommand command;
    command.program = line.engine.isEmpty()
        ? QDir(QCoreApplication::applicationDirPath()).filePath(u"adtailor"_s)
        : line.engine;
    command.arguments = { u"serve"_s };
    return command;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    installAccessibleRoles();
    QCoreApplication::setApplicationName(u"adtailor-studio"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(ADTAILOR_VERSION));
    QGuiApplication::setDesktopFileName(u"adtailor-studio"_s);
    const CommandLine line = read(application);

    // What is given for one run is not stored.
    const bool passing = !line.shotFile.isEmpty() || !line.theme.isEmpty()
        || !line.language.isEmpty() || line.font > 0;
    const QTemporaryDir scratch;
    Settings settings(passing ? scratch.filePath(u"studio.ini"_s) : QString());
    if (!line.theme.isEmpty())
        settings.setTheme(line.theme);
    if (!line.language.isEmpty())
        settings.setLanguage(line.language);
    if (line.font > 0)
        settings.setFontPercent(line.font);
    const Appearance appearance(settings);

    StudioWindow window(settings, { engineCommand(line), line.shotFile.isEmpty(), line.model });
    if (!window.restoreGeometry(settings.windowGeometry()))
        window.resize(1440, 900);
    if (!line.size.isEmpty())
        window.resize(line.size);
    QObject::connect(
        &window, &StudioWindow::sampleReady, &window,
        [&window, line] {
            if (line.sample)
                window.openSample();
            if (!line.openFolder.isEmpty())
                window.openAds(line.openFolder);
            if (!line.page.isEmpty())
                window.showPage(line.page);
            window.docks().show(line.docks);
        },
        Qt::SingleShotConnection);
    window.show();
    if (!line.shotFile.isEmpty())
        takeScreenshot(window, { line.shotFile, line.page, line.run });
    return QApplication::exec();
}
