#include <wire/errorcode.h>
#include <wire/httpnames.h>

#include <QTest>

using namespace headrace::wire;

/// The tables of names: errors, methods, status codes.
class NamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void errorCodes()
    {
        QCOMPARE(name(ErrorCode::None), QLatin1StringView());
        QCOMPARE(name(ErrorCode::ConnectionReset), QLatin1StringView("ECONNRESET"));
        QCOMPARE(name(ErrorCode::ParserChunkExtensionsOverflow),
            QLatin1StringView("HPE_CHUNK_EXTENSIONS_OVERFLOW"));
        QCOMPARE(name(ErrorCode(60000)), QLatin1StringView());
        QCOMPARE(errorCodeFromName("ERR_HTTP_HEADERS_SENT"), ErrorCode::HttpHeadersSent);
        QCOMPARE(errorCodeFromName(""), ErrorCode::None);
        QCOMPARE(errorCodeFromName("econnreset"), ErrorCode::None);
    }

    void errorCodes_areDistinct()
    {
        for (int code = 1; code <= int(ErrorCode::ParserChunkExtensionsOverflow); ++code) {
            const QLatin1StringView text = name(ErrorCode(code));
            QVERIFY(!text.isEmpty());
            QCOMPARE(int(errorCodeFromName(QByteArrayView(text.data(), text.size()))), code);
        }
    }

    void methods_areSorted()
    {
        QCOMPARE(methods().size(), 35);
        QVERIFY(std::is_sorted(methods().begin(), methods().end()));
        QVERIFY(methods().contains(QByteArrayView("M-SEARCH")));
        QVERIFY(!methods().contains(QByteArrayView("QUERY")));
    }

    void statusCodes_haveReasons()
    {
        QVERIFY(std::is_sorted(statusCodes().begin(), statusCodes().end()));
        for (const auto &[code, reason] : statusCodes())
            QCOMPARE(reasonPhrase(code), reason);
        QCOMPARE(reasonPhrase(418), "I'm a Teapot");
        QCOMPARE(reasonPhrase(103), "Early Hints");
        for (const int code : { 0, 99, 299, 306, 599, 799, -1 })
            QVERIFY(reasonPhrase(code).isEmpty());
    }
};

QTEST_GUILESS_MAIN(NamesTest)
#include "tst_names.moc"
