#include <exchange/filter.h>
#include <exchange/filtercompletion.h>

#include <QRandomGenerator>
#include <QTest>

using namespace headrace::exchange;

namespace {

FilterValues values()
{
    return { { QStringLiteral("api.example.test"), QStringLiteral("localhost:8080"),
                 QStringLiteral("[::1]:3000") },
        { QStringLiteral("application/json"), QStringLiteral("text/html") },
        { QStringLiteral("x-shop-id") } };
}

// '|' is the cursor.
QList<FilterCompletion> at(QString text)
{
    const qsizetype cursor = text.indexOf(u'|');
    return completions(text.remove(cursor, 1), cursor, values());
}

QString applied(QString text, const FilterCompletion &completion)
{
    return text.remove(u'|').replace(completion.from, completion.length, completion.text);
}

} // namespace

class FilterCompletionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// What the text becomes with the first of the completions.
    void first_isApplied_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
        };
        row("|", "method:");
        row("sta|", "status:");
        row("STA|", "status:");
        row("sta|tus", "status:");
        row("sta|tus:400", "status:400");
        row("hea|", "header:");
        row("request.h|", "request.header:");
        row("dur|", "duration>");
        row("siz|", "size>");
        row("tim|", "time>=");
        row("a & st|", "a & status:");
        row("(st|", "(status:");
        row("!st|", "!status:");
        row("-st|", "-status:");
        row("method:GET st|", "method:GET status:");
        row("method:GET | st", "method:GET method: st");
        row("\"a b\" st|", "\"a b\" status:");
        row("body:\"a b\" st|", "body:\"a b\" status:");
        row("body:/a b/ st|", "body:/a b/ status:");
        row("foo:bar st|", "foo:bar status:");
        row("not st|", "not status:");

        row("~|", "~u ");
        row("~m|", "~m ");
        row("~web|", "~websocket");
        row("~mar|", "~marked");
        row("a ~co|", "a ~comment ");
        row("~m |", "~m GET");
        row("~m P|", "~m POST");
        row("~c 40|", "~c 400");
        row("~d loc|", "~d localhost:8080");
        row("~t im|", "~t image/");
        row("~m GET ~|", "~m GET ~u ");

        row("method:|", "method:GET");
        row("method:d|", "method:DELETE");
        row("method:GET,|", "method:GET,GET");
        row("method:GET,PO|", "method:GET,POST");
        row("method:P|UT status:2xx", "method:POST status:2xx");
        row("status:|", "status:1xx");
        row("status:4|", "status:4xx");
        row("status>=|", "status>=100");
        row("status>=50|", "status>=500");
        row("status >= 50|", "status >= 500");
        row("status:404,5|", "status:404,5xx");
        row("scheme:|", "scheme:http");
        row("host:|", "host:api.example.test");
        row("host:exam|", "host:api.example.test");
        row("host=[|", "host=[::1]:3000");
        row("type:app|", "type:application/json");
        row("type:ima|", "type:image/*");
        row("source:m|", "source:mock");
        row("state:f|", "state:failed");
        row("is:w|", "is:websocket");
        row("is:failed,ma|", "is:failed,marked");
        row("mark:|", "mark:red");
        row("event:ab|", "event:abort");
        row("event:lookup|", "event:\"lookup started\"");
        row("event:\"lookup st|", "event:\"lookup started\"");
        row("pattern:time|", "pattern:timeout");
        row("error:econnres|", "error:ECONNRESET");
        row("size>|", "size>1kB");
        row("size>15|", "size>15B");
        row("size>1.5m|", "size>1.5MB");
        row("duration>250|", "duration>250ms");
        row("duration>250u|", "duration>250us");
        row("header:|", "header:*");
        row("header:x-s|", "header:x-shop-id");
        row("header:content-t|", "header:content-type");
        row("header:\"user-a|", "header:user-agent");
        row("trailer:|", "trailer:*");
    }

    void first_isApplied()
    {
        QFETCH(QString, text);
        const QList<FilterCompletion> found = at(text);
        QVERIFY(!found.isEmpty());
        QTEST(applied(text, found.first()), "expected");
        QVERIFY(found.size() <= 100);
    }

    void nothing_isOfferedWhereAnythingMayStand_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
            { "\"sta|", "'sta|", "\"status\"|", "path:|", "path:/v1|", "body:sta|", "body:\"st|",
                "body:/sta|", "note:|", "header:x-id=|", "header:x-id=a|", "header:\"x-id: a|",
                "header~a|", "xyzzy|", "~u |", "~u st|", "~h st|", "~xyz|", "http://st|",
                "method:xyz|", "event:\"close\"|", "time>|", "id:1|", "~c 404|" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void nothing_isOfferedWhereAnythingMayStand()
    {
        QFETCH(QString, text);
        const QList<FilterCompletion> found = at(text);
        QVERIFY2(found.isEmpty(), found.isEmpty() ? "" : qPrintable(found.first().text));
    }

    void begin_comesBeforeMiddle()
    {
        QStringList texts;
        for (const FilterCompletion &completion : at(QStringLiteral("type|")))
            texts += completion.text;
        QCOMPARE(texts,
            (QStringList { QStringLiteral("type:"), QStringLiteral("request.type:"),
                QStringLiteral("response.type:") }));
    }

    void operators_thatMeanNothingHere_areNotOffered()
    {
        for (const FilterCompletion &completion : at(QStringLiteral("~|"))) {
            QVERIFY(completion.text != u"~dns" && completion.text != u"~tcp"
                && completion.text != u"~http" && completion.text != u"~meta ");
            QVERIFY(!completion.hint.isEmpty());
        }
    }

    // Every name and every value leads to a filter.
    void all_leadToAFilter_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : { "method:|", "status:|", "status>=|", "scheme:|", "host:|",
                 "type:|", "source:|", "state:|", "is:|", "mark:|", "event:|", "pattern:|",
                 "error:|", "size>|", "size>1|", "duration<|", "duration<1|", "header:|",
                 "trailer:|", "~m |", "~c |", "~d |", "~t |" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void all_leadToAFilter()
    {
        QFETCH(QString, text);
        const QList<FilterCompletion> found = at(text);
        QVERIFY(!found.isEmpty());
        for (const FilterCompletion &completion : found) {
            const ParsedFilter parsed = parseFilter(applied(text, completion));
            QVERIFY2(!parsed.error, qPrintable(applied(text, completion)));
        }
    }

    void soup_neverGoesBeyondTheText()
    {
        static const char *const pieces[] { "~u", "~c", "~", "!", "&", "|", "(", ")", " ", "\"",
            "'", "\\", "foo", "status", "host", "header", "x-id", "method", ":", "=", ">=", "*",
            "/", "-", ",", "4", "not ", "é" };
        QRandomGenerator random(5);
        for (int i = 0; i < 20'000; ++i) {
            QString text;
            const int count = random.bounded(1, 8);
            for (int k = 0; k < count; ++k)
                text += QString::fromUtf8(pieces[random.bounded(int(std::size(pieces)))]);
            const qsizetype cursor = random.bounded(int(text.size()) + 1);
            for (const FilterCompletion &completion : completions(text, cursor, values())) {
                QVERIFY(completion.from >= 0 && completion.from <= cursor);
                QVERIFY(completion.from + completion.length >= cursor);
                QVERIFY(completion.from + completion.length <= text.size());
            }
        }
        QVERIFY(!completions(QStringLiteral("st"), 99).isEmpty());
        QVERIFY(!completions(QStringLiteral("st"), -1).isEmpty());
    }
};

QTEST_APPLESS_MAIN(FilterCompletionTest)
#include "tst_filtercompletion.moc"
