#pragma once

#include "http/error.h"

#include <QByteArray>
#include <QPointer>
#include <QTcpSocket>

namespace headrace::http {

class Transport;

/** A QTcpSocket whose two directions end separately, as a net.Socket's do: what servers accept and agents
    connect, and so what 'connect' and 'upgrade' hand over. QTcpSocket itself closes both directions as
    soon as the peer ends one, and the last octets of a tunnel could not be sent any more.

    A connected one that has a Transport is written by it, so what write() gives goes out in order with what
    the messages on it send, and close() waits for both (in a listener of clientError(), say). Once it is
    handed over it is read by it, too; it is then used like any QTcpSocket,
    with these differences:
    - On a server, the peer's end leaves the other direction open when readChannelFinished() has a
      listener: write() goes on working until close(). Otherwise, and on a client, it closes when all is
      written. Source: net.Socket `allowHalfOpen`.
    - readBufferSize() starts with DefaultReadBufferSize instead of no limit.
    - waitFor…() answer false: nothing in this library blocks.
    `Transport::of(socket)` has what QIODevice has no word for: the end of one direction, back-pressure,
    timeout. Who connects to Transport::received() in the listener of the hand-over reads by that instead.

    Owner: who gets it. It deletes itself when both directions have ended; what is left unread in
    disconnected() is lost. Thread: its own.
    Source: reference events 'connect', 'upgrade'; RFC 9110 section 9.3.6. */
class TcpSocket : public QTcpSocket
{
    Q_OBJECT

public:
    static constexpr qint64 DefaultReadBufferSize = 64 * 1024; ///< Unit: octets.

    using QTcpSocket::QTcpSocket;
    ~TcpSocket() override;

    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override;
    bool canReadLine() const override;
    bool atEnd() const override;
    void setReadBufferSize(qint64 size) override; ///< 0: no limit.

    void close() override; ///< When all is written.
    void disconnectFromHost() override;

    bool waitForReadyRead(int milliseconds = 30000) override;
    bool waitForBytesWritten(int milliseconds = 30000) override;
    bool waitForDisconnected(int milliseconds = 30000) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 readLineData(char *data, qint64 maxSize) override;
    qint64 skipData(qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    friend class Transport;

    void writeBy(Transport *transport); ///< From now on.
    void handOver(); ///< Reads by the transport, too, for whoever owns this device now.
    void beginReading();
    void onReceived(const QByteArray &octets);
    void onEnded();
    void onError(const Error &error);
    void readOn();
    bool isCarried() const; ///< There is a transport that is not destroyed.

    QPointer<Transport> m_transport;
    QByteArray m_received;
    qint64 m_readBufferSize = DefaultReadBufferSize;
    bool m_isEndTold = false; ///< By readChannelFinished().
};

} // namespace headrace::http
