#pragma once

#include "mock/routetable.h"

#include <wire/headserializer.h>

#include <QByteArray>
#include <QList>

namespace headrace::mock {

/// A request as far as an answer depends on it.
struct AnswerContext
{
    QByteArray method;
    QByteArray target;
    bool isChunkable = true; ///< The peer speaks HTTP/1.1.
};

/// All that is sent as the final response.
struct Answer
{
    int statusCode = 200;
    QByteArray reason; ///< Null: the standard phrase.
    QList<wire::FieldLine> fields;
    QByteArray body;
    QList<wire::FieldLine> trailers;
};

/** What \a route answers: its fields as given, then the framing that they leave open (Content-Length, or
    Transfer-Encoding and Trailer for trailers). HEAD has the fields of GET without the body; 204 and 304
    have none (RFC 9110 section 15); HTTP/1.0 peers get no trailers. A route with problems answers 500. */
Answer answerOf(const Route &route, const AnswerContext &context);

/// What a request without a route gets: 404, or 405 with Allow; a text lists the routes.
Answer refusal(const RouteTable &table, const RouteMatch &match, const AnswerContext &context);

} // namespace headrace::mock
