#include <exchange/comparison.h>

#include <QTest>

using namespace headrace::exchange;
using Kind = ComparedLine::Kind;
using What = ComparedPart::What;

namespace {

Message message(const QByteArray &startLine, const FieldList &fields, const QByteArray &body = {})
{
    Message result;
    result.startLine = startLine;
    result.fields = fields;
    if (!body.isEmpty())
        result.octets = { Octets { 0, Part::Body, body } };
    result.bodyOctets = body.size();
    return result;
}

Exchange answered(const FieldList &fields, const QByteArray &body = {})
{
    Exchange exchange;
    exchange.request = message("GET /a HTTP/1.1", { { "Host", "a.test" } });
    exchange.response = message("HTTP/1.1 200 OK", fields, body);
    return exchange;
}

ComparedPart part(const Exchange &left, const Exchange &right, What what)
{
    for (const ComparedPart &part : compared(left, right)) {
        if (part.what == what)
            return part;
    }
    return {};
}

/// "= a | a", "~ a | b", "- a", "+ b", "< a" moved from, "> a" moved to.
QStringList written(const ComparedPart &part)
{
    QStringList lines;
    for (const ComparedLine &line : part.lines) {
        switch (line.kind) {
        case Kind::Same:
            lines += QStringLiteral("= ") + line.left;
            break;
        case Kind::Changed:
            lines += QStringLiteral("~ %1 | %2").arg(line.left, line.right);
            break;
        case Kind::OnlyLeft:
            lines += QStringLiteral("- ") + line.left;
            break;
        case Kind::OnlyRight:
            lines += QStringLiteral("+ ") + line.right;
            break;
        case Kind::Moved:
            lines += line.right.isNull() ? QStringLiteral("< ") + line.left
                                         : QStringLiteral("> ") + line.right;
            break;
        case Kind::Figure:
            lines += QStringLiteral("# %1 | %2").arg(line.left, line.right);
            break;
        }
    }
    return lines;
}

} // namespace

class ComparisonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void sameExchanges_haveNoDifference()
    {
        const Exchange exchange = answered({ { "A", "1" } }, "text");
        for (const ComparedPart &part : compared(exchange, exchange))
            QCOMPARE(part.differences(), 0);
    }

    void fields_changedMovedGoneAndNew_areMarked()
    {
        const Exchange left = answered({ { "Date", "now" }, { "X-Id", "1" }, { "Vary", "a" },
            { "Old", "" }, { "Etag", "x" } });
        const Exchange right = answered({ { "Vary", "a" }, { "date", "now" }, { "X-Id", "2" },
            { "Etag", "x" }, { "New", "n" } });
        const ComparedPart response = part(left, right, What::Response);
        QCOMPARE(written(response),
            QStringList({ QStringLiteral("= HTTP/1.1 200 OK"), QStringLiteral("> Vary: a"),
                QStringLiteral("~ Date: now | date: now"), QStringLiteral("~ X-Id: 1 | X-Id: 2"),
                QStringLiteral("< Vary: a"), QStringLiteral("- Old: "), QStringLiteral("= Etag: x"),
                QStringLiteral("+ New: n") }));
        QCOMPARE(response.differences(), 2);
    }

    void startLines_standSideBySide()
    {
        Exchange right = answered({});
        right.response.startLine = "HTTP/1.1 502 Bad Gateway";
        QCOMPARE(written(part(answered({}), right, What::Response)).constFirst(),
            QStringLiteral("~ HTTP/1.1 200 OK | HTTP/1.1 502 Bad Gateway"));
        right.response = {};
        QCOMPARE(written(part(answered({}), right, What::Response)),
            QStringList(QStringLiteral("- HTTP/1.1 200 OK")));
    }

    void json_isComparedLaidOut()
    {
        const FieldList type { { "Content-Type", "application/json" } };
        const ComparedPart body = part(answered(type, R"({"a":1,"b":2})"),
            answered(type, "{ \"a\": 1,\n\"b\": 3 }"), What::ResponseBody);
        QCOMPARE(written(body),
            QStringList({ QStringLiteral("= {"), QStringLiteral("=   \"a\": 1,"),
                QStringLiteral("~   \"b\": 2 |   \"b\": 3"), QStringLiteral("= }") }));
    }

    void octets_areComparedAsADump()
    {
        const QByteArray one = QByteArray(16, '\0') + "abc";
        const QByteArray other = QByteArray(16, '\0') + "abd";
        const ComparedPart body = part(answered({}, one), answered({}, other), What::ResponseBody);
        QCOMPARE(body.lines.size(), 2);
        QCOMPARE(body.lines.at(0).kind, Kind::Same);
        QCOMPARE(body.lines.at(1).kind, Kind::Changed);
        QVERIFY(body.lines.at(1).left.startsWith(QStringLiteral("61 62 63")));
        QVERIFY(body.lines.at(1).left.endsWith(QStringLiteral("abc")));
    }

    void body_thatIsLong_isCutAndSaysSo()
    {
        const QByteArray text(ComparedBodyLimit + 1, 'x');
        const ComparedPart body = part(answered({}, text), answered({}, "x"), What::ResponseBody);
        QVERIFY(body.remark.contains(QStringLiteral("beginnings")));
    }

    void events_areComparedByName_notByTime()
    {
        Exchange left = answered({});
        Exchange right = answered({});
        const QString request = QStringLiteral("ClientRequest");
        left.events = { { 1, request, QStringLiteral("socket"), {} },
            { 2, request, QStringLiteral("finish"), {} },
            { 3, request, QStringLiteral("response"), QStringLiteral("200") },
            { 9, request, QStringLiteral("close"), {} } };
        right.events = { { 10, request, QStringLiteral("socket"), {} },
            { 20, request, QStringLiteral("finish"), {} },
            { 30, request, QStringLiteral("error"), QStringLiteral("ECONNRESET") },
            { 90, request, QStringLiteral("close"), {} } };
        QCOMPARE(written(part(left, right, What::Events)),
            QStringList({ QStringLiteral("= ClientRequest.socket"),
                QStringLiteral("= ClientRequest.finish"),
                QStringLiteral("- ClientRequest.response"), QStringLiteral("+ ClientRequest.error"),
                QStringLiteral("= ClientRequest.close") }));
    }

    void timings_areFigures()
    {
        Exchange left = answered({});
        Exchange right = answered({});
        left.timings.ended = 1500;
        right.timings.ended = 2500;
        right.timings.connectStarted = 100;
        right.timings.connectEnded = 200;
        const ComparedPart timings = part(left, right, What::Timings);
        QCOMPARE(written(timings),
            QStringList({ QStringLiteral("# Connect – | Connect 0.100 ms"),
                QStringLiteral("# In all 1.500 ms | In all 2.500 ms") }));
        QCOMPARE(timings.differences(), 0);
    }

    void change_ofAHead_isFoundByNames()
    {
        Change change;
        change.message = -1;
        change.before = "GET /a HTTP/1.1\r\nHost: a\r\nX: 1\r\nVia: x\r\n\r\n";
        change.after = "GET /b HTTP/1.1\r\nVia: x\r\nHost: a\r\nx: 2\r\n\r\n";
        const ComparedPart part = comparedChange(change);
        QCOMPARE(part.what, What::Request);
        QCOMPARE(written(part),
            (QStringList { QStringLiteral("~ GET /a HTTP/1.1 | GET /b HTTP/1.1"),
                QStringLiteral("> Via: x"), QStringLiteral("= Host: a"),
                QStringLiteral("~ X: 1 | x: 2"), QStringLiteral("< Via: x"),
                QStringLiteral("= ") }));
    }

    void change_ofABody_isOfLinesOrOctets()
    {
        Change change;
        change.message = 0;
        change.part = Part::Body;
        change.isCut = true;
        change.before = "a\nb";
        change.after = "a\nc";
        ComparedPart part = comparedChange(change);
        QCOMPARE(part.what, What::ResponseBody);
        QVERIFY(!part.remark.isEmpty());
        QCOMPARE(written(part), (QStringList { QStringLiteral("= a"), QStringLiteral("~ b | c") }));
        change.after = QByteArray("\0\xff\x01", 3);
        part = comparedChange(change);
        QCOMPARE(part.lines.size(), 1);
        QVERIFY(part.lines.constFirst().right.startsWith(QStringLiteral("00 ff 01")));
        change.before.clear();
        change.after.clear();
        QVERIFY(comparedChange(change).lines.isEmpty());
    }
};

QTEST_GUILESS_MAIN(ComparisonTest)
#include "tst_comparison.moc"
