#include <exchange/memorystore.h>
#include <exchange/recorder.h>
#include <http/incomingmessage.h>
#include <http/serverresponse.h>
#include <mock/mockserver.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <functional>
#include <memory>

using namespace headrace;
using namespace headrace::mock;

namespace {

Route route(const QString &method, const QString &path, const QByteArray &body = {})
{
    Route result;
    result.method = method;
    result.path = path;
    result.body = body;
    return result;
}

// Without the Date field, which differs from run to run.
QByteArray withoutDate(QByteArray answer)
{
    const qsizetype begin = answer.indexOf("\r\nDate: ");
    return begin < 0 ? answer : answer.remove(begin, answer.indexOf("\r\n", begin + 2) - begin);
}

} // namespace

class MockServerTest : public QObject
{
    Q_OBJECT

private:
    struct Serving
    {
        exchange::MemoryStore store;
        exchange::Recorder recorder { store, exchange::Source::Mock };
        MockServer server;

        explicit Serving(const QList<Route> &routes)
        {
            server.setObserver(&recorder);
            server.setDefinition({ {}, 0, routes });
            server.listen(0);
        }

        // All that the server sends until it closes.
        QByteArray ask(const QByteArray &octets)
        {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
            socket.write(octets);
            QByteArray answer;
            QElapsedTimer timer;
            timer.start();
            while (
                socket.state() != QAbstractSocket::UnconnectedState && timer.elapsed() < 10'000) {
                QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
                answer += socket.readAll();
            }
            return withoutDate(answer);
        }

        QByteArray get(const QByteArray &target, const QByteArray &method = "GET")
        {
            return ask(method + ' ' + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        }
    };

    struct Handler : RouteHandler
    {
        std::function<QString(http::IncomingMessage *, http::ServerResponse *)> run;
        QStringList paths;

        QString handle(const Route &route, http::IncomingMessage *request,
            http::ServerResponse *response) override
        {
            paths += route.path;
            return run(request, response);
        }
    };

    static Route scripted(const QString &path)
    {
        Route result = route(u"*"_qs, path, "fixed");
        result.script.source = u"// what the handler makes of it"_qs;
        result.isScripted = true;
        return result;
    }

private Q_SLOTS:

    void script_handler_answers()
    {
        Serving serving({ scripted(u"/a/:id"_qs), route(u"GET"_qs, u"/b"_qs, "b") });
        Handler handler;
        handler.run = [](http::IncomingMessage *request, http::ServerResponse *response) {
            auto body = std::make_shared<QByteArray>();
            QObject::connect(request, &http::IncomingMessage::data, response,
                [body](const QByteArray &octets) { *body += octets; });
            QObject::connect(request, &http::IncomingMessage::ended, response,
                [body, response] { response->end("got " + *body); });
            return QString();
        };
        serving.server.setHandler(&handler);
        const QByteArray answer = serving.ask("POST /a/1?x HTTP/1.1\r\nHost: h\r\n"
                                              "Content-Length: 3\r\nConnection: close\r\n\r\nyou");
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        QVERIFY2(answer.endsWith("\r\n\r\ngot you"), answer);
        QVERIFY(serving.get("/b").endsWith("\r\n\r\nb"));
        QCOMPARE(handler.paths, QStringList { u"/a/:id"_qs });
    }

    void script_handlerRefuses_answers500()
    {
        Serving serving({ scripted(u"/a"_qs) });
        const QByteArray without = serving.get("/a");
        QVERIFY2(without.startsWith("HTTP/1.1 500 Internal Server Error\r\n"), without);
        Handler handler;
        handler.run = [](http::IncomingMessage *, http::ServerResponse *response) {
            std::ignore = response->setHeader("X-Unused", http::HeaderValue("1"));
            return u"ReferenceError: x is not defined"_qs;
        };
        serving.server.setHandler(&handler);
        QCOMPARE(serving.get("/a"),
            "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 33\r\nConnection: close\r\n\r\nReferenceError: x is not defined\n");
        QVERIFY(!serving.get("/a", "HEAD").contains("Reference"));
    }

    void script_failsInTheMiddle_answerIsCutOff()
    {
        Serving serving({ scripted(u"/a"_qs) });
        Handler handler;
        handler.run = [](http::IncomingMessage *, http::ServerResponse *response) {
            response->write("half");
            return u"TypeError"_qs;
        };
        serving.server.setHandler(&handler);
        const QByteArray answer = serving.get("/a");
        QVERIFY2(!answer.contains("TypeError") && !answer.endsWith("0\r\n\r\n"), answer);
    }

