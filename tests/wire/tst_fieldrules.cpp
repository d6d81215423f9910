#include <wire/fieldrules.h>

#include <QTest>

using namespace headrace::wire;

/// Source: reference validateHeaderName, validateHeaderValue, message.headers; conformance
/// `validate-header-value`, `header-validation-errors`, `headers-duplicates-*`.
class FieldRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void names()
    {
        QVERIFY(isToken("!#$%&'*+-.^_`|~09azAZ"));
        QVERIFY(!isToken(""));
        for (const char *bad : { "a b", "a:", "\xe9", "a\r\nb", "(", "\"", "\x7f" })
            QVERIFY2(!isToken(bad), bad);
        QVERIFY(!validateHeaderName("X-A"));

        const Error error = validateHeaderName("a b");
        QCOMPARE(error.code, ErrorCode::InvalidHttpToken);
        QCOMPARE(
            error.message, QLatin1StringView("Header name must be a valid HTTP token [\"a b\"]"));
        QCOMPARE(validateHeaderName("", QLatin1StringView("Trailer name")).message,
            QLatin1StringView("Trailer name must be a valid HTTP token [\"\"]"));
    }

    void values()
    {
        for (int c = 0; c < 256; ++c) {
            const QByteArray value = QByteArray("a") + char(c) + 'b';
            QCOMPARE(isFieldValue(value), c == 9 || (c >= 32 && c != 127));
        }
        QVERIFY(isFieldValue(""));
        QVERIFY(!validateHeaderValue("X-A", "a\tb\xff"));

        const Error error = validateHeaderValue("X-A", "a\nb");
        QCOMPARE(error.code, ErrorCode::InvalidChar);
        QCOMPARE(error.message, QLatin1StringView("Invalid character in header content [\"X-A\"]"));
        QCOMPARE(validateHeaderValue("X-T", "a\nb", QLatin1StringView("trailer content")).message,
            QLatin1StringView("Invalid character in trailer content [\"X-T\"]"));
    }

    void cases()
    {
        QVERIFY(equalsIgnoringCase("Content-LENGTH", "content-length"));
        QVERIFY(!equalsIgnoringCase("a", "ab"));
        QVERIFY(!equalsIgnoringCase("[", "{"));
        QVERIFY(!equalsIgnoringCase("\xc9", "\xe9"));
        QCOMPARE(toLowerCase("X-\xc9[Z"), "x-\xc9[z");
        QCOMPARE(trimmedBlanks(" \t a b\t "), "a b");
        QCOMPARE(trimmedBlanks(" \t "), "");
    }

    void duplicates()
    {
        const QByteArray keepFirst
            = "age authorization content-length content-type etag expires from host "
              "if-modified-since "
              "if-unmodified-since last-modified location max-forwards proxy-authorization referer "
              "retry-after server user-agent";
        for (const QByteArray &name : keepFirst.split(' '))
            QCOMPARE(duplicateRule(name), DuplicateRule::KeepFirst);
        QCOMPARE(duplicateRule("set-cookie"), DuplicateRule::List);
        QCOMPARE(duplicateRule("cookie"), DuplicateRule::JoinWithSemicolon);
        for (const char *name : { "date", "vary", "connection", "accept", "x-a", "hos", "" })
            QCOMPARE(duplicateRule(name), DuplicateRule::JoinWithComma);
    }
};

QTEST_GUILESS_MAIN(FieldRulesTest)
#include "tst_fieldrules.moc"
