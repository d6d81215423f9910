#pragma once

#include <session/requestdraft.h>

#include <QList>
#include <QString>

namespace headrace::ui {

/** Field lines as text: one `Name: value` per line; a line that begins with `//` is a field turned off
    (no field name can begin so). */
QString toText(const QList<session::DraftField> &fields);

/** The fields of \a text. Blank lines are left out, a line that begins with a blank goes on the value
    above it (RFC 9112 section 5.2), a line without a colon is a name without value. */
QList<session::DraftField> fieldsFromText(const QString &text);

/// The same for what was copied elsewhere: a request or status line at the top is left out.
QList<session::DraftField> fieldsFromPaste(const QString &text);

/// Whether \a text should become rows rather than the text of one cell.
bool isFieldBlock(const QString &text);

} // namespace headrace::ui
