#include "support/tap.h"

namespace headrace::test {

namespace {
constexpr qint64 mostUnsent = 256 * 1024; // then the sender waits
}

Tap::Tap(quint16 target)
    : m_acceptor([this, target](RawSocket *near) { accept(near, target); })
{
}

void Tap::accept(RawSocket *near, quint16 target)
{
    Passed &passed = m_connections.emplace_back();
    RawSocket *far = RawSocket::connectTo(target, near);
    m_open += 2;
    join(near, far, passed.up);
    join(far, near, passed.down);
}

void Tap::join(RawSocket *from, RawSocket *to, QByteArray &kept)
{
    QObject::connect(from, &RawSocket::received, to, [from, to, &kept](const QByteArray &octets) {
        kept += octets;
        to->send(octets);
        if (to->unsent() > mostUnsent)
            from->setReading(false);
    });
    QObject::connect(to, &RawSocket::flushed, from, [from] { from->setReading(true); });
    QObject::connect(from, &RawSocket::ended, to, &RawSocket::finish);
    QObject::connect(from, &RawSocket::failed, to, &RawSocket::reset);
    QObject::connect(from, &RawSocket::closed, from, [this] { --m_open; });
}

} // namespace headrace::test
