#include <exchange/octetsearch.h>

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <thread>

using namespace headrace::exchange;
using namespace Qt::StringLiterals;

namespace {

using Found = std::optional<qint64>;

Found searched(OctetSearch &search, const QByteArrayList &pieces)
{
    for (const QByteArray &piece : pieces)
        search.feed(piece);
    return search.finish();
}

QByteArrayList cutAt(const QByteArray &octets, qsizetype at)
{
    return { octets.first(at), octets.sliced(at) };
}

QByteArrayList inPiecesOf(const QByteArray &octets, qsizetype size)
{
    QByteArrayList pieces;
    for (qsizetype i = 0; i < octets.size(); i += size)
        pieces.append(octets.mid(i, size));
    return pieces;
}

/// What anyone would write.
Found naive(const QByteArray &octets, QByteArray literal, bool isCaseSensitive)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    const auto equal
        = [&](char a, char b) { return isCaseSensitive ? a == b : lower(a) == lower(b); };
    const auto at
        = std::search(octets.begin(), octets.end(), literal.begin(), literal.end(), equal);
    return at == octets.end() && !literal.isEmpty() ? Found() : Found(at - octets.begin());
}

/// What PCRE2 itself finds.
struct Reference
{
    bool isValid = false;
    Found found;

    Reference(const QByteArray &expression, bool isCaseSensitive, const QByteArray &octets)
    {
        quint32 options = isCaseSensitive ? 0 : PCRE2_CASELESS;
        const bool hasNonAscii = std::any_of(
            expression.begin(), expression.end(), [](char octet) { return octet < 0; });
        if (hasNonAscii || expression.contains("\\p") || expression.contains("\\x{"))
            options |= PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF;
        int error = 0;
        size_t offset = 0;
        pcre2_code_8 *code = pcre2_compile_8(reinterpret_cast<PCRE2_SPTR8>(expression.constData()),
            size_t(expression.size()), options, &error, &offset, nullptr);
        isValid = code;
        if (!code)
            return;
        pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE); // \z and invalid octets differ without it
        pcre2_match_data_8 *match = pcre2_match_data_create_8(1, nullptr);
        if (pcre2_match_8(code, reinterpret_cast<PCRE2_SPTR8>(octets.constData()),
                size_t(octets.size()), 0, 0, match, nullptr)
            >= 0)
            found = qint64(pcre2_get_ovector_pointer_8(match)[0]);
        pcre2_match_data_free_8(match);
        pcre2_code_free_8(code);
    }
};

QByteArray filler(qsizetype size) { return QByteArray(size, '.'); }

} // namespace

Q_DECLARE_METATYPE(Found)

class OctetSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void literal_equalsNaive_data();
    void literal_equalsNaive();
    void pattern_isFound_data();
    void pattern_isFound();
    void expression_equalsPcre_data();
    void expression_equalsPcre();
    void expressionThatIsALiteral_isOne_data();
    void expressionThatIsALiteral_isOne();
    void badExpression_saysWhere_data();
    void badExpression_saysWhere();
    void longMatch_spansPieces_data();
    void longMatch_spansPieces();
    void worstLiteral_isLinear_data();
    void worstLiteral_isLinear();
    void hostileExpression_isBounded_data();
    void hostileExpression_isBounded();
    void search_isUsedAgain();
    void copies_searchInThreads();
    void found_staysFound();
};

void OctetSearchTest::literal_equalsNaive_data()
{
    QTest::addColumn<QByteArray>("alphabet");
    QTest::addColumn<int>("longest");
    QTest::newRow("two letters") << QByteArray("ab") << 12;
    QTest::newRow("both cases") << QByteArray("aAbB") << 6;
    QTest::newRow("marks beside letters") << QByteArray("@`[{Zz") << 4;
    QTest::newRow("NUL and high octets") << QByteArray("\0\x7f\x80\xff\xdf", 5) << 4;
    QTest::newRow("text") << QByteArray("etaoin shrdlu\",:{}0123XYZ") << 3;
    QTest::newRow("one") << QByteArray("x") << 70;
}