    void fields_areSentAsGiven()
    {
        Route given = route(u"GET"_qs, u"/a"_qs, "hello");
        given.statusCode = 418;
        given.reason = u"Short and stout"_qs;
        given.fields = { { "X-a", "1" }, { "x-A", "2" }, { "X-a", "3" } };
        Serving serving({ given });
        QCOMPARE(serving.get("/a"),
            "HTTP/1.1 418 Short and stout\r\nX-a: 1\r\nx-A: 2\r\nX-a: 3\r\nContent-Length: 5\r\n"
            "Connection: close\r\n\r\nhello");
    }

    void interimAndTrailers_areSentInOrder()
    {
        Route given = route(u"GET"_qs, u"/a"_qs, "hello");
        given.interim = { { 103, { { "Link", "</s.css>; rel=preload" } } }, { 102, {} } };
        given.trailers = { { "X-Sum", "5" }, { "X-Two", "2" } };
        Serving serving({ given });
        QCOMPARE(serving.get("/a"),
            "HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n"
            "HTTP/1.1 102 Processing\r\n\r\n"
            "HTTP/1.1 200 OK\r\nTrailer: X-Sum, X-Two\r\nTransfer-Encoding: chunked\r\n"
            "Connection: close\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 5\r\nX-Two: 2\r\n\r\n");
        const exchange::Exchange recorded = *serving.store.exchange(1);
        QCOMPARE(recorded.summary.state, exchange::State::Complete);
        QCOMPARE(recorded.interim.size(), 2);
        QCOMPARE(recorded.interim[0].statusCode, 103);
        QCOMPARE(recorded.response.trailers.size(), 2);
        QCOMPARE(recorded.response.joined(exchange::Part::Body), "hello");
        QCOMPARE(recorded.response.chunks.first().size, 5);
        QCOMPARE(recorded.request.startLine, "GET /a HTTP/1.1");
    }

    void http10_getsNoInterimAndNoTrailers()
    {
        Route given = route(u"GET"_qs, u"/a"_qs, "hello");
        given.interim = { { 103, {} } };
        given.trailers = { { "X-Sum", "5" } };
        Serving serving({ given });
        const QByteArray answer = serving.ask("GET /a HTTP/1.0\r\n\r\n");
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
        QVERIFY2(answer.contains("\r\nContent-Length: 5\r\n") && answer.endsWith("\r\n\r\nhello"),
            answer.constData());
    }

