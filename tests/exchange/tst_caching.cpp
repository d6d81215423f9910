#include <exchange/caching.h>

#include <QTest>

namespace headrace::exchange {

/// What caches may do with a response.
class CachingTest : public QObject
{
    Q_OBJECT

    using Cache = Caching::Cache;

    static Exchange made(const FieldList &fields, int status = 200,
        const QString &method = QStringLiteral("GET"), const FieldList &request = {})
    {
        Exchange exchange;
        exchange.summary.method = method;
        exchange.summary.began = QDateTime(QDate(2026, 11, 27), QTime(6, 0), Qt::UTC);
        exchange.request.fields = request;
        exchange.response.startLine = "HTTP/1.1 200 OK";
        exchange.response.statusCode = status;
        exchange.response.headTime = 2'000'000;
        exchange.response.fields = fields;
        return exchange;
    }

    // "no-store" or "600", "600?" for a guess, "600*" when it is asked about always, "-" without a lifetime
    static QString lifetime(const Caching &caching, Cache cache)
    {
        if (caching.storing(cache) == Caching::Storing::Forbidden)
            return QStringLiteral("no");
        const Caching::Freshness fresh = caching.freshness(cache);
        QString text = fresh.lifetime ? QString::number(*fresh.lifetime) : QStringLiteral("-");
        if (fresh.isHeuristic)
            text += u'?';
        if (fresh.isCheckedAlways)
            text += u'*';
        return text;
    }

private Q_SLOTS:

    void lifetimes_data()
    {
        QTest::addColumn<FieldList>("fields");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("inPrivate");
        QTest::addColumn<QString>("inShared");
        const QByteArray date = "Fri, 27 Nov 2026 06:00:00 GMT";
        const QByteArray hourLater = "Fri, 27 Nov 2026 07:00:00 GMT";
        const QByteArray tenDaysBefore = "Tue, 17 Nov 2026 06:00:00 GMT";
        const auto row = [](const char *name, const FieldList &fields, const char *inPrivate,
                             const char *inShared, int status = 200) {
            QTest::newRow(name) << fields << status << QString::fromLatin1(inPrivate)
                                << QString::fromLatin1(inShared);
        };
        row("nothing said", {}, "-", "-");
        row("max-age", { { "Cache-Control", "max-age=600" } }, "600", "600");
        row("max-age in capitals", { { "cache-control", "Max-Age=600" } }, "600", "600");
        row("max-age in quotes", { { "Cache-Control", "max-age=\"600\"" } }, "600", "600");
        row("s-maxage", { { "Cache-Control", "max-age=60, s-maxage=600" } }, "60", "600");
        row("two fields", { { "Cache-Control", "private" }, { "Cache-Control", "max-age=5" } }, "5",
            "no");
        row("private with names", { { "Cache-Control", "private=\"Set-Cookie\", max-age=5" } }, "5",
            "5");
        row("no-store", { { "Cache-Control", "no-store, max-age=600" } }, "no", "no");
        row("no-store, but understood",
            { { "Cache-Control", "no-store, must-understand, max-age=9" } }, "9", "9");
        row("no-cache", { { "Cache-Control", "no-cache, max-age=600" } }, "600*", "600*");
        row("no-cache with names", { { "Cache-Control", "no-cache=\"Age\", max-age=600" } }, "600",
            "600");
        row("bad max-age", { { "Cache-Control", "max-age=1e3" } }, "0", "0");
        row("negative max-age", { { "Cache-Control", "max-age=-1" } }, "0", "0");
        row("huge max-age", { { "Cache-Control", "max-age=99999999999999999999" } }, "2147483648",
            "2147483648");
        row("first max-age counts", { { "Cache-Control", "max-age=1, max-age=2" } }, "1", "1");
        row("expires", { { "Date", date }, { "Expires", hourLater } }, "3600", "3600");
        row("expires without date", { { "Expires", hourLater } }, "3598", "3598");
        row("expired", { { "Date", hourLater }, { "Expires", date } }, "0", "0");
        row("expires is no date", { { "Expires", "0" }, { "Last-Modified", date } }, "0", "0");
        row("max-age before expires",
            { { "Date", date }, { "Expires", hourLater }, { "Cache-Control", "max-age=7" } }, "7",
            "7");
        row("guess", { { "Date", date }, { "Last-Modified", tenDaysBefore } }, "86400?", "86400?");
        row("guess needs a status for it", { { "Date", date }, { "Last-Modified", tenDaysBefore } },
            "no", "no", 403);
        row("explicit for any status", { { "Cache-Control", "max-age=5" } }, "5", "5", 403);
        row("redirect for good", {}, "-", "-", 308);
        row("redirect for now", {}, "no", "no", 302);
        row("parts", { { "Cache-Control", "max-age=5" } }, "no", "no", 206);
        row("vary *", { { "Cache-Control", "max-age=5" }, { "Vary", "*" } }, "no", "no");
    }

