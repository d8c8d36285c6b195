// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"
#include "widgets/icon.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace adtailor;

namespace {

// WCAG 2.2 relative luminance and contrast ratio.
double luminance(const QColor& color)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private slots:
    void everyThemeIsComplete_data() { themes(); }
    void everyThemeIsComplete()
    {
        QFETCH(int, kind);
        const Theme theme = Theme::load(static_cast<Theme::Kind>(kind));
        // Every member of Colors is a colour: the struct holds nothing else.
        const Colors& colors = theme.look().colors;
        const auto* first = reinterpret_cast<const QColor*>(&colors);
        for (std::size_t i = 0; i < sizeof(Colors) / sizeof(QColor); ++i)
            QVERIFY2(first[i].isValid(), qPrintable(QString::number(i)));
        QVERIFY(!theme.look().textFamilies.isEmpty());
    }

    void noTokenIsLeftInTheStylesheet_data() { themes(); }
    void noTokenIsLeftInTheStylesheet()
    {
        QFETCH(int, kind);
        const QString sheet = Theme::load(static_cast<Theme::Kind>(kind)).styleSheet();
        QVERIFY(sheet.size() > 1000);
        const auto left = QRegularExpression(QStringLiteral("@\\w+"))
                              .match(sheet, sheet.indexOf(QStringLiteral("*/")));
        QVERIFY2(!left.hasMatch(), qPrintable(left.captured()));
    }

    void wordsAreReadable_data() { themes(); }
    void wordsAreReadable()
    {
        QFETCH(int, kind);
        const Colors c = Theme::load(static_cast<Theme::Kind>(kind)).look().colors;
        QVERIFY(contrast(c.text, c.panel) >= 7);
        QVERIFY(contrast(c.text, c.window) >= 7);
        QVERIFY(contrast(c.text, c.selected) >= 7);
        QVERIFY(contrast(c.textSecondary, c.panel) >= 7);
        QVERIFY(contrast(c.textMuted, c.rail) >= 4.5);
        QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
        QVERIFY(contrast(c.accentText, c.accentSoft) >= 4.5);
        QVERIFY(contrast(c.personText, c.personSoft) >= 4.5);
        QVERIFY(contrast(c.onPerson, c.person) >= 4.5);
        QVERIFY(contrast(c.success, c.successSoft) >= 4.5);
        QVERIFY(contrast(c.warning, c.warningSoft) >= 4.5);
        QVERIFY(contrast(c.error, c.errorSoft) >= 4.5);
        QVERIFY(contrast(c.info, c.infoSoft) >= 4.5);
        QVERIFY(contrast(c.outline, c.panel) >= 3);
        QVERIFY(contrast(c.focus, c.panel) >= 3);
        QVERIFY(contrast(c.focus, c.canvas) >= 3);
    }

    void theFontSettingGrowsEverything()
    {
        Look::setCurrent(Theme::load(Theme::Kind::Light, 150).look());
        QCOMPARE(typeFont(Type::Body).pixelSize(), 20);
        QCOMPARE(scaled(Look::current().sizes.rail), 138);
        const QString sheet = Theme::load(Theme::Kind::Light, 150).styleSheet();
        QVERIFY(sheet.contains(QStringLiteral("min-height: 45px"))); // 30
        QVERIFY(sheet.contains(QStringLiteral("border: 1px"))); // lines stay thin
        QCOMPARE(Theme::load(Theme::Kind::Light, 5000).look().scale, 1.75);
        QCOMPARE(Theme::load(Theme::Kind::Light, -3).look().scale, 0.90);
    }

    void applyingAnotherThemeRepaintsWhatIsShown()
    {
        Theme::load(Theme::Kind::Light).apply(*qApp);
        QPushButton button(QStringLiteral("Generate"));
        button.setProperty("kind", QStringLiteral("primary"));
        button.show();
        const QImage light = button.grab().toImage();
        Theme::load(Theme::Kind::Dark).apply(*qApp);
        QVERIFY(light != button.grab().toImage());
        QCOMPARE(qApp->palette().color(QPalette::Highlight), Look::current().colors.accent);
        QVERIFY(QFile::exists(QStringLiteral("tinted:chevron-down.svg")));
    }

    void everyIconIsADrawingInOneColour()
    {
        Theme::load(Theme::Kind::Light).apply(*qApp);
        const QStringList files
            = QDir(QStringLiteral(":/icons")).entryList({ QStringLiteral("*.svg") });
        QVERIFY(files.size() > 60);
        for (const QString& file : files) {
            const QString name = file.chopped(4);
            const QImage drawn = iconPixmap(name, Qt::red, 24, 1).toImage();
            int ink = 0;
            for (int y = 0; y < drawn.height(); ++y)
                for (int x = 0; x < drawn.width(); ++x) {
                    const QColor pixel = drawn.pixelColor(x, y);
                    ink += pixel.alpha() > 0;
                    QVERIFY2(pixel.alpha() < 40 || pixel.red() > 200, qPrintable(name));
                }
            QVERIFY2(ink > 5, qPrintable(name));
        }
    }

    void anUnknownIconIsEmptyNotABrokenPicture()
    {
        QVERIFY(tintedSvg(QStringLiteral("../themes/theme"), Qt::red).isEmpty());
        QVERIFY(!iconPixmap(QStringLiteral("nothing"), Qt::red, 18, 2).isNull());
    }

private:
    static void themes()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("light") << int(Theme::Kind::Light);
        QTest::newRow("dark") << int(Theme::Kind::Dark);
        QTest::newRow("contrast") << int(Theme::Kind::Contrast);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
