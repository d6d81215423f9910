#include <wire/chunkeddecoder.h>

#include <QTest>

using namespace headrace::wire;

namespace {

using Event = ChunkedDecoder::Event;

} // namespace

/// The decoder by itself. Sizes, extensions and trailers are tested through the parser.
class ChunkedDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void end_leavesWhatFollows()
    {
        ChunkedDecoder decoder(MessageKind::Request, {}, Lenience::Strict);
        const QByteArray octets = "3\r\nabc\r\n0\r\nA: b\r\n\r\nGET /";
        decoder.feed(octets);
        QByteArray data;
        QByteArray all;
        Event event = decoder.next();
        for (; event != Event::End; event = decoder.next()) {
            all += decoder.octets();
            if (event == Event::Octets && decoder.part() == MessagePart::Body)
                data += decoder.octets();
            QVERIFY(event != Event::NeedMore && event != Event::Fault);
        }
        QCOMPARE(data, "abc");
        QCOMPARE(all, "3\r\nabc\r\n0\r\nA: b\r\n\r\n");
        QCOMPARE(decoder.consumed(), all.size());
        QCOMPARE(decoder.trailers().first("a"), QByteArrayView("b"));
        QCOMPARE(decoder.next(), Event::End);
    }

    void fault_isAnsweredAgain()
    {
        ChunkedDecoder decoder(MessageKind::Request, {}, Lenience::Strict);
        decoder.feed("1x");
        QCOMPARE(decoder.next(), Event::Octets);
        QCOMPARE(decoder.next(), Event::Fault);
        QCOMPARE(decoder.errorCode(), ErrorCode::ParserInvalidChunkSize);
        QCOMPARE(decoder.errorReason(), QLatin1StringView("Invalid character in chunk size"));
        QCOMPARE(decoder.consumed(), 1);
        QCOMPARE(decoder.next(), Event::Fault);
        decoder.reset();
        decoder.feed("1\r\n");
        QCOMPARE(decoder.next(), Event::Octets);
        QCOMPARE(decoder.next(), Event::ChunkHeader);
        QCOMPARE(decoder.next(), Event::NeedMore);
    }
};

QTEST_GUILESS_MAIN(ChunkedDecoderTest)
#include "tst_chunkeddecoder.moc"
