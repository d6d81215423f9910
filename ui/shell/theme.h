#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

namespace headrace::ui {

/** The colours of the program: one light and one dark palette for the Fusion style.

    Everything that paints asks with the palette it paints with, so a widget needs no Theme object to
    stay right when the theme changes: QEvent::PaletteChange is enough. One Theme lives as long as the
    application and sets its palette. All text colours here have a contrast of at least 4.5:1 on Base,
    AlternateBase, Window and Highlight of their palette. Thread: GUI. */
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Choice
    {
        System,
        Light,
        Dark
    };

    /// What a status, a row or a message means; never told by colour alone.
    enum class Tone
    {
        Informational,
        Success,
        Redirect,
        ClientError,
        ServerError,
        Failed,
        Pending
    };

    /// Sets the style and the palette of the QApplication, which must exist.
    explicit Theme(QObject *parent = nullptr);

    Choice choice() const;
    void setChoice(Choice choice);

    bool isDark() const; ///< What is shown, whatever was chosen.

    static QPalette lightPalette();
    static QPalette darkPalette();

    /// Whether this palette shows light text on a dark ground.
    static bool isDark(const QPalette &palette);

    static Tone toneOf(int statusCode, bool hasFailed = false); ///< Status 0: Pending.
    static QColor toneColor(Tone tone, const QPalette &palette);

    /// toneColor(toneOf(...)): the colour of a status code.
    static QColor statusColor(int statusCode, bool hasFailed, const QPalette &palette);

    static QColor accentColor(
        const QPalette &palette); ///< The one accent: focus, current tab, links.
    static QColor mutedColor(const QPalette &palette); ///< Text of second rank.
    static QColor separatorColor(const QPalette &palette); ///< Lines of one pixel; not for text.

    /// Ground of a bar that tells of an error or a warning, to go with toneColor() text.
    static QColor tintColor(Tone tone, const QPalette &palette);

    static QFont
    fixedFont(); ///< For wire data: the platform's fixed font in the size of the UI font.

    /// WCAG 2 contrast of two opaque colours, 1 to 21.
    static double contrast(const QColor &one, const QColor &other);

    /// A colour as it is written in style and rich text: "#rrggbb".
    static QString css(const QColor &color);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// The palette of the application is another one now.
    void changed();

private:
    void apply();
    bool systemIsDark();

    Choice m_choice = Choice::System;
    bool m_isDark = false;
    bool m_isApplying = false;
};

} // namespace headrace::ui
