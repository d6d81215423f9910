#include <exchange/bodyformat.h>

#include <QFile>
#include <QTest>

using namespace headrace::exchange;

namespace {

/// Without blanks and line ends: what a layout must not change.
QString packed(const QString &code)
{
    QString result;
    for (const QChar c : code) {
        if (!c.isSpace())
            result += c;
    }
    return result;
}

} // namespace

class CodeLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void css_isLaidOut_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("text");
        QTest::newRow("rule") << QByteArray("a:hover,p{color:red;margin:0 auto}b{}")
                              << QStringLiteral(
                                     "a:hover,p {\n  color:red;\n  margin:0 auto\n}\nb {}");
        QTest::newRow("nested") << QByteArray("@media (max-width:9px){p{a:b}}")
                                << QStringLiteral(
                                       "@media (max-width:9px) {\n  p {\n    a:b\n  }\n}");
        QTest::newRow("strings and urls")
            << QByteArray("a{b:url(x;{y}.png);c:\"};{\"}")
            << QStringLiteral("a {\n  b:url(x;{y}.png);\n  c:\"};{\"\n}");
        QTest::newRow("comments") << QByteArray("/* a;{ */p{}/* b */")
                                  << QStringLiteral("/* a;{ */\np {}\n/* b */");
        QTest::newRow("laid out already") << QByteArray("a {\n    b: c;\n}\n\n\np { d: e }\n")
                                          << QStringLiteral("a {\n  b: c;\n}\n\np {\n  d: e\n}");
        QTest::newRow("nothing") << QByteArray() << QString();
    }

    void css_isLaidOut()
    {
        QFETCH(const QByteArray, code);
        const FormattedBody made = formatCss(code);
        QTEST(made.text, "text");
        QVERIFY(made.error.isEmpty());
    }

    void javaScript_isLaidOut_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("text");
        QTest::newRow("statements") << QByteArray("a();b();") << QStringLiteral("a();\nb();");
        QTest::newRow("block") << QByteArray("if(a){b()}else{c()}d()")
                               << QStringLiteral("if(a) {\n  b()\n}else {\n  c()\n}\nd()");
        QTest::newRow("loop") << QByteArray("for(let i=0;i<3;i++){f(i)}")
                              << QStringLiteral("for(let i=0;i<3;i++) {\n  f(i)\n}");
        QTest::newRow("object") << QByteArray("x={a:1,b:{c:2}};")
                                << QStringLiteral("x={\n  a:1,\n  b:{\n    c:2\n  }\n};");
        QTest::newRow("call with a function") << QByteArray("f(function(){g()},2)")
                                              << QStringLiteral("f(function(){\n    g()\n  },2)");
        QTest::newRow("template") << QByteArray("a=`x;${f({b:`y}`})}{`;c()")
                                  << QStringLiteral("a=`x;${f({b:`y}`})}{`;\nc()");
        QTest::newRow("expression") << QByteArray("a=/[/;{]\\/\"/g;b(1/2)/3")
                                    << QStringLiteral("a=/[/;{]\\/\"/g;\nb(1/2)/3");
        QTest::newRow("line comment")
            << QByteArray("a() // b;{\nc()") << QStringLiteral("a() // b;{\n  c()");
        QTest::newRow("no break behind return")
            << QByteArray("return/* a */b;c") << QStringLiteral("return/* a */b;\nc");
        QTest::newRow("line ends stay") << QByteArray("let a = 1\nlet b = 2\n\n\n\n++c")
                                        << QStringLiteral("let a = 1\n  let b = 2\n\n  ++c");
        QTest::newRow("import") << QByteArray("import{a}from\"b\";")
                                << QStringLiteral("import {\n  a\n}from\"b\";");
    }

    void javaScript_isLaidOut()
    {
        QFETCH(const QByteArray, code);
        const FormattedBody made = formatJavaScript(code);
        QTEST(made.text, "text");
        QVERIFY2(made.error.isEmpty(), qPrintable(made.error));
    }

    void code_thatDoesNotEnd_isShownAsItCame_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("string") << QByteArray("a();\nb=\"c\nd;e()");
        QTest::newRow("comment") << QByteArray("a();/* b");
        QTest::newRow("template") << QByteArray("a=`b${c}");
        QTest::newRow("expression") << QByteArray("a=/b\nc/;d()");
    }

    void code_thatDoesNotEnd_isShownAsItCame()
    {
        QFETCH(const QByteArray, code);
        const FormattedBody made = formatJavaScript(code);
        QCOMPARE(made.text, QString::fromLatin1(code));
        QVERIFY(made.error.contains(QStringLiteral("does not end")));
    }

    void code_laidOutAgain_staysAsItIs()
    {
        const QByteArray code(
            "function f(a){if(a){return{b:1,c:`x${a}`}}for(;;){g(/[;{}]/,\"s;\")}}");
        const QString once = formatJavaScript(code).text;
        QCOMPARE(packed(once), packed(QString::fromLatin1(code)));
        QCOMPARE(packed(formatJavaScript(once.toUtf8()).text), packed(once));
    }

    void code_deep_growsNoFurther()
    {
        const QByteArray code = QByteArray("{").repeated(5000) + QByteArray("a\n").repeated(50'000);
        const FormattedBody made = formatJavaScript(code);
        QVERIFY(made.text.size() < 12 * code.size());
        QCOMPARE(made.text.count(u'a'), 50'000);
        QVERIFY(made.text.count(u'\n') >= 49'999);
    }
};

QTEST_GUILESS_MAIN(CodeLayoutTest)
#include "tst_codelayout.moc"
