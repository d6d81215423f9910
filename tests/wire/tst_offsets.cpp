#include <wire/messageparser.h>

#include <QTest>

using namespace headrace::wire;

namespace {

using Event = MessageParser::Event;

/// What the owner of a parser can tell of the place of every part, as lines `part offset+length text`. Offsets
/// count from the first octet that was fed, however the octets were cut.
class Offsets
{
public:
    Offsets(MessageKind kind, QByteArray octets)
        : m_parser(kind)
        , m_octets(std::move(octets))
    {
    }

    QByteArray of(const QByteArrayList &pieces)
    {
        for (const QByteArray &piece : pieces) {
            m_parser.feed(piece);
            for (Event event = m_parser.next(); event != Event::NeedMore && event != Event::Fault;
                 event = m_parser.next())
                note(event);
        }
        endRun();
        return m_lines;
    }

private:
    void note(Event event)
    {
        switch (event) {
        case Event::Octets:
            take(m_parser.part());
            break;
        case Event::Tunnel:
            take(MessagePart::Tunnel);
            break;
        case Event::Head:
            endRun();
            noteHead();
            break;
        case Event::ChunkHeader:
            endRun();
            noteChunkLine();
            break;
        case Event::Trailers:
            endRun();
            noteFields("trailer ", m_parser.trailers());
            break;
        case Event::MessageBegin:
        case Event::ChunkEnd:
        case Event::MessageEnd:
            endRun();
            break;
        case Event::NeedMore:
        case Event::Fault:
            break;
        }
    }

    void noteHead()
    {
        const Head &head = m_parser.head();
        const qint64 start = m_end - head.octets().size();
        for (const auto &[name, span] : { std::pair("method", head.method),
                 std::pair("target", head.target), std::pair("version", head.version),
                 std::pair("status", head.status), std::pair("reason", head.reason) }) {
            if (span.length > 0)
                add(name, start + span.offset, span.length);
        }
        noteFields("", head.fields);
        if (head.upgradeRequested)
            m_parser.enterTunnel();
    }

    void noteChunkLine()
    {
        const qsizetype extensions = m_parser.chunkHeader().extensions.size();
        const qint64 lineEnd = m_end - 2;
        add("size", m_start, lineEnd - extensions - m_start);
        if (extensions > 0)
            add("extensions", lineEnd - extensions, extensions);
    }

    /// The block of \a fields ends where the last run did.
    void noteFields(const QByteArray &prefix, const Fields &fields)
    {
        const qint64 start = m_end - fields.block().size();
        for (qsizetype index = 0; index < fields.count(); ++index) {
            const Fields::Field &field = fields.spans(index);
            add(prefix + "name", start + field.name.offset, field.name.length);
            add(prefix + "value", start + field.value.offset, field.value.length);
        }
    }

    /// Octets of one part in a row are one run, whatever the pieces.
    void take(MessagePart part)
    {
        if (m_running && part != m_part)
            endRun();
        if (!m_running) {
            m_running = true;
            m_part = part;
            m_start = m_parser.position();
        }
        m_end = m_parser.position() + m_parser.octets().size();
    }

    void endRun()
    {
        static const QHash<MessagePart, QByteArray> names { { MessagePart::Head, "head" },
            { MessagePart::ChunkHeader, "chunk line" }, { MessagePart::Body, "data" },
            { MessagePart::ChunkEnd, "chunk end" }, { MessagePart::Trailers, "trailers" },
            { MessagePart::Tunnel, "tunnel" } };
        if (std::exchange(m_running, false))
            add(names.value(m_part), m_start, m_end - m_start);
    }

    void add(const QByteArray &name, qint64 offset, qint64 length)
    {
        QByteArray text = m_octets.mid(qsizetype(offset), qsizetype(length));
        text.replace("\r", "\\r").replace("\n", "\\n");
        m_lines += name + ' ' + QByteArray::number(offset) + '+' + QByteArray::number(length) + ' '
            + text + '\n';
    }

    MessageParser m_parser;
    const QByteArray m_octets;
    QByteArray m_lines;
    bool m_running = false;
    MessagePart m_part = MessagePart::Head; ///< Of the run.
    qint64 m_start = 0;
    qint64 m_end = 0;
};

} // namespace

