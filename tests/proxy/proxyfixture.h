#pragma once

#include "support/rawserver.h"

#include <exchange/memorystore.h>
#include <proxy/proxyserver.h>

#include <QTcpSocket>
#include <QTest>

#include <memory>

/// A proxy on a port of its own that records into memory, and asks no other proxy.
class ProxyFixture
{
public:
    explicit ProxyFixture(headrace::proxy::Settings settings = {})
        : proxy(store, headrace::exchange::MemoryStore::DefaultOctetLimit)
    {
        settings.listeners.first().port = 0;
        if (settings.upstream.choice == headrace::proxy::Upstream::Choice::Environment)
            settings.upstream.choice = headrace::proxy::Upstream::Choice::None;
        proxy.setSettings(settings);
        if (proxy.start())
            qFatal("the proxy does not start");
    }

    std::unique_ptr<QTcpSocket> connectClient()
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, proxy.port());
        if (!socket->waitForConnected())
            qFatal("no connection to the proxy");
        return socket;
    }

    /// The only exchange, or the last one, once it is over.
    std::optional<headrace::exchange::Exchange> lastEnded()
    {
        const auto ids = store.ids();
        if (ids.isEmpty())
            return std::nullopt;
        const auto last = store.exchange(ids.last());
        if (!last || last->summary.state == headrace::exchange::State::Active)
            return std::nullopt;
        return last;
    }

    headrace::exchange::MemoryStore store;
    headrace::proxy::ProxyServer proxy;
};

/// What a socket has got so far.
class Received
{
public:
    explicit Received(QTcpSocket &socket)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
            [this, &socket] { octets += socket.readAll(); });
    }

    QByteArray octets;
};
