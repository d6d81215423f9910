// Source: reference readable.setEncoding(), as http.get and http.request use it; Node's StringDecoder.
#include "clientfixture.h"
#include "rawpeer.h"

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;

class IncomingTextTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void text_charactersComeWhole_data();
    void text_charactersComeWhole();
    void text_cutAnywhere_isTheSame();
    void text_octetByOctet_data();
    void text_octetByOctet();
    void text_withoutSetEncoding_isUtf8();
    void text_startsTheFlowAndPauses();

private:
    /// The pieces of text() when the body comes in \a chunks; \a use is called first.
    QStringList textOf(
        const QByteArrayList &chunks, const std::function<void(IncomingMessage *)> &use);
};

QStringList IncomingTextTest::textOf(
    const QByteArrayList &chunks, const std::function<void(IncomingMessage *)> &use)
{
    QByteArray octets = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const QByteArray &chunk : chunks)
        octets += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n";
    RawServer server(octets + "0\r\n\r\n");
    QPointer<ClientRequest> req = get(to(server.port(), "GET"));
    QStringList pieces;
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        use(res);
        connect(res, &IncomingMessage::text, this, [&](const QString &piece) { pieces += piece; });
        connect(res, &IncomingMessage::ended, this, [&] { pieces += u"|"_s; });
    });
    const bool over = QTest::qWaitFor([&] { return !req; });
    return over ? pieces : QStringList { u"not over"_s };
}

void IncomingTextTest::text_charactersComeWhole_data()
{
    QTest::addColumn<QStringConverter::Encoding>("encoding");
    QTest::addColumn<QByteArrayList>("chunks");
    QTest::addColumn<QStringList>("pieces");
    const auto row = [](QStringConverter::Encoding encoding, const QByteArrayList &chunks,
                         const QStringList &pieces) {
        QByteArrayList octets;
        for (const QByteArray &chunk : chunks)
            octets.append(QByteArray::fromHex(chunk));
        QTest::addRow(
            "%s %s", QStringConverter::nameForEncoding(encoding), chunks.join('+').constData())
            << encoding << octets << pieces + QStringList { u"|"_s };
    };
    using Pieces = QStringList;
    row(QStringConverter::Utf8, { "68c3", "a9" }, Pieces { u"h"_s, u"\u00e9"_s });
    row(QStringConverter::Utf8, { "e2", "82", "ac" }, Pieces { u"\u20ac"_s });
    row(QStringConverter::Utf8, { "f09f98", "80" }, Pieces { u"\U0001f600"_s });
    row(QStringConverter::Utf8, { "e282" }, Pieces { u"\ufffd"_s });
    row(QStringConverter::Utf8, { "f09f98" }, Pieces { u"\ufffd"_s });
    row(QStringConverter::Utf8, { "c3", "41" }, Pieces { u"\ufffdA"_s });
    row(QStringConverter::Utf8, { "e2", "41" }, Pieces { u"\ufffdA"_s });
    row(QStringConverter::Utf8, { "ff41" }, Pieces { u"\ufffdA"_s });
    row(QStringConverter::Utf8, { "efbbbf41" }, Pieces { u"\ufeffA"_s });
    row(QStringConverter::Utf16LE, { "61", "0062", "00" }, Pieces { u"a"_s, u"b"_s });
    row(QStringConverter::Utf16LE, { "3dd8", "00de" }, Pieces { u"\U0001f600"_s });
    row(QStringConverter::Utf16LE, { "61" }, Pieces {});
    row(QStringConverter::Utf16LE, { "3dd8" }, Pieces { QString(QChar(0xd83d)) });
    row(QStringConverter::Latin1, { "e9", "41" }, Pieces { u"\u00e9"_s, u"A"_s });
    // Beyond the reference.
    row(QStringConverter::Utf16BE, { "d8", "3dde", "00" }, Pieces { u"\U0001f600"_s });
    row(QStringConverter::Utf32LE, { "00f6", "01004100", "0000" },
        Pieces { u"\U0001f600"_s, u"A"_s });
}

void IncomingTextTest::text_charactersComeWhole()
{
    QFETCH(QStringConverter::Encoding, encoding);
    QFETCH(QByteArrayList, chunks);
    QFETCH(QStringList, pieces);
    QCOMPARE(textOf(chunks, [&](IncomingMessage *res) { res->setEncoding(encoding); }), pieces);
}

void IncomingTextTest::text_cutAnywhere_isTheSame()
{
    const QString whole = u"h\u00e9\u20ac\U0001f600!"_s;
    const QByteArray octets = whole.toUtf8();
    for (qsizetype cut = 1; cut < octets.size(); ++cut) {
        const QStringList pieces = textOf({ octets.first(cut), octets.sliced(cut) },
            [](IncomingMessage *res) { res->setEncoding(QStringConverter::Utf8); });
        QCOMPARE(pieces.join(QString()), whole + u'|');
    }
}

void IncomingTextTest::text_octetByOctet_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("text");
    QTest::newRow("utf8") << u"utf8"_s << u"h\u00e9\u20ac\U0001f600!"_s;
    QTest::newRow("latin1") << u"latin1"_s
                            << u"h\u00c3\u00a9\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080!"_s;
    QTest::newRow("hex") << u"hex"_s << u"68c3a9e282acf09f988021"_s;
    QTest::newRow("base64") << u"base64"_s << u"aMOp4oKs8J+YgCE="_s;
}

/// Hex and Base64 are no text: QByteArray makes them of the octets.
// conformance: messages/set-encoding-of-messages
void IncomingTextTest::text_octetByOctet()
{
    QFETCH(QString, encoding);
    QFETCH(QString, text);
    QByteArrayList chunks;
    for (const char octet : u"h\u00e9\u20ac\U0001f600!"_s.toUtf8())
        chunks.append(QByteArray(1, octet));
    QByteArray body;
    const QStringList pieces = textOf(chunks, [&](IncomingMessage *res) {
        if (encoding == u"latin1")
            res->setEncoding(QStringConverter::Latin1);
        connect(
            res, &IncomingMessage::data, this, [&](const QByteArray &octets) { body += octets; });
    });
    if (encoding == u"hex")
        QCOMPARE(QString::fromLatin1(body.toHex()), text);
    else if (encoding == u"base64")
        QCOMPARE(QString::fromLatin1(body.toBase64()), text);
    else
        QCOMPARE(pieces.join(QString()), text + u'|');
}

void IncomingTextTest::text_withoutSetEncoding_isUtf8()
{
    QCOMPARE(
        textOf({ "h\xc3", "\xa9" }, [](auto *) {}), (QStringList { u"h"_s, u"\u00e9"_s, u"|"_s }));
}

void IncomingTextTest::text_startsTheFlowAndPauses()
{
    QPointer<IncomingMessage> held;
    const QStringList pieces = textOf({ "a", "b", "c" }, [&](IncomingMessage *res) {
        held = res;
        QVERIFY(!res->readableFlowing());
        connect(res, &IncomingMessage::text, this, [&](const QString &piece) {
            m_journal.add(piece + (held->isFlowing() ? u" flowing"_s : u""_s));
            held->pause();
            QMetaObject::invokeMethod(held, &IncomingMessage::resume, Qt::QueuedConnection);
        });
        QVERIFY(res->isFlowing());
    });
    QCOMPARE(pieces.join(QString()), u"abc|"_s);
    QCOMPARE(m_journal.text(), u"a flowing | b flowing | c flowing"_s);
}

QTEST_GUILESS_MAIN(IncomingTextTest)
#include "tst_incomingtext.moc"
