#include "shell/theme.h"

#include "shell/style.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QScopedValueRollback>

#include <algorithm>
#include <cmath>

namespace headrace::ui {

namespace {

struct Colors
{
    QRgb window, base, alternate, text, muted, border, button, highlight, accent, onAccent,
        disabled;
};

constexpr Colors Light { 0xfff3f5f7, 0xffffffff, 0xfff9fafb, 0xff1b2026, 0xff59626e, 0xffd3d8de,
    0xfffbfcfd, 0xffdce8fa, 0xff1d5fc4, 0xffffffff, 0xff9299a3 };
constexpr Colors Dark { 0xff1e2228, 0xff16191d, 0xff1a1d22, 0xffdce1e8, 0xff9ea8b5, 0xff353b44,
    0xff2a2f37, 0xff223c63, 0xff7fb0ff, 0xff0d1524, 0xff666f7b };

QPalette makePalette(const Colors &c)
{
    QPalette palette;
    const auto set
        = [&palette](QPalette::ColorRole role, QRgb rgb) { palette.setColor(role, QColor(rgb)); };
    set(QPalette::Window, c.window);
    set(QPalette::WindowText, c.text);
    set(QPalette::Base, c.base);
    set(QPalette::AlternateBase, c.alternate);
    set(QPalette::Text, c.text);
    set(QPalette::PlaceholderText, c.muted);
    set(QPalette::Button, c.button);
    set(QPalette::ButtonText, c.text);
    set(QPalette::BrightText, c.onAccent);
    set(QPalette::ToolTipBase, c.button);
    set(QPalette::ToolTipText, c.text);
    set(QPalette::Highlight, c.highlight);
    set(QPalette::HighlightedText, c.text);
    set(QPalette::Link, c.accent);
    set(QPalette::LinkVisited, c.accent);
    set(QPalette::Mid, c.border);
    set(QPalette::Light, c.base);
    set(QPalette::Midlight, c.button);
    palette.setColor(QPalette::Dark, QColor(c.border).darker(115));
    palette.setColor(QPalette::Shadow, QColor(c.border).darker(150));
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
             QPalette::HighlightedText, QPalette::PlaceholderText })
        palette.setColor(QPalette::Disabled, role, QColor(c.disabled));
    palette.setColor(QPalette::Disabled, QPalette::Base, QColor(c.window));
    return palette;
}

const Colors &colorsOf(const QPalette &palette) { return Theme::isDark(palette) ? Dark : Light; }

double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    QApplication::setStyle(new Style);
    m_isDark = systemIsDark();
    apply();
    qApp->installEventFilter(this);
}

Theme::Choice Theme::choice() const { return m_choice; }

void Theme::setChoice(Choice choice)
{
    m_choice = choice;
    apply();
}

bool Theme::isDark() const { return m_isDark; }

QPalette Theme::lightPalette() { return makePalette(Light); }

QPalette Theme::darkPalette() { return makePalette(Dark); }

bool Theme::isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Active, QPalette::Window))
        < luminance(palette.color(QPalette::Active, QPalette::WindowText));
}

Theme::Tone Theme::toneOf(int statusCode, bool hasFailed)
{
    if (hasFailed)
        return Tone::Failed;
    switch (statusCode / 100) {
    case 0:
        return Tone::Pending;
    case 1:
        return Tone::Informational;
    case 2:
        return Tone::Success;
    case 3:
        return Tone::Redirect;
    case 4:
        return Tone::ClientError;
    default:
        return Tone::ServerError;
    }
}

QColor Theme::toneColor(Tone tone, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Informational:
        return QColor(dark ? 0xff9db2d0 : 0xff45597a);
    case Tone::Success:
        return QColor(dark ? 0xff63c784 : 0xff176b30);
    case Tone::Redirect:
        return QColor(dark ? 0xff56c3cc : 0xff07656d);
    case Tone::ClientError:
        return QColor(dark ? 0xffe6b35a : 0xff824d00);
    case Tone::ServerError:
    case Tone::Failed:
        return QColor(dark ? 0xffff938a : 0xffb0221b);
    case Tone::Pending:
        break;
    }
    return mutedColor(palette);
}

QColor Theme::statusColor(int statusCode, bool hasFailed, const QPalette &palette)
{
    return toneColor(toneOf(statusCode, hasFailed), palette);
}

QColor Theme::accentColor(const QPalette &palette) { return QColor(colorsOf(palette).accent); }

QColor Theme::mutedColor(const QPalette &palette) { return QColor(colorsOf(palette).muted); }

QColor Theme::separatorColor(const QPalette &palette) { return QColor(colorsOf(palette).border); }

QColor Theme::tintColor(Tone tone, const QPalette &palette)
{
    const QColor ink = toneColor(tone, palette);
    const QColor ground = palette.color(QPalette::Base);
    const double part = isDark(palette) ? 0.14 : 0.08;
    const auto mix = [part](double top, double bottom) { return top * part + bottom * (1 - part); };
    return QColor::fromRgbF(float(mix(ink.redF(), ground.redF())),
        float(mix(ink.greenF(), ground.greenF())), float(mix(ink.blueF(), ground.blueF())));
}

QFont Theme::fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFont ui = QApplication::font();
    if (ui.pointSizeF() > 0)
        font.setPointSizeF(ui.pointSizeF());
    else
        font.setPixelSize(ui.pixelSize());
    return font;
}

double Theme::contrast(const QColor &one, const QColor &other)
{
    const auto [dark, light] = std::minmax({ luminance(one), luminance(other) });
    return (light + 0.05) / (dark + 0.05);
}

QString Theme::css(const QColor &color) { return color.name(QColor::HexRgb); }

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    // Sent to each window when the platform's theme changes; once is enough for us.
    if (event->type() == QEvent::ThemeChange && m_choice == Choice::System && !m_isApplying)
        apply();
    return QObject::eventFilter(watched, event);
}

void Theme::apply()
{
    const QScopedValueRollback guard(m_isApplying, true);
    const bool dark = m_choice == Choice::System ? systemIsDark() : m_choice == Choice::Dark;
    const QPalette palette = dark ? darkPalette() : lightPalette();
    m_isDark = dark;
    if (QApplication::palette() == palette)
        return;
    QApplication::setPalette(palette);
    Q_EMIT changed();
}

bool Theme::systemIsDark()
{
    // Qt 6.4 has no colour scheme hint. A platform theme (GTK, KDE, macOS, Windows) shows its choice
    // in the palette it gives the application, or in what Fusion takes for its own.
    const QScopedValueRollback guard(m_isApplying, true);
    const QPalette ours = QApplication::palette();
    QApplication::setPalette(QPalette());
    const bool dark
        = isDark(QApplication::palette()) || isDark(QApplication::style()->standardPalette());
    QApplication::setPalette(ours);
    return dark;
}

} // namespace headrace::ui