    void lifetimes()
    {
        QFETCH(FieldList, fields);
        QFETCH(int, status);
        const Caching caching(made(fields, status));
        QTEST(lifetime(caching, Cache::Private), "inPrivate");
        QTEST(lifetime(caching, Cache::Shared), "inShared");
        QVERIFY(!caching.storingReason(Cache::Private).isEmpty());
    }

    void requests_decide_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<FieldList>("request");
        QTest::addColumn<QByteArray>("directives");
        QTest::addColumn<QString>("inPrivate");
        QTest::addColumn<QString>("inShared");
        const FieldList authorized { { "Authorization", "Bearer x" } };
        QTest::newRow("POST") << "POST" << FieldList() << QByteArray("max-age=5") << "no"
                              << "no";
        QTest::newRow("HEAD") << "HEAD" << FieldList() << QByteArray("max-age=5") << "5"
                              << "5";
        QTest::newRow("authorized") << "GET" << authorized << QByteArray("max-age=5") << "5"
                                    << "no";
        QTest::newRow("authorized, public")
            << "GET" << authorized << QByteArray("max-age=5, public") << "5"
            << "5";
        QTest::newRow("authorized, s-maxage")
            << "GET" << authorized << QByteArray("max-age=5, s-maxage=6") << "5"
            << "6";
        QTest::newRow("no-store of the request")
            << "GET" << FieldList { { "Cache-Control", "no-store" } } << QByteArray("max-age=5")
            << "no"
            << "no";
    }

    void requests_decide()
    {
        QFETCH(QString, method);
        QFETCH(FieldList, request);
        QFETCH(QByteArray, directives);
        const Caching caching(made({ { "Cache-Control", directives } }, 200, method, request));
        QTEST(lifetime(caching, Cache::Private), "inPrivate");
        QTEST(lifetime(caching, Cache::Shared), "inShared");
    }

    void age_isTheLargerOfBothWays()
    {
        QCOMPARE(Caching(made({})).age(), 2); // what it took to come
        QCOMPARE(Caching(made({ { "Age", "30" } })).age(), 32);
        QCOMPARE(Caching(made({ { "Date", "Fri, 27 Nov 2026 05:59:00 GMT" } })).age(), 62);
        QCOMPARE(Caching(made({ { "Age", "x" } })).age(), 2);
        QCOMPARE(Caching(made({ { "Date", "Fri, 27 Nov 2026 08:00:00 GMT" } })).age(), 2);
    }

