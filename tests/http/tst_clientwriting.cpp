// Source: reference request.write(), request.end(), their callbacks and errors, event 'finish'.
#include "clientfixture.h"
#include "rawpeer.h"

#include <http/http.h>

#include <QPointer>
#include <QTest>

using namespace headrace::http;
using namespace headrace::http::test;
using namespace Qt::StringLiterals;
namespace wire = headrace::wire;

class ClientWritingTest : public ClientFixture
{
    Q_OBJECT

private Q_SLOTS:
    void endForms_data();
    void endForms();
    void emptyWrite_sendsTheHeadAndCallsBack();
    void writeCallbacks_thenFinish();
    void writeAfterEnd_isReported();
    void writeAfterDestroy_isOnlyCalledBack();
};

// conformance: client/end-argument-forms
void ClientWritingTest::endForms_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("callback");
    for (const QByteArray &body :
        { QByteArray(), QByteArray("a\xc3\xa9"), QByteArray("\xff\0", 2) }) {
        QTest::addRow("%d octets", int(body.size())) << body << false;
        QTest::addRow("%d octets, callback", int(body.size())) << body << true;
    }
}

void ClientWritingTest::endForms()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, callback);
    RawServer server("HTTP/1.1 204 N\r\n\r\n");
    QPointer<ClientRequest> req = request(to(server.port()));
    QStringList order;
    const auto note = [&order](const QString &what) {
        return
            [&order, what](const Error &error) { order += what + u' ' + wire::name(error.code); };
    };
    connect(req, &ClientRequest::errorOccurred, this, note(u"error"_s));
    connect(req, &ClientRequest::response, this, [&](IncomingMessage *res) {
        res->resume();
        connect(res, &IncomingMessage::ended, this, [&] { req->end({}, note(u"second end"_s)); });
    });
    req->end(body, callback ? OutgoingMessage::Callback(note(u"end"_s)) : nullptr);
    QTRY_VERIFY(!req);
    QCOMPARE(order.join(u','),
        (callback ? u"end ,"_s : QString()) + u"second end ERR_STREAM_ALREADY_FINISHED"_s);
    QVERIFY(server.received().endsWith(
        "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body));
}

// conformance: client/write-empty-chunk
void ClientWritingTest::emptyWrite_sendsTheHeadAndCallsBack()
{
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    QPointer<ClientRequest> req = request(to(server.port()));
    QStringList order;
    const auto note = [&order](const QString &what) {
        return [&order, what](const Error &error) {
            order += what;
            QVERIFY(!error);
        };
    };
    QVERIFY(req->write({}, note(u"first"_s)));
    QVERIFY(req->headersSent());
    QTRY_VERIFY(server.received().endsWith("Transfer-Encoding: chunked\r\n\r\n"));
    QTRY_COMPARE(order.join(u' '), u"first"_s);
    const qsizetype head = server.received().size();
    QVERIFY(req->write({}, note(u"empty"_s)));
    req->write("x", note(u"x"_s));
    QVERIFY(req->write(""));
    req->end();
    QTRY_COMPARE(server.received().sliced(head), "1\r\nx\r\n0\r\n\r\n");
    QTRY_COMPARE(order.join(u' '), u"first empty x"_s);
    req->destroy();
    QTRY_VERIFY(!req);
}

// conformance: client/write-callbacks-end-callback-and-finish
void ClientWritingTest::writeCallbacks_thenFinish()
{
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    QPointer<ClientRequest> req = request(to(server.port()));
    QStringList order;
    const auto note = [&order](const QString &entry) {
        return [&order, entry](const Error &) { order += entry; };
    };
    connect(req, &ClientRequest::finish, this, [&] {
        order += u"finish"_s;
        QVERIFY(req->writableEnded() && req->writableFinished());
    });
    req->write("one,", note(u"one"_s));
    QVERIFY(req->headersSent() && !req->writableEnded());
    req->write("two,", note(u"two"_s));
    req->end("three", note(u"end"_s));
    QVERIFY(req->writableEnded() && !req->writableFinished());
    QTRY_COMPARE(order.join(u' '), u"one two finish end"_s);
    QTRY_VERIFY(server.received().endsWith("three\r\n0\r\n\r\n"));
    req->destroy();
    QTRY_VERIFY(!req);
}

void ClientWritingTest::writeAfterEnd_isReported()
{
    RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    QPointer<ClientRequest> req = request(to(server.port()));
    QStringList order;
    const auto note = [&order](const QString &what) {
        return
            [&order, what](const Error &error) { order += what + u' ' + wire::name(error.code); };
    };
    connect(req, &ClientRequest::errorOccurred, this, note(u"error"_s));
    req->end("body");
    QVERIFY(!req->write("more", note(u"callback"_s)));
    req->end("again", note(u"end callback"_s));
    QCOMPARE(order.size(), 0);
    QTRY_VERIFY(!req);
    const QString code = u" ERR_STREAM_WRITE_AFTER_END"_s;
    QCOMPARE(order.join(u','),
        u"callback"_s + code + u",error"_s + code + u",end callback"_s + code + u",error"_s + code);
}

// conformance: client/write-after-end-and-after-destroy
void ClientWritingTest::writeAfterDestroy_isOnlyCalledBack()
{
    RawServer server([](QTcpSocket *, const QByteArray &) {});
    QPointer<ClientRequest> req = request(to(server.port()));
    QStringList order;
    connect(req, &ClientRequest::errorOccurred, this,
        [&](const Error &error) { order += wire::name(error.code); });
    req->destroy();
    QVERIFY(!req->write(
        "x", [&](const Error &error) { order += u"callback "_s + wire::name(error.code); }));
    connect(req, &ClientRequest::closed, this, [&] {
        order += u"close"_s;
        QVERIFY(!req->write("y",
            [&](const Error &error) { order += u"late callback "_s + wire::name(error.code); }));
    });
    QTRY_VERIFY(!req);
    QCOMPARE(order.join(u','),
        u"ECONNRESET,close,callback ERR_STREAM_DESTROYED,late callback ERR_STREAM_DESTROYED"_s);
}

QTEST_GUILESS_MAIN(ClientWritingTest)
#include "tst_clientwriting.moc"