void OctetSearchTest::literal_equalsNaive()
{
    QFETCH(QByteArray, alphabet);
    QFETCH(int, longest);
    QRandomGenerator random(20'260'102);
    const auto make = [&](qsizetype size) {
        QByteArray result(size, 0);
        for (char &octet : result)
            octet = alphabet[random.bounded(int(alphabet.size()))];
        return result;
    };
    for (int round = 0; round < 3000; ++round) {
        const QByteArray octets = make(random.bounded(400));
        const QByteArray literal = make(1 + random.bounded(longest));
        const bool isCaseSensitive = random.bounded(2);
        const Found expected = naive(octets, literal, isCaseSensitive);
        OctetSearch search({ literal, false, isCaseSensitive });
        QCOMPARE(searched(search, { octets }), expected);
        QByteArrayList pieces;
        for (qsizetype at = 0; at < octets.size();) {
            const qsizetype size = random.bounded(round % 3 ? 10 : 100);
            pieces.append(octets.mid(at, size));
            at += size;
        }
        search.reset();
        QCOMPARE(searched(search, pieces), expected);
    }
}

void OctetSearchTest::pattern_isFound_data()
{
    QTest::addColumn<SearchPattern>("pattern");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<Found>("expected");
    const auto literal = [](const char *name, const QByteArray &text, const QByteArray &octets,
                             Found expected, bool isCaseSensitive = false) {
        QTest::newRow(name) << SearchPattern { text, false, isCaseSensitive } << octets << expected;
    };
    const auto regex = [](const char *name, const QByteArray &text, const QByteArray &octets,
                           Found expected, bool isCaseSensitive = false, bool dotIsAny = false) {
        QTest::newRow(name) << SearchPattern { text, true, isCaseSensitive, dotIsAny } << octets
                            << expected;
    };
    const Found none;
    literal("literal", "out of stock", "{\"error\":\"Out Of Stock\"}", 10);
    literal("literal, case", "out of stock", "{\"error\":\"Out Of Stock\"}", none, true);
    literal("literal at the end", "end", "the end", 4);
    literal("literal that is all", "end", "end", 0);
    literal("literal longer than all", "end.", "end", none);
    literal("signs are no operators", "a.c", "abc a.c", 4);
    literal("empty", "", "abc", 0);
    literal("empty in nothing", "", "", 0);
    literal("in nothing", "a", "", none);
    literal("beyond ASCII", "straße", "Hauptstraße", 5, true);
    literal("beyond ASCII, any case", "ÉTÉ", "l'été", 2);
    literal("beyond ASCII, case", "ÉTÉ", "l'été", none, true);
    literal("Greek", "ΟΔΟΣ", "οδοσ", 0);
    literal("beyond ASCII behind invalid octets", "É", "\xff\xc3\xe9 é", 4);
    literal("not UTF-8", "\xe9T", "\xe9t", 0);
    regex("expression", "err(or)?\\s+\\d{3}", "an Error  503.", 3);
    regex("expression, case", "err(or)?\\s+\\d{3}", "an Error  503.", none, true);
    regex("alternatives", "foo|bar", "a bar and foo", 2);
    regex("greedy to the end", "a.*z", "xxa----z--", 2);
    regex("dot stops at lines", "a.b", "a\nb", none);
    regex("dot is any", "a.b", "a\nb", 0, false, true);
    regex("begin", "^ab", "xab", none);
    regex("begin of all", "^ab", "abx", 0);
    regex("begin of a line", "(?m)^ab", "x\nab", 2);
    regex("end", "ab$", "abx ab", 4);
    regex("end, not of a piece", "ab$", "abx", none);
    regex("end before the last line end", "ab$", "ab\n", 0);
    regex("end, two line ends", "ab$", "ab\n\n", none);
    regex("end of all", "ab\\z", "ab ab", 3);
    regex("look behind", "(?<=key=)\\w+", "a key=value", 6);
    regex("look behind, not", "(?<!x)ab", "xab xxab", none);
    regex("look ahead", "ab(?=\\d\\d)", "ab1 ab22", 4);
    regex("word", "\\bcat\\b", "concat cats cat", 12);
    regex("lazy", "<.+?>", "a<b><c>", 1);
    regex("octets", "\\x00\\xff", QByteArray("a\0\xff", 3), 1);
    regex("empty match", "x*", "abc", 0);
    regex("empty match in nothing", "x*", "", 0);
    regex("class beyond ASCII", "[éè]t[éè]", "l'été", 2);
    regex("class beyond ASCII, any case", "[ÉÈ]t[éè]", "l'été", 2);
    regex("no half a letter", "[é]x", "\xa9x", none);
    regex("property", "\\p{Lu}\\p{Ll}", "é Éa", 3, true);
    regex("property behind invalid octets", "\\p{Greek}+", "\xff\xfe\xce α", 4);
    regex("back reference", "(\\w)\\1\\1", "aabbbc", 2);
    regex("condition of both", "(?=.*b)(?=.*a)\\w{4}", "..xaxb", 2);
}

