#pragma once

#include "text/textview.h"

#include <exchange/bodyformat.h>

#include <QByteArray>
#include <QString>

namespace headrace::ui {

/// What the body viewer knows of a body. Values: safe to hand to another thread.
struct BodySource
{
    QByteArray octets;
    QByteArray contentType; ///< With parameters.
    QByteArray contentEncoding; ///< Of the octets here; empty once it is taken off.
    qint64 total = 0; ///< Octets that passed; more than are here when it was cut.
    QString remark {}; ///< What the reader has to know of it, for people; may be empty.
};

/// A body made ready for a text view. Unit of time: none; may take long for a large body.
struct BodyText
{
    QString text;
    QString error; ///< Why it could not be laid out; empty if it could.
    Language language = Language::Plain;
};

exchange::BodyKind kindOf(const BodySource &source);
bool hasPrettyForm(exchange::BodyKind kind);
Language languageOf(exchange::BodyKind kind);

BodyText prettyText(const BodySource &source); ///< Thread: any.
BodyText plainText(const BodySource &source); ///< Thread: any.

} // namespace headrace::ui
