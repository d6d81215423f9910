#pragma once

#include "wire/errorcode.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace headrace::wire {

/** An error as a value. What the reference throws is returned as one; what it emits is emitted as one.
    Converts to true when there is an error. */
struct [[nodiscard]] Error
{
    ErrorCode code = ErrorCode::None; ///< Compare this; name(code) is the documented spelling.
    QString message; ///< For people; the documented wording where there is one ("socket hang up").
    qint64 bytesParsed
        = -1; ///< Parser faults: octets of rawPacket accepted before the fault; else -1.
    QByteArray rawPacket; ///< Parser faults: the octets fed last, as received; else null.

    /// What an embedder knows this error as: the error object of another language. Carried along, never looked at.
    std::shared_ptr<const void> cause = nullptr;

    explicit operator bool() const { return code != ErrorCode::None; }
};

} // namespace headrace::wire