/// Whole, cut in two at every octet, and octet by octet.
void OctetSearchTest::pattern_isFound()
{
    QFETCH(SearchPattern, pattern);
    QFETCH(QByteArray, octets);
    QFETCH(Found, expected);
    QCOMPARE(searchIn(octets, pattern), expected);
    OctetSearch search(pattern);
    QVERIFY(!search.error());
    for (qsizetype at = 0; at <= octets.size(); ++at) {
        search.reset();
        QCOMPARE(searched(search, cutAt(octets, at)), expected);
    }
    search.reset();
    QCOMPARE(searched(search, inPiecesOf(octets, 1)), expected);
    QVERIFY(!search.gaveUp());
}

void OctetSearchTest::expression_equalsPcre_data()
{
    QTest::addColumn<int>("before"); ///< Octets before those that are of interest.
    QTest::addColumn<int>("rounds");
    QTest::addColumn<bool>("isCaseSensitive");
    QTest::addColumn<QByteArrayList>("atoms");
    const QByteArrayList plain { "a", "b", "ab", "ba", "A", "\\.", ".", "[ab]", "[^a]", "[]a]",
        "(ab|b)", "(?:a(b)?)", "(a|[)b])", "\\w", "\\b", "^", "$", "{", "{x", "a{2}", "b{1,2}",
        "(ba){2}", "(?=a)", "(?!b)", "(?<=a)", "(?<!ab)", "\\x61", "(?i)", "(?-i:A)", "\\)", "\\(",
        "\\z", "\\A", "b++", "\n", "(?m)^", "[[:alpha:]]", "\\Qa.\\E" };
    QTest::newRow("any case") << 0 << 4000 << false << plain;
    QTest::newRow("case") << 0 << 4000 << true << plain;
    // A window has half a MiB.
    QTest::newRow("across windows") << 512 * 1024 - 10 << 500 << true << plain;
    const QByteArrayList characters
        = plain + QByteArrayList { "é", "[éb]", "\\p{L}", "\\x{e9}", "É" };
    QTest::newRow("characters, any case") << 0 << 4000 << false << characters;
    QTest::newRow("characters, case") << 0 << 4000 << true << characters;
    QTest::newRow("characters, across windows") << 512 * 1024 - 10 << 500 << true << characters;
}

/// Expressions and octets by chance, in pieces by chance, against the library on all octets at once.
void OctetSearchTest::expression_equalsPcre()
{
    QFETCH(int, before);
    QFETCH(int, rounds);
    QFETCH(bool, isCaseSensitive);
    QFETCH(QByteArrayList, atoms);
    const QByteArrayList octetAtoms { "a", "b", "A", "B", "ab", "ba", "\n", ".", " ", "{", "x", ")",
        "é", "\xc3", "\xff" };
    const QByteArrayList repeats { "", "", "", "", "?", "*", "+", "*?", "+?" };
    QRandomGenerator random(20'260'103);
    const auto pick = [&](const QByteArrayList &of) { return of[random.bounded(int(of.size()))]; };
    int found = 0;
    for (int round = 0; round < rounds; ++round) {
        QByteArray expression;
        for (int i = 1 + random.bounded(5); i > 0; --i)
            expression += pick(atoms) + pick(repeats);
        if (random.bounded(8) == 0)
            expression += "|" + pick(atoms);
        QByteArray octets(before, '-');
        for (int i = random.bounded(40); i > 0; --i)
            octets += pick(octetAtoms);

        OctetSearch search({ expression, true, isCaseSensitive });
        const Reference reference(expression, isCaseSensitive, octets);
        QCOMPARE(!search.error(), reference.isValid);
        if (!reference.isValid)
            continue;
        found += reference.found && *reference.found >= before ? 1 : 0;
        QByteArrayList pieces { octets.first(before) };
        for (qsizetype at = before; at < octets.size();) {
            const qsizetype size = random.bounded(20);
            pieces.append(octets.mid(at, size));
            at += size;
        }
        QVERIFY2(searched(search, pieces) == reference.found,
            (expression.toPercentEncoding(" ()[]{}|?*+\\^$<>=!:") + " in "
                + octets.sliced(before).toPercentEncoding())
                .constData());
    }
    QVERIFY(found > rounds / 16);
}

