#include "record/logwriter.h"

#include "record/octetwriter.h"

#include <algorithm>

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

/// One call: its number, the length of its arguments, and them.
class LogWriter::Call : public OctetWriter
{
public:
    Call(QByteArray &log, LogCall call);
    ~Call();
    Q_DISABLE_COPY_MOVE(Call)

private:
    QByteArray &m_log;
    qsizetype m_begin; // of the arguments
};

LogWriter::Call::Call(QByteArray &log, LogCall call)
    : OctetWriter(log)
    , m_log(log)
{
    addByte(quint8(call));
    addByte(0); // of the length, which is known behind
    m_begin = log.size();
}

LogWriter::Call::~Call()
{
    char octets[MaxNumber];
    const qsizetype count = encodeNumber(quint64(m_log.size() - m_begin), octets);
    if (count > 1)
        m_log.insert(m_begin, count - 1, '\0');
    std::copy_n(octets, count, m_log.data() + m_begin - 1);
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
    Call writer(m_log, call);
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
}

void LogWriter::setTimings(const exchange::Timings &timings)
{
    Call writer(m_log, LogCall::Timings);
    for (const qint64 time : { timings.lookupStarted, timings.lookupEnded, timings.connectStarted,
             timings.connectEnded, timings.tlsStarted, timings.tlsEnded, timings.requestSent,
             timings.firstByte, timings.ended })
        writer.addSigned(time);
    if (timings.held != 0)
        writer.addSigned(timings.held);
}

void LogWriter::setHead(int message, const exchange::Message &head)
{
    Call writer(m_log, LogCall::Head);
    writer.addSigned(message);
    writer.addOctets(head.startLine);
    writer.addNumber(quint64(head.statusCode));
    writer.addOctets(head.reason);
    writer.addOctets(head.httpVersion);
    writer.addSigned(head.headTime);
    addFields(writer, head.fields);
}

// Its length is known before, so the octets, which may be many, are not moved.
void LogWriter::addOctets(int message, const exchange::Octets &octets)
{
    OctetWriter writer(m_log);
    writer.addByte(quint8(LogCall::Octets));
    writer.addNumber(quint64(OctetWriter::sizeOfSigned(message)
        + OctetWriter::sizeOfSigned(octets.time) + 1 + octets.octets.size()));
    writer.addSigned(message);
    writer.addSigned(octets.time);
    writer.addByte(quint8(octets.part));
    m_log += octets.octets;
}

void LogWriter::addUnkept(int message, exchange::Part part, qint64 count)
{
    Call writer(m_log, LogCall::Unkept);
    writer.addSigned(message);
    writer.addByte(quint8(part));
    writer.addNumber(quint64(count));
}

void LogWriter::addChunk(int message, const exchange::Chunk &chunk)
{
    Call writer(m_log, LogCall::Chunk);
    writer.addSigned(message);
    writer.addSigned(chunk.time);
    writer.addNumber(quint64(chunk.offset));
    writer.addNumber(quint64(chunk.size));
    writer.addOctets(chunk.extensions);
}

void LogWriter::setTrailers(int message, const exchange::FieldList &trailers)
{
    Call writer(m_log, LogCall::Trailers);
    writer.addSigned(message);
    addFields(writer, trailers);
}

void LogWriter::setEnd(int message, qint64 time)
{
    Call writer(m_log, LogCall::End);
    writer.addSigned(message);
    writer.addSigned(time);
}

void LogWriter::addEvent(const exchange::Event &event)
{
    Call writer(m_log, LogCall::Event);
    writer.addSigned(event.time);
    addWord(writer, event.object);
    addWord(writer, event.name);
    writer.addText(event.detail);
}

void LogWriter::setFailure(const exchange::Failure &failure)
{
    Call writer(m_log, LogCall::Failure);
    writer.addText(failure.code);
    writer.addText(failure.message);
}

void LogWriter::addChange(const exchange::Change &change)
{
    Call writer(m_log, LogCall::Change);
    writer.addSigned(change.time);
    writer.addSigned(change.message);
    writer.addByte(quint8(change.cause));
    writer.addText(change.by);
    writer.addByte(quint8(change.part));
    writer.addText(change.summary);
    writer.addByte(change.isCut);
    writer.addOctets(change.before);
    writer.addOctets(change.after);
}

} // namespace headrace::store
