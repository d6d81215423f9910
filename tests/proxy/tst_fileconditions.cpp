#include "faketransit.h"

#include <proxy/rulebook.h>

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::proxy;
using exchange::Direction;

/// Ranges and conditions of requests that are answered from a file. Source: RFC 9110 sections 13 and 14.
class FileConditionsTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_path;

    TransitMessage ask(const QList<wire::FieldLine> &fields, const QByteArray &method = "GET",
        QString *summary = nullptr)
    {
        Rule rule;
        rule.id = rule.name = QStringLiteral("r");
        rule.action = MapLocal { m_path };
        RuleBook book;
        book.setRules({ rule });
        FakeTransit transit("/", fields, {}, method);
        transit.pass(book, Direction::Request);
        if (summary)
            *summary = transit.summaries().join(u'|');
        return transit.answered.value_or(TransitMessage());
    }

    QByteArray field(const TransitMessage &answer, const char *name)
    {
        return answer.head.first(name).value_or("none");
    }

private Q_SLOTS:

    void initTestCase()
    {
        m_path = m_folder.filePath(QStringLiteral("digits.txt"));
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("0123456789");
        QVERIFY(file.flush());
        // Sun, 06 Nov 1994 08:49:37 GMT, and something
        QVERIFY(file.setFileTime(QDateTime::fromMSecsSinceEpoch(784111777250, Qt::UTC),
            QFileDevice::FileModificationTime));
    }

    void file_isToldWithItsValidators()
    {
        const TransitMessage answer = ask({});
        QCOMPARE(answer.head.statusCode(), 200);
        QCOMPARE(field(answer, "Last-Modified"), QByteArray("Sun, 06 Nov 1994 08:49:37 GMT"));
        QCOMPARE(field(answer, "ETag"), QByteArray("\"b690b435e2-a\""));
        QCOMPARE(field(answer, "Accept-Ranges"), QByteArray("bytes"));
        QCOMPARE(field(answer, "Cache-Control"), QByteArray("no-cache"));
        QCOMPARE(field(ask({}, "POST"), "ETag"), QByteArray("none"));
    }

    void conditions_areJudged_data()
    {
        QTest::addColumn<QList<wire::FieldLine>>("fields");
        QTest::addColumn<int>("status");
        const QByteArray tag = "\"b690b435e2-a\"";
        const QByteArray same = "Sun, 06 Nov 1994 08:49:37 GMT";
        const QByteArray before = "Sun, 06 Nov 1994 08:49:36 GMT";
        using Fields = QList<wire::FieldLine>;
        const auto row = [](const char *name, const Fields &fields, int status) {
            QTest::newRow(name) << fields << status;
        };
        row("same tag", { { "If-None-Match", tag } }, 304);
        row("weak tag", { { "if-none-match", "W/" + tag } }, 304);
        row("tag in a list", { { "If-None-Match", "\"a,\", W/\"b\" ," + tag } }, 304);
        row("tag in a second line", { { "If-None-Match", "\"a\"" }, { "If-None-Match", tag } },
            304);
        row("any tag", { { "If-None-Match", "*" } }, 304);
        row("another tag", { { "If-None-Match", "\"a\"" } }, 200);
        row("tag without quotes", { { "If-None-Match", "b690b435e2-a" } }, 200);
        row("broken tag", { { "If-None-Match", "\"" } }, 200);
        row("same date", { { "If-Modified-Since", same } }, 304);
        row("later date", { { "If-Modified-Since", "Sat, 06 Nov 2094 08:49:37 GMT" } }, 304);
        row("earlier date", { { "If-Modified-Since", before } }, 200);
        row("no date", { { "If-Modified-Since", "yesterday" } }, 200);
        row("tag before date", { { "If-None-Match", "\"a\"" }, { "If-Modified-Since", same } },
            200);
        row("matches", { { "If-Match", tag } }, 200);
        row("matches any", { { "If-Match", "*" } }, 200);
        row("matches weakly", { { "If-Match", "W/" + tag } }, 412);
        row("does not match", { { "If-Match", "\"a\"" } }, 412);
        row("unmodified", { { "If-Unmodified-Since", same } }, 200);
        row("modified", { { "If-Unmodified-Since", before } }, 412);
        row("matches, and modified", { { "If-Match", tag }, { "If-Unmodified-Since", before } },
            200);
        row("matches, and known", { { "If-Match", tag }, { "If-None-Match", tag } }, 304);
        row("range", { { "Range", "bytes=2-4" } }, 206);
        row("range of what is known", { { "Range", "bytes=2-4" }, { "If-None-Match", tag } }, 304);
        row("range of that tag", { { "Range", "bytes=2-4" }, { "If-Range", tag } }, 206);
        row("range of another tag", { { "Range", "bytes=2-4" }, { "If-Range", "\"a\"" } }, 200);
        row("range of a weak tag", { { "Range", "bytes=2-4" }, { "If-Range", "W/" + tag } }, 200);
        row("range of that date", { { "Range", "bytes=2-4" }, { "If-Range", same } }, 206);
        row("range of another date", { { "Range", "bytes=2-4" }, { "If-Range", before } }, 200);
        row("range behind the end", { { "Range", "bytes=10-" } }, 416);
        row("range behind the end, another tag",
            { { "Range", "bytes=10-" }, { "If-Range", "\"a\"" } }, 200);
        row("range that is none", { { "Range", "bytes=4-2" } }, 200);
    }

    void conditions_areJudged()
    {
        QFETCH(QList<wire::FieldLine>, fields);
        QFETCH(int, status);
        const TransitMessage answer = ask(fields);
        QCOMPARE(answer.head.statusCode(), status);
        const QByteArray body = status == 200 ? "0123456789" : status == 206 ? "234" : "";
        if (status < 400)
            QCOMPARE(answer.body, body);
        else
            QVERIFY(!answer.body.isEmpty());
        if (status == 206)
            QCOMPARE(field(answer, "Content-Range"), QByteArray("bytes 2-4/10"));
        else if (status == 416)
            QCOMPARE(field(answer, "Content-Range"), QByteArray("bytes */10"));
        else
            QCOMPARE(answer.head.indexOf("Content-Range"), -1);
        QCOMPARE(answer.head.indexOf("ETag") >= 0, status < 400);
    }

    void head_hasNoRange()
    {
        const TransitMessage answer = ask({ { "Range", "bytes=2-4" } }, "HEAD");
        QCOMPARE(answer.head.statusCode(), 200);
        QCOMPARE(ask({ { "If-None-Match", "*" } }, "HEAD").head.statusCode(), 304);
    }

    void otherMethods_haveNoConditions()
    {
        const TransitMessage answer
            = ask({ { "Range", "bytes=2-4" }, { "If-None-Match", "*" } }, "POST");
        QCOMPARE(answer.head.statusCode(), 200);
        QCOMPARE(answer.body, QByteArray("0123456789"));
    }

    void severalRanges_comeAsParts()
    {
        QString summary;
        const TransitMessage answer = ask({ { "Range", "bytes=0-1,-2" } }, "GET", &summary);
        QCOMPARE(answer.head.statusCode(), 206);
        QCOMPARE(answer.head.indexOf("Content-Range"), -1);
        const QByteArray type = field(answer, "Content-Type");
        const QByteArray start = "multipart/byteranges; boundary=";
        QVERIFY2(type.startsWith(start), type.constData());
        const QByteArray boundary = type.sliced(start.size());
        const QByteArray part = "\r\n--" + boundary
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ";
        QCOMPARE(answer.body,
            QByteArray(
                part + "0-1/10\r\n\r\n01" + part + "8-9/10\r\n\r\n89\r\n--" + boundary + "--\r\n"));
        QCOMPARE(summary,
            QStringLiteral("r: answered from %1 (206 Partial Content)")
                .arg(QFileInfo(m_path).canonicalFilePath()));
    }
};

QTEST_GUILESS_MAIN(FileConditionsTest)
#include "tst_fileconditions.moc"