void OctetSearchTest::expressionThatIsALiteral_isOne_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<bool>("isLiteral");
    QTest::newRow("word") << QByteArray("stock") << true;
    QTest::newRow("escaped") << QByteArray("a\\.b\\/c") << true;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("dot") << QByteArray("a.b") << false;
    QTest::newRow("class") << QByteArray("\\d") << false;
    QTest::newRow("escape at the end") << QByteArray("a\\") << false;
    QTest::newRow("escaped blank") << QByteArray("a\\ b") << false; // only seldom written
}

void OctetSearchTest::expressionThatIsALiteral_isOne()
{
    QFETCH(QByteArray, expression);
    QFETCH(bool, isLiteral);
    QCOMPARE(OctetSearch({ expression, true }).isLiteral(), isLiteral);
    QCOMPARE(searchIn("xa.b/c", { "a\\.b\\/c", true }), Found(1));
}

void OctetSearchTest::badExpression_saysWhere_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<int>("offset");
    QTest::newRow("open group") << QByteArray("ab(c") << 4;
    QTest::newRow("closing") << QByteArray("ab)c") << 2;
    QTest::newRow("nothing to repeat") << QByteArray("*") << 0;
    QTest::newRow("open class") << QByteArray("[abc") << 4;
    QTest::newRow("escape at the end") << QByteArray("abc\\") << 4;
    QTest::newRow("octet in characters") << QByteArray("\xc3\xa9\\C") << 4;
}

void OctetSearchTest::badExpression_saysWhere()
{
    QFETCH(QByteArray, expression);
    QFETCH(int, offset);
    OctetSearch search({ expression, true });
    QVERIFY(search.error());
    QVERIFY2(search.error()->message.endsWith(u'.'), qPrintable(search.error()->message));
    QCOMPARE(search.error()->offset, offset);
    QVERIFY(!search.feed("abc"));
    QVERIFY(!search.finish());
}