    void head_hasTheFieldsOfGet()
    {
        Serving serving({ route(u"GET"_qs, u"/a"_qs, "hello") });
        QCOMPARE(serving.get("/a", "HEAD"),
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
    }

    void noContent_hasNoBody()
    {
        Route none = route(u"GET"_qs, u"/204"_qs, "ignored");
        none.statusCode = 204;
        Route same = route(u"GET"_qs, u"/304"_qs, "ignored");
        same.statusCode = 304;
        same.fields = { { "ETag", "\"x\"" } };
        Serving serving({ none, same });
        QCOMPARE(serving.get("/204"), "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        QCOMPARE(serving.get("/304"),
            "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nConnection: close\r\n\r\n");
    }

    void unknownPath_gets404WithTheRoutes()
    {
        Serving serving({ route(u"GET"_qs, u"/a/:id"_qs), route(u"POST"_qs, u"/b"_qs) });
        const QByteArray answer = serving.get("/c?d");
        QVERIFY2(answer.startsWith("HTTP/1.1 404 Not Found\r\n"), answer.constData());
        QVERIFY2(answer.endsWith("No route takes GET /c?d.\nThe routes of this mock server:\n  GET "
                                 "/a/:id\n  POST /b\n"),
            answer.constData());
    }

    void otherMethod_gets405WithAllow()
    {
        Serving serving({ route(u"GET"_qs, u"/a"_qs), route(u"PUT"_qs, u"/a"_qs) });
        const QByteArray answer = serving.get("/a", "DELETE");
        QVERIFY2(answer.startsWith("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, PUT\r\n"),
            answer.constData());
    }

    void routeWithProblems_gets500WithThem()
    {
        Route bad = route(u"GET"_qs, u"/a"_qs);
        bad.fields = { { "Bad Name", "1" } };
        Serving serving({ bad });
        const QByteArray answer = serving.get("/a");
        QVERIFY2(answer.startsWith("HTTP/1.1 500 ") && answer.contains("fields[0].name"),
            answer.constData());
    }

    void definition_takesEffectOnTheNextRequest()
    {
        Serving serving({ route(u"GET"_qs, u"/a"_qs, "one") });
        QVERIFY(serving.get("/a").endsWith("one"));
        serving.server.setDefinition({ {}, 0, { route(u"GET"_qs, u"/a"_qs, "two") } });
        QVERIFY(serving.get("/a").endsWith("two"));
    }

    void requestBody_isReadBeforeTheAnswer()
    {
        Serving serving({ route(u"POST"_qs, u"/a"_qs, "ok") });
        const QByteArray answer = serving.ask(
            "POST /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n"
            + QByteArray(100'000, 'x'));
        QVERIFY(answer.endsWith("\r\n\r\nok"));
        QCOMPARE(serving.store.exchange(1)->request.bodyOctets, 100'000);
    }

    void pipelinedRequests_areAnsweredInOrder()
    {
        Route slow = route(u"GET"_qs, u"/slow"_qs, "one");
        slow.delay = std::chrono::milliseconds(50);
        Serving serving({ slow, route(u"GET"_qs, u"/fast"_qs, "two") });
        const QByteArray answer
            = serving.ask("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"
                          "GET /fast HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        QVERIFY2(answer.indexOf("one") > 0 && answer.indexOf("one") < answer.indexOf("two"),
            answer.constData());
    }

    void delay_isWaitedFor()
    {
        Route slow = route(u"GET"_qs, u"/"_qs, "x");
        slow.delay = std::chrono::milliseconds(120);
        Serving serving({ slow });
        QElapsedTimer timer;
        timer.start();
        QVERIFY(serving.get("/").endsWith("x"));
        const qint64 elapsed = timer.elapsed();
        QVERIFY2(elapsed >= 120, qPrintable(QString::number(elapsed)));
    }

    void delay_clientGone_isCanceled()
    {
        Route slow = route(u"GET"_qs, u"/"_qs, "x");
        slow.delay = std::chrono::minutes(10);
        Serving serving({ slow });
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), serving.server.port());
        socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QTRY_VERIFY(serving.store.exchange(1) && serving.store.exchange(1)->request.endTime >= 0);
        socket.abort();
        QTRY_COMPARE(serving.store.summary(1)->state, exchange::State::Failed);
    }

    void stop_closesConnectionsAndFreesThePort()
    {
        Route slow = route(u"GET"_qs, u"/"_qs, "x");
        slow.delay = std::chrono::minutes(10);
        Serving serving({ slow });
        const quint16 port = serving.server.port();
        QTcpSocket active;
        active.connectToHost(QStringLiteral("127.0.0.1"), port);
        active.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        QTcpSocket idle;
        idle.connectToHost(QStringLiteral("127.0.0.1"), port);
        QTRY_VERIFY(serving.store.count() == 1);
        QTRY_COMPARE(idle.state(), QAbstractSocket::ConnectedState);
        QSignalSpy stopped(&serving.server, &MockServer::stopped);
        serving.server.stop();
        QTRY_COMPARE(stopped.count(), 1);
        QVERIFY(!serving.server.isListening());
        QCOMPARE(serving.server.port(), 0);
        QTRY_COMPARE(active.state(), QAbstractSocket::UnconnectedState);
        QTRY_COMPARE(idle.state(), QAbstractSocket::UnconnectedState);
        QSignalSpy started(&serving.server, &MockServer::started);
        serving.server.listen(port);
        QTRY_COMPARE(started.count(), 1);
    }

    void stop_notRunning_isStopped()
    {
        MockServer server;
        QSignalSpy stopped(&server, &MockServer::stopped);
        server.stop();
        QCOMPARE(stopped.count(), 1);
    }

    void portInUse_fails()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        MockServer server;
        QSignalSpy failed(&server, &MockServer::failed);
        server.listen(other.serverPort());
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].value<http::Error>().code, http::ErrorCode::AddressInUse);
        QVERIFY(!server.isListening());
        QSignalSpy started(&server, &MockServer::started);
        server.listen(0); // and is usable
        QTRY_COMPARE(started.count(), 1);
    }

    void listenTwice_fails()
    {
        MockServer server;
        server.listen(0);
        QSignalSpy failed(&server, &MockServer::failed);
        server.listen(0);
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(server.isListening());
    }

    void unknownHost_fails()
    {
        MockServer server;
        QSignalSpy failed(&server, &MockServer::failed);
        server.listen(0, QStringLiteral("no address"));
        QTRY_COMPARE(failed.count(), 1);
    }
};

QTEST_GUILESS_MAIN(MockServerTest)
#include "tst_mockserver.moc"
