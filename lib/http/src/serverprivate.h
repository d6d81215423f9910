#pragma once

#include "fieldlimits.h"
#include "http/incomingmessage.h"
#include "http/pending.h"
#include "http/server.h"
#include "http/serverresponse.h"

#include <QLocalServer>
#include <QPointer>
#include <QSet>
#include <QSslConfiguration>
#include <QTcpServer>

#include <memory>
#include <optional>

namespace headrace::http {

struct Server::Private
{
    bool isSecure() const { return ssl.has_value(); }

    qsizetype maxFields() const
    {
        return maxHeadersCount < 0 ? DefaultMaxFields : maxHeadersCount;
    }

    /// What is made by default has no parent.
    IncomingMessage *makeRequest(QIODevice *socket, QObject *parent) const
    {
        return options.makeIncomingMessage ? options.makeIncomingMessage(socket, parent)
                                           : new IncomingMessage(socket);
    }

    ServerResponse *makeResponse(IncomingMessage *request, QObject *parent) const
    {
        return options.makeServerResponse ? options.makeServerResponse(request, parent)
                                          : new ServerResponse(request);
    }

    ServerOptions options;
    std::optional<QSslConfiguration> ssl;
    std::unique_ptr<QTcpServer> tcp;
    std::unique_ptr<QLocalServer> local;
    QSet<ServerConnection *> connections;
    QSet<ServerConnection *> left; ///< Their socket was handed over, some answers are still due.
    QSet<QObject *> handedOver; ///< Sockets of tunnels and upgrades that are still open.
    QSet<QObject *> open; ///< Sockets that nobody destroyed yet: 'close' waits for them.
    Observer *observer = nullptr;
    std::chrono::milliseconds headersTimeout { 60'000 };
    std::chrono::milliseconds keepAliveTimeout { 5'000 };
    std::chrono::milliseconds requestTimeout { 0 };
    std::chrono::milliseconds timeout { 0 };
    int maxHeadersCount = -1;
    Pending pending; ///< While it listens.
    bool closeRequested = false;
};

} // namespace headrace::http
