#include <shell/theme.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using headrace::ui::Theme;

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textColors_onEveryGround_haveContrast_data();
    void textColors_onEveryGround_haveContrast();
    void choice_forced_changesPaletteAndTells();
    void tone_ofStatus_isThatOfItsClass();
    void contrast_ofBlackAndWhite_is21();
};

void ThemeTest::textColors_onEveryGround_haveContrast_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << Theme::lightPalette();
    QTest::newRow("dark") << Theme::darkPalette();
}

void ThemeTest::textColors_onEveryGround_haveContrast()
{
    QFETCH(const QPalette, palette);
    QList<QColor> inks { palette.color(QPalette::Text), palette.color(QPalette::WindowText),
        palette.color(QPalette::PlaceholderText), palette.color(QPalette::HighlightedText),
        Theme::mutedColor(palette), Theme::accentColor(palette) };
    for (int tone = 0; tone <= int(Theme::Tone::Pending); ++tone)
        inks += Theme::toneColor(Theme::Tone(tone), palette);
    QList<QColor> grounds { palette.color(QPalette::Base), palette.color(QPalette::AlternateBase),
        palette.color(QPalette::Window), palette.color(QPalette::Button),
        palette.color(QPalette::Highlight) };
    for (const QColor &ink : inks) {
        for (const QColor &ground : grounds)
            QVERIFY2(Theme::contrast(ink, ground) >= 4.5,
                qPrintable(QStringLiteral("%1 on %2: %3")
                               .arg(ink.name(), ground.name())
                               .arg(Theme::contrast(ink, ground))));
    }
    // A notice bar: the tone's ink on its own tint.
    for (int i = 0; i <= int(Theme::Tone::Pending); ++i) {
        const auto tone = Theme::Tone(i);
        QVERIFY(Theme::contrast(Theme::toneColor(tone, palette), Theme::tintColor(tone, palette))
            >= 4.5);
    }
    // A primary button.
    QVERIFY(
        Theme::contrast(palette.color(QPalette::BrightText), Theme::accentColor(palette)) >= 4.5);
}

void ThemeTest::choice_forced_changesPaletteAndTells()
{
    Theme theme;
    QCOMPARE(theme.choice(), Theme::Choice::System);
    theme.setChoice(Theme::Choice::Light);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setChoice(Theme::Choice::Dark);
    QVERIFY(theme.isDark());
    QCOMPARE(changed.size(), 1);
    QVERIFY(Theme::isDark(QApplication::palette()));
    theme.setChoice(Theme::Choice::Dark);
    QCOMPARE(changed.size(), 1);
    theme.setChoice(Theme::Choice::Light);
    QVERIFY(!Theme::isDark(QApplication::palette()));
    QCOMPARE(changed.size(), 2);
}

void ThemeTest::tone_ofStatus_isThatOfItsClass()
{
    QCOMPARE(Theme::toneOf(0), Theme::Tone::Pending);
    QCOMPARE(Theme::toneOf(103), Theme::Tone::Informational);
    QCOMPARE(Theme::toneOf(204), Theme::Tone::Success);
    QCOMPARE(Theme::toneOf(304), Theme::Tone::Redirect);
    QCOMPARE(Theme::toneOf(404), Theme::Tone::ClientError);
    QCOMPARE(Theme::toneOf(502), Theme::Tone::ServerError);
    QCOMPARE(Theme::toneOf(200, true), Theme::Tone::Failed);
}

void ThemeTest::contrast_ofBlackAndWhite_is21()
{
    QCOMPARE(qRound(Theme::contrast(Qt::black, Qt::white)), 21);
    QCOMPARE(qRound(Theme::contrast(Qt::white, Qt::white)), 1);
}

QTEST_MAIN(ThemeTest)

#include "tst_theme.moc"
