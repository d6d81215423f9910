#include <exchange/fieldmeaning.h>
#include <exchange/httpdate.h>

#include <QTest>

namespace headrace::exchange {

/// What fields and their values mean.
class FieldMeaningTest : public QObject
{
    Q_OBJECT

    static QDateTime now() { return QDateTime(QDate(2026, 11, 27), QTime(6, 0), Qt::UTC); }

private Q_SLOTS:

    void names_areFoundInAnyCase()
    {
        QVERIFY(knownFieldCount() >= 120);
        QCOMPARE(meaningOf("content-TYPE")->name, QStringLiteral("Content-Type"));
        QCOMPARE(meaningOf("content-TYPE")->source, QStringLiteral("RFC 9110, 8.3"));
        QVERIFY(meaningOf("Accept")->sentence.endsWith(u'.'));
        QVERIFY(meaningOf("X-XSS-Protection"));
        for (const char *name :
            { "Accept", "Age", "DNT", "DPR", "ETag", "If", "TE", "Via", "Warning",
                "WWW-Authenticate", "X-Accel-Buffering", "Sec-CH-UA", "Sec-CH-UA-Mobile" })
            QVERIFY2(meaningOf(name), name);
        QVERIFY(!meaningOf("X-Nobody-Knows"));
        QVERIFY(!meaningOf(""));
        QVERIFY(!meaningOf("zzz"));
    }

    void trailers_thatMayNotBe()
    {
        for (const char *name : { "Transfer-Encoding", "content-length", "Host", "Authorization",
                 "Cache-Control", "Content-Type", "Trailer", "Set-Cookie", "Range" })
            QVERIFY2(meaningOf(name)->isForbiddenInTrailers, name);
        for (const char *name : { "Server-Timing", "ETag", "Digest", "Content-Digest" })
            QVERIFY2(!meaningOf(name)->isForbiddenInTrailers, name);
    }

    void usualSpelling_ofNames()
    {
        QCOMPARE(usualSpelling("content-type"), QByteArray("Content-Type"));
        QCOMPARE(usualSpelling("ETAG"), QByteArray("ETag"));
        QCOMPARE(usualSpelling("x-my-FIELD"), QByteArray("X-My-Field"));
        QCOMPARE(usualSpelling(""), QByteArray(""));
    }

    void values_areExplained_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("meaning"); // part: sentence, joined by '|'; begins of both
        const auto row = [](const char *name, const char *value, const char *meaning) {
            QTest::addRow("%s: %s", name, value)
                << QByteArray(name) << QByteArray(value) << QString::fromUtf8(meaning);
        };
        row("Cache-Control", "max-age=60, private",
            "max-age=60: fresh for 1 min|private: for one user");
        row("Content-Encoding", "gzip, br", "gzip: packed by gzip|br: packed by Brotli");
        row("Accept-Encoding", "gzip;q=0, other",
            "gzip;q=0: packed by gzip (LZ77 with a checksum); not wanted");
        row("Transfer-Encoding", "chunked", "chunked: sent in chunks");
        row("Connection", "close, X-Hop",
            "close: the connection ends|X-Hop: the field X-Hop is meant");
        row("Content-Type", "text/html; charset=utf-8; x=1", "charset=utf-8: how characters");
        row("Content-Type", "text/html", "");
        row("Content-Disposition", "attachment; filename=\"a;b\"",
            "attachment: saved|filename=\"a;b\": name to save");
        row("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload",
            "max-age=31536000: for 1 y|includeSubDomains: also|preload: may");
        row("Keep-Alive", "timeout=5, max=100", "timeout=5: an idle|max=100: 100 more");
        row("Authorization", "Basic YWxpY2U6c2VjcmV0",
            "Basic: user \"alice\" with a password of 6");
        row("Authorization", "Bearer abc", "Bearer: a token");
        row("Authorization", "Basic %%%", "");
        row("Age", "90", ": 1 min 30 s");
        row("Age", "5", "");
        row("Content-Length", "1234567", ": 1,234,567 octets");
        row("ETag", "W/\"1\"", "W/\"1\": weak");
        row("If-None-Match", "\"a\", W/\"b\"", "W/\"b\": weak");
        row("Expect", "100-continue", ": send 100 Continue");
        row("Vary", "*", ": no cached");
        row("Expires", "0", ": no date");
        row("Retry-After", "120", ": 2 min");
        row("X-Other", "anything", "");
        row("Cache-Control", "", "");
    }

    void values_areExplained()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QString, meaning);
        const auto parts = explainValue(name, value, now());
        const QStringList expected = meaning.isEmpty() ? QStringList() : meaning.split(u'|');
        QCOMPARE(parts.size(), expected.size());
        for (qsizetype i = 0; i < parts.size(); ++i) {
            const QString said = parts.at(i).part + QStringLiteral(": ") + parts.at(i).sentence;
            QVERIFY2(said.startsWith(expected.at(i)), qPrintable(said));
        }
    }

    void dates_areToldAsDistance()
    {
        const auto parts = explainValue("Date", "Fri, 27 Nov 2026 05:57:00 GMT", now());
        QCOMPARE(parts.size(), 1);
        QVERIFY(parts.constFirst().sentence.endsWith(QStringLiteral("local time, 3 min ago")));
        QVERIFY(explainValue("Sunset", "Fri, 27 Nov 2026 08:00:00 GMT", now())
                    .constFirst()
                    .sentence.endsWith(QStringLiteral("in 2 h")));
    }

    void values_areBounded()
    {
        QCOMPARE(
            explainValue("Cache-Control", QByteArray("private,").repeated(5000), now()).size(), 50);
    }

    void httpDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("date");
        QTest::newRow("usual") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT")
                               << QStringLiteral("1994-11-06T08:49:37Z");
        QTest::newRow("RFC 850") << QByteArray("Sunday, 06-Nov-94 08:49:37 GMT")
                                 << QStringLiteral("1994-11-06T08:49:37Z");
        QTest::newRow("RFC 850, this century") << QByteArray("Friday, 27-Nov-26 08:49:37 GMT")
                                               << QStringLiteral("2026-11-27T08:49:37Z");
        QTest::newRow("asctime") << QByteArray("Sun Nov  6 08:49:37 1994")
                                 << QStringLiteral("1994-11-06T08:49:37Z");
        QTest::newRow("number") << QByteArray("0") << QString();
        QTest::newRow("other zone") << QByteArray("Sun, 06 Nov 1994 08:49:37 +0100") << QString();
        QTest::newRow("empty") << QByteArray() << QString();
    }

    void httpDates()
    {
        QFETCH(QByteArray, text);
        const QDateTime date = readHttpDate(text);
        QTEST(date.isValid() ? date.toString(Qt::ISODate) : QString(), "date");
    }

    void durations()
    {
        QCOMPARE(spokenDuration(0), QStringLiteral("0 s"));
        QCOMPARE(spokenDuration(59), QStringLiteral("59 s"));
        QCOMPARE(spokenDuration(3600), QStringLiteral("1 h"));
        QCOMPARE(spokenDuration(3661), QStringLiteral("1 h 1 min"));
        QCOMPARE(spokenDuration(3601), QStringLiteral("1 h"));
        QCOMPARE(spokenDuration(-90'000), QStringLiteral("1 d 1 h"));
        QCOMPARE(spokenDistance(now().addSecs(-40), now()), QStringLiteral("40 s ago"));
        QCOMPARE(spokenDistance(now(), now()), QStringLiteral("now"));
    }
};

} // namespace headrace::exchange

QTEST_APPLESS_MAIN(headrace::exchange::FieldMeaningTest)
#include "tst_fieldmeaning.moc"
