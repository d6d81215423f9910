#include <proxy/headcheck.h>

#include <QTest>

using namespace headrace;
using namespace headrace::proxy;

namespace {

QByteArray linesOf(const MessageHead &head)
{
    QByteArray lines;
    for (const auto &[name, value] : head.fields())
        lines += name + ": " + value + '|';
    return lines;
}

} // namespace

Q_DECLARE_METATYPE(MessageHead)

class HeadCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void request_isChecked_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QList<wire::FieldLine>>("fields");
        QTest::addColumn<QString>("problem");
        using Fields = QList<wire::FieldLine>;
        const Fields host { { "Host", "a.test" } };
        const auto row = [&](const char *title, const char *method, const QByteArray &target,
                             const Fields &fields, const char *problem) {
            QTest::newRow(title) << QByteArray(method) << target << fields
                                 << QString::fromLatin1(problem);
        };
        row("good", "GET", "/a?b", host, "");
        row("unknown method", "BREW", "/", host, "");
        row("absolute-form", "GET", "http://a.test/", host, "");
        row("octets above ASCII", "GET", "/caf\xc3\xa9", host, "");
        row("asterisk", "OPTIONS", "*", host, "");
        row("authority", "CONNECT", "a.test:443", host, "");
        row("empty value", "GET", "/", host + Fields { { "X", "" } }, "");
        row("one length", "POST", "/", host + Fields { { "Content-Length", "3" } }, "");
        row("method with blank", "G ET", "/", host, "blank"); // the line is another then
        row("method with slash", "G/T", "/", host, "method");
        row("no method", "", "/", host, "method");
        row("no target", "GET", "", host, "target");
        row("line end in the target", "GET", "/a\r\nX: 1", host, "control");
        row("no slash", "GET", "a", host, "slash");
        row("asterisk of GET", "GET", "*", host, "OPTIONS");
        row("path of CONNECT", "CONNECT", "/", host, "host:port");
        row("name with blank", "GET", "/", host + Fields { { "X Y", "1" } },
            "\"X Y\" is no field name");
        row("name with colon", "GET", "/", host + Fields { { "X:", "1" } }, "no field name");
        row("empty name", "GET", "/", host + Fields { { "", "1" } }, "no field name");
        row("line end in a value", "GET", "/", host + Fields { { "X", "1\r\nY: 2" } },
            "value of X");
        row("NUL in a value", "GET", "/", host + Fields { { "X", QByteArray("a\0b", 3) } },
            "value of X");
        row("no host", "GET", "/", {}, "has a Host");
        row("two hosts", "GET", "/", host + host, "Host comes twice");
        row("two lengths", "POST", "/",
            host + Fields { { "Content-Length", "3" }, { "content-length", "3" } }, "twice");
        row("length of no number", "POST", "/", host + Fields { { "Content-Length", "+3" } },
            "not a number");
        row("length and chunks", "POST", "/",
            host + Fields { { "Content-Length", "3" }, { "Transfer-Encoding", "chunked" } },
            "exclude");
    }

    void request_isChecked()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(QList<wire::FieldLine>, fields);
        QFETCH(QString, problem);
        const QString told = checkHead(MessageHead::makeRequest(method, target, fields));
        if (problem.isEmpty())
            QCOMPARE(told, QString());
        QVERIFY2(told.contains(problem), qPrintable(told));
        if (!problem.isEmpty())
            QVERIFY(!told.isEmpty());
    }

    void response_isChecked()
    {
        QCOMPARE(checkHead(MessageHead::makeResponse(200, {})), QString());
        QCOMPARE(checkHead(MessageHead::makeResponse(299, "caf\xe9 and more")), QString());
        QVERIFY(checkHead(MessageHead::makeResponse(99, "x")).contains(QStringLiteral("status")));
        QVERIFY(checkHead(MessageHead::makeResponse(1000, "x")).contains(QStringLiteral("status")));
        QVERIFY(
            checkHead(MessageHead::makeResponse(200, "a\nb")).contains(QStringLiteral("reason")));
    }

    void editedHead_keepsWhatEndsMessages_data()
    {
        QTest::addColumn<MessageHead>("original");
        QTest::addColumn<MessageHead>("wanted");
        QTest::addColumn<QByteArray>("startLine");
        QTest::addColumn<QString>("kept");
        const auto request = [](const char *method, const char *target = "/") {
            return MessageHead::makeRequest(method, target);
        };
        const auto response = [](int status, const char *reason = "") {
            return MessageHead::makeResponse(status, reason);
        };
        QTest::newRow("method") << request("GET") << request("PUT", "/b")
                                << QByteArray("PUT /b HTTP/1.1") << QString();
        QTest::newRow("to HEAD") << request("GET") << request("HEAD", "/b")
                                 << QByteArray("GET /b HTTP/1.1") << QStringLiteral("method GET");
        QTest::newRow("from HEAD")
            << request("HEAD") << request("GET") << QByteArray("HEAD / HTTP/1.1")
            << QStringLiteral("method HEAD");
        QTest::newRow("to CONNECT") << request("GET") << request("CONNECT")
                                    << QByteArray("GET / HTTP/1.1") << QStringLiteral("method GET");
        QTest::newRow("status") << response(200) << response(404, "Nope")
                                << QByteArray("HTTP/1.1 404 Nope") << QString();
        QTest::newRow("reason") << response(200) << response(200, "Fine")
                                << QByteArray("HTTP/1.1 200 Fine") << QString();
        QTest::newRow("to interim")
            << response(200) << response(103) << QByteArray("HTTP/1.1 200 OK")
            << QStringLiteral("status 200");
        QTest::newRow("from interim")
            << response(101) << response(200) << QByteArray("HTTP/1.1 101 Switching Protocols")
            << QStringLiteral("status 101");
    }

    void editedHead_keepsWhatEndsMessages()
    {
        QFETCH(MessageHead, original);
        QFETCH(MessageHead, wanted);
        QFETCH(QByteArray, startLine);
        QFETCH(QString, kept);
        QStringList told;
        QCOMPARE(editedHead(original, wanted, &told).startLine(), startLine);
        QCOMPARE(told.join(u'|'), kept);
    }

    void checkEdit_judgesNothingThatWasReceived()
    {
        const QList<wire::FieldLine> odd { { "A B", "1" }, { "C", "x\ny" } };
        const MessageHead original = MessageHead::makeRequest("GET", "no slash", odd);
        QCOMPARE(checkEdit(original, original), QString());
        MessageHead edited = original;
        edited.append("X", "1");
        QCOMPARE(checkEdit(original, edited), QString());
        edited.append("X", "a\r\nB: 1");
        QVERIFY(checkEdit(original, edited).contains(QStringLiteral("value of X")));
        edited = original;
        edited.setMethod("G/T");
        QVERIFY(checkEdit(original, edited).contains(QStringLiteral("method")));
    }

    void keepFraming_putsBack_data()
    {
        QTest::addColumn<QList<wire::FieldLine>>("original");
        QTest::addColumn<QList<wire::FieldLine>>("edited");
        QTest::addColumn<QByteArray>("kept");
        QTest::addColumn<bool>("isTouched");
        using Fields = QList<wire::FieldLine>;
        const Fields original { { "A", "1" }, { "Content-Length", "3" },
            { "Connection", "close" } };
        QTest::newRow("as it was")
            << original << original << QByteArray("A: 1|Content-Length: 3|Connection: close|")
            << false;
        QTest::newRow("others changed")
            << original
            << Fields { { "B", "2" }, { "Content-Length", "3" }, { "Connection", "close" } }
            << QByteArray("B: 2|Content-Length: 3|Connection: close|") << false;
        QTest::newRow("moved, but in order")
            << original
            << Fields { { "Content-Length", "3" }, { "Connection", "close" }, { "A", "1" } }
            << QByteArray("Content-Length: 3|Connection: close|A: 1|") << false;
        QTest::newRow("value") << original
                               << Fields { { "Content-Length", "4" }, { "Connection", "close" },
                                      { "A", "1" } }
                               << QByteArray("Content-Length: 3|Connection: close|A: 1|") << true;
        QTest::newRow("removed") << original << Fields { { "A", "1" } }
                                 << QByteArray("A: 1|Content-Length: 3|Connection: close|") << true;
        QTest::newRow("added") << Fields { { "A", "1" } }
                               << Fields { { "transfer-encoding", "chunked" }, { "A", "1" } }
                               << QByteArray("A: 1|") << true;
        QTest::newRow("other kind")
            << original
            << Fields { { "Transfer-Encoding", "chunked" }, { "Connection", "close" },
                   { "A", "1" } }
            << QByteArray("Content-Length: 3|Connection: close|A: 1|") << true;
    }

    void keepFraming_putsBack()
    {
        QFETCH(QList<wire::FieldLine>, original);
        QFETCH(QList<wire::FieldLine>, edited);
        QFETCH(QByteArray, kept);
        QFETCH(bool, isTouched);
        MessageHead head = MessageHead::makeResponse(200, {}, edited);
        QCOMPARE(keepFraming(MessageHead::makeResponse(200, {}, original), head), isTouched);
        QCOMPARE(linesOf(head), kept);
    }
};

QTEST_GUILESS_MAIN(HeadCheckTest)
#include "tst_headcheck.moc"
