#pragma once

#include "http/agent.h"
#include "http/clientrequest.h"
#include "http/incomingmessage.h"
#include "http/server.h"
#include "http/serverresponse.h"
#include "http/tlsagent.h"

#include <wire/fieldrules.h>
#include <wire/httpnames.h>

namespace headrace::http {

/** Starts a request; call end() to finish it. Misuse answers nullptr and sets \a error
    (ERR_INVALID_URL, ERR_INVALID_PROTOCOL, ERR_UNESCAPED_CHARACTERS, ERR_INVALID_HTTP_TOKEN,
    ERR_INVALID_CHAR…); network errors are emitted.
    Owner: the request itself, until closed(). Source: reference http.request. */
[[nodiscard]] ClientRequest *request(const RequestOptions &options, Error *error = nullptr);
[[nodiscard]] ClientRequest *request(
    const QUrl &url, RequestOptions options = {}, Error *error = nullptr);

/// As request(), with end(). Source: reference http.get.
ClientRequest *get(const RequestOptions &options, Error *error = nullptr);
ClientRequest *get(const QUrl &url, RequestOptions options = {}, Error *error = nullptr);

/// Default limit of a message's header octets: 16384. Source: reference http.maxHeaderSize.
inline constexpr qsizetype maxHeaderSize = 16 * 1024;

using wire::methods; ///< Source: reference http.METHODS.
using wire::statusCodes; ///< Source: reference http.STATUS_CODES.
using wire::validateHeaderName;
using wire::validateHeaderValue;

} // namespace headrace::http
