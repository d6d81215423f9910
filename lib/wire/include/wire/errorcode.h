#pragma once

#include <QByteArrayView>
#include <QLatin1StringView>

namespace headrace::wire {

/** The one table of error codes: enumerator and documented name.
    Names are stored in session files and printed by scripts, so a row is never renamed or reused.
    Source: http-reference.md; `errors` and `net` of the reference release; llhttp for HPE_*. */
#define HEADRACE_ERROR_CODES(X)                                                                    \
    X(None, "")                                                                                    \
    /* the network */                                                                              \
    X(AccessDenied, "EACCES")                                                                      \
    X(AddressInUse, "EADDRINUSE")                                                                  \
    X(AddressNotAvailable, "EADDRNOTAVAIL")                                                        \
    X(LookupTryAgain, "EAI_AGAIN")                                                                 \
    X(BadDescriptor, "EBADF")                                                                      \
    X(Canceled, "ECANCELED")                                                                       \
    X(ConnectionAborted, "ECONNABORTED")                                                           \
    X(ConnectionRefused, "ECONNREFUSED")                                                           \
    X(ConnectionReset, "ECONNRESET")                                                               \
    X(HostUnreachable, "EHOSTUNREACH")                                                             \
    X(InvalidArgument, "EINVAL")                                                                   \
    X(IoFailure, "EIO")                                                                            \
    X(TooManyFiles, "EMFILE")                                                                      \
    X(NetworkUnreachable, "ENETUNREACH")                                                           \
    X(NoEntry, "ENOENT")                                                                           \
    X(NotConnected, "ENOTCONN")                                                                    \
    X(NotADirectory, "ENOTDIR")                                                                    \
    X(HostNotFound, "ENOTFOUND")                                                                   \
    X(BrokenPipe, "EPIPE")                                                                         \
    X(ProtocolFailure, "EPROTO")                                                                   \
    X(TimedOut, "ETIMEDOUT")                                                                       \
    /* TLS */                                                                                      \
    X(CertificateHasExpired, "CERT_HAS_EXPIRED")                                                   \
    X(CertificateNotYetValid, "CERT_NOT_YET_VALID")                                                \
    X(CertificateRevoked, "CERT_REVOKED")                                                          \
    X(CertificateUntrusted, "CERT_UNTRUSTED")                                                      \
    X(CertificateRejected, "CERT_REJECTED")                                                        \
    X(SelfSignedLeaf, "DEPTH_ZERO_SELF_SIGNED_CERT")                                               \
    X(SelfSignedInChain, "SELF_SIGNED_CERT_IN_CHAIN")                                              \
    X(IssuerNotFound, "UNABLE_TO_GET_ISSUER_CERT")                                                 \
    X(IssuerNotFoundLocally, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")                                  \
    X(LeafSignatureUnverified, "UNABLE_TO_VERIFY_LEAF_SIGNATURE")                                  \
    X(CertificateNameMismatch, "ERR_TLS_CERT_ALTNAME_INVALID")                                     \
    /* misuse and state */                                                                         \
    X(Aborted, "ABORT_ERR")                                                                        \
    X(HttpHeadersSent, "ERR_HTTP_HEADERS_SENT")                                                    \
    X(HttpInvalidHeaderValue, "ERR_HTTP_INVALID_HEADER_VALUE")                                     \
    X(HttpInvalidStatusCode, "ERR_HTTP_INVALID_STATUS_CODE")                                       \
    X(HttpRequestTimeout, "ERR_HTTP_REQUEST_TIMEOUT")                                              \
    X(HttpSocketEncoding, "ERR_HTTP_SOCKET_ENCODING")                                              \
    X(HttpTrailerInvalid, "ERR_HTTP_TRAILER_INVALID")                                              \
    X(InvalidArgType, "ERR_INVALID_ARG_TYPE")                                                      \
    X(InvalidArgValue, "ERR_INVALID_ARG_VALUE")                                                    \
    X(InvalidChar, "ERR_INVALID_CHAR")                                                             \
    X(InvalidHttpToken, "ERR_INVALID_HTTP_TOKEN")                                                  \
    X(InvalidIpAddress, "ERR_INVALID_IP_ADDRESS")                                                  \
    X(InvalidProtocol, "ERR_INVALID_PROTOCOL")                                                     \
    X(InvalidUrl, "ERR_INVALID_URL")                                                               \
    X(MethodNotImplemented, "ERR_METHOD_NOT_IMPLEMENTED")                                          \
    X(OutOfRange, "ERR_OUT_OF_RANGE")                                                              \
    X(ServerAlreadyListen, "ERR_SERVER_ALREADY_LISTEN")                                            \
    X(ServerNotRunning, "ERR_SERVER_NOT_RUNNING")                                                  \
    X(SocketBadPort, "ERR_SOCKET_BAD_PORT")                                                        \
    X(SocketClosed, "ERR_SOCKET_CLOSED")                                                           \
    X(StreamAlreadyFinished, "ERR_STREAM_ALREADY_FINISHED")                                        \
    X(StreamCannotPipe, "ERR_STREAM_CANNOT_PIPE")                                                  \
    X(StreamDestroyed, "ERR_STREAM_DESTROYED")                                                     \
    X(StreamNullValues, "ERR_STREAM_NULL_VALUES")                                                  \
    X(StreamPrematureClose, "ERR_STREAM_PREMATURE_CLOSE")                                          \
    X(StreamUnshiftAfterEnd, "ERR_STREAM_UNSHIFT_AFTER_END_EVENT")                                 \
    X(StreamWriteAfterEnd, "ERR_STREAM_WRITE_AFTER_END")                                           \
    X(UnescapedCharacters, "ERR_UNESCAPED_CHARACTERS")                                             \
    X(Foreign, "ERR_FOREIGN") /* of the program that uses the library: see Error::cause */                   \
    /* malformed messages */                                                                       \
    X(ParserInternal, "HPE_INTERNAL")                                                              \
    X(ParserStrict, "HPE_STRICT")                                                                  \
    X(ParserCrExpected, "HPE_CR_EXPECTED")                                                         \
    X(ParserLfExpected, "HPE_LF_EXPECTED")                                                         \
    X(ParserUnexpectedContentLength, "HPE_UNEXPECTED_CONTENT_LENGTH")                              \
    X(ParserUnexpectedSpace, "HPE_UNEXPECTED_SPACE")                                               \
    X(ParserClosedConnection, "HPE_CLOSED_CONNECTION")                                             \
    X(ParserInvalidMethod, "HPE_INVALID_METHOD")                                                   \
    X(ParserInvalidUrl, "HPE_INVALID_URL")                                                         \
    X(ParserInvalidConstant, "HPE_INVALID_CONSTANT")                                               \
    X(ParserInvalidVersion, "HPE_INVALID_VERSION")                                                 \
    X(ParserInvalidHeaderToken, "HPE_INVALID_HEADER_TOKEN")                                        \
    X(ParserInvalidContentLength, "HPE_INVALID_CONTENT_LENGTH")                                    \
    X(ParserInvalidChunkSize, "HPE_INVALID_CHUNK_SIZE")                                            \
    X(ParserInvalidStatus, "HPE_INVALID_STATUS")                                                   \
    X(ParserInvalidEofState, "HPE_INVALID_EOF_STATE")                                              \
    X(ParserInvalidTransferEncoding, "HPE_INVALID_TRANSFER_ENCODING")                              \
    X(ParserHeaderOverflow, "HPE_HEADER_OVERFLOW")                                                 \
    X(ParserChunkExtensionsOverflow, "HPE_CHUNK_EXTENSIONS_OVERFLOW")

/// What went wrong, as a value to compare. See name() for the documented spelling.
enum class ErrorCode : quint16
{
#define HEADRACE_ENUMERATOR(enumerator, text) enumerator,
    HEADRACE_ERROR_CODES(HEADRACE_ENUMERATOR)
#undef HEADRACE_ENUMERATOR
};

/// The documented spelling ("ECONNRESET"); empty for None. Static storage.
QLatin1StringView name(ErrorCode code);

/// The code of a documented spelling; None when there is no such code.
ErrorCode errorCodeFromName(QByteArrayView name);

} // namespace headrace::wire
