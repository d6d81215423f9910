#pragma once

#include "text/textview.h"

#include <exchange/bodyformat.h>
#include <exchange/octetsource.h>
#include <exchange/rowindex.h>
#include <exchange/storedoctets.h>

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <atomic>

namespace headrace::ui {

/// What the body viewer knows of a body. Values: safe to hand to another thread.
struct BodySource
{
    /// Larger bodies are not laid out unasked, and never whole in memory. Unit: octets.
    static constexpr qint64 LargeFrom = qint64(2) * 1024 * 1024;

    exchange::OctetSourcePointer octets; ///< Null: none.
    QByteArray contentType {}; ///< With parameters.
    QByteArray contentEncoding {}; ///< Of the octets here; empty once it is taken off.
    qint64 total = 0; ///< Octets that passed; more than are here when it was cut.
    QString remark {}; ///< What the reader has to know of it, for people; may be empty.
    bool isComplete = true; ///< No more of it will be here.
    QList<exchange::Arrival> arrivals {}; ///< When the octets here came, as far as it is known.

    qint64 size() const { return octets ? octets->size() : 0; }

    bool isEmpty() const { return size() == 0; }

    /// What is here may be only its begin so far.
    bool isLarge() const { return std::max(size(), total) > LargeFrom; }

    bool isPacked() const; ///< The octets here are encoded.
    QByteArray whole() const; ///< All of it. For bodies that are not large.
};

/// A body that is in memory.
BodySource bodySourceOf(const QByteArray &octets, const QByteArray &contentType,
    const QByteArray &contentEncoding = {}, qint64 total = -1);

/// The media type, lower case, without parameters.
QByteArray mediaTypeOf(const BodySource &source);

/// A body made ready for a text view. May take long for a large body.
struct BodyText
{
    QString text;
    QString error; ///< Why it could not be laid out; empty if it could.
    Language language = Language::Plain;
};

/// The same for a text that is not whole in memory.
struct LargeBodyText
{
    exchange::OctetSourcePointer octets; ///< Null: canceled.
    exchange::TextEncoding encoding = exchange::TextEncoding::Utf8;
    QString error;
};

exchange::BodyKind kindOf(const BodySource &source); ///< By its begin: takes no time.
bool hasPrettyForm(exchange::BodyKind kind);
Language languageOf(exchange::BodyKind kind);

BodyText prettyText(const BodySource &source); ///< Thread: any.
BodyText plainText(const BodySource &source); ///< Thread: any.

/// Most octets of what is laid out whole: all but JSON.
constexpr qint64 MostLaidOut = qint64(16) * 1024 * 1024;

/// Thread: any; takes long. Encodings other than UTF-8 and ISO 8859-1 are converted.
LargeBodyText largePrettyText(const BodySource &source, const std::atomic_bool &isCanceled);
LargeBodyText largePlainText(const BodySource &source, const std::atomic_bool &isCanceled);

} // namespace headrace::ui
