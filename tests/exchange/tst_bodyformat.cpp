#include "support/cputimer.h"

#include <exchange/bodyformat.h>

#include <QTest>

using namespace headrace::exchange;

namespace {

QString withoutBlanks(QString text)
{
    return text.remove(u' ').remove(u'\n').remove(u'\t').remove(u'\r');
}

} // namespace

class BodyFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void kind_data()
    {
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        const auto row
            = [](const char *name, const char *type, const QByteArray &body, BodyKind kind) {
                  QTest::newRow(name) << QByteArray(type) << body << int(kind);
              };
        row("nothing", "application/json", "", BodyKind::Empty);
        row("declared json", "application/json; charset=utf-8", "not json", BodyKind::Json);
        row("problem json", "Application/Problem+JSON", "{}", BodyKind::Json);
        row("declared html", "text/html", "plain", BodyKind::Html);
        row("svg is markup", "image/svg+xml", "<svg/>", BodyKind::Xml);
        row("declared image", "image/png", "anything", BodyKind::Image);
        row("javascript", "text/javascript", "x", BodyKind::JavaScript);
        row("css", "text/css", "a{}", BodyKind::Css);
        row("form", "application/x-www-form-urlencoded", "a=b", BodyKind::Text);
        row("text with NUL", "text/plain", QByteArray("a\0b", 3), BodyKind::Binary);
        row("utf-16 text", "text/plain; charset=utf-16le", QByteArray("a\0b\0", 4), BodyKind::Text);
        row("sniffed json object", "", " \n{\"a\":1}", BodyKind::Json);
        row("sniffed json array", "application/octet-stream", "[1]", BodyKind::Json);
        row("a brace alone is text", "", "{{ template }}", BodyKind::Text);
        row("sniffed html", "", "<!DOCTYPE HTML><p>x", BodyKind::Html);
        row("sniffed xml", "", "<?xml version='1.0'?><a/>", BodyKind::Xml);
        row("sniffed png", "", "\x89PNG\r\n\x1a\n____", BodyKind::Image);
        row("sniffed text", "", "hello", BodyKind::Text);
        row("gzip", "", QByteArray("\x1f\x8b\x08\0\0\0", 6), BodyKind::Binary);
        row("latin-1 text", "", "caf\xe9", BodyKind::Text);
    }

    void kind()
    {
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, body);
        QTEST(int(bodyKindOf(contentType, body)), "kind");
    }

    void json_valid_isIndented_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::newRow("object") << QByteArray("{\"b\":1,\"a\":[true,null]}")
                                << "{\n  \"b\": 1,\n  \"a\": [\n    true,\n    null\n  ]\n}";
        QTest::newRow("empty") << QByteArray(" { } ") << "{}";
        QTest::newRow("empty array in object") << QByteArray("{\"a\":[ ]}") << "{\n  \"a\": []\n}";
        QTest::newRow("duplicate keys")
            << QByteArray("{\"a\":1,\"a\":2}") << "{\n  \"a\": 1,\n  \"a\": 2\n}";
        QTest::newRow("numbers as spelled")
            << QByteArray("[1.0,1e+05,-0,12345678901234567890]")
            << "[\n  1.0,\n  1e+05,\n  -0,\n  12345678901234567890\n]";
        QTest::newRow("escapes as spelled")
            << QByteArray("\"\\u00e9\\/\\\"\"") << "\"\\u00e9\\/\\\"\"";
        QTest::newRow("UTF-8") << QByteArray("[\"\xc3\xa9\"]")
                               << QString::fromUtf8("[\n  \"\xc3\xa9\"\n]");
        QTest::newRow("UTF-8 mark") << QByteArray("\xef\xbb\xbf[]") << "[]";
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe[\0]\0", 6) << "[]";
        QTest::newRow("scalar") << QByteArray(" null\n") << "null";
    }

    void json_valid_isIndented()
    {
        QFETCH(QByteArray, body);
        const FormattedBody result = formatJson(body);
        QCOMPARE(result.error, QString());
        QCOMPARE(result.errorOffset, -1);
        QTEST(result.text, "text");
    }

    void json_malformed_saysWhere_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("offset");
        QTest::addColumn<QString>("place");
        QTest::newRow("nothing") << QByteArray("") << 0 << "Line 1, column 1: a value";
        QTest::newRow("blank") << QByteArray(" \n ") << 3 << "Line 2, column 2: a value";
        QTest::newRow("missing comma") << QByteArray("{\"a\":1\n \"b\":2}") << 8
                                       << "Line 2, column 2: a comma or the closing brace";
        QTest::newRow("missing colon")
            << QByteArray("{\"a\" 1}") << 5 << "Line 1, column 6: a colon";
        QTest::newRow("trailing comma") << QByteArray("[1,]") << 3 << "Line 1, column 4: a value";
        QTest::newRow("comma before brace")
            << QByteArray("{\"a\":1,}") << 7 << "Line 1, column 8: a name";
        QTest::newRow("wrong bracket")
            << QByteArray("[1}") << 2 << "Line 1, column 3: a comma or the closing bracket";
        QTest::newRow("literal") << QByteArray("{\"a\": tru}") << 6 << "Line 1, column 7: a value";
        QTest::newRow("second value")
            << QByteArray("{} {}") << 3 << "Line 1, column 4: nothing more";
        QTest::newRow("open string")
            << QByteArray("[\"abc") << 5 << "Line 1, column 6: the text ends within";
        QTest::newRow("newline in string")
            << QByteArray("[\"a\nb\"]") << 3 << "Line 1, column 4: a control";
        QTest::newRow("escape") << QByteArray("[\"a\\x\"]") << 3
                                << "Line 1, column 4: this is no escape";
        QTest::newRow("short unicode escape")
            << QByteArray("[\"\\u12\"]") << 2 << "Line 1, column 3: this is no escape";
        QTest::newRow("number") << QByteArray("[1.]") << 3 << "Line 1, column 4: a digit";
        QTest::newRow("leading zero") << QByteArray("[01]") << 2 << "Line 1, column 3: a comma";
        QTest::newRow("open array") << QByteArray("[[1") << 3 << "Line 1, column 4: a comma or";
        QTest::newRow("column in characters")
            << QByteArray("[\"\xc3\xa9\" x]") << 6 << "Line 1, column 6: a comma";
        QTest::newRow("offset counts the mark")
            << QByteArray("\xef\xbb\xbf[x]") << 4 << "Line 1, column 2: a value";
        QTest::newRow("a page instead")
            << QByteArray("<html>no</html>") << 0 << "Line 1, column 1: a value";
    }

    void json_malformed_saysWhere()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, place);
        const FormattedBody result = formatJson(body);
        QVERIFY2(result.error.startsWith(place), qPrintable(result.error));
        QTEST(int(result.errorOffset), "offset");
        const QByteArray text = body.startsWith("\xef\xbb\xbf") ? body.sliced(3) : body;
        QCOMPARE(
            withoutBlanks(result.text), withoutBlanks(QString::fromUtf8(text))); // nothing is lost
    }

    void json_everyCutLosesNothing()
    {
        const QByteArray body = "{\"a\":[1.5e3,\"x\\u00e9\\n\",{\"b\":null}],\"c\":false}";
        for (qsizetype size = 0; size < body.size(); ++size) {
            const FormattedBody result = formatJson(body.first(size));
            QVERIFY(!result.error.isEmpty());
            QCOMPARE(withoutBlanks(result.text), QString::fromUtf8(body.first(size)));
        }
    }

    void json_deepOrHuge_growsWithItsSize_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a million brackets") << QByteArray(1'000'000, '[');
        QTest::newRow("a million brackets, closed")
            << QByteArray(500'000, '[') + QByteArray(500'000, ']');
        QTest::newRow("many items, deep")
            << QByteArray(1000, '[') + QByteArray("1,").repeated(500'000);
        QTest::newRow("a large string") << "\"" + QByteArray(4'000'000, 'x') + "\"";
    }

    void json_deepOrHuge_growsWithItsSize()
    {
        QFETCH(QByteArray, body);
        const headrace::test::CpuTimer timer;
        const FormattedBody result = formatJson(body);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(result.text.size() < body.size() * 12);
        QCOMPARE(withoutBlanks(result.text).size(), body.size());
    }

    void xml_valid_isIndented_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::newRow("elements") << QByteArray("<?xml version=\"1.0\"?><a x='1'><b>t</b><c/></a>")
                                  << "<?xml version=\"1.0\"?>\n<a x='1'>\n  <b>t</b>\n  <c/>\n</a>";
        QTest::newRow("mixed content stays")
            << QByteArray("<p>one <b>two</b> three</p>") << "<p>one <b>two</b> three</p>";
        QTest::newRow("blanks between elements go")
            << QByteArray("<a>\n\n\t<b/>\n</a>\n") << "<a>\n  <b/>\n</a>";
        QTest::newRow("empty element") << QByteArray("<a><b></b></a>") << "<a>\n  <b></b>\n</a>";
        QTest::newRow("entities as spelled")
            << QByteArray("<a b='&#65;'>&lt;&amp;</a>") << "<a b='&#65;'>&lt;&amp;</a>";
        QTest::newRow("comment and CDATA")
            << QByteArray("<a><!-- x > --><b><![CDATA[<raw>]]></b></a>")
            << "<a>\n  <!-- x > -->\n  <b><![CDATA[<raw>]]></b>\n</a>";
        QTest::newRow("preserved blanks") << QByteArray("<a xml:space=\"preserve\"> <b/> </a>")
                                          << "<a xml:space=\"preserve\"> <b/> </a>";
        QTest::newRow("doctype") << QByteArray("<!DOCTYPE a [<!ELEMENT a ANY>]><a><b/></a>")
                                 << "<!DOCTYPE a [<!ELEMENT a ANY>]>\n<a>\n  <b/>\n</a>";
        QTest::newRow("prefixes") << QByteArray("<s:a xmlns:s='u'><s:b/></s:a>")
                                  << "<s:a xmlns:s='u'>\n  <s:b/>\n</s:a>";
    }

    void xml_valid_isIndented()
    {
        QFETCH(QByteArray, body);
        const FormattedBody result = formatXml(body);
        QCOMPARE(result.error, QString());
        QTEST(result.text, "text");
    }

    void xml_malformed_saysWhere_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("line");
        QTest::newRow("mismatch") << QByteArray("<a>\n<b>\n</a>") << 3;
        QTest::newRow("ends early") << QByteArray("<a><b>") << 1;
        QTest::newRow("no markup") << QByteArray("hello") << 1;
        QTest::newRow("unknown entity") << QByteArray("<a>\n&nbsp;</a>") << 2;
        QTest::newRow("json instead") << QByteArray("{}") << 1;
    }

    void xml_malformed_saysWhere()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, line);
        const FormattedBody result = formatXml(body);
        QVERIFY2(result.error.startsWith(QStringLiteral("Line %1, column ").arg(line)),
            qPrintable(result.error));
        QVERIFY(result.errorOffset >= 0 && result.errorOffset <= body.size());
        QCOMPARE(withoutBlanks(result.text), withoutBlanks(QString::fromUtf8(body)));
    }

    void xml_deep_growsWithItsSize()
    {
        const QByteArray body = QByteArray("<a>").repeated(200'000);
        const FormattedBody result = formatXml(body);
        QVERIFY(!result.error.isEmpty());
        QVERIFY(result.text.size() < body.size() * 12);
    }

    void html_isTolerant_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("text");
        QTest::newRow("blocks") << QByteArray("<html><body><h1>A</h1><p>b <b>c</b></body></html>")
                                << "<html>\n  <body>\n    <h1>\n      A\n    </h1>\n    <p>\n      "
                                   "b <b>c</b>\n  </body>\n</html>";
        QTest::newRow("void elements")
            << QByteArray("<div><hr><hr/></div>") << "<div>\n  <hr>\n  <hr/>\n</div>";
        QTest::newRow("end tags left out")
            << QByteArray("<ul><li>1<li>2</ul>") << "<ul>\n  <li>\n    1\n  <li>\n    2\n</ul>";
        QTest::newRow("pre stays")
            << QByteArray("<div><pre>a\n  b</pre></div>") << "<div>\n  <pre>a\n  b</pre>\n</div>";
        QTest::newRow("script stays")
            << QByteArray("<script>if (a<b) { }</script>") << "<script>if (a<b) { }</script>";
        QTest::newRow("stray end tag") << QByteArray("</div><p>x") << "</div>\n<p>\n  x";
        QTest::newRow("unclosed tag is text") << QByteArray("<p>a <b") << "<p>\n  a <b";
        QTest::newRow("empty element") << QByteArray("<div></div>") << "<div></div>";
    }

    void html_isTolerant()
    {
        QFETCH(QByteArray, body);
        const FormattedBody result = formatHtml(body);
        QCOMPARE(result.error, QString());
        QTEST(result.text, "text");
        QCOMPARE(withoutBlanks(result.text), withoutBlanks(QString::fromUtf8(body)));
    }

    void html_hostile_growsWithItsSize_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("deep") << QByteArray("<div>").repeated(200'000);
        QTest::newRow("deep, then stray ends")
            << QByteArray("<div>").repeated(100'000) + QByteArray("</p>").repeated(100'000);
        QTest::newRow("openings of comments") << QByteArray("<!--").repeated(200'000);
        QTest::newRow("openings of tags") << QByteArray("<a ").repeated(200'000);
        QTest::newRow("openings of declarations") << QByteArray("<![").repeated(200'000);
    }

    void html_hostile_growsWithItsSize()
    {
        QFETCH(QByteArray, body);
        const headrace::test::CpuTimer timer;
        const FormattedBody result = formatHtml(body);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(result.text.size() < body.size() * 12);
    }

    void decode_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QString>("text");
        const QString e = QString(QChar(0xe9));
        QTest::newRow("UTF-8") << QByteArray("\xc3\xa9") << QByteArray() << e;
        QTest::newRow("not UTF-8") << QByteArray("\xe9") << QByteArray() << e;
        QTest::newRow("declared latin1")
            << QByteArray("\xe9") << QByteArray("text/plain; Charset=\"ISO-8859-1\"") << e;
        QTest::newRow("declared utf-16be")
            << QByteArray("\0\xe9", 2) << QByteArray("text/plain;charset=utf-16be") << e;
        QTest::newRow("mark wins")
            << QByteArray("\xff\xfe\xe9\0", 4) << QByteArray("text/plain;charset=utf-8") << e;
        QTest::newRow("UTF-8 mark") << QByteArray("\xef\xbb\xbf\xc3\xa9") << QByteArray() << e;
        QTest::newRow("unknown charset")
            << QByteArray("\xc3\xa9") << QByteArray("text/plain;charset=x-none") << e;
        QTest::newRow("nothing") << QByteArray() << QByteArray() << QString();
    }

    void decode()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, contentType);
        QTEST(decodeText(body, contentType), "text");
    }
};

QTEST_GUILESS_MAIN(BodyFormatTest)
#include "tst_bodyformat.moc"
