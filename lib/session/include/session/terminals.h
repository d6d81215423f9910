#pragma once

#include <QProcessEnvironment>
#include <QStringList>

#include <optional>

namespace headrace::session {

/// A program that shows a shell in a window.
struct Terminal
{
    QString program; ///< Absolute.
    QStringList arguments;

    friend bool operator==(const Terminal &, const Terminal &) = default;
};

/// The one to use: `$TERMINAL`, the one of the desktop, else the first of the usual ones that is in `$PATH`.
std::optional<Terminal> findTerminal(const QProcessEnvironment &environment);

/// Opens it with \a environment in the user's home; it goes on when we end. Empty, or one sentence on what is wrong.
QString openTerminal(const QProcessEnvironment &environment);

} // namespace headrace::session
