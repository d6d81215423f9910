#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <utility>

namespace headrace::test {

/** A TCP socket on its descriptor: its two directions end separately, and it can close with a reset, which
    QTcpSocket cannot. What is sent waits here, as much as there is. Closes when both directions have ended.
    Thread: its own, with an event loop. */
class RawSocket : public QObject
{
    Q_OBJECT

public:
    explicit RawSocket(int descriptor, QObject *parent = nullptr); ///< Connected. Takes it.
    static RawSocket *connectTo(quint16 port, QObject *parent = nullptr); ///< On loopback.
    ~RawSocket() override;

    void send(const QByteArray &octets);
    void sendSingly(
        const QByteArray &octets); ///< Each octet in a turn of the event loop of its own.
    void finish(); ///< Ends our direction (FIN) when all is sent.
    void reset(); ///< Closes with a reset (RST), now.
    void setReading(bool reading);

    qint64 unsent() const { return m_unsent.size() - m_sent; }

    bool isOpen() const { return m_descriptor >= 0; }

Q_SIGNALS:
    void received(const QByteArray &octets);
    void ended(); ///< The peer ended its direction.
    void failed(); ///< The peer reset the connection, or it cannot be written to. It is closed.
    void flushed(); ///< All is sent.
    void closed(); ///< However it came to it. Once, last.

private:
    void read();
    void flush();
    void fail();
    void close();

    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    QByteArray m_unsent;
    qsizetype m_sent = 0; ///< Of m_unsent.
    QByteArray m_single; ///< To be sent singly.
    bool m_reading = true;
    bool m_finishing = false;
    bool m_shut = false;
    bool m_ended = false;
};

/// Listens on loopback and gives out RawSockets, which are its children.
class RawAcceptor : public QTcpServer
{
    Q_OBJECT

public:
    explicit RawAcceptor(std::function<void(RawSocket *)> accept);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::function<void(RawSocket *)> m_accept;
};

} // namespace headrace::test
