#pragma once

#include "session/preparedrequest.h"

#include <http/error.h>
#include <http/observer.h>

#include <QObject>
#include <QPointer>

namespace headrace::http {
class ClientRequest;
class IncomingMessage;
} // namespace headrace::http

namespace headrace::session {

class Clients;

/** One draft on its way: makes the request, sends its body (from a file with back-pressure, after an
    expected 100, with trailers), ends it after the draft's time without traffic, reads the response to its
    end. A connection that becomes a tunnel (101, CONNECT) is closed. What happens is seen through the agents' observer; the body can be had by response().
    Thread: that of \a clients. May be deleted at any time; the request then goes on by itself. */
class Sending : public QObject
{
    Q_OBJECT

public:
    explicit Sending(const RequestDraft &draft, QObject *parent = nullptr);

    /// Begins. An Error: nothing was sent and nothing will be emitted; the file cannot be opened (ENOENT,
    /// EACCES, EIO), or misuse that problems() did not find.
    [[nodiscard]] http::Error start(Clients &clients);

    http::ExchangeId exchange() const; ///< As observers know it; 0 before start().
    qint64 bodyOctets() const; ///< To send; -1 is unknown.

    /// Ends the request now; nothing happens when it is over.
    void cancel();

Q_SIGNALS:
    /// The final head was read; connect to the message's signals at once, its body flows on return.
    void response(headrace::http::IncomingMessage *response);

private:
    void sendBody();
    void giveUp();
    http::Error openBody();

    PreparedRequest m_prepared;
    std::chrono::milliseconds m_timeout;
    QPointer<http::ClientRequest> m_request;
    QPointer<QIODevice> m_file;
    http::ExchangeId m_exchange = 0;
    bool m_verifiesCertificates = true;
    bool m_isBodySent = false;
};

} // namespace headrace::session
