#pragma once

#include "wire/error.h"
#include "wire/fields.h"

#include <QByteArrayView>

namespace headrace::wire {

/// RFC 9110 section 5.6.2 `token`. False for an empty text.
bool isToken(QByteArrayView text);

/// All octets may stand in a field value as sent: tab, 0x20..0x7e, 0x80..0xff.
bool isFieldValue(QByteArrayView text);

/// ASCII case-insensitive equality; field names are compared so.
bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b);

/// ASCII lower case.
QByteArray toLowerCase(QByteArrayView text);

/// \a text without leading and trailing SP and HTAB (RFC 9110 section 5.6.3 OWS).
QByteArrayView trimmedBlanks(QByteArrayView text);

/// \a word stands in \a text between word boundaries, in either case: the reference does not read
/// the list of RFC 9110 section 5.6.1, so `close-x` counts as close and `closed` does not.
bool containsWord(QByteArrayView text, QByteArrayView word);

/// One of the fields called \a name contains \a word.
bool fieldContainsWord(const Fields &fields, QByteArrayView name, QByteArrayView word);

/// ERR_INVALID_HTTP_TOKEN when \a name is no token. Source: reference http.validateHeaderName.
/// \a what starts the message: `Header name must be a valid HTTP token ["…"]`.
Error validateHeaderName(
    QByteArrayView name, QLatin1StringView what = QLatin1StringView("Header name"));

/// ERR_INVALID_CHAR: `Invalid character in header content ["name"]`.
/// Source: reference http.validateHeaderValue.
Error validateHeaderValue(QByteArrayView name, QByteArrayView value,
    QLatin1StringView what = QLatin1StringView("header content"));

/// How a repeated field is seen in `headers`. Source: reference `message.headers`.
enum class DuplicateRule
{
    JoinWithComma, ///< ", "
    JoinWithSemicolon, ///< "; " (Cookie)
    KeepFirst,
    List, ///< Set-Cookie
};

DuplicateRule duplicateRule(QByteArrayView lowerCaseName);

} // namespace headrace::wire
