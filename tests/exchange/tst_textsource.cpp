#include <exchange/bodyformat.h>
#include <exchange/octetspool.h>
#include <exchange/textsource.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace headrace::exchange;

namespace {

const std::atomic_bool never = false;

OctetSourcePointer sourceOf(const QByteArray &octets)
{
    return std::make_shared<MemoryOctets>(octets);
}

QByteArray all(const TextSource &text) { return text.octets->read(0, text.octets->size()); }

} // namespace

class TextSourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void text_isReadInItsEncoding_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<TextEncoding>("encoding");
        QTest::addColumn<QByteArray>("text");
        const QByteArray utf8("gr\xc3\xbc\xc3\x9f");
        QTest::newRow("UTF-8") << utf8 << QByteArray() << TextEncoding::Utf8 << utf8;
        QTest::newRow("UTF-8, declared")
            << utf8 << QByteArray("text/plain; charset=utf-8") << TextEncoding::Utf8 << utf8;
        QTest::newRow("Latin-1") << QByteArray("gr\xfc\xdf") << QByteArray() << TextEncoding::Latin1
                                 << QByteArray("gr\xfc\xdf");
        QTest::newRow("Latin-1, declared")
            << utf8 << QByteArray("text/plain; charset=iso-8859-1") << TextEncoding::Latin1 << utf8;
        QTest::newRow("UTF-16 by its mark") << QByteArray("\xff\xfeg\0r\0\xfc\0\xdf\0", 10)
                                            << QByteArray() << TextEncoding::Utf8 << utf8;
        QTest::newRow("UTF-16, declared")
            << QByteArray("\0g\0r\0\xfc\0\xdf", 8) << QByteArray("text/plain; charset=utf-16be")
            << TextEncoding::Utf8 << utf8;
        QTest::newRow("nothing") << QByteArray() << QByteArray() << TextEncoding::Utf8
                                 << QByteArray();
    }

    void text_isReadInItsEncoding()
    {
        QFETCH(const QByteArray, octets);
        QFETCH(const QByteArray, type);
        const TextSource text = textSourceOf(sourceOf(octets), type, never);
        QTEST(text.encoding, "encoding");
        QTEST(all(text), "text");
        QVERIFY(text.error.isEmpty());
    }

    void text_cutWithinACharacter_isUtf8()
    {
        QByteArray octets(64 * 1024 - 1, 'x');
        octets += "\xc3\xbc and so on";
        QCOMPARE(textSourceOf(sourceOf(octets), {}, never).encoding, TextEncoding::Utf8);
    }

    void json_isLaidOutAsASmallOneIs_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("nested") << QByteArray("{\"a\":[1,{\"b\":[]},\"x,\\\"{\"],\"c\":null}");
        QTest::newRow("blanks") << QByteArray(" [ 1 , 2,\n\n3 ] \n");
        QTest::newRow("mark") << QByteArray("\xef\xbb\xbf[1,[{}]]");
        QTest::newRow("value") << QByteArray("12");
        QTest::newRow("deep") << QByteArray("[").repeated(60) + QByteArray("]").repeated(60);
    }

    void json_isLaidOutAsASmallOneIs()
    {
        QFETCH(const QByteArray, json);
        const TextSource text = layOutJson(sourceOf(json), never);
        QCOMPARE(QString::fromUtf8(all(text)), formatJson(json).text);
        QVERIFY2(text.error.isEmpty(), qPrintable(text.error));
    }

    void json_large_isLaidOutInPieces()
    {
        QByteArray json("[");
        for (int i = 0; i < 60'000; ++i)
            json += QByteArray(i > 0 ? "," : "") + "{\"n\":" + QByteArray::number(i)
                + ",\"t\":\"a\\\"b\"}";
        json += ']';
        OctetSpool spool(0);
        spool.append(json);
        const TextSource text = layOutJson(spool.take(), never);
        QCOMPARE(QString::fromUtf8(all(text)), formatJson(json).text);
    }

    void json_broken_isLaidOutAsFarAsItIsRight()
    {
        const TextSource text = layOutJson(sourceOf("[1,2,oops {\"a\": 1}"), never);
        QCOMPARE(all(text), QByteArray("[\n  1,\n  2,\n  oops {\"a\": 1}"));
        QVERIFY2(text.error.contains(QStringLiteral("Octet 5")), qPrintable(text.error));
    }

    void canceled_isNothing()
    {
        const std::atomic_bool isCanceled = true;
        QVERIFY(!layOutJson(sourceOf("[1]"), isCanceled).octets);
    }
};

QTEST_GUILESS_MAIN(TextSourceTest)
#include "tst_textsource.moc"
