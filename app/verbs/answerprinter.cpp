#include "verbs/answerprinter.h"

namespace headrace::app {

namespace {
constexpr qsizetype longestRun = 64 * 1024;
}

AnswerPrinter::AnswerPrinter(exchange::Sink &sink, Output &output, Mode mode)
    : Recorder(sink, exchange::Source::Composer)
    , m_output(output)
    , m_mode(mode)
{
    setMessageLimit(0); // events and heads are enough: the octets are printed
}

void AnswerPrinter::octets(http::ExchangeId exchange, http::ConnectionId connection,
    http::Direction direction, wire::MessagePart part, QByteArrayView octets,
    http::MonotonicTime time)
{
    Recorder::octets(exchange, connection, direction, part, octets, time);
    if (m_mode == Mode::Raw)
        addRaw(direction, octets);
    else if (direction == http::Direction::Received && part == wire::MessagePart::Body)
        m_output.write(octets);
}

void AnswerPrinter::headComplete(http::ExchangeId exchange, http::Direction direction,
    const wire::Head &head, http::MonotonicTime time)
{
    Recorder::headComplete(exchange, direction, head, time);
    if (m_mode == Mode::Answer && direction == http::Direction::Received)
        m_output.write(head.octets());
}

void AnswerPrinter::trailersComplete(http::ExchangeId exchange, http::Direction direction,
    const wire::Fields &trailers, http::MonotonicTime time)
{
    Recorder::trailersComplete(exchange, direction, trailers, time);
    if (m_mode != Mode::Answer || direction != http::Direction::Received || trailers.isEmpty())
        return;
    if (!m_output.isAtLineStart())
        m_output.write("\r\n");
    for (qsizetype i = 0; i < trailers.count(); ++i)
        m_output.write(
            trailers.name(i).toByteArray() + ": " + trailers.value(i).toByteArray() + "\r\n");
}

// What passes in one turn of the event loop in one direction is one run.
void AnswerPrinter::addRaw(http::Direction direction, QByteArrayView octets)
{
    if (direction != m_runDirection || m_run.size() > longestRun)
        flush();
    if (m_run.isEmpty())
        QMetaObject::invokeMethod(this, &AnswerPrinter::flush, Qt::QueuedConnection);
    m_runDirection = direction;
    m_run.append(octets.data(), octets.size());
}

void AnswerPrinter::flush()
{
    if (m_run.isEmpty())
        return;
    const char mark = m_runDirection == http::Direction::Sent ? '>' : '<';
    m_output.write(mark + QByteArray(" ") + QByteArray::number(m_run.size()) + '\n' + m_run + '\n');
    m_run.clear();
}

} // namespace headrace::app