/// Where the parts of messages lie. Source: DESIGN.md, "Framing without sockets".
class OffsetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyPart_atEveryCut_data()
    {
        QTest::addColumn<MessageKind>("kind");
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("chunked request, then another")
            << MessageKind::Request
            << QByteArray(
                   "\r\nPUT /a?b HTTP/1.1\r\nTransfer-Encoding:\t chunked \r\nX:\r\n\r\n"
                   "3;a=\"b\"\r\none\r\n0a\r\n0123456789\r\n0;z\r\nT: 1\r\nLong:  two \r\n\r\n"
                   "GET / HTTP/1.0\r\n\r\n")
            << QByteArray("head 0+2 \\r\\n\n"
                          "head 2+55 PUT /a?b HTTP/1.1\\r\\nTransfer-Encoding:\t chunked "
                          "\\r\\nX:\\r\\n\\r\\n\n"
                          "method 2+3 PUT\n"
                          "target 6+4 /a?b\n"
                          "version 16+3 1.1\n"
                          "name 21+17 Transfer-Encoding\n"
                          "value 41+7 chunked\n"
                          "name 51+1 X\n"
                          "value 53+0 \n"
                          "chunk line 57+9 3;a=\"b\"\\r\\n\n"
                          "size 57+1 3\n"
                          "extensions 58+6 ;a=\"b\"\n"
                          "data 66+3 one\n"
                          "chunk end 69+2 \\r\\n\n"
                          "chunk line 71+4 0a\\r\\n\n"
                          "size 71+2 0a\n"
                          "data 75+10 0123456789\n"
                          "chunk end 85+2 \\r\\n\n"
                          "chunk line 87+5 0;z\\r\\n\n"
                          "size 87+1 0\n"
                          "extensions 88+2 ;z\n"
                          "trailers 92+21 T: 1\\r\\nLong:  two \\r\\n\\r\\n\n"
                          "trailer name 92+1 T\n"
                          "trailer value 95+1 1\n"
                          "trailer name 98+4 Long\n"
                          "trailer value 105+3 two\n"
                          "head 113+18 GET / HTTP/1.0\\r\\n\\r\\n\n"
                          "method 113+3 GET\n"
                          "target 117+1 /\n"
                          "version 124+3 1.0\n");
        QTest::newRow("responses")
            << MessageKind::Response
            << QByteArray("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
                          "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"
                          "HTTP/1.0 404 Not  here\r\nA: b\r\n\r\nuntil close")
            << QByteArray("head 0+37 HTTP/1.1 103 Early Hints\\r\\nLink: a\\r\\n\\r\\n\n"
                          "version 5+3 1.1\n"
                          "status 9+3 103\n"
                          "reason 13+11 Early Hints\n"
                          "name 26+4 Link\n"
                          "value 32+1 a\n"
                          "head 37+35 HTTP/1.1 200\\r\\nContent-Length: 2\\r\\n\\r\\n\n"
                          "version 42+3 1.1\n"
                          "status 46+3 200\n"
                          "name 51+14 Content-Length\n"
                          "value 67+1 2\n"
                          "data 72+2 ok\n"
                          "head 74+32 HTTP/1.0 404 Not  here\\r\\nA: b\\r\\n\\r\\n\n"
                          "version 79+3 1.0\n"
                          "status 83+3 404\n"
                          "reason 87+9 Not  here\n"
                          "name 98+1 A\n"
                          "value 101+1 b\n"
                          "data 106+11 until close\n");
        QTest::newRow("request without version")
            << MessageKind::Request << QByteArray("GET /a\r\nHost: x\r\n\r\n")
            << QByteArray("head 0+19 GET /a\\r\\nHost: x\\r\\n\\r\\n\n"
                          "method 0+3 GET\n"
                          "target 4+2 /a\n"
                          "name 8+4 Host\n"
                          "value 14+1 x\n");
        QTest::newRow("tunnel") << MessageKind::Request
                                << QByteArray(
                                       "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\nany octets\r\n")
                                << QByteArray(
                                       "head 0+33 CONNECT h:1 HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n\n"
                                       "method 0+7 CONNECT\n"
                                       "target 8+3 h:1\n"
                                       "version 17+3 1.1\n"
                                       "name 22+4 Host\n"
                                       "value 28+1 h\n"
                                       "tunnel 33+12 any octets\\r\\n\n");
        QTest::newRow("fault behind a request")
            << MessageKind::Request << QByteArray("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nA b\r\n")
            << QByteArray("head 0+18 GET / HTTP/1.1\\r\\n\\r\\n\n"
                          "method 0+3 GET\n"
                          "target 4+1 /\n"
                          "version 11+3 1.1\n"
                          "head 18+17 GET / HTTP/1.1\\r\\nA\n");
    }

    void everyPart_atEveryCut()
    {
        QFETCH(MessageKind, kind);
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, expected);
        QCOMPARE(Offsets(kind, octets).of({ octets }), expected);
        for (qsizetype cut = 1; cut < octets.size(); ++cut)
            QCOMPARE(Offsets(kind, octets).of({ octets.first(cut), octets.sliced(cut) }), expected);
        QByteArrayList single;
        for (const char octet : octets)
            single.append(QByteArray(1, octet));
        QCOMPARE(Offsets(kind, octets).of(single), expected);
    }
};

QTEST_GUILESS_MAIN(OffsetsTest)
#include "tst_offsets.moc"
