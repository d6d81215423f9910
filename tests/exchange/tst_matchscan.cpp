#include <exchange/matchscan.h>

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace headrace::exchange;

namespace {

QList<OctetSpan> scan(MatchScan &scan, const QByteArray &octets, qsizetype piece)
{
    QList<OctetSpan> found;
    for (qsizetype at = 0; at < octets.size(); at += piece)
        scan.feed(QByteArrayView(octets).sliced(at, std::min(piece, octets.size() - at)), &found);
    scan.finish(&found);
    return found;
}

/// The same by Qt, which is PCRE2 on UTF-16; the octets are ASCII.
QList<OctetSpan> expected(const SearchPattern &pattern, const QByteArray &octets)
{
    const QString text = QString::fromLatin1(pattern.text);
    const QRegularExpression expression(pattern.isRegex ? text : QRegularExpression::escape(text),
        pattern.isCaseSensitive ? QRegularExpression::NoPatternOption
                                : QRegularExpression::CaseInsensitiveOption);
    QList<OctetSpan> found;
    for (const auto &match : expression.globalMatch(QString::fromLatin1(octets))) {
        if (match.capturedLength() > 0)
            found.append({ match.capturedStart(), match.capturedEnd() });
    }
    return found;
}

} // namespace

class MatchScanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void matches_inPiecesOfAnySize_areThoseOfTheWhole_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("isRegex");
        QTest::addColumn<bool>("isCaseSensitive");
        QTest::newRow("letter") << QByteArray("a") << false << true;
        QTest::newRow("literal") << QByteArray("abc") << false << true;
        QTest::newRow("literal, any case") << QByteArray("aBc") << false << false;
        QTest::newRow("overlapping itself") << QByteArray("aa") << false << true;
        QTest::newRow("expression that is a literal") << QByteArray("ab\\.") << true << true;
        QTest::newRow("class") << QByteArray("[ab]+c") << true << true;
        QTest::newRow("any case") << QByteArray("[ab]{2}C") << true << false;
        QTest::newRow("look back") << QByteArray("(?<=b)a+") << true << true;
        QTest::newRow("may be empty") << QByteArray("c*") << true << true;
        QTest::newRow("line end") << QByteArray("(?m)c$") << true << true;
        QTest::newRow("line begin") << QByteArray("(?m)^a") << true << true;
        QTest::newRow("not there") << QByteArray("xyz") << false << true;
    }

    void matches_inPiecesOfAnySize_areThoseOfTheWhole()
    {
        QFETCH(const QByteArray, pattern);
        QFETCH(const bool, isRegex);
        QFETCH(const bool, isCaseSensitive);
        const SearchPattern wanted { pattern, isRegex, isCaseSensitive };
        QRandomGenerator random(3);
        QByteArray octets(20'000, Qt::Uninitialized);
        for (char &octet : octets)
            octet = "aabbccABC.\n"[random.bounded(11)];
        for (const qsizetype piece : { 1, 7, 4096, 100'000 }) {
            MatchScan each(wanted);
            QVERIFY(!each.error());
            QCOMPARE(scan(each, octets, piece), expected(wanted, octets));
            QVERIFY(!each.gaveUp());
        }
    }

    void matches_acrossWindows_areFound()
    {
        QByteArray octets(3'000'000, '.');
        QList<OctetSpan> all;
        for (qint64 at = 1000; at < octets.size() - 20; at += 99'991) {
            octets.replace(at, 8, "needle42");
            all.append({ at, at + 8 });
        }
        MatchScan each({ "needle[0-9]+", true, true });
        QCOMPARE(scan(each, octets, 65'536), all);
    }

    void matches_ofCharacters_countOctets()
    {
        MatchScan each({ QByteArray("ÄPFEL"), false, false });
        QList<OctetSpan> found;
        each.feed(QByteArray("x äpfel Äpfel"), &found);
        each.finish(&found);
        QCOMPARE(found, (QList<OctetSpan> { { 2, 8 }, { 9, 15 } }));
    }

    void pattern_empty_findsNothing()
    {
        MatchScan each({});
        QCOMPARE(scan(each, "abc", 1), QList<OctetSpan>());
        QVERIFY(!each.error());
    }

    void pattern_invalid_isSaid()
    {
        MatchScan each({ "a(b", true });
        QVERIFY(each.error());
        QCOMPARE(scan(each, "ab", 1), QList<OctetSpan>());
    }

    void pattern_thatTakesTooLong_isGivenUp()
    {
        MatchScan each({ "(a*)*b", true, true });
        const QList<OctetSpan> found = scan(each, QByteArray(2'000'000, 'a'), 65'536);
        QCOMPARE(found.size(), 0);
        QVERIFY(each.gaveUp());
    }
};

QTEST_GUILESS_MAIN(MatchScanTest)
#include "tst_matchscan.moc"
