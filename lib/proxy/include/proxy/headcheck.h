#pragma once

#include "proxy/messagehead.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace headrace::proxy {

/** Of the fields that say where a message ends, or how long its connection lasts: Content-Length, Transfer-Encoding,
    Connection, Keep-Alive, Proxy-Connection. The proxy sets them as body and peers want it; nobody else changes them, or
    the two sides could read a message differently. Source: RFC 9112 sections 6 and 9. Thread: any. */
bool isFramingField(QByteArrayView name);

/// Puts the framing fields of \a head back to those of \a original: values, number and order. True: there was
/// something to put back.
bool keepFraming(const MessageHead &original, MessageHead &head);

/// A response of that status has no body, whatever its fields say. RFC 9110 section 6.4.1.
bool isBodiless(int statusCode);

/** \a original, changed to say what \a wanted does, but for what the peers tell the end of messages by: framing fields,
    version, whether the method is HEAD or CONNECT, and whether the status is an interim one. \a kept: which of these
    were wanted otherwise, for people; appended. */
MessageHead editedHead(
    const MessageHead &original, const MessageHead &wanted, QStringList *kept = nullptr);

/// checkHead() of what \a edited has otherwise than \a original; what was received is not judged.
QString checkEdit(const MessageHead &original, const MessageHead &edited);

/** What a peer could take for another message, or for none; empty: nothing. One sentence, for people. It is for heads
    that somebody has typed: what was received may be odder, and is passed on all the same.
    Source: RFC 9110 sections 5.5, 5.6.2 and 9.1, RFC 9112 sections 3, 4 and 6.3. Thread: any. */
QString checkHead(const MessageHead &head);

} // namespace headrace::proxy
