#include "http/observer.h"

#include <atomic>

namespace headrace::http {

using namespace Qt::StringLiterals;

ExchangeId nextExchangeId()
{
    static std::atomic<ExchangeId> last = 0;
    return ++last;
}

namespace {

std::atomic<ConnectionId> lastConnectionId = 0;

} // namespace

ConnectionId nextConnectionId() { return ++lastConnectionId; }

void skipConnectionIds(ConnectionId last)
{
    ConnectionId known = lastConnectionId;
    while (known < last && !lastConnectionId.compare_exchange_weak(known, last)) { }
}

QLatin1StringView name(Emitter emitter)
{
    switch (emitter) {
    case Emitter::ClientRequest:
        return "ClientRequest"_L1;
    case Emitter::ServerResponse:
        return "ServerResponse"_L1;
    case Emitter::IncomingMessage:
        return "IncomingMessage"_L1;
    case Emitter::Server:
        return "Server"_L1;
    case Emitter::Agent:
        return "Agent"_L1;
    case Emitter::Socket:
        return "Socket"_L1;
    }
    return {};
}

QLatin1StringView name(EventKind event)
{
    switch (event) {
    case EventKind::Abort:
        return "abort"_L1;
    case EventKind::Aborted:
        return "aborted"_L1;
    case EventKind::CheckContinue:
        return "checkContinue"_L1;
    case EventKind::CheckExpectation:
        return "checkExpectation"_L1;
    case EventKind::ClientError:
        return "clientError"_L1;
    case EventKind::Close:
        return "close"_L1;
    case EventKind::Connect:
        return "connect"_L1;
    case EventKind::Connection:
        return "connection"_L1;
    case EventKind::Continue:
        return "continue"_L1;
    case EventKind::Data:
        return "data"_L1;
    case EventKind::Drain:
        return "drain"_L1;
    case EventKind::End:
        return "end"_L1;
    case EventKind::Error:
        return "error"_L1;
    case EventKind::Finish:
        return "finish"_L1;
    case EventKind::Free:
        return "free"_L1;
    case EventKind::Information:
        return "information"_L1;
    case EventKind::Listening:
        return "listening"_L1;
    case EventKind::Prefinish:
        return "prefinish"_L1;
    case EventKind::Request:
        return "request"_L1;
    case EventKind::Response:
        return "response"_L1;
    case EventKind::Socket:
        return "socket"_L1;
    case EventKind::Timeout:
        return "timeout"_L1;
    case EventKind::Upgrade:
        return "upgrade"_L1;
    }
    return {};
}

QLatin1StringView name(SocketPhase phase)
{
    switch (phase) {
    case SocketPhase::LookupStarted:
        return "lookup started"_L1;
    case SocketPhase::LookupEnded:
        return "lookup ended"_L1;
    case SocketPhase::ConnectStarted:
        return "connect started"_L1;
    case SocketPhase::ConnectEnded:
        return "connect ended"_L1;
    case SocketPhase::TlsStarted:
        return "TLS started"_L1;
    case SocketPhase::TlsEnded:
        return "TLS ended"_L1;
    case SocketPhase::FirstByte:
        return "first byte"_L1;
    case SocketPhase::PeerEnded:
        return "ended by peer"_L1;
    case SocketPhase::Closed:
        return "closed"_L1;
    }
    return {};
}

} // namespace headrace::http
