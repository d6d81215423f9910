#pragma once

#include "journal.h"
#include "talk.h"

#include <http/http.h>

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace headrace::http::test {

/// Requests to a server of this process or to a raw peer; what happens to them is in m_journal.
class ClientFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

protected:
    using Use = std::function<void(ClientRequest *)>;

    /// The port of a new server.
    quint16 listen(const Handler &handler);

    /// Options of a request to \a port through m_agent.
    RequestOptions to(quint16 port, const QByteArray &method = "POST") const;

    /// A request whose events, and with \a response those of its response, go to the journal.
    ClientRequest *start(RequestOptions options, bool response = true);

    /// The journal of a request that is over; \a use starts it, by default with end().
    QString journalOf(const RequestOptions &options, const Use &use = {}, bool response = true);

    /// Puts an idle connection to \a port into the pool of m_agent, which must keep connections.
    void warmUp(quint16 port, const QByteArray &path = "/");

    Journal m_journal;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Agent> m_agent;
};

/// What a request does by default: it ends.
void justEnd(ClientRequest *request);

/// Lets the event loop turn when nothing more is expected.
void turn(int times = 100);

/// Writes \a total octets in pieces into \a target, waiting for 'drain', then ends it.
void pour(OutgoingMessage *target, qint64 total);

} // namespace headrace::http::test
