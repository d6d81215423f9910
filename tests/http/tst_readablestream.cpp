// Source: reference "Class: http.IncomingMessage" (extends stream.Readable), http.ClientRequest (reading a response).
// Each journal was recorded on the reference release with the same body, cut into the same packets.
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>
#include <http/ticks.h>

#include <QPointer>
#include <QTest>

#include <memory>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

namespace {

/// What the peer sends, packet by packet: "ab+c d." is the chunks "ab" and "c" in one packet, then "d" with the
/// end of the body; "!" is a connection that ends before the body.
QByteArrayList packetsOf(const QString &notation)
{
    QByteArrayList packets;
    for (const QString &word : notation.split(u' ')) {
        QByteArray packet;
        for (const QString &chunk : QString(word).remove(u'.').remove(u'!').split(u'+')) {
            if (!chunk.isEmpty())
                packet += QByteArray::number(chunk.size(), 16) + "\r\n" + chunk.toLatin1() + "\r\n";
        }
        if (word.endsWith(u'.'))
            packet += "0\r\n\r\n";
        packets.append(packet);
    }
    packets.first().prepend("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    return packets;
}

QString yes(bool value) { return value ? u"true"_s : u"false"_s; }

QString text(const QByteArray &octets)
{
    return octets.isNull() ? u"null"_s : QString::fromLatin1(octets);
}

} // namespace

class ReadableStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modes_data();
    void modes();

private:
    void follow(ClientRequest *request);
    void followResponse();
    void perform(const QString &moment);
    void use(const QString &use);
    QString state() const;

    std::unique_ptr<QObject> m_context; ///< Of all listeners of one row.
    QStringList m_log;
    QHash<QString, QStringList> m_uses; ///< What is done at which moment.
    QPointer<IncomingMessage> m_response;
    QMetaObject::Connection m_dataListener;
    QMetaObject::Connection m_readableListener;
    int m_dataCount = 0;
    int m_readableCount = 0;
};

