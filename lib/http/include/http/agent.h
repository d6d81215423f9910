#pragma once

#include "http/error.h"
#include "http/observer.h"
#include "http/requestoptions.h"

#include <QByteArray>
#include <QHash>
#include <QIODevice>
#include <QList>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <functional>
#include <limits>
#include <memory>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace headrace::http {

class ClientRequest;
class Transport;

/** Options of an agent. Those of connecting win over the options of each request, for the connection and
    for getName(); the Host header and ClientRequest::host() stay the request's.
    Source: reference `new Agent([options])`. */
struct AgentOptions : ConnectOptions
{
    static constexpr int Unlimited = std::numeric_limits<int>::max();
    enum class Scheduling
    {
        Fifo,
        Lifo
    };

    bool keepAlive = false;
    std::chrono::milliseconds keepAliveMsecs { 1000 }; ///< Initial delay of TCP keep-alive.
    int maxSockets = Unlimited; ///< Per origin; 0 is the default.
    int maxTotalSockets = Unlimited; ///< Of all origins; 0 is the default.
    int maxFreeSockets = 256; ///< Per origin; 0 is the default.
    Scheduling scheduling = Scheduling::Lifo; ///< Which free socket is lent next.
};

/** Keeps the connections of a client: makes them, lends them to requests, keeps idle ones.
    Sockets belong to the agent while idle and to their request while in use.
    Source: reference "Class: http.Agent". */
class Agent : public QObject
{
    Q_OBJECT

public:
    explicit Agent(QObject *parent = nullptr);
    explicit Agent(AgentOptions options, QObject *parent = nullptr);
    ~Agent() override; ///< Requests that are under way or wait fail with ECONNRESET.

    /** Makes a connection: returns it (connecting or connected), or null and calls \a callback, now or
        later, with it or an error. Only the first answer counts. An error without a socket fails the
        request with it. Override for other transports; the agent owns what it gets. */
    virtual QIODevice *createConnection(
        const ConnectOptions &options, RequestOptions::ConnectionCallback callback);

    /// The socket is free and may be kept; the default does not wait for it any more (Pending). False: it is destroyed.
    virtual bool keepSocketAlive(QIODevice *socket);

    /// A kept socket is lent to \a request. The default marks the request as reusing it.
    virtual void reuseSocket(QIODevice *socket, ClientRequest *request);

    /// host:port:localAddress[:family][:socketPath]: what requests must share to share a connection.
    virtual QByteArray getName(const ConnectOptions &options) const;

    /// Destroys all sockets, in use and free.
    void destroy();

    /// Event 'agentRemove' of a socket: the agent forgets it, and it counts no more. A request that uses it
    /// goes on; then the socket stays open and is the caller's (it deletes itself when it closes).
    void removeSocketFromAgent(QIODevice *socket);

    QHash<QByteArray, QList<QIODevice *>> freeSockets() const;
    QHash<QByteArray, QList<QIODevice *>> sockets() const;
    QHash<QByteArray, QList<ClientRequest *>> requests() const;

    // Changes count for later requests and for sockets that become free later.
    const AgentOptions &options() const; ///< As they are now.
    bool keepAlive() const; ///< Default: false.
    void setKeepAlive(bool keepAlive);
    std::chrono::milliseconds keepAliveMsecs() const; ///< Default: 1000.
    void setKeepAliveMsecs(std::chrono::milliseconds initialDelay);
    int maxSockets() const; ///< Default: AgentOptions::Unlimited.
    void setMaxSockets(int count);
    int maxTotalSockets() const; ///< Default: AgentOptions::Unlimited.
    void setMaxTotalSockets(int count);
    int maxFreeSockets() const; ///< Default: 256.
    void setMaxFreeSockets(int count);
    AgentOptions::Scheduling scheduling() const; ///< Default: Lifo.
    void setScheduling(AgentOptions::Scheduling scheduling);

    virtual quint16 defaultPort() const; ///< 80
    virtual QByteArray protocol() const; ///< "http:"

    /// Watches every later request of this agent; borrowed; null: nobody.
    void setObserver(Observer *observer);
    Observer *observer() const;

Q_SIGNALS:
    /// Event 'free'. A request is done with a socket of this agent, or it was made for a waiting one; what
    /// becomes of it is decided: lent to a waiting request, among the freeSockets(), or being destroyed.
    void socketFree(QIODevice *socket);

protected:
    /// Starts \a socket's connection as \a options say (or replaces it by a local socket) and returns it.
    QIODevice *connectDevice(const ConnectOptions &options, QTcpSocket *socket);

    /// How a socket of this agent connects by name; TLS agents start their handshake with it.
    virtual void startConnecting(QTcpSocket *socket, const ConnectOptions &options);

private:
    friend class ClientConnection;
    friend class ClientRequest;

    ConnectOptions effectiveOptions(
        const ClientRequest &request, const ConnectOptions &requested) const;
    /// ERR_INVALID_IP_ADDRESS, ERR_OUT_OF_RANGE
    Error addRequest(ClientRequest *request, const ConnectOptions &requested);
    void createSocket(
        ClientRequest *request, ConnectOptions options, RequestOptions::ConnectionCallback done);
    void adopt(QIODevice *socket, Transport *transport, const QByteArray &name);
    void lend(ClientRequest *request, QIODevice *socket);
    /// Event 'free': it may carry another request.
    void release(QIODevice *socket, ClientRequest *user);
    void settle(QIODevice *socket, ClientRequest *user);
    void removeSocket(QIODevice *socket);
    void makeSocketForWaiting(const QByteArray &name);

    struct Private;
    std::unique_ptr<Private> d;
};

/// The agent of requests that name none. One per thread, with default options unless another was set.
/// Source: reference `http.globalAgent`.
Agent *globalAgent();

/// Later requests of this thread that name no agent use \a agent; null, or once it is deleted: the first
/// one again. Borrowed. Source: assigning `http.globalAgent`.
void setGlobalAgent(Agent *agent);

} // namespace headrace::http
