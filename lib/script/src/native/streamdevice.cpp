#include "native/streamdevice.h"

#include <http/ticks.h>

#include <algorithm>

namespace headrace::script {

StreamDevice::StreamDevice(Context &context, JSObjectRef stream)
    : m_context(context)
    , m_stream(context.ref(), stream)
{
    open(QIODevice::ReadWrite | QIODevice::Unbuffered);
}

qint64 StreamDevice::bytesAvailable() const
{
    return m_received.size() + QIODevice::bytesAvailable();
}

void StreamDevice::close()
{
    if (!isOpen())
        return;
    QIODevice::close();
    m_context.callExposed("streamClose", { m_stream.value() });
}

void StreamDevice::receive(const QByteArray &octets)
{
    const http::IoScope scope;
    m_received += octets;
    Q_EMIT readyRead();
}

void StreamDevice::receiveEnd()
{
    const http::IoScope scope;
    Q_EMIT readChannelFinished();
}

void StreamDevice::wrote(qint64 octets)
{
    const http::IoScope scope;
    m_toWrite -= octets;
    Q_EMIT bytesWritten(octets);
}

qint64 StreamDevice::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_received.size());
    std::copy_n(m_received.constData(), size, data);
    m_received.remove(0, size);
    return size;
}

qint64 StreamDevice::writeData(const char *data, qint64 size)
{
    m_toWrite += size;
    m_context.callExposed(
        "streamWrite", { m_stream.value(), octetsValue(m_context.ref(), QByteArray(data, size)) });
    return size;
}

namespace {

StreamDevice *deviceOf(const Call &call)
{
    const auto *handle = call.handle<StreamHandle>(0);
    return handle ? handle->device() : nullptr;
}

/// make(stream)
JSValueRef make(Call &call)
{
    return Handle::wrap(call.ref(),
        std::make_unique<StreamHandle>(new StreamDevice(call.context(), call.object(0))));
}

JSValueRef received(Call &call)
{
    if (StreamDevice *device = deviceOf(call))
        device->receive(call.octets(1));
    return call.undefined();
}

JSValueRef ended(Call &call)
{
    if (StreamDevice *device = deviceOf(call))
        device->receiveEnd();
    return call.undefined();
}

JSValueRef wrote(Call &call)
{
    if (StreamDevice *device = deviceOf(call))
        device->wrote(qint64(call.number(1)));
    return call.undefined();
}

/// closed(handle): the stream was destroyed.
JSValueRef closed(Call &call)
{
    if (StreamDevice *device = deviceOf(call))
        device->close();
    return call.undefined();
}

constexpr NativeModule::Function functions[] = {
    { "make", nativeFunction<make> },
    { "received", nativeFunction<received> },
    { "ended", nativeFunction<ended> },
    { "wrote", nativeFunction<wrote> },
    { "closed", nativeFunction<closed> },
};

} // namespace

const NativeModule streamNatives { "stream", functions };

} // namespace headrace::script