void ReadableStreamTest::modes_data()
{
    QTest::addColumn<QString>("packets");
    QTest::addColumn<QString>("uses");
    QTest::addColumn<QString>("journal");
    const auto row
        = [](const char *name, const char *packets, const char *uses, const char *journal) {
              QTest::newRow(name) << QString::fromLatin1(packets) << QString::fromLatin1(uses)
                                  << QString::fromLatin1(journal);
          };
    // A state reads: flowing, paused, octets buffered, 'end' was emitted, complete.
    row("nobody asks", "ab+ c.", "step1: state; step2: state",
        "response | (step1) | null paused false length 2 ended false complete false | "
        "(step2) | null paused false length 3 ended false complete true | "
        "null paused false length 3 ended false complete true");
    row("data listener", "ab c.", "response: data",
        "response | -data | resume | data ab | (step1) | data c | end | req close | close | "
        "(step2) | gone");
    row("several pieces in one packet", "a+b+c.", "response: data",
        "response | -data | resume | data a | data b | data c | end | req close | close | "
        "(step1) | gone");
    row("data listener comes late", "a+b c.", "step2: state, data",
        "response | (step1) | (step2) | null paused false length 3 ended false complete true | "
        "-data | resume | data a | data b | data c | end | req close | close | gone");
    row("resume without a listener drops", "ab c.", "response: resume; step1: data",
        "response | -resume | resume | (step1) | -data | data c | end | req close | close | "
        "(step2) | gone");
    row("pause before the data listener", "ab c.",
        "response: pause, data; step1: state; step2: resume",
        "response | pause | -pause | -data | (step1) | "
        "false paused true length 2 ended false complete false | (step2) | -resume | resume | "
        "data ab | data c | end | req close | close | gone");
    row("pause inside data", "a+b+c.", "response: data; data1: pause; step1: state, resume",
        "response | -data | resume | data a | pause | -pause | (step1) | "
        "false paused true length 2 ended false complete true | -resume | resume | data b | "
        "data c | end | req close | close | gone");
    row("pause inside data, more packets", "a b c.",
        "response: data; data1: pause; step1: state; step2: state, resume",
        "response | -data | resume | data a | pause | -pause | (step1) | "
        "false paused true length 0 ended false complete false | (step2) | "
        "false paused true length 1 ended false complete false | -resume | resume | data b | "
        "data c | end | req close | close | (step3) | gone");
    row("pause and resume inside data", "a+b+c.",
        "response: data; data1: pause, resume; data2: pause, resume",
        "response | -data | resume | data a | pause | -pause | -resume | data b | pause | "
        "-pause | -resume | data c | resume | end | req close | close | (step1) | gone");
    row("read inside data", "a+b+c.", "response: data; data1: read",
        "response | -data | resume | data a | data b | -read = b | data c | end | req close | "
        "close | (step1) | gone");
    row("events of pause and resume", "a b.",
        "response: pause, pause, resume, resume, pause, state; step1: resume, state; step2: pause, "
        "resume",
        "response | pause | -pause | -pause | -resume | -resume | pause | -pause | "
        "false paused true length 0 ended false complete false | resume | (step1) | -resume | "
        "true paused false length 1 ended false complete false | resume | end | req close | "
        "close | (step2) | GONE | gone");
    row("data listener removed", "a b c.", "response: data; data1: offdata; step2: state, data",
        "response | -data | resume | data a | -offdata | (step1) | (step2) | "
        "true paused false length 0 ended false complete false | -data | data c | end | "
        "req close | close | (step3) | gone");
    row("readable, reads all", "ab c.",
        "response: readable; readable1: read, read; readable2: read; readable3: read",
        "response | -readable | readable | -read = ab | -read = null | (step1) | readable | "
        "-read = c | readable | -read = null | end | req close | close | (step2) | gone");
    row("readable, reads nothing", "ab c de.", "response: readable; step3: state, read",
        "response | -readable | readable | (step1) | readable | (step2) | readable | "
        "readable | (step3) | false paused true length 5 ended false complete true | "
        "-read = abcde | end | req close | close | gone");
    row("readable, sizes", "abcdefg hij.",
        "response: readable; readable1: read:3, read:100, read:1; readable2: read:100, read:2, "
        "read; readable3: read:0",
        "response | -readable | readable | -read 3 = abc | -read 100 = null | -read 1 = d | "
        "(step1) | readable | -read 100 = efghij | -read 2 = null | -read = null | readable | "
        "-read 0 = null | end | req close | close | (step2) | gone");
    row("readable, part of the octets", "abcdef .",
        "response: readable; readable1: read:2; readable2: read:2; step2: read, read",
        "response | -readable | readable | -read 2 = ab | (step1) | readable | -read 2 = cd | "
        "(step2) | -read = ef | -read = null | end | req close | close | gone");
    row("readable, then data", "ab c.",
        "response: readable, data; readable1: read; readable2: read; readable3: read",
        "response | -readable | -data | readable | data ab | -read = ab | (step1) | readable | "
        "data c | -read = c | readable | -read = null | end | req close | close | (step2) | "
        "gone");
    row("data, then readable", "ab c.",
        "response: data, readable; readable1: read; readable2: read; readable3: read",
        "response | -data | -readable | resume | readable | data ab | -read = ab | (step1) | "
        "readable | data c | -read = c | readable | -read = null | end | req close | close | "
        "(step2) | gone");
    row("readable comes late", "ab+c d.",
        "step1: readable; readable1: read; readable2: read; step2: state",
        "response | (step1) | -readable | readable | -read = abc | readable | -read = d | "
        "readable | end | req close | close | (step2) | GONE | gone");
    row("readable removed, data goes on", "ab c.", "response: readable, data; step1: offreadable",
        "response | -readable | -data | readable | (step1) | -offreadable | resume | data ab | "
        "data c | end | req close | close | (step2) | gone");
    row("readable removed, nobody reads", "ab c.",
        "response: readable; step1: offreadable, state; step2: state, data",
        "response | -readable | readable | (step1) | -offreadable | "
        "false paused true length 2 ended false complete false | (step2) | "
        "null paused false length 3 ended false complete true | -data | resume | data ab | "
        "data c | end | req close | close | gone");
    row("resume inside readable", "ab c.", "response: readable; readable1: resume; step2: read",
        "response | -readable | readable | -resume | resume | (step1) | readable | readable | "
        "(step2) | -read = abc | end | req close | close | gone");
    row("readable removed inside readable, resume", "ab c.",
        "response: readable; readable1: offreadable, resume; data1: state",
        "response | -readable | readable | -offreadable | -resume | resume | (step1) | end | "
        "req close | close | (step2) | gone");
    row("read without a listener", "ab c.", "response: read; step1: read; step2: read, read",
        "response | -read = null | (step1) | -read = ab | (step2) | -read = c | -read = null | "
        "end | req close | close | gone");
    row("read(0) starts the source", "ab c.",
        "response: read:0; step1: state, read; step2: read, read:0",
        "response | -read 0 = null | (step1) | "
        "null paused false length 2 ended false complete false | -read = ab | (step2) | "
        "-read = c | -read 0 = null | end | req close | close | gone");
    row("read more than there is", "ab c.", "step1: read:9, state; step2: read:9",
        "response | (step1) | -read 9 = null | "
        "null paused false length 2 ended false complete false | (step2) | -read 9 = abc | "
        "end | req close | close | gone");
    row("empty body, nobody asks", ".", "step1: state",
        "response | (step1) | null paused false length 0 ended false complete true | "
        "null paused false length 0 ended false complete true");
    row("empty body, data listener", ".", "response: data",
        "response | -data | resume | end | req close | close | (step1) | gone");
    row("empty body, resume", ".", "response: resume",
        "response | -resume | resume | end | req close | close | (step1) | gone");
    row("empty body, readable", ".", "response: readable; readable1: read",
        "response | -readable | readable | -read = null | end | req close | close | (step1) | "
        "gone");
    row("empty body, readable that does not read", ".", "response: readable; step1: state, read",
        "response | -readable | readable | end | req close | close | (step1) | GONE | gone");
    row("end in a packet of its own", "ab .", "response: data",
        "response | -data | resume | data ab | (step1) | end | req close | close | (step2) | "
        "gone");
    row("destroy inside data", "a+b c.", "response: data; data1: destroy, state",
        "response | -data | resume | data a | -destroy | "
        "true paused false length 1 ended false complete false | data b | aborted | "
        "error ECONNRESET | req close | close | (step1) | (step2) | gone");
    row("destroy inside readable", "ab c.", "response: readable; readable1: destroy, read",
        "response | -readable | readable | -destroy | -read = ab | aborted | "
        "error ECONNRESET | req close | close | (step1) | (step2) | gone");
    row("destroy while nobody reads", "ab c.", "step1: destroy, state",
        "response | (step1) | -destroy | "
        "null paused false length 2 ended false complete false | aborted | error ECONNRESET | "
        "req close | close | (step2) | gone");
    row("destroy inside end", "ab.", "response: data; end: destroy",
        "response | -data | resume | data ab | end | -destroy | req close | close | (step1) | "
        "gone");
    row("unshift inside readable", "abcdef gh.",
        "response: readable; readable1: read:4, unshift:XY, read:3, unshift:Z, read; readable2: "
        "read; readable3: read",
        "response | -readable | readable | -read 4 = abcd | -unshift | -read 3 = XYe | "
        "-unshift | -read = Zf | (step1) | readable | -read = gh | readable | -read = null | "
        "end | req close | close | (step2) | gone");
    row("unshift inside data", "ab c.", "response: data; data1: unshift:XY",
        "response | -data | resume | data ab | data XY | -unshift | (step1) | data c | end | "
        "req close | close | (step2) | gone");
    row("unshift while paused", "ab c.", "step1: read, unshift:XY, state, data",
        "response | (step1) | -read = ab | -unshift | "
        "null paused false length 2 ended false complete false | -data | data XY | resume | "
        "data c | end | req close | close | (step2) | gone");
    row("unshift after end", "ab.", "response: data; end: unshift:XY",
        "response | -data | resume | data ab | end | "
        "error ERR_STREAM_UNSHIFT_AFTER_END_EVENT | -unshift | req close | close | (step1) | "
        "gone");
    row("cut, data listener", "ab !", "response: data",
        "response | -data | resume | data ab | (step1) | aborted | error ECONNRESET | "
        "req close | close | (step2) | gone");
    row("cut, octets were not read", "ab !", "step2: state",
        "response | (step1) | aborted | error ECONNRESET | req close | close | (step2) | "
        "GONE | gone");
    row("cut, readable", "ab !", "response: readable; readable1: read:1",
        "response | -readable | readable | -read 1 = a | (step1) | aborted | "
        "error ECONNRESET | req close | close | (step2) | gone");
    row("cut while paused", "ab c !", "response: data; data1: pause",
        "response | -data | resume | data ab | pause | -pause | (step1) | (step2) | aborted | "
        "error ECONNRESET | req close | close | (step3) | gone");
    row("conformance: messages/readable-event-and-read", "abcdefghij .",
        "response: readable; readable1: read:3, read:100, unshift:XY, read:4, read, read, state; "
        "readable2: read, state; end: state",
        "response | -readable | readable | -read 3 = abc | -read 100 = null | -unshift | "
        "-read 4 = XYde | -read = fghij | -read = null | "
        "false paused true length 0 ended false complete false | (step1) | readable | "
        "-read = null | false paused true length 0 ended false complete true | end | "
        "false paused true length 0 ended true complete true | req close | close | (step2) | "
        "gone");
    row("conformance: messages/pause-and-resume-of-messages", "one, two,+three.",
        "response: state, data; data1: pause, state; step2: state, resume, state",
        "response | null paused false length 0 ended false complete false | -data | resume | "
        "data one, | pause | -pause | false paused true length 0 ended false complete false | "
        "(step1) | (step2) | false paused true length 9 ended false complete true | -resume | "
        "true paused false length 9 ended false complete true | resume | data two, | "
        "data three | end | req close | close | gone");
}

