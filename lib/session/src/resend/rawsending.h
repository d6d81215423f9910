#pragma once

#include "resend/recordedrequest.h"

#include <exchange/recorder.h>
#include <http/transport.h>
#include <wire/messageparser.h>

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace headrace::session {

class Clients;

/// What a RawSending sends, and where.
struct RawRequest
{
    exchange::ExchangeId recorded = 0;
    HeadRewriting rewriting;
    bool isSecure = false;
    QString host;
    quint16 port = 80;
    QByteArray method;
    QByteArray target;
    bool isPaced = false; ///< Octets go out as long after the first as they did.
    bool verifyCertificates = true;
    std::chrono::milliseconds timeout { 0 };
};

/** One request that goes out octet for octet, on a connection of its own, and its response; both recorded as a client's
    exchange. Thread: its own. May be deleted in finished(). */
class RawSending : public QObject, private http::Observer
{
    Q_OBJECT

public:
    /// All but the request are borrowed and outlive this.
    RawSending(const RawRequest &request, const exchange::Store &store,
        exchange::Recorder &recorder, Clients &clients, QObject *parent);
    ~RawSending() override; ///< cancel(), without a signal.

    void start();
    void cancel();

    exchange::ExchangeId storeId() const { return m_storeId; } ///< From start() on.

Q_SIGNALS:
    void finished(); ///< Once; the exchange has ended in the store.

private:
    // Of the connection; octets are told by what they mean.
    void socketAssigned(
        http::ExchangeId, const http::ConnectionInfo &info, http::MonotonicTime time) override;
    void socketPhase(http::ExchangeId, http::ConnectionId connection, http::SocketPhase phase,
        http::MonotonicTime time) override;
    void tlsEstablished(http::ExchangeId, http::ConnectionId connection, const http::TlsInfo &info,
        http::MonotonicTime time) override;
    void tlsRefused(http::ExchangeId, http::ConnectionId connection, const http::TlsInfo &info,
        http::MonotonicTime time) override;

    void onConnected();
    void pump();
    void write(const QByteArray &octets);
    void tellSent(wire::MessageParser::Event event, http::MonotonicTime time);
    void endRequest();
    void onReceived(const QByteArray &octets);
    void onEnded();
    void readResponse();
    void onHead();
    void onFault();
    void onTimeout();
    void fail(const http::Error &error);
    void finish();
    void tell(http::Emitter emitter, http::EventKind event, const QString &detail = {});
    void goOnAfterContinue();

    RawRequest m_request;
    exchange::Recorder &m_recorder;
    Clients &m_clients;
    RecordedRequest m_source;
    std::optional<exchange::Octets> m_next; // that waits for its time
    std::optional<qint64> m_firstTime; // of what went out first, as recorded
    wire::MessageParser m_sent;
    wire::MessageParser m_received;
    QPointer<http::Transport> m_transport;
    QElapsedTimer m_sinceFirst;
    QTimer m_pace;
    QTimer m_continue;
    http::ExchangeId m_exchange = 0;
    exchange::ExchangeId m_storeId = 0;
    bool m_isRequestEnded = false;
    bool m_isRequestComplete = false; // it was told so
    bool m_hasFirstByte = false;
    bool m_hasResponse = false;
    bool m_isOver = false;
};

} // namespace headrace::session
