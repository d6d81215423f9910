#include "faketransit.h"

#include <proxy/rulebook.h>

#include <QElapsedTimer>
#include <QTest>

#include <zlib.h>

using namespace headrace;
using namespace headrace::proxy;
using exchange::Direction;

namespace {

QByteArray gzipped(const QByteArray &plain)
{
    z_stream stream {};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray result(qsizetype(deflateBound(&stream, uLong(plain.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = uInt(result.size());
    deflate(&stream, Z_FINISH);
    result.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return result;
}

ReplaceInBody replacement(const char *pattern, const char *with, bool isExpression = false)
{
    ReplaceInBody replace;
    replace.pattern = QString::fromUtf8(pattern);
    replace.replacement = QString::fromUtf8(with);
    replace.isExpression = isExpression;
    return replace;
}

/// What becomes of a body, and of the head's codings.
struct Outcome
{
    QByteArray body;
    QStringList summaries;
    bool isCoded = false;
};

Outcome run(const ReplaceInBody &replace, const QByteArray &body,
    const QList<wire::FieldLine> &fields = { { "Content-Type", "text/plain" } })
{
    Rule rule;
    rule.id = rule.name = QStringLiteral("r");
    rule.action = replace;
    RuleBook book;
    book.setRules({ rule });
    const bool isRequest = replace.target == Target::Request;
    FakeTransit transit("/", fields, isRequest ? body : QByteArray());
    transit.pass(book, Direction::Request);
    transit.receive(200, fields, isRequest ? QByteArray() : body);
    transit.pass(book, Direction::Response);
    const TransitMessage &message = isRequest ? transit.request() : transit.response();
    return { message.body, transit.summaries(), message.head.indexOf("Content-Encoding") >= 0 };
}

} // namespace

/// Rules that replace in bodies.
class RuleBodiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void text_isReplaced_data()
    {
        QTest::addColumn<ReplaceInBody>("replace");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *title, const ReplaceInBody &replace, const char *type,
                             const QByteArray &before, const QByteArray &after) {
            QTest::newRow(title) << replace << QByteArray(type) << before << after;
        };
        const auto inAnyCase = [](ReplaceInBody replace) {
            replace.isCaseSensitive = false;
            return replace;
        };
        row("plain", replacement("a", "bb"), "text/plain", "banana", "bbbnbbnbb");
        row("plain, no expression", replacement(".", "\\1"), "text/plain", "a.b", "a\\1b");
        row("removed", replacement("na", ""), "text/plain", "banana", "ba");
        row("case counts", replacement("A", "x"), "text/plain", "aA", "ax");
        row("in any case", inAnyCase(replacement("\xc3\x89", "x")), "text/plain",
            "\xc3\xa9\xc3\x89", "xx");
        row("not overlapping", replacement("aa", "b"), "text/plain", "aaaaa", "bba");
        row("expression", replacement("(\\w)(\\d+)", "\\2\\1\\\\", true), "text/plain", "a1 b22",
            "1a\\ 22b\\");
        row("expression in any case", inAnyCase(replacement("ABC", "x", true)), "text/plain", "abc",
            "x");
        row("expression at line begins", replacement("^", "> ", true), "text/plain", "a\nb",
            "> a\n> b");
        row("expression that is empty", replacement("x*", "-", true), "text/plain", "axb",
            "-a--b-");
        row("group that is not there", replacement("a", "\\5", true), "text/plain", "ab", "b");
        row("UTF-8", replacement("\xe2\x82\xac", "EUR"), "application/json", "\"\xe2\x82\xac\"",
            "\"EUR\"");
        row("UTF-8 with mark", replacement("a", "\xe2\x82\xac"), "text/plain",
            "\xef\xbb\xbf"
            "a",
            "\xef\xbb\xbf\xe2\x82\xac");
        row("outside of the basic plane", replacement("\xf0\x9f\x98\x80", "x"), "text/plain",
            "a\xf0\x9f\x98\x80", "ax");
        row("empty match between surrogates", replacement("(?=\xf0\x9f\x98\x80)", "x", true),
            "text/plain", "a\xf0\x9f\x98\x80", "ax\xf0\x9f\x98\x80");
        row("declared ISO 8859-1", replacement("\xc3\xa9", "\xc3\xa8"),
            "text/plain; charset=iso-8859-1", "caf\xe9", "caf\xe8");
        row("declared UTF-8, but is not", replacement("caf", "th"), "text/plain; charset=\"UTF-8\"",
            "caf\xe9\xff\xfe", "th\xe9\xff\xfe");
        row("UTF-16 with mark", replacement("b", "c"), "text/plain",
            QByteArray("\xff\xfe"
                       "a\0b\0",
                6),
            QByteArray("\xff\xfe"
                       "a\0c\0",
                6));
        row("declared UTF-16BE", replacement("b", "\xe2\x82\xac"), "text/plain; charset=utf-16be",
            QByteArray("\0a\0b", 4), QByteArray("\0a\x20\xac", 4));
        row("declared unknown", replacement("b", "c"), "text/plain; charset=klingon", "ab", "ac");
        row("octets of no text", replacement("PNG", "GNP"), "image/png",
            QByteArray("\x89PNG\0\xff", 6), QByteArray("\x89GNP\0\xff", 6));
    }

    void text_isReplaced()
    {
        QFETCH(ReplaceInBody, replace);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        for (const Target target : { Target::Request, Target::Response }) {
            replace.target = target;
            const Outcome outcome = run(replace, before, { { "Content-Type", type } });
            QCOMPARE(outcome.body, after);
            QCOMPARE(outcome.summaries.size(), 1);
            QVERIFY(outcome.summaries.at(0).startsWith(QStringLiteral("r: replaced in body, ")));
        }
    }

    void nothingFound_bodyStaysAsItWas()
    {
        const QByteArray coded = gzipped("banana");
        const Outcome outcome
            = run(replacement("x", "y"), coded, { { "Content-Encoding", "gzip" } });
        QCOMPARE(outcome.body, coded);
        QVERIFY(outcome.isCoded);
        QVERIFY(outcome.summaries.isEmpty());
    }

    void codedBody_isSentAsIdentity()
    {
        const Outcome outcome = run(replacement("a", "b"), gzipped("banana"),
            { { "Content-Type", "text/plain" }, { "content-encoding", "GZip" } });
        QCOMPARE(outcome.body, QByteArray("bbnbnb"));
        QVERIFY(!outcome.isCoded);
        QCOMPARE(outcome.summaries, // of the head, and of the body
            QStringList({ QStringLiteral("r: replaced in body, 3 times"),
                QStringLiteral("r: replaced in body, 3 times") }));
    }

    void whatCannotBeDone_leavesTheBodyAlone_data()
    {
        QTest::addColumn<ReplaceInBody>("replace");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("why");
        const ReplaceInBody plain = replacement("a", "b");
        QTest::newRow("unknown coding")
            << plain << QByteArray("aaa") << QByteArray("Content-Encoding") << QByteArray("rot13")
            << QStringLiteral("cannot be decoded (rot13");
        QTest::newRow("cut coding")
            << plain << gzipped("banana").chopped(4) << QByteArray("Content-Encoding")
            << QByteArray("gzip") << QStringLiteral("cannot be decoded (gzip");
        QTest::newRow("not coded at all")
            << plain << QByteArray("aaa") << QByteArray("Content-Encoding") << QByteArray("gzip")
            << QStringLiteral("cannot be decoded (gzip");
        QTest::newRow("coded in transfer")
            << plain << gzipped("banana") << QByteArray("Transfer-Encoding")
            << QByteArray("gzip, chunked") << QStringLiteral("coded in transfer");
        QTest::newRow("not in that encoding")
            << replacement("a", "\xe2\x82\xac") << QByteArray("a\xe9") << QByteArray("Content-Type")
            << QByteArray("text/plain; charset=iso-8859-1")
            << QStringLiteral("characters that ISO-8859-1 has not");
        QTest::newRow("for ever") << replacement("(a+)+$", "b", true) << QByteArray(64, 'a') + "!"
                                  << QByteArray("X") << QByteArray("x")
                                  << QStringLiteral("takes too long");
        ReplaceInBody growing = replacement("a", "");
        growing.replacement = QString(1 << 20, u'x');
        QTest::newRow("too large") << growing << QByteArray(1000, 'a') << QByteArray("X")
                                   << QByteArray("x") << QStringLiteral("too large");
        QTest::newRow("too large by matches") <<
            [&] {
                ReplaceInBody replace = growing;
                replace.isExpression = true;
                return replace;
            }() << QByteArray(1000, 'a') << QByteArray("X")
                                              << QByteArray("x") << QStringLiteral("too large");
        QTest::newRow("bomb") << plain << gzipped(QByteArray(RuleBook::TextLimit + 1, 'a'))
                              << QByteArray("Content-Encoding") << QByteArray("gzip")
                              << QStringLiteral("cannot be decoded (gzip");
    }

    void whatCannotBeDone_leavesTheBodyAlone()
    {
        QFETCH(ReplaceInBody, replace);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QString, why);
        QElapsedTimer clock;
        clock.start();
        const Outcome outcome = run(replace, body, { { name, value } });
        QCOMPARE(outcome.body, body);
        QCOMPARE(outcome.summaries.size(), 1);
        QVERIFY2(outcome.summaries.at(0).contains(why), qPrintable(outcome.summaries.at(0)));
        QVERIFY(outcome.summaries.at(0).startsWith(QStringLiteral("r: body left alone: ")));
        QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_GUILESS_MAIN(RuleBodiesTest)
#include "tst_rulebodies.moc"
