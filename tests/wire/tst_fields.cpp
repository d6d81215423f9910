#include <wire/messageparser.h>

#include <QTest>

using namespace headrace::wire;

namespace {

Fields parsed(const QByteArray &lines, Lenience lenience = Lenience::Strict)
{
    MessageParser parser(MessageKind::Request, {}, lenience);
    parser.feed("GET / HTTP/1.1\r\n" + lines + "\r\n");
    while (true) {
        const MessageParser::Event event = parser.next();
        if (event == MessageParser::Event::Head)
            return parser.takeHead().fields;
        if (event == MessageParser::Event::NeedMore || event == MessageParser::Event::Fault)
            return {};
    }
}

} // namespace

class FieldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void find_ignoresCase()
    {
        const Fields fields = parsed("A: 1\r\nSet-Cookie: a\r\nset-cookie: b\r\n");
        QCOMPARE(fields.count(), 3);
        QCOMPARE(fields.indexOf("SET-COOKIE"), 1);
        QCOMPARE(fields.indexOf("set-cookie", 2), 2);
        QCOMPARE(fields.indexOf("set-cookie", 3), -1);
        QCOMPARE(fields.first("a"), QByteArrayView("1"));
        QVERIFY(!fields.first("b"));
    }

    void lists_keepOrderCaseAndDuplicates()
    {
        const Fields fields = parsed("aB: 1\r\nC:\r\nAb: 2\r\n");
        const QList<QByteArray> raw { "aB", "1", "C", "", "Ab", "2" };
        QCOMPARE(fields.toRawList(), raw);
        QCOMPARE(fields.toRawList(0), raw);
        QCOMPARE(fields.toRawList(1), raw.first(2));
        QCOMPARE(fields.toRawList(9), raw);
        const QList<std::pair<QByteArray, QByteArray>> pairs { { "aB", "1" }, { "C", "" },
            { "Ab", "2" } };
        QCOMPARE(fields.toPairs(), pairs);
    }

    void fold_isOneLine()
    {
        const Fields fields = parsed("A: b\r\n  c\r\n\td\r\nE: f\r\n", Lenience::Insecure);
        QCOMPARE(fields.value(0), "b  c\td");
        QCOMPARE(fields.value(0), "b  c\td");
        QCOMPARE(fields.value(1), "f");
        QCOMPARE(fields.spans(0).value.in(fields.block()), "b\r\n  c\r\n\td");
    }

    void copy_keepsItsBlock()
    {
        Fields copy;
        {
            const Fields fields = parsed("A: b\r\n c\r\n", Lenience::Insecure);
            QCOMPARE(fields.value(0), "b c");
            copy = fields;
        }
        QCOMPARE(copy.name(0), "A");
        QCOMPARE(copy.value(0), "b c");
        copy.clear();
        QVERIFY(copy.isEmpty());
    }
};

QTEST_GUILESS_MAIN(FieldsTest)
#include "tst_fields.moc"
