#include <exchange/multipart.h>

#include <QTest>

using namespace headrace::exchange;

namespace {

const QByteArray type("multipart/form-data; boundary=X");

/// "name|file|type|body" of each part.
QByteArrayList shown(const QByteArray &body, const Multipart &multipart)
{
    QByteArrayList result;
    for (const BodyPart &part : multipart.parts)
        result += part.name + '|' + part.fileName + '|' + part.contentType + '|'
            + body.mid(part.body.begin, part.body.end - part.body.begin);
    return result;
}

Multipart read(const QByteArray &body, const QByteArray &contentType = type)
{
    return multipartOf(MemoryOctets(body), contentType);
}

} // namespace

class MultipartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void parts_areReadAsFarAsTheyGo_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArrayList>("parts");
        QTest::addColumn<QString>("error");
        const QByteArray a = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n";
        const QByteArray b
            = "--X\r\nContent-Disposition: form-data; name=\"b\"; filename=\"f.txt\"\r\n"
              "Content-Type: text/plain\r\n\r\ntwo\r\nlines\r\n";
        QTest::newRow("two") << a + b + "--X--\r\n"
                             << QByteArrayList { "a|||one", "b|f.txt|text/plain|two\r\nlines" }
                             << QString();
        QTest::newRow("no line end at the end")
            << a + "--X--" << QByteArrayList { "a|||one" } << QString();
        QTest::newRow("preamble and epilogue") << "hello\r\n" + a + "--X--\r\nbye --X\r\n--X\r\n"
                                               << QByteArrayList { "a|||one" } << QString();
        QTest::newRow("LF alone") << QByteArray("--X\nContent-Type: a/b\n\none\n--X--\n")
                                  << QByteArrayList { "||a/b|one" } << QString();
        QTest::newRow("no fields")
            << QByteArray("--X\r\n\r\none\r\n--X--") << QByteArrayList { "|||one" } << QString();
        QTest::newRow("empty body")
            << QByteArray("--X\r\nA: b\r\n\r\n\r\n--X--") << QByteArrayList { "|||" } << QString();
        QTest::newRow("boundary within a line")
            << QByteArray("--X\r\n\r\na --X\r\n--Xtra\r\n\r\n--X--")
            << QByteArrayList { "|||a --X\r\n--Xtra\r\n" } << QString();
        QTest::newRow("blanks behind the boundary")
            << QByteArray("--X  \r\n\r\none\r\n--X-- \t\r\n") << QByteArrayList { "|||one" }
            << QString();
        QTest::newRow("no end") << a + "--X\r\nA: b\r\n\r\ncut of"
                                << QByteArrayList { "a|||one", "|||cut of" }
                                << QStringLiteral("without its last boundary");
        QTest::newRow("ends in a head") << a + "--X\r\nContent-Type: a/b\r\n"
                                        << QByteArrayList { "a|||one", "||a/b|" }
                                        << QStringLiteral("without its last boundary");
        QTest::newRow("no empty line")
            << QByteArray("--X\r\nA: b\r\n--X--") << QByteArrayList { "|||" }
            << QStringLiteral("no empty line");
        QTest::newRow("other boundary") << QByteArray("--Y\r\n\r\none\r\n--Y--") << QByteArrayList()
                                        << QStringLiteral("is not in the body");
        QTest::newRow("nothing") << QByteArray() << QByteArrayList()
                                 << QStringLiteral("is not in the body");
    }

    void parts_areReadAsFarAsTheyGo()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, error);
        const Multipart multipart = read(body);
        QTEST(shown(body, multipart), "parts");
        QCOMPARE(multipart.error.isEmpty(), error.isEmpty());
        QVERIFY2(multipart.error.contains(error), qPrintable(multipart.error));
    }

    void names_areReadWithTheirEscapes_data()
    {
        QTest::addColumn<QByteArray>("disposition");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("fileName");
        QTest::newRow("quotes") << QByteArray("form-data; name=\"a\\\"b\"; filename=\"c;d.txt\"")
                                << QByteArray("a\"b") << QByteArray("c;d.txt");
        QTest::newRow("token") << QByteArray("form-data; name=a; filename=b.txt") << QByteArray("a")
                               << QByteArray("b.txt");
        QTest::newRow("case and blanks") << QByteArray("form-data;NAME = \"a\" ;FileName=\"b\"")
                                         << QByteArray("a") << QByteArray("b");
        QTest::newRow("path") << QByteArray("form-data; name=\"a\"; filename=\"C:\\dir\\f.txt\"")
                              << QByteArray("a") << QByteArray("C:\\dir\\f.txt");
        QTest::newRow("extended") << QByteArray(
            "attachment; filename=\"x\"; filename*=UTF-8''na%C3%AFve%2B+.txt")
                                  << QByteArray() << QByteArray("na\xc3\xafve++.txt");
        QTest::newRow("empty") << QByteArray("form-data; name=\"\"; filename=\"\"")
                               << QByteArray("") << QByteArray("");
        QTest::newRow("not closed")
            << QByteArray("form-data; name=\"a") << QByteArray("a") << QByteArray();
        QTest::newRow("none") << QByteArray("form-data") << QByteArray() << QByteArray();
    }

    void names_areReadWithTheirEscapes()
    {
        QFETCH(const QByteArray, disposition);
        const Multipart multipart
            = read("--X\r\nContent-Disposition: " + disposition + "\r\n\r\n\r\n--X--");
        QCOMPARE(multipart.parts.size(), 1);
        QTEST(multipart.parts.constFirst().name, "name");
        QTEST(multipart.parts.constFirst().fileName, "fileName");
    }

    void boundary_isReadFromTheTypeOrTheBody()
    {
        QCOMPARE(multipartBoundary("multipart/mixed; charset=a; boundary=\"a b:c\""),
            QByteArray("a b:c"));
        QVERIFY(multipartBoundary("multipart/mixed").isNull());
        const Multipart multipart = read("--Z\r\n\r\none\r\n--Z--", "multipart/form-data");
        QCOMPARE(multipart.boundary, QByteArray("Z"));
        QCOMPARE(multipart.parts.size(), 1);
        QVERIFY(!multipart.error.isEmpty());
        QVERIFY(!read("no boundary", "multipart/form-data").error.isEmpty());
    }

    void fields_folded_areJoined()
    {
        const Multipart multipart = read("--X\r\nA: b\r\n  c\r\nbroken\r\n\r\n\r\n--X--");
        QCOMPARE(multipart.parts.constFirst().fields,
            (FieldList { { "A", "b c" }, { "broken", QByteArray() } }));
    }

    void parts_tooMany_areLeftOut()
    {
        const Multipart multipart = read(QByteArray("--X\r\n\r\n\r\n").repeated(12'000));
        QCOMPARE(multipart.parts.size(), 10'000);
        QVERIFY(multipart.error.contains(QStringLiteral("10,000")));
    }

    void part_large_isNotRead()
    {
        const QByteArray body
            = "--X\r\n\r\n" + QByteArray(5'000'000, 'x') + "\r\n--X\r\n\r\ntwo\r\n--X--";
        const Multipart multipart = read(body);
        QCOMPARE(multipart.parts.size(), 2);
        QCOMPARE(multipart.parts.at(0).body.end - multipart.parts.at(0).body.begin, 5'000'000);
    }
};

QTEST_GUILESS_MAIN(MultipartTest)
#include "tst_multipart.moc"
