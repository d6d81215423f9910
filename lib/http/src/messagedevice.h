#pragma once

#include <QIODevice>

namespace headrace::http {

class ReadableStream;

/// A body as a sequential QIODevice. Holds back the sender while nobody reads.
class MessageDevice : public QIODevice
{
    Q_OBJECT

public:
    explicit MessageDevice(ReadableStream *stream);

    bool isSequential() const override;
    qint64 bytesAvailable() const override;
    bool atEnd() const override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    ReadableStream *m_stream;
};

} // namespace headrace::http
