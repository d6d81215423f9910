#pragma once

#include "http/error.h"

#include <QByteArray>

#include <memory>
#include <span>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace headrace::http {

/// What a channel tells its transport. Called in an IoScope, as the last thing in it.
class ChannelListener
{
public:
    virtual void channelReadable() = 0; ///< read() will say something other than Nothing.
    virtual void channelProgressed() = 0; ///< Some of what write() took went out.
    virtual void channelFlushed() = 0; ///< All that write() took went to the operating system.
    virtual void channelFailed(const Error &error) = 0;

protected:
    ~ChannelListener() = default;
};

/** The octets of one connected device. Two kinds: any QIODevice through Qt's buffers, and a plain
    QTcpSocket through its descriptor, which alone can be closed by halves. */
class Channel
{
public:
    enum class Read
    {
        Octets,
        Nothing,
        End,
        Failed
    };
    static constexpr qsizetype ReadSize = 64 * 1024;

    /// The best channel for \a device, which must be connected.
    static std::unique_ptr<Channel> make(QIODevice *device, ChannelListener *listener);

    virtual ~Channel() = default;

    /// Reads and writes without Qt's buffers.
    virtual bool isBesideQt() const = 0;

    /// At most ReadSize octets into \a octets.
    virtual Read read(QByteArray *octets, Error *error) = 0;
    /// True: channelReadable() follows, later, if there is something.
    virtual void setReading(bool reading) = 0;

    /// Takes all pieces. True: they went to the operating system now; false: channelFlushed() follows.
    virtual bool write(std::span<const QByteArray> pieces, Error *error) = 0;

    /// The end is the device's own affair, and is told to it at once; a socket's goes out when ticks have run.
    virtual bool endsAtOnce() const { return false; }

    /// No more writes. Called when all is flushed.
    virtual void shutdownWrite() = 0;
    /// Both directions, now. What lies there unread goes into \a unread, up to a bound, unless it is null.
    virtual void close(QByteArray *unread) = 0;
    virtual void handOver() = 0; ///< The device is somebody else's from now on, as Qt left it.
};

} // namespace headrace::http
