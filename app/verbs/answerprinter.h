#pragma once

#include "verbs/output.h"

#include <exchange/recorder.h>

#include <QObject>

namespace headrace::app {

/** Records, and prints what passes while it passes: the answer (heads, body, trailers), or all octets in
    both directions. */
class AnswerPrinter : public QObject, public exchange::Recorder
{
    Q_OBJECT

public:
    enum class Mode
    {
        Answer,
        Raw
    };

    /// \a output is borrowed.
    AnswerPrinter(exchange::Sink &sink, Output &output, Mode mode);

    void octets(http::ExchangeId exchange, http::ConnectionId connection, http::Direction direction,
        wire::MessagePart part, QByteArrayView octets, http::MonotonicTime time) override;
    void headComplete(http::ExchangeId exchange, http::Direction direction, const wire::Head &head,
        http::MonotonicTime time) override;
    void trailersComplete(http::ExchangeId exchange, http::Direction direction,
        const wire::Fields &trailers, http::MonotonicTime time) override;

    /// Prints what waits to be one run with what follows.
    void flush();

private:
    void addRaw(http::Direction direction, QByteArrayView octets);

    Output &m_output;
    Mode m_mode;
    QByteArray m_run;
    http::Direction m_runDirection = http::Direction::Sent;
};

} // namespace headrace::app
