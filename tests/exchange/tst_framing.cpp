#include <exchange/framing.h>

#include <QTest>

namespace headrace::exchange {

/// Octets of a message as they passed, put together to what they are on the wire.
class FramingTest : public QObject
{
    Q_OBJECT

    static Message made(const QList<Octets> &octets)
    {
        Message message;
        message.octets = octets;
        return message;
    }

    // "Chunk 38+10 @0:5 '5;a=1'": kind, offset + octets, place in the body : octets of data, size line.
    static QStringList textsOf(const Message &message)
    {
        static const QStringList kinds { QStringLiteral("Head"), QStringLiteral("Chunk"),
            QStringLiteral("LastChunk"), QStringLiteral("Data"), QStringLiteral("Trailers"),
            QStringLiteral("Tunnel"), QStringLiteral("Unparsed") };
        QStringList texts;
        for (const Frame &frame : framesOf(message))
            texts += QStringLiteral("%1 %2+%3 @%4:%5 '%6' %7-%8")
                         .arg(kinds.at(int(frame.kind)))
                         .arg(frame.offset)
                         .arg(frame.octets)
                         .arg(frame.bodyOffset)
                         .arg(frame.dataOctets)
                         .arg(QString::fromLatin1(frame.sizeLine))
                         .arg(frame.time)
                         .arg(frame.endTime);
        return texts;
    }

private Q_SLOTS:

    void chunks_withExtensionsAndTrailers()
    {
        const Message message = made(
            { { 1, Part::Head, "HTTP/1.1 200 OK\r\n\r\n" }, { 2, Part::ChunkHeader, "5;a=1\r\n" },
                { 2, Part::Body, "hel" }, { 3, Part::Body, "lo" }, { 3, Part::ChunkEnd, "\r\n" },
                { 4, Part::ChunkHeader, "6\r\n" }, { 4, Part::Body, " world" },
                { 4, Part::ChunkEnd, "\r\n" }, { 5, Part::ChunkHeader, "0\r\n" },
                { 5, Part::Trailers, "X-Sum: 42\r\n\r\n" } });
        QCOMPARE(textsOf(message),
            (QStringList { QStringLiteral("Head 0+19 @-1:0 '' 1-1"),
                QStringLiteral("Chunk 19+14 @0:5 '5;a=1' 2-3"),
                QStringLiteral("Chunk 33+11 @5:6 '6' 4-4"),
                QStringLiteral("LastChunk 44+3 @-1:0 '0' 5-5"),
                QStringLiteral("Trailers 47+13 @-1:0 '' 5-5") }));
    }

    void chunks_octetByOctet_areTheSame()
    {
        const QList<Octets> whole { { 0, Part::Head, "H\r\n\r\n" },
            { 0, Part::ChunkHeader, "a\r\n" }, { 0, Part::Body, "0123456789" },
            { 0, Part::ChunkEnd, "\r\n" }, { 0, Part::ChunkHeader, "00\r\n" },
            { 0, Part::Trailers, "\r\n" } };
        QList<Octets> single;
        for (const Octets &octets : whole) {
            for (const char octet : octets.octets)
                single.append({ octets.time, octets.part, QByteArray(1, octet) });
        }
        QCOMPARE(textsOf(made(single)), textsOf(made(whole)));
        QCOMPARE(textsOf(made(whole)).at(2), QStringLiteral("LastChunk 20+4 @-1:0 '00' 0-0"));
    }

    void lengths_areShownAsTheyCame()
    {
        QCOMPARE(textsOf(made(
                     { { 1, Part::Head, "H" }, { 2, Part::Body, "abc" }, { 3, Part::Body, "d" } })),
            (QStringList { QStringLiteral("Head 0+1 @-1:0 '' 1-1"),
                QStringLiteral("Data 1+3 @0:3 '' 2-2"), QStringLiteral("Data 4+1 @3:1 '' 3-3") }));
    }

    void tunnels_andGarbage()
    {
        QCOMPARE(textsOf(made(
                     { { 1, Part::Head, "H" }, { 2, Part::Tunnel, "ab" }, { 2, Part::Tunnel, "c" },
                         { 3, Part::Unparsed, "x" }, { 3, Part::Unparsed, "y" } })),
            (QStringList { QStringLiteral("Head 0+1 @-1:0 '' 1-1"),
                QStringLiteral("Tunnel 1+2 @-1:2 '' 2-2"),
                QStringLiteral("Tunnel 3+1 @-1:1 '' 2-2"),
                QStringLiteral("Unparsed 4+2 @-1:2 '' 3-3") }));
        QCOMPARE(textsOf({}), QStringList());
    }

    void damagedChunks_areNoTrouble()
    {
        QCOMPARE(textsOf(made({ { 1, Part::ChunkEnd, "\r\n" },
                             { 1, Part::ChunkHeader, QByteArray(500, 'f') },
                             { 1, Part::ChunkHeader, "\r\n" } }))
                     .size(),
            2);
    }
};

} // namespace headrace::exchange

QTEST_APPLESS_MAIN(headrace::exchange::FramingTest)
#include "tst_framing.moc"
