#include "transcript.h"

#include <QTest>

using namespace headrace::wire;
using namespace headrace::wire::test;

namespace {

Setup limited(qsizetype maxHeaderSize)
{
    Setup setup;
    setup.limits.maxHeaderSize = maxHeaderSize;
    return setup;
}

bool overflows(const QByteArray &transcript, QByteArrayView code = "HPE_HEADER_OVERFLOW")
{
    return transcript.contains("fault " + code.toByteArray() + ' ')
        && !transcript.contains("broken");
}

bool passes(const QByteArray &transcript)
{
    return transcript.endsWith("end\n") && !transcript.contains("broken");
}

} // namespace

/// What a parser takes at most. Source: reference maxHeaderSize; conformance NOTES "Messages" 4,
/// `server-trailer-limits`, `create-server-max-header-size`.
class LimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// The budget is spent when the sum of what counts reaches it.
    void head_sumReachesLimit_isRefused_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("behind");
        QTest::addColumn<int>("others");
        QTest::newRow("target") << QByteArray("GET /") << QByteArray(" HTTP/1.1\r\nA: b\r\n\r\n")
                                << 3;
        QTest::newRow("name") << QByteArray("GET / HTTP/1.1\r\n") << QByteArray(":   b\r\n\r\n")
                              << 2;
        QTest::newRow("value") << QByteArray("GET / HTTP/1.1\r\nA:  ") << QByteArray("\r\n\r\n")
                               << 2;
        QTest::newRow("blanks behind a value count")
            << QByteArray("GET / HTTP/1.1\r\nA:  ") << QByteArray("   \r\n\r\n") << 5;
        QTest::newRow("trailer") << QByteArray(
            "PUT /12345678901234567890 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: ")
                                 << QByteArray("\r\n\r\n") << 1;
    }

    void head_sumReachesLimit_isRefused()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, behind);
        QFETCH(int, others);
        const QByteArray filling(100 - others, 'x');
        QVERIFY(passes(transcript(before + filling.chopped(1) + behind, limited(100))));
        QVERIFY(overflows(transcript(before + filling + behind, limited(100))));
    }

    void reason_counts()
    {
        Setup setup = limited(100);
        setup.kind = MessageKind::Response;
        const QByteArray reason(100, 'x');
        QVERIFY(passes(transcript("HTTP/1.1 204 " + reason.chopped(1) + "\r\n\r\n", setup)));
        QVERIFY(overflows(transcript("HTTP/1.1 204 " + reason + "\r\n\r\n", setup)));
    }

    void separators_doNotCount()
    {
        QVERIFY(passes(transcriptOfWhole(
            "GET / HTTP/1.1\r\n" + QByteArray("a:b\r\n").repeated(4000) + "\r\n")));
    }

    void trailers_haveTheirOwnBudget()
    {
        const QByteArray value(12000, 'v');
        const QByteArray head
            = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nA: " + value + "\r\n\r\n0\r\n";
        QVERIFY(passes(transcriptOfWhole(head + "B: " + value + "\r\n\r\n")));
        QVERIFY(overflows(transcriptOfWhole(head + "B: " + value + value + "\r\n\r\n")));
    }

    void everyMessage_hasItsOwnBudget()
    {
        const QByteArray one = "GET / HTTP/1.1\r\nA: " + QByteArray(200, 'v') + "\r\n\r\n";
        QVERIFY(passes(transcript(one.repeated(2), limited(300))));
    }

    /// Blanks and separators are free, but not without end.
    void rawHead_isBounded_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("more");
        QTest::newRow("spaces before the target") << QByteArray("GET ") << QByteArray(" ");
        QTest::newRow("spaces before the version") << QByteArray("GET /a ") << QByteArray(" ");
        QTest::newRow("blanks before a value")
            << QByteArray("GET / HTTP/1.1\r\nA:") << QByteArray("\t");
        QTest::newRow("empty fields") << QByteArray("GET / HTTP/1.1\r\n") << QByteArray("a:\r\n");
        QTest::newRow("trailers") << QByteArray(
            "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
                                  << QByteArray("a:\r\n");
        QTest::newRow("blanks in trailers")
            << QByteArray("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\na:")
            << QByteArray(" ");
    }

    void rawHead_isBounded()
    {
        QFETCH(QByteArray, start);
        QFETCH(QByteArray, more);
        const ParserLimits limits;
        const QByteArray octets = start + more.repeated(limits.maxRawHeadSize() / more.size() + 10);
        QVERIFY(overflows(transcriptOfWhole(octets)));

        MessageParser parser(MessageKind::Request);
        qsizetype at = 0;
        auto event = MessageParser::Event::NeedMore;
        while (event != MessageParser::Event::Fault && at < octets.size()) {
            parser.feed(octets.mid(at, 1000));
            at += 1000;
            do {
                event = parser.next();
            } while (
                event != MessageParser::Event::NeedMore && event != MessageParser::Event::Fault);
        }
        QCOMPARE(parser.error().code, ErrorCode::ParserHeaderOverflow);
        const QByteArray place = " at " + QByteArray::number(parser.position()) + '\n';
        QVERIFY(transcriptOfWhole(octets).endsWith(place));
    }

    /// The last octet of a head or trailer section may be the last that is allowed.
    void rawHead_isBounded_exactly()
    {
        const ParserLimits limits;
        const QByteArray start = "GET /a HTTP/1.1\r\nA:";
        const QByteArray end = "b\r\n\r\n";
        const QByteArray blanks(limits.maxRawHeadSize() - start.size() - end.size(), ' ');
        QVERIFY(passes(transcriptOfWhole(start + blanks + end)));
        QVERIFY(overflows(transcriptOfWhole(start + blanks + ' ' + end)));

        const QByteArray head = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
        const QByteArray more(limits.maxRawHeadSize() - 2 - end.size(), ' ');
        QVERIFY(passes(transcriptOfWhole(head + "A:" + more + end)));
        QVERIFY(overflows(transcriptOfWhole(head + "A:" + more + ' ' + end)));
    }

    void chunkExtensions_areBounded()
    {
        const QByteArray head = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2;";
        const QByteArray rest = "\r\nhi\r\n0\r\n\r\n";
        const QByteArray most(16 * 1024, 'x');
        constexpr QByteArrayView code = "HPE_CHUNK_EXTENSIONS_OVERFLOW";
        QVERIFY(passes(transcriptOfWhole(head + most + rest)));
        QVERIFY(overflows(transcriptOfWhole(head + most + 'x' + rest), code));
        QVERIFY(passes(transcriptOfWhole(head + "a=" + most.chopped(1) + rest)));
        QVERIFY(overflows(transcriptOfWhole(head + "a=\"" + most.chopped(2) + '"' + rest), code));
        QVERIFY(overflows(transcriptOfWhole(head + QByteArray("=;").repeated(20000) + rest), code));
    }

    /// RFC 9112 section 7.1.1. The reference bounds each chunk only, so the total is generous.
    void chunkExtensions_ofAMessage_areBounded()
    {
        Setup setup;
        setup.limits.maxChunkExtensions = 2;
        const QByteArray head = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        const QByteArray empty = "0\r\n\r\n";
        constexpr QByteArrayView code = "HPE_CHUNK_EXTENSIONS_OVERFLOW";
        // 2048 octets, and one for each octet of data: each chunk takes one more than it brings.
        const QByteArray chunks = head + QByteArray("1;xx\r\na\r\n").repeated(2047);
        QVERIFY(passes(transcriptOfWhole(chunks + empty, setup)));
        QVERIFY(passes(transcriptOfWhole(chunks + "1;x\r\na\r\n" + empty, setup)));
        QVERIFY(passes(transcriptOfWhole(chunks + "0;x\r\n\r\n", setup)));
        QVERIFY(overflows(transcriptOfWhole(chunks + "1;xx\r\na\r\n" + empty, setup), code));
        QVERIFY(overflows(transcriptOfWhole(chunks + "0;xx\r\n\r\n", setup), code));
        QVERIFY(passes(transcriptOfWhole(chunks + empty + chunks + empty, setup)));
    }

    void chunkSize_leadingZerosAreBounded()
    {
        const QByteArray head = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        const QByteArray result = transcriptOfWhole(head + QByteArray(100000, '0') + "\r\n\r\n");
        QVERIFY2(overflows(result, "HPE_INVALID_CHUNK_SIZE"), result);
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "tst_limits.moc"
