#pragma once

#include <QByteArray>

namespace headrace::ui {

/// An expression as a find bar means it: "^" and "$" stand for the begin and end of lines.
inline QByteArray expressionOf(const QByteArray &typed)
{
    // Not always: one that stands for nothing but a literal is searched for as such, and faster.
    const bool hasAnchor = typed.contains('^') || typed.contains('$');
    return hasAnchor ? "(?m)" + typed : typed;
}

} // namespace headrace::ui
