#include "wirerows.h"

#include <http/transport.h>

#include <QRegularExpression>
#include <QTest>

namespace headrace::http::test {

using headrace::test::MemorySocket;
using headrace::test::settle;

QByteArray quoted(QByteArrayView octets)
{
    QByteArray result = "'";
    for (const char octet : octets) {
        const uchar code = uchar(octet);
        constexpr QByteArrayView special = "'\\\b\f\n\r\t";
        constexpr QByteArrayView letters = "'\\bfnrt";
        if (const qsizetype index = special.indexOf(octet); index >= 0)
            result.append('\\').append(letters[index]);
        else if (code < 0x20 || code >= 0x7f)
            result.append("\\u00").append(QByteArray(1, octet).toHex());
        else
            result.append(octet);
    }
    return result + '\'';
}

QByteArray quoted(const QList<QByteArray> &list)
{
    QByteArrayList texts;
    for (const QByteArray &octets : list)
        texts.append(quoted(octets));
    return '[' + texts.join(',') + ']';
}

QByteArray quoted(const Headers &headers)
{
    QByteArrayList texts;
    for (const Headers::Entry &entry : headers.entries()) {
        const bool isList = entry.name == "set-cookie";
        texts.append(quoted(entry.name) + ':'
            + (isList ? quoted(entry.values) : quoted(entry.values.first())));
    }
    return '{' + texts.join(',') + '}';
}

QByteArray abbreviated(QByteArray text)
{
    const QByteArray start = R"(HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: )";
    const QByteArray rest = R"(\r\nContent-Length: 2\r\n\r\nok)";
    text.replace(start + "close" + rest, "<ok, close>");
    text.replace(start + R"(keep-alive\r\nKeep-Alive: timeout=5)" + rest, "<ok, keep-alive>");
    text.replace(R"(HTTP/1.1 400 Bad Request\r\n\r\n)", "<400>");
    return text;
}

namespace {

QByteArray codeOf(const Error &error, bool anyCode)
{
    const QByteArray code = wire::name(error.code).data();
    return anyCode && code.startsWith("HPE_") ? "HPE_*" : code;
}

} // namespace

QByteArray atEveryCut(const QByteArray &octets, const Exchange &exchange)
{
    const auto comparable = [](const QByteArray &journal) {
        static const QRegularExpression number(QStringLiteral(" bytesParsed -?\\d+"));
        return QString::fromLatin1(journal).remove(number).toLatin1();
    };
    const QByteArray whole = exchange({ octets });
    for (qsizetype cut = 1; cut < octets.size(); ++cut) {
        const QByteArray inTwo = exchange({ octets.first(cut), octets.sliced(cut) });
        if (comparable(inTwo) != comparable(whole))
            return whole + "\nbroken: cut at " + QByteArray::number(cut) + ":\n" + inTwo;
    }
    QByteArrayList single;
    for (const char octet : octets)
        single.append(QByteArray(1, octet));
    const QByteArray octetByOctet = exchange(single);
    if (comparable(octetByOctet) != comparable(whole))
        return whole + "\nbroken: octet by octet:\n" + octetByOctet;
    return whole;
}

// --- server

namespace {

void listenAsUsual(Server *server, QByteArrayList *log, const Served &how)
{
    const auto answer = [log, how](IncomingMessage *request, ServerResponse *response) {
        const QByteArray target = request->method() + ' ' + quoted(request->url());
        if (how.countsHeaders) {
            log->append("request " + target + ", " + QByteArray::number(request->headers().count())
                + " headers");
        } else {
            log->append("request " + target + " HTTP/" + request->httpVersion());
            log->append("rawHeaders " + quoted(request->rawHeaders()));
        }
        const auto body = std::make_shared<QByteArray>();
        QObject::connect(request, &IncomingMessage::data, request,
            [body](const QByteArray &octets) { *body += octets; });
        QObject::connect(request, &IncomingMessage::ended, response, [=] {
            QByteArray line
                = "body " + quoted(*body) + " trailers " + quoted(request->rawTrailers());
            if (how.countsHeaders)
                line += ' ' + quoted(request->trailers());
            log->append(line);
            response->end("ok");
        });
    };
    QObject::connect(server, &Server::request, server, answer);
    QObject::connect(
        server, &Server::clientError, server, [log, how](const Error &error, QIODevice *socket) {
            QByteArray line = "clientError " + codeOf(error, how.anyCode);
            if (how.bytesParsed)
                line += " bytesParsed " + QByteArray::number(error.bytesParsed);
            log->append(line);
            Transport *transport = Transport::of(socket);
            if (!transport->isWritable())
                return;
            transport->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            transport->end();
        });
}

} // namespace

QByteArray served(const QByteArray &octets, const Served &how)
{
    const Exchange exchange = [&how](const QByteArrayList &pieces) {
        ServerOptions options;
        options.insecureHTTPParser = how.insecure;
        MemoryServer server(
            [&how](Server *made, QByteArrayList *log) { listenAsUsual(made, log, how); }, options);
        for (const QByteArray &piece : pieces)
            server.send(piece);
        if (how.finish)
            server.finish();
        return server.journal();
    };
    return how.cut ? atEveryCut(octets, exchange) : exchange({ octets });
}

// --- client

namespace {

/// The journal of one request.
struct ClientJournal
{
    QByteArrayList log;
    QByteArray cut; ///< What the response said of its abortion.
    QByteArray failed; ///< What the request said.
    QByteArray body;
    int closed = 0;