void ReadableStreamTest::modes()
{
    QFETCH(QString, packets);
    QFETCH(QString, uses);
    QFETCH(QString, journal);
    m_context = std::make_unique<QObject>();
    m_log.clear();
    m_uses.clear();
    m_dataCount = m_readableCount = 0;
    for (const QString &moment : uses.split(u"; "_s)) {
        const qsizetype colon = moment.indexOf(u':');
        m_uses.insert(moment.first(colon), moment.sliced(colon + 2).split(u", "_s));
    }

    QPointer<QTcpSocket> peer;
    RawServer server([&](QTcpSocket *connection, const QByteArray &) { peer = connection; });
    Agent agent;
    RequestOptions options;
    options.host = u"127.0.0.1"_s;
    options.port = server.port();
    options.agent = &agent;
    const QPointer<ClientRequest> request = get(options);
    follow(request);
    QTRY_VERIFY(peer);
    int step = 0;
    const QByteArrayList sent = packetsOf(packets);
    for (const QByteArray &packet : sent) {
        if (peer && packet.isEmpty())
            peer->disconnectFromHost();
        else if (peer)
            peer->write(packet);
        turn(50);
        const IoScope scope;
        const QString moment = u"step"_s + QString::number(++step);
        m_log.append(u'(' + moment + u')');
        perform(moment);
    }
    turn(50);
    m_log.append(m_response ? state() : u"gone"_s);
    m_context.reset();
    if (request) // its response was not read to its end
        request->destroy();
    QTRY_VERIFY(!request);
    QCOMPARE(m_log.join(u" | "_s), journal);
}

