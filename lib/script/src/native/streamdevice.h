#pragma once

#include "engine/call.h"

#include <QIODevice>
#include <QPointer>

namespace headrace::script {

/** A duplex stream of JavaScript's as a device for lib/http: what is written goes to the stream, what the stream
    emits is read. Owner: whoever took the device (an agent, a server). Thread: the engine's. */
class StreamDevice final : public QIODevice
{
    Q_OBJECT

public:
    StreamDevice(Context &context, JSObjectRef stream);

    JSValueRef stream() const { return m_stream.value(); }

    bool isSequential() const override { return true; }

    qint64 bytesAvailable() const override;

    qint64 bytesToWrite() const override { return m_toWrite; }

    void close() override;

    // The stream's events.
    void receive(const QByteArray &octets);
    void receiveEnd();
    void wrote(qint64 octets);

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    Context &m_context;
    Persistent m_stream;
    QByteArray m_received;
    qint64 m_toWrite = 0;
};

/// JavaScript's hold on a StreamDevice.
class StreamHandle final : public Handle
{
public:
    static constexpr Kind HandleKind { "Stream" };

    explicit StreamHandle(StreamDevice *device)
        : Handle(HandleKind)
        , m_device(device)
    {
    }

    StreamDevice *device() const { return m_device; }

private:
    QPointer<StreamDevice> m_device;
};

extern const NativeModule streamNatives;

} // namespace headrace::script
