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
