#include <exchange/jsontree.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace headrace::exchange;

namespace {

JsonTree treeOf(const QByteArray &text) { return JsonTree(std::make_shared<MemoryOctets>(text)); }

/// Reads all by way of the tree and writes it without blanks.
QByteArray written(const JsonTree &tree, const JsonValue &value)
{
    if (!value.isContainer())
        return value.text;
    const bool isObject = value.type == JsonType::Object;
    const JsonChildren children = tree.children(value);
    QList<JsonValue> values = children.values;
    for (const JsonRun &run : children.runs)
        values += tree.values(value.type, run);
    QByteArray result(1, isObject ? '{' : '[');
    for (const JsonValue &each : std::as_const(values)) {
        if (result.size() > 1)
            result += ',';
        if (isObject)
            result += each.name + ':';
        result += written(tree, each);
    }
    return result + (isObject ? '}' : ']');
}

QJsonValue anyValue(QRandomGenerator &random, int depth)
{
    const int kind = random.bounded(depth > 4 ? 4 : 6);
    switch (kind) {
    case 0:
        return random.bounded(1000);
    case 1:
        return QStringLiteral("text \"%1\"\n").arg(random.bounded(9));
    case 2:
        return random.bounded(2) == 0;
    case 3:
        return QJsonValue::Null;
    case 4: {
        QJsonArray array;
        for (int i = random.bounded(6); i > 0; --i)
            array.append(anyValue(random, depth + 1));
        return array;
    }
    default: {
        QJsonObject object;
        for (int i = random.bounded(6); i > 0; --i)
            object.insert(QStringLiteral("n%1").arg(i), anyValue(random, depth + 1));
        return object;
    }
    }
}

} // namespace

class JsonTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void tree_ofAnyText_isAllOfIt()
    {
        QRandomGenerator random(11);
        for (int i = 0; i < 300; ++i) {
            const QJsonArray whole { anyValue(random, 0), anyValue(random, 0) };
            const QByteArray text = QJsonDocument(whole).toJson(
                i % 2 == 0 ? QJsonDocument::Indented : QJsonDocument::Compact);
            const JsonTree tree = treeOf(text);
            const QByteArray again = written(tree, *tree.root());
            QCOMPARE(QJsonDocument::fromJson(again).array(), whole);
        }
    }

    void children_haveNamePlaceAndCount()
    {
        const QByteArray text = " { \"a\" : [1, 2] , \"b\":{}, \"c\":\"x\\\"y\", \"a\":-1.5e3 } ";
        const JsonTree tree = treeOf(text);
        const JsonValue root = *tree.root();
        QCOMPARE(root.type, JsonType::Object);
        const JsonChildren children = tree.children(root);
        QVERIFY(!children.fault);
        QCOMPARE(children.count, 4);
        const JsonValue &array = children.values.at(0);
        QCOMPARE(array.name, QByteArray("\"a\""));
        QCOMPARE(array.count, 2);
        QCOMPARE(text.mid(array.begin, array.end - array.begin), QByteArray("[1, 2]"));
        QCOMPARE(array.nameBegin, text.indexOf("\"a\""));
        QCOMPARE(children.values.at(1).count, 0);
        QCOMPARE(children.values.at(2).text, QByteArray("\"x\\\"y\""));
        QCOMPARE(children.values.at(3).text, QByteArray("-1.5e3"));
    }

    void value_alone_isTheRoot_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<JsonType>("type");
        QTest::newRow("number") << QByteArray(" 12 ") << JsonType::Number;
        QTest::newRow("string") << QByteArray("\"a\"") << JsonType::String;
        QTest::newRow("true") << QByteArray("true") << JsonType::True;
        QTest::newRow("false") << QByteArray("false") << JsonType::False;
        QTest::newRow("null") << QByteArray("\xef\xbb\xbfnull\n") << JsonType::Null;
        QTest::newRow("array") << QByteArray("\xef\xbb\xbf []") << JsonType::Array;
    }

    void value_alone_isTheRoot()
    {
        QFETCH(const QByteArray, text);
        JsonFault fault;
        const auto root = treeOf(text).root(&fault);
        QVERIFY(root);
        QTEST(root->type, "type");
        QVERIFY(fault.message.isEmpty());
    }

    void text_broken_isReadAsFarAsItGoes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("values");
        QTest::addColumn<qint64>("offset");
        QTest::newRow("cut in an array") << QByteArray("[1,2,") << qint64(2) << qint64(5);
        QTest::newRow("cut in a number") << QByteArray("[1,-") << qint64(2) << qint64(4);
        QTest::newRow("cut behind a number") << QByteArray("[1,23") << qint64(2) << qint64(5);
        QTest::newRow("cut in a string") << QByteArray("[\"a\",\"bc") << qint64(2) << qint64(8);
        QTest::newRow("cut in a name") << QByteArray("{\"a\":1,\"b") << qint64(1) << qint64(9);
        QTest::newRow("no colon") << QByteArray("{\"a\" 1}") << qint64(0) << qint64(5);
        QTest::newRow("no name") << QByteArray("{1:1}") << qint64(0) << qint64(1);
        QTest::newRow("comma at the end") << QByteArray("[1,]") << qint64(1) << qint64(3);
        QTest::newRow("wrong bracket") << QByteArray("[1}") << qint64(1) << qint64(2);
        QTest::newRow("cut within") << QByteArray("[1,[2,[3") << qint64(2) << qint64(8);
        QTest::newRow("fault within") << QByteArray("[[1],[2,x],3]") << qint64(2) << qint64(8);
        QTest::newRow("control character") << QByteArray("[\"a\nb\"]") << qint64(1) << qint64(3);
        QTest::newRow("no escape") << QByteArray("[\"a\\x\"]") << qint64(1) << qint64(4);
        QTest::newRow("behind it") << QByteArray("[1] 2") << qint64(1) << qint64(4);
        QTest::newRow("a word") << QByteArray("[nil]") << qint64(1) << qint64(2);
    }

    void text_broken_isReadAsFarAsItGoes()
    {
        QFETCH(const QByteArray, text);
        const JsonTree tree = treeOf(text);
        const auto root = tree.root();
        QVERIFY(root);
        const JsonChildren children = tree.children(*root);
        QTEST(children.count, "values");
        QVERIFY(children.fault);
        QTEST(children.fault->offset, "offset");
        QVERIFY(!children.fault->message.isEmpty());
    }

    void text_withoutAValue_hasNoRoot()
    {
        JsonFault fault;
        QVERIFY(!treeOf("").root(&fault));
        QVERIFY(!fault.message.isEmpty());
        QVERIFY(!treeOf("  <html>").root(&fault));
        QCOMPARE(fault.offset, 2);
    }

    void children_ofMany_areRuns()
    {
        QByteArray text("[");
        for (int i = 0; i < 2500; ++i)
            text += QByteArray(i > 0 ? ", " : "") + "{\"i\":" + QByteArray::number(i) + '}';
        text += ']';
        const JsonTree tree = treeOf(text);
        const JsonChildren children = tree.children(*tree.root());
        QCOMPARE(children.count, 2500);
        QCOMPARE(children.values.size(), 0);
        QCOMPARE(children.runs.size(), 3);
        QCOMPARE(children.runs.at(2).first, 2000);
        QCOMPARE(children.runs.at(2).count, 500);
        const QList<JsonValue> values = tree.values(JsonType::Array, children.runs.at(1));
        QCOMPARE(values.size(), 1000);
        QCOMPARE(text.mid(values.at(7).begin, 10), QByteArray("{\"i\":1007}"));
        QCOMPARE(children.runs.at(1).begin, values.constFirst().begin);
        QCOMPARE(children.runs.at(1).end, values.constLast().end);
    }

    void nesting_deep_takesNoStack()
    {
        const QByteArray text = QByteArray(3'000'000, '[') + QByteArray(3'000'000, ']');
        const JsonTree tree = treeOf(text);
        const JsonChildren children = tree.children(*tree.root());
        QVERIFY(!children.fault);
        QCOMPARE(children.values.constFirst().end, text.size() - 1);
    }

    void text_long_isCutInTheAnswer()
    {
        const JsonTree tree = treeOf("[\"" + QByteArray(5'000'000, 'x') + "\"]");
        const JsonChildren children = tree.children(*tree.root());
        QCOMPARE(children.values.constFirst().text.size(), JsonValue::LongestShown);
        QCOMPARE(children.values.constFirst().end, 5'000'003);
    }

    void reading_canceled_ends()
    {
        const std::atomic_bool isCanceled = true;
        const JsonTree tree = treeOf("[1,2]");
        QVERIFY(tree.children(*tree.root(), &isCanceled).fault);
    }

    void string_isReadWithoutEscapes_data()
    {
        QTest::addColumn<QByteArray>("spelled");
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << QByteArray("\"abc\"") << QStringLiteral("abc");
        QTest::newRow("empty") << QByteArray("\"\"") << QString();
        QTest::newRow("escapes") << QByteArray("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"")
                                 << QStringLiteral("\"\\/\b\f\n\r\t");
        QTest::newRow("units") << QByteArray("\"\\u00e4\\ud83d\\ude00!\"")
                               << QStringLiteral("\u00e4\U0001F600!");
        QTest::newRow("UTF-8") << QByteArray("\"\u00e4\"") << QStringLiteral("\u00e4");
        QTest::newRow("cut") << QByteArray("\"ab\\u00") << QStringLiteral("ab\\u00");
        QTest::newRow("no escape") << QByteArray("\"\\x\"") << QStringLiteral("\\x");
    }

    void string_isReadWithoutEscapes()
    {
        QFETCH(const QByteArray, spelled);
        QTEST(jsonStringValue(spelled), "value");
    }

    void path_isSpelledAsItMustBe()
    {
        QCOMPARE(jsonPathOf("\"name_1\""), QStringLiteral(".name_1"));
        QCOMPARE(jsonPathOf("\"1st\""), QStringLiteral("['1st']"));
        QCOMPARE(jsonPathOf("\"\""), QStringLiteral("['']"));
        QCOMPARE(jsonPathOf("\"it's\""), QStringLiteral("['it\\'s']"));
        QCOMPARE(jsonPathOf("\"a b\""), QStringLiteral("['a b']"));
        QCOMPARE(jsonPathOf(qint64(3)), QStringLiteral("[3]"));
    }
};

QTEST_GUILESS_MAIN(JsonTreeTest)
#include "tst_jsontree.moc"