    void notes_sayItInWords()
    {
        const auto notes
            = Caching(made({ { "Cache-Control", "max-age=600, private" }, { "Age", "58" },
                          { "ETag", "W/\"1\"" }, { "Vary", "Accept" } }))
                  .notes();
        QStringList lines;
        for (const Caching::Note &note : notes)
            lines += note.title + QStringLiteral(": ") + note.text;
        QCOMPARE(lines.at(0),
            QStringLiteral(
                "Private caches: Fresh for 10 min: max-age (RFC 9111, 4.2.1). 9 min of it "
                "were left when it came."));
        QCOMPARE(
            lines.at(1), QStringLiteral("Shared caches: Not kept: private (RFC 9111, 5.2.2.7)."));
        QVERIFY(lines.contains(QStringLiteral("Cache-Control: max-age=600: fresh for 10 min")));
        QVERIFY(lines.contains(
            QStringLiteral("Asking again: If-None-Match: W/\"1\" (weak: not for parts)")));
        QVERIFY(lines.filter(QStringLiteral("Vary: ")).size() == 1);
        QCOMPARE(notes.at(0).kind, Caching::Note::Kind::Verdict);
    }

    void notes_ofGuesses_nameThem()
    {
        const auto notes
            = Caching(made({ { "Last-Modified", "Tue, 17 Nov 2026 06:00:00 GMT" } })).notes();
        QCOMPARE(notes.constFirst().title, QStringLiteral("All caches"));
        QVERIFY(notes.constFirst().text.contains(QStringLiteral("by a guess")));
    }

    void problems_areTold_data()
    {
        QTest::addColumn<FieldList>("fields");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const FieldList &fields, const char *title) {
            QTest::newRow(name) << fields << QString::fromLatin1(title);
        };
        row("twice", { { "Cache-Control", "max-age=1, max-age=2" } }, "max-age");
        row("useless", { { "Cache-Control", "no-store, max-age=2" } }, "no-store");
        row("contradiction", { { "Cache-Control", "private, public" } }, "public");
        row("expires beside max-age", { { "Cache-Control", "max-age=2" }, { "Expires", "0" } },
            "Expires");
        row("pragma", { { "Pragma", "no-cache" } }, "Pragma");
        row("age", { { "Age", "old" } }, "Age");
        row("date", { { "Date", "today" }, { "ETag", "1" } }, "Date");
        row("cookie", { { "Cache-Control", "max-age=2" }, { "Set-Cookie", "a=1" } }, "Set-Cookie");
    }

    void problems_areTold()
    {
        QFETCH(FieldList, fields);
        QFETCH(QString, title);
        QStringList problems;
        for (const Caching::Note &note : Caching(made(fields)).notes()) {
            if (note.kind == Caching::Note::Kind::Problem)
                problems += note.title;
        }
        QCOMPARE(problems, QStringList { title });
    }

    void nothing_toSay()
    {
        QVERIFY(Caching(Exchange()).notes().isEmpty());
        QVERIFY(!Caching(Exchange()).isKnown());
        QVERIFY(Caching(made({}, 200, QStringLiteral("POST"))).notes().isEmpty());
    }

    void directives_areReadAndExplained_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("meanings");
        QTest::newRow("list") << QByteArray("a, ,b=\"x,y\" ,, max-age=0")
                              << QStringLiteral("a|b=x,y|max-age=0: stale at once");
        QTest::newRow("no number")
            << QByteArray("max-age") << QStringLiteral("max-age: has no number of seconds");
        QTest::newRow("stale") << QByteArray("stale-if-error=86400")
                               << QStringLiteral(
                                      "stale-if-error=86400: once stale, still used for 1 d");
        QTest::newRow("max-stale") << QByteArray("max-stale=60")
                                   << QStringLiteral("max-stale=60: stale for at most 1 min");
        QTest::newRow("empty") << QByteArray() << QString();
    }

    void directives_areReadAndExplained()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, meanings);
        const auto directives = readCacheControl(value);
        const QStringList expected = meanings.isEmpty() ? QStringList() : meanings.split(u'|');
        QCOMPARE(directives.size(), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i) {
            const QString said = QString::fromUtf8(directives.at(i).text()) + QStringLiteral(": ")
                + directives.at(i).meaning();
            QVERIFY2(said.startsWith(expected.at(i)), qPrintable(said));
        }
    }
};

} // namespace headrace::exchange

QTEST_APPLESS_MAIN(headrace::exchange::CachingTest)
#include "tst_caching.moc"
