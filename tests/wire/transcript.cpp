#include "transcript.h"

#include <QList>
#include <QTest>

namespace headrace::wire::test {

namespace {

QByteArray printable(QByteArrayView text)
{
    QByteArray result;
    for (const char c : text) {
        if (c >= 0x20 && c < 0x7f)
            result.append(c);
        else
            result.append("\\x" + QByteArray(1, c).toHex());
    }
    return result;
}

class Run
{
public:
    explicit Run(const Setup &setup)
        : m_setup(setup)
        , m_parser(setup.kind, setup.limits, setup.lenience)
    {
    }

    QByteArray parse(const QList<QByteArray> &pieces)
    {
        for (const QByteArray &piece : pieces) {
            m_fedBefore += m_piece.size();
            m_piece = piece;
            m_parser.feed(piece);
            drain();
            if (m_faulty)
                break;
        }
        if (m_setup.endOfInput && !m_faulty) {
            m_parser.feedEof();
            drain();
        }
        if (!m_faulty && m_reported != pieces.join())
            m_lines += "broken: octets lost or doubled\n";
        if (!m_body.isEmpty())
            m_lines += "body " + printable(m_body) + "\n";
        if (!m_tunnel.isEmpty())
            m_lines += "tunnel " + printable(m_tunnel) + "\n";
        return m_lines;
    }

private:
    void drain()
    {
        using Event = MessageParser::Event;
        while (true) {
            const Event event = m_parser.next();
            if (m_parser.position() != m_reported.size())
                m_lines += "broken: position\n";
            if (event == Event::Octets && m_parser.octets().isEmpty())
                m_lines += "broken: no octets\n";
            if (m_parser.sharedOctets() != m_parser.octets())
                m_lines += "broken: shared octets\n";
            m_reported += m_parser.octets();
            switch (event) {
            case Event::NeedMore:
                return;
            case Event::Fault:
                addFault();
                return;
            case Event::Octets:
                if (m_parser.part() == MessagePart::Body)
                    m_body += m_parser.octets();
                break;
            case Event::Tunnel:
                m_tunnel += m_parser.octets();
                break;
            case Event::Head:
                addHead();
                decide();
                break;
            case Event::Trailers:
                addBody();
                addFields(m_parser.trailers(), "trailer ");
                break;
            case Event::MessageEnd:
                addBody();
                m_lines += "end\n";
                break;
            case Event::MessageBegin:
            case Event::ChunkHeader:
            case Event::ChunkEnd:
                break;
            }
        }
    }

    void addHead()
    {
        const Head &head = m_parser.head();
        const QByteArray version
            = QByteArray::number(head.versionMajor) + '.' + QByteArray::number(head.versionMinor);
        if (!head.version.length ? version != "0.9" : head.part(head.version) != version)
            m_lines += "broken: version\n";
        if (m_setup.kind == MessageKind::Request) {
            m_lines += printable(head.part(head.method)) + ' ' + printable(head.part(head.target))
                + " HTTP/" + version;
        } else {
            if (head.part(head.status).toByteArray().toInt() != head.statusCode)
                m_lines += "broken: status\n";
            m_lines += "HTTP/" + version + ' ' + printable(head.part(head.status)) + " ["
                + printable(head.part(head.reason)) + ']';
        }
        m_lines += head.keepAlive ? " keep" : " close";
        m_lines += head.upgradeRequested ? " upgrade\n" : "\n";
        addFields(head.fields, "");
        if (!head.octets().endsWith('\n') || !m_reported.endsWith(head.octets()))
            m_lines += "broken: head octets\n";
    }

    void addFields(const Fields &fields, const QByteArray &prefix)
    {
        for (qsizetype index = 0; index < fields.count(); ++index)
            m_lines += prefix + printable(fields.name(index)) + ": "
                + printable(fields.value(index)) + '\n';
    }

    void addBody()
    {
        if (!m_body.isEmpty())
            m_lines += "body " + printable(m_body) + '\n';
        m_body.clear();
    }

    void addFault()
    {
        m_faulty = true;
        addBody();
        const Error &error = m_parser.error();
        const qint64 position = m_parser.position();
        m_lines += "fault " + QByteArray(name(error.code).data()) + " at "
            + QByteArray::number(position) + '\n';
        const bool atEof = error.code == ErrorCode::ParserInvalidEofState;
        if (error.bytesParsed != (atEof ? 0 : position - m_fedBefore))
            m_lines += "broken: bytesParsed\n";
        if (error.rawPacket != (atEof ? QByteArray() : m_piece))
            m_lines += "broken: rawPacket\n";
        if (!error.message.startsWith(QLatin1StringView("Parse Error: ")))
            m_lines += "broken: message\n";
    }

    void decide()
    {
        if (m_setup.tunnel && m_parser.head().upgradeRequested)
            m_parser.enterTunnel();
        else if (m_setup.bodiless)
            m_parser.skipBody();
    }

    const Setup m_setup;
    MessageParser m_parser;
    bool m_faulty = false;
    qint64 m_fedBefore = 0;
    QByteArray m_piece;
    QByteArray m_reported;
    QByteArray m_body;
    QByteArray m_tunnel;
    QByteArray m_lines;
};

} // namespace

QByteArray transcriptOfWhole(const QByteArray &octets, const Setup &setup)
{
    return Run(setup).parse({ octets });
}

QByteArray transcript(const QByteArray &octets, const Setup &setup)
{
    const QByteArray whole = transcriptOfWhole(octets, setup);
    for (qsizetype cut = 1; cut < octets.size(); ++cut) {
        const QByteArray inTwo = Run(setup).parse({ octets.first(cut), octets.sliced(cut) });
        if (inTwo != whole)
            return whole + "broken: cut at " + QByteArray::number(cut) + ":\n" + inTwo;
    }
    QList<QByteArray> single;
    for (const char c : octets)
        single.append(QByteArray(1, c));
    const QByteArray octetByOctet = Run(setup).parse(single);
    if (octetByOctet != whole)
        return whole + "broken: octet by octet:\n" + octetByOctet;
    return whole;
}

QByteArray verdict(QByteArray transcript)
{
    const qsizetype start = transcript.indexOf("fault HPE_");
    if (start < 0)
        return transcript;
    const qsizetype end = transcript.indexOf('\n', start);
    return transcript.replace(start, end - start, "fault");
}

void columns()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("expected");
}

void addRow(const char *name, const QByteArray &octets, const QByteArray &expected)
{
    QTest::newRow(name) << octets << expected;
}

Setup response() { return { .kind = MessageKind::Response }; }

Setup responseUntilEof() { return { .kind = MessageKind::Response, .endOfInput = true }; }

} // namespace headrace::wire::test
