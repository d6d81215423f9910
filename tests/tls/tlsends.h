#pragma once

#include <tls/tlssocket.h>

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <support/memorysocket.h>

#include <memory>

namespace headrace::test {

/// What connects two ends.
enum class Medium
{
    Memory,
    Tcp,
    TlsInTls
};

inline void addMediumRows()
{
    QTest::addColumn<Medium>("medium");
    QTest::newRow("memory") << Medium::Memory;
    QTest::newRow("TCP") << Medium::Tcp;
    QTest::newRow("TLS in TLS") << Medium::TlsInTls;
}

/// What an end has said, in order: "encrypted readyRead end disconnected".
class Journal : public QObject
{
public:
    explicit Journal(tls::TlsSocket *socket)
    {
        const auto note = [this](const char *word) {
            return [this, word] { m_words += QString::fromLatin1(word); };
        };
        connect(socket, &tls::TlsSocket::encrypted, this, note("encrypted"));
        connect(socket, &tls::TlsSocket::refused, this, note("refused"));
        connect(socket, &tls::TlsSocket::errorOccurred, this, note("error"));
        connect(socket, &tls::TlsSocket::disconnected, this, note("disconnected"));
        connect(socket, &QIODevice::readChannelFinished, this, note("end"));
    }

    QString text() const { return m_words.join(u' '); }

private:
    QStringList m_words;
};

/// A connected pair of sockets.
inline std::pair<QTcpSocket *, QTcpSocket *> makeTcpPair()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("cannot listen");
    auto *client = new QTcpSocket;
    client->connectToHost(QHostAddress::LocalHost, server.serverPort());
    if (!QTest::qWaitFor([&] {
            return server.hasPendingConnections()
                && client->state() == QAbstractSocket::ConnectedState;
        }))
        qFatal("cannot connect");
    QTcpSocket *accepted = server.nextPendingConnection();
    accepted->setParent(nullptr);
    return { accepted, client };
}

/// Two ends of TLS, not started.
struct Ends
{
    std::unique_ptr<tls::TlsSocket> server;
    std::unique_ptr<tls::TlsSocket> client;

    void start(const tls::ServerOptions &serverOptions, const tls::ClientOptions &clientOptions)
    {
        server->startServer(serverOptions);
        client->startClient(clientOptions);
    }

    bool shakeHands(
        const tls::ServerOptions &serverOptions, const tls::ClientOptions &clientOptions)
    {
        start(serverOptions, clientOptions);
        return QTest::qWaitFor([this] { return server->isEncrypted() && client->isEncrypted(); });
    }
};

inline Ends makeEnds(
    Medium medium, const tls::ServerOptions &server = {}, const tls::ClientOptions &client = {})
{
    Ends ends;
    if (medium == Medium::Memory) {
        const auto [one, other] = MemorySocket::makePair();
        one->setWindow(64 * 1024);
        other->setWindow(64 * 1024);
        ends.server = std::make_unique<tls::TlsSocket>(one);
        ends.client = std::make_unique<tls::TlsSocket>(other);
    } else if (medium == Medium::Tcp) {
        const auto [one, other] = makeTcpPair();
        ends.server = std::make_unique<tls::TlsSocket>(one);
        ends.client = std::make_unique<tls::TlsSocket>(other);
    } else {
        Ends outer = makeEnds(Medium::Tcp);
        if (!outer.shakeHands(server, client))
            qFatal("no outer TLS");
        ends.server = std::make_unique<tls::TlsSocket>(outer.server.release());
        ends.client = std::make_unique<tls::TlsSocket>(outer.client.release());
    }
    return ends;
}

} // namespace headrace::test
