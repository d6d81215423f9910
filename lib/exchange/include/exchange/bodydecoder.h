#pragma once

#include "exchange/exchange.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace headrace::exchange {

/// Why a body cannot be decoded, or not to its end.
struct DecodeError
{
    QByteArray coding; ///< The one at fault, as it was named.
    QString message; ///< One sentence.
    qint64 offset = 0; ///< In what that coding was given. Unit: octets.

    bool operator==(const DecodeError &) const = default;
};

/** The codings of a body in the order in which they were applied: the values of Content-Encoding, then those of
    Transfer-Encoding but "chunked". Lower case; without "identity". Source: RFC 9110 section 8.4, RFC 9112
    section 6.1. */
QList<QByteArray> codingsOf(const FieldList &fields);

/** Takes the codings off a body while it comes: gzip and x-gzip (any number of members), deflate (with or without
    the zlib wrapper), br, zstd, identity; several, one inside the other.
    Use: feed() some octets, read() until it gives none, and so on; finish() after the last, and read() what is
    left. What could be decoded before an error is given; but br may keep what its last KiB stands for.
    Octets behind the end of gzip, deflate and br are left out, as browsers do, and counted.
    Memory: the octets fed and not yet read, and for each coding its window (32 KiB; br up to 16 MiB; zstd
    up to 8 MiB, as RFC 9659 has it, and a larger one is an error) with 64 KiB between two codings.
    A value without QObject. Thread: one at a time.
    Source: RFC 9110 section 8.4.1, RFC 1950 to 1952, RFC 7932, RFC 8878. */
class BodyDecoder
{
public:
    static constexpr qint64 DefaultTotalLimit = qint64(1) << 30;
    static constexpr qsizetype DefaultPiece = qsizetype(1) << 20;
    static constexpr qsizetype MaxCodings = 8;

    /// \a codings in the order in which they were applied, as codingsOf() gives them; case does not matter. One
    /// that is not known is an error at once: use the octets as they are. More than \a totalLimit decoded octets
    /// are an error, too.
    explicit BodyDecoder(const QList<QByteArray> &codings, qint64 totalLimit = DefaultTotalLimit);

    /// \a contentEncoding: the value of the field, "gzip, br".
    explicit BodyDecoder(QByteArrayView contentEncoding, qint64 totalLimit = DefaultTotalLimit);

    ~BodyDecoder();
    BodyDecoder(BodyDecoder &&) noexcept;
    BodyDecoder &operator=(BodyDecoder &&) noexcept;

    /// There is nothing to take off: what is read is what is fed.
    bool isIdentity() const;

    /// The next octets of the body.
    void feed(const QByteArray &octets);

    /// There are no more: what is incomplete is an error from now on.
    void finish();

    /// Writes at most \a size octets to \a to and answers their number; 0 when more must be fed, at the end, and
    /// after an error.
    qsizetype read(char *to, qsizetype size);

    /// The same into an array.
    QByteArray take(qsizetype limit = DefaultPiece);

    std::optional<DecodeError> error() const;

    qint64 decodedOctets() const; ///< That were read so far.
    qint64 ignoredOctets() const; ///< That lay behind the end of the outermost coding.

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/** The body of \a message without its codings, at most \a limit octets of it; as it was sent if a coding is not
    known. \a error: what is wrong, null if nothing; a longer body is no error. Thread: any. */
QByteArray decodedBody(const Message &message, qint64 limit = BodyDecoder::DefaultTotalLimit,
    std::optional<DecodeError> *error = nullptr);

} // namespace headrace::exchange
