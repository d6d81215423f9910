#include "smalltraffic.h"

namespace bench {

using namespace headrace::exchange;

namespace {

constexpr const char *paths[] = { "items", "orders", "users", "reports/levels", "assets/app.js" };
constexpr const char *methods[] = { "GET", "GET", "GET", "GET", "POST", "PUT", "DELETE" };
constexpr const char *types[]
    = { "application/json", "application/json", "text/html", "image/png" };
constexpr int codes[]
    = { 200, 200, 200, 200, 200, 200, 200, 201, 204, 304, 302, 404, 404, 500, 502 };

template <class T, size_t N>
T anyOf(const T (&values)[N], QRandomGenerator &random)
{
    return values[random.bounded(int(N))];
}

} // namespace

SmallTraffic::SmallTraffic(quint32 seed, qsizetype bodyOctets)
    : m_random(seed)
    , m_bodyOctets(bodyOctets)
    , m_began(QDateTime::currentMSecsSinceEpoch())
{
    // Words in JSON, different everywhere, so that what is looked for is not in all of them.
    while (m_text.size() < 4 * std::max<qsizetype>(bodyOctets, 1)) {
        m_text += "{\"id\":" + QByteArray::number(m_random.generate()) + ",\"name\":\"item "
            + QByteArray::number(m_random.bounded(100'000), 36) + "\",\"state\":\"in stock\"},\n";
    }
}

QByteArray SmallTraffic::body()
{
    if (m_bodyOctets == 0)
        return "{\"items\":[{\"id\":" + QByteArray::number(m_random.generate())
            + ",\"name\":\"level\",\"unit\":\"m\",\"values\":[3.2,3.3,3.1,3.0,2.9,2.8,3.3,3.5]},{"
              "\"id\":"
            + QByteArray::number(m_random.generate())
            + ",\"name\":\"flow\",\"unit\":\"m3/"
              "s\",\"values\":[31,32,30,29,28,27,31,36]}],\"page\":1}";
    return m_text.mid(m_random.bounded(qint64(m_text.size() - m_bodyOctets)), m_bodyOctets);
}

ExchangeId SmallTraffic::add(Sink &sink)
{
    Summary summary;
    m_began += m_random.bounded(3);
    summary.began = QDateTime::fromMSecsSinceEpoch(m_began);
    summary.source = Source(m_random.bounded(4));
    summary.scheme = m_random.bounded(2) ? QStringLiteral("https") : QStringLiteral("http");
    summary.host = QStringLiteral("host%1.example.test").arg(m_random.bounded(300));
    summary.method = QString::fromLatin1(anyOf(methods, m_random));
    summary.target = QStringLiteral("/v1/%1/%2?page=%3&q=%4")
                         .arg(QLatin1String(anyOf(paths, m_random)))
                         .arg(m_random.bounded(1'000'000))
                         .arg(m_random.bounded(50))
                         .arg(m_random.generate(), 0, 16);
    const ExchangeId id = sink.begin(summary);

    Connection connection;
    connection.id = 7;
    connection.isReused = true;
    connection.localAddress = connection.peerAddress = QStringLiteral("127.0.0.1");
    connection.localPort = 50'000;
    connection.peerPort = 443;
    sink.setConnection(id, connection);
    const auto event = [&](qint64 time, const char *object, const char *name) {
        sink.addEvent(id, { time, QLatin1String(object), QLatin1String(name), {} });
    };
    event(2, "ClientRequest", "socket");

    Message request;
    request.startLine = summary.method.toLatin1() + ' ' + summary.target.toLatin1() + " HTTP/1.1";
    request.fields
        = { { "Host", summary.host.toLatin1() }, { "User-Agent", "bench/1.0 (small traffic)" },
              { "Accept", "application/json, text/plain, */*" },
              { "Accept-Encoding", "gzip, deflate, br" },
              { "Authorization", "Bearer 0123456789abcdef0123456789abcdef" },
              { "Connection", "keep-alive" } };
    request.httpVersion = "1.1";
    request.headTime = 20;
    QByteArray head = request.startLine + "\r\n";
    for (const auto &[name, value] : std::as_const(request.fields))
        head += name + ": " + value + "\r\n";
    sink.addOctets(id, -1, { 20, Part::Head, head + "\r\n" });
    sink.setHead(id, -1, request);
    sink.setSummary(id, summary);
    sink.setEnd(id, -1, 21);
    event(21, "ClientRequest", "prefinish");
    event(25, "ClientRequest", "finish");
    event(300, "Socket", "first byte");

    Message response;
    response.statusCode = summary.statusCode = anyOf(codes, m_random);
    response.reason = "OK";
    response.httpVersion = "1.1";
    response.headTime = 310;
    response.startLine = "HTTP/1.1 " + QByteArray::number(response.statusCode) + " OK";
    summary.contentType = QString::fromLatin1(anyOf(types, m_random));
    const QByteArray octets = body();
    response.fields = { { "Content-Type", summary.contentType.toLatin1() + "; charset=utf-8" },
        { "Content-Length", QByteArray::number(octets.size()) },
        { "Date", "Fri, 27 Nov 2026 04:00:00 GMT" }, { "Cache-Control", "no-cache" },
        { "Connection", "keep-alive" } };
    head = response.startLine + "\r\n";
    for (const auto &[name, value] : std::as_const(response.fields))
        head += name + ": " + value + "\r\n";
    sink.addOctets(id, 0, { 310, Part::Head, head + "\r\n" });
    sink.setHead(id, 0, response);
    summary.reason = QStringLiteral("OK");
    sink.setSummary(id, summary);
    event(311, "ClientRequest", "response");
    for (qsizetype at = 0; at < octets.size(); at += 65'536)
        sink.addOctets(id, 0, { 320 + at / 65'536, Part::Body, octets.mid(at, 65'536) });
    event(330, "IncomingMessage", "data");
    sink.setEnd(id, 0, 340);
    event(341, "IncomingMessage", "end");
    event(342, "IncomingMessage", "close");
    event(343, "ClientRequest", "close");
    event(344, "Agent", "free");

    Timings timings;
    timings.requestSent = 21;
    timings.firstByte = 300;
    timings.ended = 344;
    sink.setTimings(id, timings);
    summary.state = State::Complete;
    summary.pattern = Pattern::Success;
    summary.duration = m_random.bounded(100, 1'000'000);
    sink.setSummary(id, summary);
    sink.end(id);
    return id;
}

} // namespace bench
