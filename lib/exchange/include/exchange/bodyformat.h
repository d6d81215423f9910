#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace headrace::exchange {

/// What a body is, for choosing a viewer.
enum class BodyKind
{
    Empty,
    Json,
    Xml,
    Html,
    JavaScript,
    Css,
    Text,
    Image,
    Binary
};

/** What \a body is: by the declared media type if it names one of the kinds, else by its first octets.
    An image type other than SVG is Image; SVG is Xml. Text that holds NUL octets is Binary.
    \a contentType: value of Content-Type, parameters allowed; may be empty. Thread: any. */
BodyKind bodyKindOf(QByteArrayView contentType, QByteArrayView body);

/// A body laid out for reading.
struct FormattedBody
{
    QString text; ///< Laid out as far as the body is valid; behind that, the rest as it came.
    QString error; ///< Empty, or one sentence with line and column of the fault.
    qsizetype errorOffset
        = -1; ///< Of the fault in the body. Unit: octets; -1 without one, or if the body is not UTF-8.
};

/** JSON (RFC 8259), indented by two blanks. Key order, duplicate keys and the spelling of numbers and
    strings stay as they came. Any depth; time and memory grow with the size only. Thread: any. */
FormattedBody formatJson(QByteArrayView body);

/** XML, indented where an element holds elements only; tags, text, comments and CDATA stay as they came,
    and so does all in an element with `xml:space="preserve"`. \a contentType: for its charset. */
FormattedBody formatXml(QByteArrayView body, QByteArrayView contentType = {});

/// HTML, one block element a line, indented; tolerant, so without faults. Text of `pre`, `textarea`,
/// `script` and `style` stays as it came.
FormattedBody formatHtml(QByteArrayView body, QByteArrayView contentType = {});

/** CSS and JavaScript, a rule or statement a line, indented. No token changes, and line ends that are there stay; code
    whose strings or expressions do not end is shown as it came. */
FormattedBody formatCss(QByteArrayView body, QByteArrayView contentType = {});
FormattedBody formatJavaScript(QByteArrayView body, QByteArrayView contentType = {});

/** The body as text: by byte order mark, else by the charset of \a contentType, else UTF-8 if it is valid,
    else ISO 8859-1. An unknown charset is treated as none. Thread: any. */
QString decodeText(QByteArrayView body, QByteArrayView contentType);

} // namespace headrace::exchange
