#pragma once

#include <QByteArray>
#include <QString>

namespace headrace::proxy {

/// A body that is made while it is sent: no more of it is asked for than can go on. Thread: the proxy's.
class BodySource
{
public:
    virtual ~BodySource() = default;

    virtual qint64 size() const = 0; ///< All of it. Unit: octets.

    /// The next octets, some hundred thousand at most, without waiting for long. Empty before all of them have come: it
    /// breaks off, as problem() says.
    virtual QByteArray read() = 0;
    virtual QString problem() const = 0; ///< For people.
};

} // namespace headrace::proxy
