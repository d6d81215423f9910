#include "madetraffic.h"

#include <QSignalSpy>
#include <QTest>

namespace headrace::store {

using namespace headrace::exchange;

namespace {

QString fieldsText(const FieldList &fields)
{
    QString text;
    for (const auto &[name, value] : fields)
        text += QString::fromLatin1(name) + u'=' + QString::fromLatin1(value) + u';';
    return text;
}

QString messageText(const Message &message)
{
    QString text = QString::fromLatin1(message.startLine) + u'|' + fieldsText(message.fields) + u'|'
        + fieldsText(message.trailers)
        + QStringLiteral("|%1 %2 %3 %4 %5 %6 %7 %8 %9")
              .arg(message.statusCode)
              .arg(QString::fromLatin1(message.reason), QString::fromLatin1(message.httpVersion))
              .arg(message.headTime)
              .arg(message.endTime)
              .arg(message.bodyOctets)
              .arg(message.wireOctets)
              .arg(message.isTruncated)
              .arg(message.isPartial);
    // Pieces of one part that came at one time are one, however they are kept.
    for (qsizetype i = 0; i < message.octets.size(); ++i) {
        const Octets &octets = message.octets.at(i);
        if (i == 0 || octets.time != message.octets.at(i - 1).time
            || octets.part != message.octets.at(i - 1).part)
            text += QStringLiteral("\n  %1 %2 ").arg(octets.time).arg(int(octets.part));
        text += QString::fromLatin1(octets.octets.toHex());
    }
    for (const Chunk &chunk : message.chunks)
        text += QStringLiteral("\n  chunk %1 %2 %3 %4")
                    .arg(chunk.time)
                    .arg(chunk.offset)
                    .arg(chunk.size)
                    .arg(QString::fromLatin1(chunk.extensions));
    return text;
}

QString connectionText(const Connection &c)
{
    QString text = QStringLiteral("\n%1 %2 %3:%4 %5:%6")
                       .arg(c.id)
                       .arg(c.isReused)
                       .arg(c.localAddress)
                       .arg(c.localPort)
                       .arg(c.peerAddress)
                       .arg(c.peerPort);
    if (c.tls)
        text += u'\n' + c.tls->protocol + c.tls->cipher + QString::fromLatin1(c.tls->alpn)
            + c.tls->serverName + QString::fromLatin1(c.tls->peerCertificates.join().toHex());
    return text;
}

} // namespace

QString textOf(const Summary &summary)
{
    return QStringList { summary.began.toUTC().toString(Qt::ISODateWithMs),
        displayName(summary.source), QString::number(int(summary.state)), summary.scheme,
        summary.host, summary.method, summary.target, QString::number(summary.statusCode),
        summary.reason, summary.contentType, summary.requestType,
        QString::number(summary.requestBodyOctets), QString::number(summary.responseBodyOctets),
        QString::number(summary.duration), QString::number(summary.interimCount),
        QString::number(summary.hasTrailers), summary.errorCode, summary.errorMessage,
        QString::fromLatin1(name(summary.pattern)), QString::fromLatin1(name(summary.mark)),
        summary.note }
        .join(u'|');
}

QString textOf(const Exchange &exchange)
{
    QString text = textOf(exchange.summary) + u'\n' + messageText(exchange.request);
    for (const Message &interim : exchange.interim)
        text += u'\n' + messageText(interim);
    text += u'\n' + messageText(exchange.response);
    for (const Event &event : exchange.events)
        text += QStringLiteral("\n%1 %2 %3 %4")
                    .arg(event.time)
                    .arg(event.object, event.name, event.detail);
    const Timings &t = exchange.timings;
    for (const qint64 time : { t.lookupStarted, t.lookupEnded, t.connectStarted, t.connectEnded,
             t.tlsStarted, t.tlsEnded, t.requestSent, t.firstByte, t.ended, t.held })
        text += QStringLiteral(" %1").arg(time);
    text += connectionText(exchange.connection);
    if (exchange.client)
        text += QStringLiteral("\nclient") + connectionText(*exchange.client);
    for (const Change &change : exchange.changes)
        text += QStringLiteral("\nchange %1 %2 %3 %4 %5 %6 %7 %8 %9")
                    .arg(change.time)
                    .arg(change.message)
                    .arg(int(change.cause))
                    .arg(int(change.part))
                    .arg(change.isCut)
                    .arg(change.by, change.summary, QString::fromLatin1(change.before.toHex()),
                        QString::fromLatin1(change.after.toHex()));
    if (exchange.failure)
        text += u'\n' + exchange.failure->code + u' ' + exchange.failure->message;
    return text;
}

QList<ExchangeId> found(Store &store, const Query &query)
{
    const std::unique_ptr<Search> search = store.search(query);
    QList<ExchangeId> ids;
    QObject::connect(search.get(), &Search::found, search.get(),
        [&ids](const QList<ExchangeId> &more) { ids += more; });
    QSignalSpy finished(search.get(), &Search::finished);
    if (finished.isEmpty())
        finished.wait(30'000);
    if (finished.size() != 1 || !finished.first().first().toString().isEmpty())
        qFatal("the search did not finish well");
    return ids;
}

MadeTraffic::MadeTraffic(quint32 seed)
    : m_random(seed)
{
}

bool MadeTraffic::chance(int percent) { return m_random.bounded(100) < percent; }

template <class T>
T MadeTraffic::anyOf(const QList<T> &values)
{
    return values.at(m_random.bounded(int(values.size())));
}

Summary MadeTraffic::makeSummary()
{
    Summary summary;
    m_time += m_random.bounded(3'000);
    summary.began = QDateTime::fromMSecsSinceEpoch(1'795'000'000'000 + m_time);
    summary.source = Source(m_random.bounded(4));
    summary.scheme = chance(50) ? QStringLiteral("http") : QStringLiteral("https");
    summary.host = anyOf<QString>({ QStringLiteral("api.example.test"),
        QStringLiteral("cdn.example.test:8443"), QStringLiteral("127.0.0.1:3000"),
        QStringLiteral("[::1]:8080"), QStringLiteral("münchen.test") });
    summary.method = anyOf<QString>({ QStringLiteral("GET"), QStringLiteral("GET"),
        QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("M-SEARCH") });
    summary.target
        = anyOf<QString>({ QStringLiteral("/v1/items?q=%1"), QStringLiteral("/v1/orders/%1"),
                             QStringLiteral("/"), QStringLiteral("/ü/%1"),
                             QStringLiteral("http://proxy.test/%1?x"), QStringLiteral("*") })
              .replace(QStringLiteral("%1"), QString::number(m_random.bounded(50)));
    return summary;
}

ExchangeId MadeTraffic::beginOne(Sink &sink)
{
    ++m_count;
    m_summary = makeSummary();
    const ExchangeId id = sink.begin(m_summary);
    Connection connection;
    connection.id = quint64(m_random.bounded(1, 9));
    connection.isReused = chance(50);
    connection.localAddress = QStringLiteral("127.0.0.1");
    connection.peerAddress
        = chance(50) ? QStringLiteral("192.0.2.7") : QStringLiteral("2001:db8::7");
    connection.localPort = quint16(m_random.bounded(1, 65535));
    connection.peerPort = 443;
    if (m_summary.scheme == u"https")
        connection.tls = Tls { QStringLiteral("TLSv1.3"), QStringLiteral("TLS_AES_256_GCM_SHA384"),
            "http/1.1", m_summary.host, { QByteArray("\x30\x82\x00\xff", 4), "second" } };
    sink.setConnection(id, connection);
    tellHeads(sink, id);
    if (m_summary.source == Source::Proxy)
        tellProxied(sink, id);
    return id;
}

void MadeTraffic::tellHeads(Sink &sink, ExchangeId id)
{
    Message request;
    request.startLine = m_summary.method.toLatin1() + ' ' + m_summary.target.toUtf8() + " HTTP/1.1";
    request.fields = { { "Host", m_summary.host.toUtf8() }, { "Accept", "*/*" } };
    if (chance(30))
        request.fields += { { "X-Id", QByteArray::number(m_random.bounded(20)) }, { "x-id", "" } };
    if (chance(30)) {
        request.fields.emplaceBack(
            "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        m_summary.requestType = QStringLiteral("application/x-www-form-urlencoded");
    }
    request.httpVersion = "1.1";
    request.headTime = m_random.bounded(100);
    sink.addOctets(id, -1, { request.headTime, Part::Head, request.startLine + "\r\n...\r\n\r\n" });
    sink.setHead(id, -1, request);
    sink.setSummary(id, m_summary);
    if (chance(40))
        tellBody(sink, id, -1);
    sink.setEnd(id, -1, 140);
    Timings timings;
    timings.requestSent = 140;
    sink.setTimings(id, timings);
    if (chance(10))
        return; // no response
    for (int interim = chance(20) ? m_random.bounded(1, 3) : 0; interim > 0; --interim) {
        Message head;
        head.startLine = "HTTP/1.1 103 Early Hints";
        head.statusCode = 103;
        head.reason = "Early Hints";
        head.httpVersion = "1.1";
        head.headTime = 150;
        head.fields = { { "Link", "</a.css>; rel=preload" } };
        ++m_summary.interimCount;
        sink.setHead(id, m_summary.interimCount, head);
        sink.addOctets(
            id, m_summary.interimCount, { 150, Part::Head, head.startLine + "\r\n\r\n" });
    }
    Message response;
    m_summary.statusCode = anyOf<int>({ 200, 200, 201, 204, 301, 404, 404, 500, 502 });
    m_summary.reason = QStringLiteral("Reason");
    m_summary.contentType = anyOf<QString>({ QStringLiteral("application/json"),
        QStringLiteral("text/html"), QStringLiteral("image/png"), QString() });
    response.statusCode = m_summary.statusCode;
    response.reason = "Reason";
    response.startLine = "HTTP/1.1 " + QByteArray::number(m_summary.statusCode) + " Reason";
    response.httpVersion = "1.1";
    response.headTime = 200;
    response.fields = { { "Content-Type", m_summary.contentType.toLatin1() + "; charset=utf-8" },
        { "Set-Cookie", "a=1" }, { "set-cookie", "b=2" } };
    if (chance(20))
        response.fields.emplaceBack("X-Cache", chance(50) ? "HIT" : "MISS");
    sink.addOctets(id, 0, { 200, Part::Head, response.startLine + "\r\n\r\n" });
    sink.setHead(id, 0, response);
    sink.setSummary(id, m_summary);
    timings.firstByte = 200;
    sink.setTimings(id, timings);
    tellBody(sink, id, 0);
}

void MadeTraffic::tellBody(Sink &sink, ExchangeId id, int message)
{
    qint64 offset = 0;
    for (int pieces = m_random.bounded(4); pieces > 0; --pieces) {
        QByteArray octets = anyOf<QByteArray>({ "{\"state\":\"out of stock\"}", "Grüße, Welt",
            QByteArray("\0\xff\x80 binary", 10), "needle in a haystack", "plain" });
        if (chance(5))
            octets = octets.repeated(20'000);
        if (chance(50)) {
            sink.addOctets(id, message,
                { 220, Part::ChunkHeader, QByteArray::number(octets.size(), 16) + "\r\n" });
            sink.addChunk(id, message,
                { 220, offset, octets.size(), chance(20) ? QByteArray(";x=1") : QByteArray() });
        }
        sink.addOctets(id, message, { 221 + pieces, Part::Body, octets });
        offset += octets.size();
    }
    if (chance(5))
        sink.addUnkept(id, message, Part::Body, 1000);
    if (chance(15)) {
        const FieldList trailers { { "X-Sum", QByteArray::number(m_random.bounded(9)) } };
        sink.setTrailers(id, message, trailers);
        m_summary.hasTrailers = true;
        sink.setSummary(id, m_summary);
    }
    if (chance(90))
        sink.setEnd(id, message, 300);
}

void MadeTraffic::tellEvents(Sink &sink, ExchangeId id)
{
    const QString request = QStringLiteral("ClientRequest");
    sink.addEvent(id, { 10, request, QStringLiteral("socket"), {} });
    sink.addEvent(id, { 12, QStringLiteral("Socket"), QStringLiteral("connect started"), {} });
    if (m_summary.statusCode != 0)
        sink.addEvent(
            id, { 200, request, QStringLiteral("response"), QStringLiteral("200 Reason") });
    if (chance(20))
        sink.addEvent(
            id, { 210, QStringLiteral("IncomingMessage"), QStringLiteral("aborted"), {} });
    if (chance(5))
        sink.addEvent(
            id, { 211, QStringLiteral("Own"), QStringLiteral("own event"), QStringLiteral("ü") });
    sink.addEvent(id, { 300, request, QStringLiteral("close"), {} });
}

void MadeTraffic::tellProxied(Sink &sink, ExchangeId id)
{
    Connection client;
    client.id = quint64(1000 + m_count);
    client.isReused = m_count % 2 == 0;
    client.localAddress = QStringLiteral("127.0.0.1");
    client.localPort = 8080;
    client.peerAddress = m_count % 3 == 0 ? QStringLiteral("::1")
                                          : QStringLiteral("198.51.100.%1").arg(m_count % 9);
    client.peerPort = quint16(40'000 + m_count);
    sink.setClient(id, client);
    if (m_summary.scheme == u"https") { // more is known
        client.tls = Tls { QStringLiteral("TLSv1.2"), QStringLiteral("C"), {}, m_summary.host,
            { QByteArray("\x30\0shown", 7) } };
        sink.setClient(id, client);
    }
    sink.addChange(id,
        { 160, -1, Change::Cause::HopByHop, {}, Part::Head, QStringLiteral("removed Connection"),
            "Connection: close\r\n", {}, false });
    if (m_count % 3 == 0)
        sink.addChange(id,
            { 170, m_count % 2 - 1, Change::Cause::Rule,
                m_count % 6 == 0 ? QStringLiteral("Map local") : QStringLiteral("Größe"),
                Part::Body, QStringLiteral("other body"), QByteArray("\0\xff", 2), "new", true });
    if (m_count % 7 == 0)
        sink.addChange(id,
            { 180, 0, Change::Cause::Script, QStringLiteral("map.js"), Part::Trailers, {}, {},
                "X: 1\r\n", false });
    if (m_count % 10 == 0)
        sink.addChange(id,
            { 190, -1, Change::Cause::Leniency, {}, Part::Head, QStringLiteral("CL and TE"), {}, {},
                false });
}

ExchangeId MadeTraffic::add(Sink &sink)
{
    const ExchangeId id = beginOne(sink);
    tellEvents(sink, id);
    m_summary.state = State(m_random.bounded(1, 4));
    if (m_summary.state == State::Failed) {
        m_summary.errorCode
            = chance(50) ? QStringLiteral("ECONNRESET") : QStringLiteral("HPE_INVALID_CHUNK_SIZE");
        m_summary.errorMessage = QStringLiteral("socket hang up");
        sink.setFailure(id, { m_summary.errorCode, m_summary.errorMessage });
    }
    m_summary.duration = m_random.bounded(2'000'000);
    m_summary.pattern = Pattern(m_random.bounded(1, PatternCount));
    Timings timings;
    timings.requestSent = 140;
    timings.firstByte = 200;
    timings.ended = m_summary.duration;
    timings.held = m_summary.source == Source::Proxy && m_count % 4 == 0 ? 1'234'567 : 0;
    sink.setTimings(id, timings);
    sink.setSummary(id, m_summary);
    sink.end(id);
    return id;
}

} // namespace headrace::store
