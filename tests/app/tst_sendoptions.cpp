#include "verbs/eventlist.h"
#include "verbs/sendoptions.h"

#include <QTest>

using namespace headrace::app;
using headrace::session::DraftField;
using headrace::session::RequestDraft;

class SendOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void url_alone_isAGet()
    {
        const SendOptions options = parseSendOptions({ u"http://h/a"_qs });
        QCOMPARE(options.error, QString());
        QCOMPARE(options.draft.method, "GET");
        QCOMPARE(options.draft.url, u"http://h/a"_qs);
        QVERIFY(options.draft.verifyCertificates && !options.showsEvents && !options.showsRaw);
    }

    void scheme_leftOut_isHttp()
    {
        QCOMPARE(parseSendOptions({ u"h:8080/a"_qs }).draft.url, u"http://h:8080/a"_qs);
    }

    void everything_isTaken()
    {
        const SendOptions options = parseSendOptions(
            { u"-XPUT"_qs, u"-H"_qs, u"X-a:  1 "_qs, u"-Hx-A: b:c"_qs, u"-d"_qs, u"@/tmp/x"_qs,
                u"--trailer=X-T: 1"_qs, u"--trailer"_qs, u"X-U:"_qs, u"--http1.0"_qs, u"-k"_qs,
                u"--events"_qs, u"--raw"_qs, u"--timeout"_qs, u"1.5"_qs, u"https://h"_qs });
        QCOMPARE(options.error, QString());
        const RequestDraft &draft = options.draft;
        QCOMPARE(draft.method, "PUT");
        QCOMPARE(
            draft.fields, (QList<DraftField> { { true, "X-a", "1" }, { true, "x-A", "b:c" } }));
        QCOMPARE(draft.trailers, (QList<DraftField> { { true, "X-T", "1" }, { true, "X-U", "" } }));
        QCOMPARE(draft.bodyKind, RequestDraft::BodyKind::File);
        QCOMPARE(draft.filePath, u"/tmp/x"_qs);
        QCOMPARE(draft.version, RequestDraft::Version::Http10);
        QCOMPARE(draft.timeout, std::chrono::milliseconds(1500));
        QVERIFY(!draft.verifyCertificates && options.showsEvents && options.showsRaw);
    }

    void data_makesAPost()
    {
        const SendOptions options = parseSendOptions({ u"-d"_qs, u"é"_qs, u"h"_qs });
        QCOMPARE(options.draft.method, "POST");
        QCOMPARE(options.draft.text, u"é"_qs);
        QCOMPARE(parseSendOptions({ u"-X"_qs, u"GET"_qs, u"-d"_qs, u""_qs, u"h"_qs }).draft.method,
            "GET");
    }

    void dashes_endTheOptions()
    {
        QCOMPARE(parseSendOptions({ u"--"_qs, u"-k"_qs }).draft.url, u"http://-k"_qs);
    }

    void wrong_isSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("error");
        QTest::newRow("nothing") << QStringList() << u"which URL?"_qs;
        QTest::newRow("two URLs") << QStringList { u"a"_qs, u"b"_qs }
                                  << u"one URL at a time; \"b\" is the second"_qs;
        QTest::newRow("unknown") << QStringList { u"--evnts"_qs, u"h"_qs }
                                 << u"there is no option --evnts"_qs;
        QTest::newRow("unknown short")
            << QStringList { u"-x"_qs, u"h"_qs } << u"there is no option -x"_qs;
        QTest::newRow("no value") << QStringList { u"h"_qs, u"-H"_qs } << u"-H needs a value"_qs;
        QTest::newRow("no colon") << QStringList { u"-H"_qs, u"x"_qs, u"h"_qs }
                                  << u"-H takes 'Name: value'; \"x\" has no colon"_qs;
        QTest::newRow("two bodies") << QStringList { u"-d"_qs, u"x"_qs, u"-d"_qs, u"y"_qs, u"h"_qs }
                                    << u"one -d at a time"_qs;
        QTest::newRow("curl and more") << QStringList { u"--curl"_qs, u"f"_qs,
            u"-k"_qs } << u"--curl says all of the request: only --events and --raw go with it"_qs;
        QTest::newRow("timeout") << QStringList { u"--timeout"_qs, u"nan"_qs, u"h"_qs }
                                 << u"--timeout takes seconds; \"nan\" is no such number"_qs;
    }

    void wrong_isSaid()
    {
        QFETCH(QStringList, arguments);
        QTEST(parseSendOptions(arguments).error, "error");
    }

    void help_mentionsEveryOption()
    {
        QVERIFY(parseSendOptions({ u"--help"_qs }).wantsHelp);
        for (const char *option : { "-X", "-H", "-d", "--curl", "--trailer", "--http1.0", "-k",
                 "--timeout", "--events", "--raw" })
            QVERIFY(sendHelp().contains(QLatin1String(option)));
    }

    void eventLine_isOneLineInColumns()
    {
        QCOMPARE(eventLine({ 1234567, u"ClientRequest"_qs, u"response"_qs, u"200 OK"_qs }),
            u"  1234.567  ClientRequest    response           200 OK"_qs);
        QCOMPARE(eventLine({ 7, u"Socket"_qs, u"closed"_qs, {} }),
            u"     0.007  Socket           closed"_qs);
        QCOMPARE(eventLine({ 7, u"A"_qs, u"b"_qs, u"x\r\ny\x1b[0m"_qs }).count(u'\n'), 0);
    }
};

QTEST_GUILESS_MAIN(SendOptionsTest)
#include "tst_sendoptions.moc"