void OctetSearchTest::longMatch_spansPieces_data()
{
    QTest::addColumn<SearchPattern>("pattern");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<Found>("expected");
    const SearchPattern wide { "<a.*b>", true };
    QTest::newRow("60 KiB") << wide << filler(100'000) + "<a" + filler(60 * 1024) + "b>"
                            << Found(100'000);
    QTest::newRow("beyond the bound")
        << wide << filler(10) + "<a" + filler(700'000) + "b>" << Found();
    QTest::newRow("shorter one behind one too long")
        << wide << "<a" + filler(300'000) + "\n" + filler(10) + "<ab>" << Found(300'013);
    QTest::newRow("shorter one in one too long")
        << SearchPattern { "<a[^b]*c|here", true } << "<a" + filler(100'000) + "here" + filler(9)
        << Found(100'002);
    QTest::newRow("literal") << SearchPattern { "needle" } << filler(200'001) + "NEEDLE"
                             << Found(200'001);
    QTest::newRow("long literal") << SearchPattern { QByteArray(5000, 'n') + "x" }
                                  << QByteArray(9000, 'n') + "x" << Found(4000);
}

void OctetSearchTest::longMatch_spansPieces()
{
    QFETCH(SearchPattern, pattern);
    QFETCH(QByteArray, octets);
    QFETCH(Found, expected);
    OctetSearch search(pattern);
    for (const qsizetype size : { 999, 16'384, 65'536, 1'000'000 }) {
        search.reset();
        QCOMPARE(searched(search, inPiecesOf(octets, size)), expected);
        QVERIFY(!search.gaveUp());
    }
}

void OctetSearchTest::worstLiteral_isLinear_data()
{
    QTest::addColumn<bool>("isCaseSensitive");
    QTest::newRow("case") << true;
    QTest::newRow("any case") << false;
}

/// A naive search would compare 10^10 octets.
void OctetSearchTest::worstLiteral_isLinear()
{
    QFETCH(bool, isCaseSensitive);
    const QByteArray half(5000, 'a');
    const QByteArray octets = QByteArray(4'000'000, 'a');
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(searchIn(octets, { half + "b" + half, false, isCaseSensitive }), Found());
    QCOMPARE(searchIn(octets + "b" + half, { half + "b" + half, false, isCaseSensitive }),
        Found(4'000'000 - 5000));
    const QByteArray pairs = QByteArray("ab").repeated(2'000'000);
    const QByteArray almost = QByteArray("ab").repeated(2500) + "ba";
    QCOMPARE(searchIn(pairs, { almost, false, isCaseSensitive }), Found());
    QCOMPARE(searchIn(pairs + "ba", { almost, false, isCaseSensitive }), Found(4'000'000 - 5000));
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void OctetSearchTest::hostileExpression_isBounded_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("octets");
    const QByteArray run(300'000, 'a');
    QTest::newRow("nested repeats") << QByteArray("(a+)+$") << run + "b";
    QTest::newRow("nested repeats, short") << QByteArray("(a+)+$") << QByteArray(40, 'a') + "b";
    QTest::newRow("alternatives") << QByteArray("(a|aa)+$") << run + "b";
    QTest::newRow("nested classes") << QByteArray("([a-z]+)*=") << run;
    QTest::newRow("quadratic") << QByteArray("a.*b") << run;
    QTest::newRow("quadratic, without a literal") << QByteArray("a.*[bc]") << run;
    QTest::newRow("quadratic, two classes") << QByteArray("[a-f]+[0-9]") << run;
    QTest::newRow("cubic, without a literal") << QByteArray("a.*a.*[bc]") << run;
    QTest::newRow("cubic") << QByteArray("a.*a.*b") << run;
    QTest::newRow("recursion") << QByteArray("(a(?1)?a|a)+b") << run;
    QTest::newRow("many optional")
        << QByteArray("a?").repeated(30) + QByteArray(30, 'a') + "b" << run;
    QTest::newRow("characters") << QByteArray("(\xc3\xa9+)+$")
                                << QByteArray("\xc3\xa9").repeated(100'000) + "b";
}

void OctetSearchTest::hostileExpression_isBounded()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, octets);
    QElapsedTimer timer;
    timer.start();
    OctetSearch search({ expression, true });
    QVERIFY(!search.error());
    QCOMPARE(searched(search, inPiecesOf(octets, 100'000)), Found());
    // Two seconds of patience, and the sanitizers are slow.
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    search.reset();
    QVERIFY(!search.gaveUp());
}

void OctetSearchTest::search_isUsedAgain()
{
    for (const bool isRegex : { false, true }) {
        OctetSearch search({ isRegex ? "nee+dle" : "needle", isRegex });
        QVERIFY(!search.feed("nee"));
        search.reset();
        QVERIFY(!search.feed("dle")); // of another stream
        QVERIFY(!search.finish());
        search.reset();
        QVERIFY(!search.feed("x nee"));
        search.feed("dle");
        QCOMPARE(search.finish(), Found(2));
    }
}

void OctetSearchTest::copies_searchInThreads()
{
    for (const bool isRegex : { false, true }) {
        const OctetSearch search({ isRegex ? "n[e]+dle" : "needle", isRegex });
        const QByteArray octets = filler(2'000'000) + "needle";
        QList<Found> found(4);
        std::vector<std::thread> threads;
        for (Found &each : found) {
            threads.emplace_back([copy = OctetSearch(search), &octets, &each]() mutable {
                each = searched(copy, inPiecesOf(octets, 10'007));
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(found, QList<Found>(4, Found(2'000'000)));
    }
}

void OctetSearchTest::found_staysFound()
{
    OctetSearch search({ "b" });
    QCOMPARE(search.feed("ab"), Found(1));
    QCOMPARE(search.feed("b"), Found(1));
    QCOMPARE(search.finish(), Found(1));
    OctetSearch copy = search;
    QVERIFY(!copy.feed("a"));
}

QTEST_GUILESS_MAIN(OctetSearchTest)
#include "tst_octetsearch.moc"
