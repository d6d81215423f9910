#pragma once

#include <exchange/exchange.h>
#include <formats/formdata.h>

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace headrace::session {

/// One field line of a draft; those not enabled are kept, but not sent.
struct DraftField
{
    bool isEnabled = true;
    QByteArray name;
    QByteArray value;

    friend bool operator==(const DraftField &, const DraftField &) = default;
};

/// A request as it is composed: all that is typed, valid or not.
struct RequestDraft
{
    enum class BodyKind
    {
        None,
        Text,
        Json,
        File,
        Form,
        Octets
    };
    enum class Version
    {
        Http11,
        Http10
    };

    QByteArray method = QByteArrayLiteral("GET");
    QString url;
    QList<DraftField> fields; ///< Sent as given: case, order, duplicates.
    BodyKind bodyKind = BodyKind::None;
    QString text; ///< Text and Json; sent as UTF-8.
    QString filePath; ///< File; streamed, never whole in memory.
    QList<formats::FormPart> parts; ///< Form; files are streamed.
    QByteArray octets; ///< Octets; sent as they are.
    QList<DraftField> trailers; ///< Any enabled one makes the request chunked.
    std::chrono::milliseconds timeout { 30'000 }; ///< Of inactivity; 0 is none.
    Version version = Version::Http11;
    bool verifyCertificates = true;
    QByteArray target; ///< Request target instead of the URL's ("*"); empty: the URL's.
    QString connectTo; ///< "host:port" to connect to instead of the URL's; empty: the URL's.
    bool sendHost = true; ///< The automatic fields, each can be turned off.
    bool sendConnection = true;
    bool sendContentLength = true;

    friend bool operator==(const RequestDraft &, const RequestDraft &) = default;
};

/// What is wrong with a draft, for the place where it was typed.
struct DraftProblem
{
    enum class Where
    {
        Method,
        Url,
        Field,
        Body,
        Trailer,
        Wire
    };

    Where where = Where::Url;
    qsizetype index = -1; ///< Of the field, trailer or part; else -1.
    QString code; ///< "ERR_INVALID_URL"
    QString message; ///< One sentence that says what to do.
};

/// Empty when the draft can be sent. Reads no file but checks that it can be read.
QList<DraftProblem> problems(const RequestDraft &draft);

/// How far a transfer has come. Unit: body octets; -1 is unknown.
struct TransferProgress
{
    qint64 sent = 0;
    qint64 toSend = -1;
    qint64 received = 0;
    qint64 toReceive = -1;
};

} // namespace headrace::session

Q_DECLARE_METATYPE(headrace::session::RequestDraft)
Q_DECLARE_METATYPE(headrace::session::TransferProgress)
