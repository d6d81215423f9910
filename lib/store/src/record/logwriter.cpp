#include "record/logwriter.h"

#include "record/octetwriter.h"

namespace headrace::store {

namespace {

void addWord(OctetWriter &writer, const QString &word)
{
    const quint64 number = numberOfCommonWord(word);
    writer.addNumber(number);
    if (number == 0)
        writer.addText(word);
}

void addFields(OctetWriter &writer, const exchange::FieldList &fields)
{
    writer.addNumber(quint64(fields.size()));
    for (const auto &[name, value] : fields) {
        writer.addOctets(name);
        writer.addOctets(value);
    }
}

} // namespace

void LogWriter::addCall(LogCall call)
{
    OctetWriter writer(m_log);
    writer.addByte(quint8(call));
    writer.addOctets(m_arguments);
    m_arguments.resize(0); // keeps its memory
}

void LogWriter::setConnection(const exchange::Connection &connection)
{
    addConnection(LogCall::Connection, connection);
}

void LogWriter::setClient(const exchange::Connection &client)
{
    addConnection(LogCall::Client, client);
}

void LogWriter::addConnection(LogCall call, const exchange::Connection &connection)
{
    OctetWriter writer(m_arguments);
    writer.addNumber(connection.id);
    writer.addByte(connection.isReused);
    writer.addText(connection.localAddress);
    writer.addNumber(connection.localPort);
    writer.addText(connection.peerAddress);
    writer.addNumber(connection.peerPort);
    writer.addByte(connection.tls.has_value());
    if (connection.tls) {
        writer.addText(connection.tls->protocol);
        writer.addText(connection.tls->cipher);
        writer.addOctets(connection.tls->alpn);
        writer.addText(connection.tls->serverName);
        writer.addNumber(quint64(connection.tls->peerCertificates.size()));
        for (const QByteArray &certificate : connection.tls->peerCertificates)
            writer.addOctets(certificate);
    }
    addCall(call);
}

void LogWriter::setTimings(const exchange::Timings &timings)
{
    OctetWriter writer(m_arguments);
    for (const qint64 time : { timings.lookupStarted, timings.lookupEnded, timings.connectStarted,
             timings.connectEnded, timings.tlsStarted, timings.tlsEnded, timings.requestSent,
             timings.firstByte, timings.ended })
        writer.addSigned(time);
    if (timings.held != 0)
        writer.addSigned(timings.held);
    addCall(LogCall::Timings);
}

void LogWriter::setHead(int message, const exchange::Message &head)
{
    OctetWriter writer(m_arguments);
    writer.addSigned(message);
    writer.addOctets(head.startLine);
    writer.addNumber(quint64(head.statusCode));
    writer.addOctets(head.reason);
    writer.addOctets(head.httpVersion);
    writer.addSigned(head.headTime);
    addFields(writer, head.fields);
    addCall(LogCall::Head);
}

// The octets are not copied twice: they may be many.
void LogWriter::addOctets(int message, const exchange::Octets &octets)
{
    OctetWriter arguments(m_arguments);
    arguments.addSigned(message);
    arguments.addSigned(octets.time);
    arguments.addByte(quint8(octets.part));
    OctetWriter writer(m_log);
    writer.addByte(quint8(LogCall::Octets));
    writer.addNumber(quint64(m_arguments.size() + octets.octets.size()));
    m_log += m_arguments;
    m_log += octets.octets;
    m_arguments.resize(0);
}

void LogWriter::addUnkept(int message, exchange::Part part, qint64 count)
{
    OctetWriter writer(m_arguments);
    writer.addSigned(message);
    writer.addByte(quint8(part));
    writer.addNumber(quint64(count));
    addCall(LogCall::Unkept);
}

void LogWriter::addChunk(int message, const exchange::Chunk &chunk)
{
    OctetWriter writer(m_arguments);
    writer.addSigned(message);
    writer.addSigned(chunk.time);
    writer.addNumber(quint64(chunk.offset));
    writer.addNumber(quint64(chunk.size));
    writer.addOctets(chunk.extensions);
    addCall(LogCall::Chunk);
}

void LogWriter::setTrailers(int message, const exchange::FieldList &trailers)
{
    OctetWriter writer(m_arguments);
    writer.addSigned(message);
    addFields(writer, trailers);
    addCall(LogCall::Trailers);
}

void LogWriter::setEnd(int message, qint64 time)
{
    OctetWriter writer(m_arguments);
    writer.addSigned(message);
    writer.addSigned(time);
    addCall(LogCall::End);
}

void LogWriter::addEvent(const exchange::Event &event)
{
    OctetWriter writer(m_arguments);
    writer.addSigned(event.time);
    addWord(writer, event.object);
    addWord(writer, event.name);
    writer.addText(event.detail);
    addCall(LogCall::Event);
}

void LogWriter::setFailure(const exchange::Failure &failure)
{
    OctetWriter writer(m_arguments);
    writer.addText(failure.code);
    writer.addText(failure.message);
    addCall(LogCall::Failure);
}

void LogWriter::addChange(const exchange::Change &change)
{
    OctetWriter writer(m_arguments);
    writer.addSigned(change.time);
    writer.addSigned(change.message);
    writer.addByte(quint8(change.cause));
    writer.addText(change.by);
    writer.addByte(quint8(change.part));
    writer.addText(change.summary);
    writer.addByte(change.isCut);
    writer.addOctets(change.before);
    writer.addOctets(change.after);
    addCall(LogCall::Change);
}

} // namespace headrace::store
