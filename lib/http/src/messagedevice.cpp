#include "messagedevice.h"

#include "http/readablestream.h"

#include <cstring>

namespace headrace::http {

MessageDevice::MessageDevice(ReadableStream *stream)
    : QIODevice(stream)
    , m_stream(stream)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    connect(stream, &ReadableStream::readable, this, &QIODevice::readyRead);
    connect(stream, &ReadableStream::ended, this, &QIODevice::readChannelFinished);
}

bool MessageDevice::isSequential() const { return true; }

qint64 MessageDevice::bytesAvailable() const
{
    return m_stream->readableLength() + QIODevice::bytesAvailable();
}

bool MessageDevice::atEnd() const { return m_stream->isReadableEnded() && bytesAvailable() == 0; }

qint64 MessageDevice::readData(char *data, qint64 maxSize)
{
    const qint64 size = qMin<qint64>(maxSize, m_stream->readableLength());
    const QByteArray octets = m_stream->read(size);
    if (octets.isEmpty())
        return m_stream->isReadable() ? 0 : -1;
    std::memcpy(data, octets.constData(), size_t(octets.size()));
    return octets.size();
}

qint64 MessageDevice::writeData(const char *, qint64) { return -1; }

} // namespace headrace::http
