#pragma once

#include "native/emitterhandle.h"

#include <http/error.h>
#include <http/pending.h>
#include <http/server.h>

#include <QTcpServer>

#include <memory>

QT_BEGIN_NAMESPACE
class QLocalServer;
QT_END_NAMESPACE

namespace headrace::script {

class Program;

/// A net.Server of JavaScript's. Kept while it listens.
class NetServer final : public Handle
{
public:
    static constexpr Kind HandleKind { "NetServer" };

    explicit NetServer(Program &program);
    ~NetServer() override;

    void setTarget(JSObjectRef target) { m_target = target; }

    http::Error listen(quint16 port, const QHostAddress &address);
    http::Error listenLocal(const QString &path);
    void close();
    bool isListening() const;

    quint16 port() const { return m_tcp ? m_tcp->serverPort() : 0; }

    /// [address, port], a path, or null
    JSValueRef address(JSContextRef context) const;

    void setReferenced(bool referenced) { m_pending.setReferenced(referenced); }

private:
    class Acceptor;

    void accept(QIODevice *socket);
    void begin();

    Program &m_program;
    JSObjectRef m_target = nullptr;
    Persistent m_kept;
    http::Pending m_pending;
    std::unique_ptr<QTcpServer> m_tcp;
    std::unique_ptr<QLocalServer> m_local;
};

extern const NativeModule netNatives;

} // namespace headrace::script
