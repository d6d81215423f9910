#include <proxy/rulebook.h>
#include <proxy/rulefile.h>
#include <proxy/throttlepreset.h>

#include <QTest>

using namespace headrace;
using namespace headrace::proxy;
using namespace std::chrono_literals;

namespace {

Rule rule(const char *id, Action action)
{
    Rule result;
    result.id = QString::fromLatin1(id);
    result.name = QStringLiteral("Rule ") + result.id;
    result.action = std::move(action);
    return result;
}

// One rule of each kind, with what is not the default.
RuleFile sample()
{
    using Operation = ChangeField::Operation;
    Answer answer { 404, QStringLiteral("Gone \u00e9"), { { "X-A", "1" }, { "x-a", "\"2\"" } },
        "line\n\"quoted\"\n" };
    Answer binary { 200, {}, {}, QByteArray("\xff\0\x01", 3) };
    RuleFile file;
    file.rules = { rule("local", MapLocal { QStringLiteral("/data/fixtures/site") }),
        rule("remote", MapRemote { QStringLiteral("https://staging.test/v2"), false }),
        rule("remote2", MapRemote { QStringLiteral("localhost:3000"), true }),
        rule("answer", answer), rule("binary", binary),
        rule("set", ChangeField { Target::Response, Operation::Set, "X", "caf\xc3\xa9" }),
        rule("add", ChangeField { Target::Request, Operation::Add, "X", "" }),
        rule("remove", ChangeField { Target::Request, Operation::Remove, "X", "" }),
        rule("text",
            ReplaceInBody {
                Target::Request, QStringLiteral("a"), QStringLiteral("b"), false, false }),
        rule("expression",
            ReplaceInBody {
                Target::Response, QStringLiteral("(a+)"), QStringLiteral("\\1"), true, true }),
        rule("block", Block { Block::Manner::Reset }),
        rule("delay", Delay { Target::Response, 250ms }), rule("throttle", Throttle { 1, 2, 3ms }),
        rule("preset", *throttlePreset(QStringLiteral("SLOW 3g"))),
        rule("fault", Fault { Target::Request, Fault::Kind::MalformedChunk, 77 }),
        rule("script", RunScript { QStringLiteral("/data/hooks.js"), {} }),
        rule(
            "text script", RunScript { {}, QStringLiteral("exports.onRequest = () => {};\n\n") }) };
    file.rules[1].isEnabled = false;
    file.rules[2].filter = QStringLiteral("host:api & method:POST");
    file.breakpoints = { { QStringLiteral("b1"), true, {}, HoldAt::RequestHead, false },
        { QStringLiteral("b2"), false, QStringLiteral("status:5xx"),
            HoldAt::RequestBody | HoldAt::ResponseHead | HoldAt::ResponseBody, true } };
    return file;
}

QString noted(const QList<RuleFileNote> &notes)
{
    QStringList list;
    for (const RuleFileNote &note : notes)
        list += QStringLiteral("%1: %2").arg(note.line).arg(note.message);
    return list.join(u'|');
}

// A file with one rule, whose members are on lines from 3 on.
QByteArray withRule(const QByteArray &members)
{
    return "{ \"rules\": [\n{\n" + members + "\n} ] }";
}

} // namespace

class RuleFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void written_isReadBack()
    {
        for (const QString &folder : { QString(), QStringLiteral("/data/rules") }) {
            const QByteArray json = writeRules(sample(), folder);
            const RuleFileResult result = readRules(json, folder);
            QCOMPARE(noted(result.problems), QString());
            QCOMPARE(noted(result.remarks), QString());
            for (qsizetype i = 0; i < result.file->rules.size(); ++i)
                QVERIFY2(result.file->rules.at(i) == sample().rules.at(i),
                    qPrintable(result.file->rules.at(i).id));
            QVERIFY(*result.file == sample());
            QCOMPARE(writeRules(*result.file, folder), json);
        }
    }

    void written_looksAlwaysTheSame()
    {
        RuleFile file;
        file.rules = { sample().rules.at(2), sample().rules.at(0) };
        file.breakpoints = { sample().breakpoints.at(1) };
        QCOMPARE(writeRules(file, QStringLiteral("/data/rules")),
            QByteArray("{\n"
                       "  \"headrace\": \"rules\",\n"
                       "  \"version\": 1,\n"
                       "  \"rules\": [\n"
                       "    {\n"
                       "      \"id\": \"remote2\",\n"
                       "      \"name\": \"Rule remote2\",\n"
                       "      \"filter\": \"host:api & method:POST\",\n"
                       "      \"mapRemote\": { \"url\": \"localhost:3000\", \"keepHost\": true }\n"
                       "    },\n"
                       "    {\n"
                       "      \"id\": \"local\",\n"
                       "      \"name\": \"Rule local\",\n"
                       "      \"mapLocal\": \"../fixtures/site\"\n"
                       "    }\n"
                       "  ],\n"
                       "  \"breakpoints\": [\n"
                       "    {\n"
                       "      \"id\": \"b2\",\n"
                       "      \"enabled\": false,\n"
                       "      \"filter\": \"status:5xx\",\n"
                       "      \"at\": [\"requestBody\", \"response\", \"responseBody\"],\n"
                       "      \"onlyNext\": true\n"
                       "    }\n"
                       "  ]\n"
                       "}\n"));
        QCOMPARE(writeRules({}),
            QByteArray("{\n  \"headrace\": \"rules\",\n  \"version\": 1,\n  \"rules\": [],\n"
                       "  \"breakpoints\": []\n}\n"));
    }

    void shortForms_areRead_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<Rule>("expected");
        const auto row = [](const char *members, Action action) {
            Rule expected;
            expected.action = std::move(action);
            QTest::newRow(members) << QByteArray(members) << expected;
        };
        using Operation = ChangeField::Operation;
        row("\"delay\": 5", Delay { Target::Request, 5ms });
        row("\"delay\": { \"milliseconds\": 5 }", Delay { Target::Request, 5ms });
        row("\"setHeader\": { \"name\": \"A\", \"value\": \"b\" }",
            ChangeField { Target::Request, Operation::Set, "A", "b" });
        row("\"fault\": {}", Fault { Target::Response, Fault::Kind::Reset, 0 });
        row("\"replace\": { \"text\": \"a\" }",
            ReplaceInBody { Target::Response, QStringLiteral("a"), {}, false, true });
        row("\"answer\": {}", Answer {});
        row("\"answer\": { \"headers\": { \"A\": [\"1\", 2], \"B\": \"3\" }, \"bodyJson\": { "
            "\"a\": [1.50] } }",
            Answer { 200, {},
                { { "A", "1" }, { "A", "2" }, { "B", "3" },
                    { "Content-Type", "application/json" } },
                "{\"a\":[1.50]}" });
        row("\"throttle\": \"fast 4g\"", Throttle { 168'750, 1'012'500, 165ms });
        row("\"throttle\": { \"down\": 7 }", Throttle { 0, 7, 0ms });
        row("\"script\": [\"a\", \"b\"]", RunScript { {}, QStringLiteral("a\nb\n") });
        row("\"mapLocal\": \"site\"", MapLocal { QStringLiteral("/data/site") });
        row("\"mapLocal\": \"/other/site\"", MapLocal { QStringLiteral("/other/site") });
        row("\"scriptFile\": \"../hooks.js\"", RunScript { QStringLiteral("/hooks.js"), {} });
    }

    void shortForms_areRead()
    {
        QFETCH(QByteArray, members);
        QFETCH(Rule, expected);
        const RuleFileResult result = readRules(withRule(members), QStringLiteral("/data"));
        QCOMPARE(noted(result.problems), QString());
        QCOMPARE(noted(result.remarks), QString());
        const Rule &read = result.file->rules.at(0);
        QVERIFY(read.action == expected.action);
        QVERIFY(read.isEnabled);
        QVERIFY(!read.id.isEmpty());
    }

    void problems_haveTheirLine_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *title, const QByteArray &json, const char *problem) {
            QTest::newRow(title) << json << QString::fromUtf8(problem);
        };
        row("empty", "", "1: ");
        row("no JSON", "{\n\"rules\": [\n,] }", "3: ");
        row("no UTF-8", "\"\xff\"", "-1: Save the file as UTF-8");
        row("array", "[]", "1: Make the file an object; it is an array.");
        row("other file", "{\n\"headrace\": \"mock\", \"rules\": [] }",
            "2: This is no file of rules");
        row("newer", "{ \"rules\": [],\n\"version\": 2 }",
            "2: Use a newer Headrace: the file is of version 2.");
        row("nothing in it", "{ \"version\": 1 }", "1: Add \"rules\" or \"breakpoints\".");
        row("rules of a wrong type", "{ \"rules\": {} }",
            "1: Make \"rules\" an array; it is an object.");
        row("rule of a wrong type", "{ \"rules\": [\n3] }",
            "2: Make a rule an object; it is a number.");
        row("no action", withRule("\"name\": \"x\""), "2: Give the rule an action");
        row("two actions", withRule("\"delay\": 1,\n\"block\": \"close\""), "2: Split the rule");
        row("script and action", withRule("\"delay\": 1,\n\"script\": \"\""), "2: Split the rule");
        row("member twice", withRule("\"delay\": 1,\n\"delay\": 1"), "4: Take out one \"delay\"");
        row("type of a member", withRule("\"delay\": 1,\n\"enabled\": 1"),
            "4: Make \"enabled\" true or false; it is a number.");
        row("unknown word", withRule("\n\"block\": \"never\""),
            "4: Make \"block\" one of answer, close, reset.");
        row("unknown target", withRule("\"delay\": {\n\"on\": \"both\" }"),
            "4: Make \"on\" one of request, response.");
        row("number too large", withRule("\"delay\": 3600001"),
            "3: Make \"delay\" a whole number from 0 to 3600000.");
        row("fraction", withRule("\"throttle\": { \"down\": 1.5 }"),
            "3: Make \"down\" a whole number");
        row("unknown preset", withRule("\"throttle\": \"5G\""),
            "3: Make \"throttle\" one of 2G, slow 3G");
        row("offline", withRule("\"throttle\": \"offline\""), "3: Write \"block\": \"reset\"");
        row("two bodies", withRule("\"answer\": { \"body\": \"\", \"bodyJson\": 1 }"),
            "3: Keep one of body");
        row("bad Base64", withRule("\"answer\": {\n\"bodyBase64\": \"!\" }"),
            "4: Make \"bodyBase64\" valid Base64.");
        row("header", withRule("\"answer\": { \"headers\": [\n[\"A\"]] }"),
            "4: Write each of \"headers\"");
        row("header value", withRule("\"answer\": { \"headers\": {\n\"A\": null } }"),
            "4: Make name and value");
        row("text and expression",
            withRule("\"replace\": { \"text\": \"a\", \"expression\": \"b\" }"),
            "3: Give \"replace\" one of");
        row("breakpoint without place", "{ \"breakpoints\": [ { \"at\": [] } ] }",
            "1: Say in \"at\"");
        row("breakpoint at an unknown place", "{ \"breakpoints\": [ { \"at\": [\"end\"] } ] }",
            "1: Make \"at\" one of request, requestBody");
        row("too deep",
            withRule("\"answer\": { \"bodyJson\": " + QByteArray(100, '[') + QByteArray(100, ']')
                + " }"),
            "-1: Nest the file less deeply");
        row("two problems", withRule("\"delay\": -1,\n\"enabled\": 2"),
            "3: Make \"delay\" a whole number from 0 to 3600000.|4: Make");
    }

    void problems_haveTheirLine()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, problem);
        const RuleFileResult result = readRules(json);
        QVERIFY(!result.file);
        QVERIFY2(noted(result.problems).startsWith(problem), qPrintable(noted(result.problems)));
    }

    void remarks_leaveTheRuleIn_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QString>("remark");
        QTest::newRow("unknown member")
            << QByteArray("\"delay\": 1,\n\"colour\": \"red\"")
            << QStringLiteral(
                   "4: \"colour\" is not known here and was left out; known are addHeader,");
        QTest::newRow("unknown member of an action")
            << QByteArray("\"setHeader\": { \"name\": \"A\",\n\"case\": 1 }")
            << QStringLiteral(
                   "4: \"case\" is not known here and was left out; known are name, on, value.");
        QTest::newRow("filter") << QByteArray(
            "\"name\": \"N\", \"delay\": 1,\n\"filter\": \"status:\"")
                                << QStringLiteral(
                                       "2: The rule \"N\" does not work. The filter is none");
        QTest::newRow("value") << QByteArray("\"setHeader\": { \"name\": \"Content-Length\" }")
                               << QStringLiteral(
                                      "2: The rule does not work. Content-Length follows");
        QTest::newRow("empty script") << QByteArray(
            "\"script\": \"\"") << QStringLiteral("2: The rule does not work. Say which script");
    }

    void remarks_leaveTheRuleIn()
    {
        QFETCH(QByteArray, members);
        QFETCH(QString, remark);
        const RuleFileResult result = readRules(withRule(members));
        QCOMPARE(noted(result.problems), QString());
        QCOMPARE(result.file->rules.size(), 1);
        QVERIFY2(noted(result.remarks).startsWith(remark), qPrintable(noted(result.remarks)));
    }

    void breakpoint_withBadFilter_isRemarked()
    {
        const RuleFileResult result
            = readRules("{ \"breakpoints\": [ { \"at\": [\"response\"],\n\"filter\": \"(\" } ] }");
        QCOMPARE(result.file->breakpoints.size(), 1);
        QVERIFY2(
            noted(result.remarks).startsWith(QStringLiteral("2: The breakpoint does not work.")),
            qPrintable(noted(result.remarks)));
    }

    void sameIdTwice_theSecondGetsANewOne()
    {
        const RuleFileResult result = readRules("{ \"rules\": [ { \"id\": \"a\", \"delay\": 1 },\n"
                                                "{ \"id\": \"a\", \"delay\": 2 } ] }");
        QCOMPARE(noted(result.remarks),
            QStringLiteral("2: The id a is there twice; the second got a new one."));
        QCOMPARE(result.file->rules.at(0).id, QStringLiteral("a"));
        QVERIFY(result.file->rules.at(1).id != QStringLiteral("a"));
    }

    void presets_haveNamesOfTheirOwn()
    {
        for (const ThrottlePreset &preset : throttlePresets()) {
            QVERIFY(throttlePreset(preset.name.toUpper()) == preset.throttle);
            QCOMPARE(presetName(preset.throttle), preset.name);
        }
        QVERIFY(!throttlePreset(QStringLiteral("none")));
        QCOMPARE(presetName({}), QString());
    }
};

QTEST_GUILESS_MAIN(RuleFileTest)
#include "tst_rulefile.moc"