    void follow(ClientRequest *request, const Received &how);
    void followResponse(IncomingMessage *response);
    QByteArray text() const;
};

void ClientJournal::follow(ClientRequest *request, const Received &how)
{
    QObject::connect(
        request, &ClientRequest::information, request, [this](const Information &info) {
            log.append("information " + QByteArray::number(info.statusCode) + ' '
                + quoted(info.statusMessage) + ' ' + quoted(info.rawHeaders));
        });
    QObject::connect(request, &ClientRequest::response, request,
        [this](IncomingMessage *response) { followResponse(response); });
    QObject::connect(
        request, &ClientRequest::errorOccurred, request, [this, how](const Error &error) {
            failed += "error " + codeOf(error, how.anyCode);
            if (how.bytesParsed && error.bytesParsed >= 0)
                failed += " bytesParsed " + QByteArray::number(error.bytesParsed);
        });
    QObject::connect(request, &ClientRequest::closed, request, [this] { ++closed; });
}

void ClientJournal::followResponse(IncomingMessage *response)
{
    const auto complete = [response] {
        return QByteArray(response->isComplete() ? " complete true" : " complete false");
    };
    log.append("response HTTP/" + response->httpVersion() + ' '
        + QByteArray::number(response->statusCode()) + ' ' + quoted(response->statusMessage()) + ' '
        + quoted(response->rawHeaders()));
    QObject::connect(response, &IncomingMessage::data, response,
        [this](const QByteArray &octets) { body += octets; });
    QObject::connect(response, &IncomingMessage::aborted, response,
        [this, complete] { cut = "aborted after " + quoted(body) + complete(); });
    QObject::connect(
        response, &IncomingMessage::errorOccurred, response, [this](const Error &error) {
            cut += " response error " + QByteArray(wire::name(error.code).data());
        });
    QObject::connect(response, &IncomingMessage::ended, response, [this, response, complete] {
        log.append(
            "body " + quoted(body) + " trailers " + quoted(response->rawTrailers()) + complete());
    });
}

QByteArray ClientJournal::text() const
{
    QByteArrayList lines = log;
    if (!cut.isEmpty())
        lines.append(cut);
    if (!failed.isEmpty())
        lines.append(failed);
    if (closed != 1)
        lines.append("closed " + QByteArray::number(closed) + " times");
    return lines.join('\n');
}

} // namespace

QByteArray received(const QByteArray &octets, const Received &how)
{
    const Exchange exchange = [&how](const QByteArrayList &pieces) {
        MemoryAgent agent;
        RequestOptions options;
        options.agent = &agent;
        options.method = how.method;
        options.insecureHTTPParser = how.insecure;
        ClientJournal journal;
        ClientRequest *sent = request(options);
        journal.follow(sent, how);
        sent->end();
        settle();
        MemorySocket *peer = agent.peers().first();
        for (const QByteArray &piece : pieces) {
            peer->write(piece);
            settle();
        }
        if (how.finish)
            peer->finish();
        settle();
        if (!peer->isPeerClosed())
            journal.log.append("open");
        peer->close();
        settle();
        return journal.text();
    };
    return how.cut ? atEveryCut(octets, exchange) : exchange({ octets });
}

// --- tables

void columns()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<bool>("finish");
    QTest::addColumn<bool>("cut");
    QTest::addColumn<QByteArray>("method");
}

void addRow(const char *name, const QByteArray &octets, const QByteArray &expected, Sending sending,
    const char *method)
{
    const bool finish = sending == Sending::Finished || sending == Sending::Uncut;
    const bool cut = sending == Sending::Finished || sending == Sending::Open;
    QTest::newRow(name) << octets << expected << finish << cut << QByteArray(method);
}

void checkServed(Served how)
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, expected);
    QFETCH(bool, finish);
    QFETCH(bool, cut);
    how.finish = finish;
    how.cut = cut;
    QCOMPARE(served(octets, how), expected);
}

void checkReceived(Received how)
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, expected);
    QFETCH(bool, finish);
    QFETCH(bool, cut);
    QFETCH(QByteArray, method);
    how.finish = finish;
    how.cut = cut;
    how.method = method;
    QCOMPARE(received(octets, how), expected);
}

} // namespace headrace::http::test