void ReadableStreamTest::follow(ClientRequest *request)
{
    connect(request, &ClientRequest::response, m_context.get(), [this](IncomingMessage *response) {
        m_response = response;
        m_log.append(u"response"_s);
        followResponse();
        perform(u"response"_s);
    });
    connect(request, &ClientRequest::errorOccurred, m_context.get(),
        [this](const Error &error) { m_log.append(u"req error "_s + wire::name(error.code)); });
    connect(
        request, &ClientRequest::closed, m_context.get(), [this] { m_log.append(u"req close"_s); });
}

void ReadableStreamTest::followResponse()
{
    const auto note
        = [this](const QString &entry) { return [this, entry] { m_log.append(entry); }; };
    connect(m_response, &IncomingMessage::ended, m_context.get(), [this] {
        m_log.append(u"end"_s);
        perform(u"end"_s);
    });
    connect(m_response, &IncomingMessage::closed, m_context.get(), note(u"close"_s));
    connect(m_response, &IncomingMessage::aborted, m_context.get(), note(u"aborted"_s));
    connect(m_response, &IncomingMessage::paused, m_context.get(), note(u"pause"_s));
    connect(m_response, &IncomingMessage::resumed, m_context.get(), note(u"resume"_s));
    connect(m_response, &IncomingMessage::errorOccurred, m_context.get(),
        [this](const Error &error) { m_log.append(u"error "_s + wire::name(error.code)); });
}

