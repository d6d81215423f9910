#pragma once

#include <QByteArrayView>

#include <zlib.h>

#include <functional>

namespace headrace::exchange::websocket {

/// Undoes the compression of messages. Source: RFC 7692 section 7.2.2.
class Inflater
{
public:
    /// \a hasContext: the window is kept from one message to the next.
    explicit Inflater(bool hasContext);
    ~Inflater();
    Q_DISABLE_COPY_MOVE(Inflater)

    /// Gives the decoded octets to \a take, piece by piece, until it says false. False: so it was, or the data is damaged;
    /// nothing can be decoded any more then.
    bool feed(QByteArrayView octets, const std::function<bool(QByteArrayView)> &take);

    void beginMessage();

    /// The message is complete.
    bool endMessage(const std::function<bool(QByteArrayView)> &take);

private:
    bool goOnBehindTheEnd();

    z_stream m_stream {};
    bool m_hasContext;
    bool m_isReady;
    bool m_isUsable;
};

} // namespace headrace::exchange::websocket