void ReadableStreamTest::perform(const QString &moment)
{
    const QStringList uses = m_uses.value(moment);
    if (!uses.isEmpty() && !m_response)
        m_log.append(u"GONE"_s);
    for (const QString &word : uses) {
        if (m_response)
            use(word);
    }
}

void ReadableStreamTest::use(const QString &word)
{
    const QString name = word.section(u':', 0, 0);
    const QString argument = word.section(u':', 1);
    QString entry = u'-' + name;
    if (name == u"state") {
        entry = state();
    } else if (name == u"pause") {
        m_response->pause();
    } else if (name == u"resume") {
        m_response->resume();
    } else if (name == u"destroy") {
        m_response->destroy();
    } else if (name == u"unshift") {
        m_response->unshift(argument.toLatin1());
    } else if (name == u"read") {
        entry += argument.isEmpty() ? u" = "_s : u' ' + argument + u" = "_s;
        entry += text(argument.isEmpty() ? m_response->read() : m_response->read(argument.toInt()));
    } else if (name == u"data") {
        m_dataListener = connect(
            m_response, &IncomingMessage::data, m_context.get(), [this](const QByteArray &octets) {
                m_log.append(u"data "_s + text(octets));
                perform(u"data"_s + QString::number(++m_dataCount));
            });
    } else if (name == u"readable") {
        m_readableListener
            = connect(m_response, &IncomingMessage::readable, m_context.get(), [this] {
                  m_log.append(u"readable"_s);
                  perform(u"readable"_s + QString::number(++m_readableCount));
              });
    } else if (name == u"offdata") {
        disconnect(m_dataListener);
    } else if (name == u"offreadable") {
        disconnect(m_readableListener);
    }
    m_log.append(entry);
}

QString ReadableStreamTest::state() const
{
    const std::optional<bool> flowing = m_response->readableFlowing();
    return u"%1 paused %2 length %3 ended %4 complete %5"_s.arg(flowing ? yes(*flowing) : u"null"_s,
        yes(m_response->isPaused()), QString::number(m_response->readableLength()),
        yes(m_response->isReadableEnded()), yes(m_response->isComplete()));
}

QTEST_GUILESS_MAIN(ReadableStreamTest)
#include "tst_readablestream.moc"
