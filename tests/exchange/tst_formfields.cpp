#include <exchange/formfields.h>

#include <QTest>

using namespace headrace::exchange;

class FormFieldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fields_areDecodedInOrder_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArrayList>("fields");
        QTest::newRow("nothing") << QByteArray() << QByteArrayList();
        QTest::newRow("two") << QByteArray("a=1&b=2") << QByteArrayList { "a=1", "b=2" };
        QTest::newRow("repeated") << QByteArray("a=1&a=2") << QByteArrayList { "a=1", "a=2" };
        QTest::newRow("blanks") << QByteArray("a+b=c%20d") << QByteArrayList { "a b=c d" };
        QTest::newRow("UTF-8") << QByteArray("%C3%a4=%e2%82%AC")
                               << QByteArrayList { "\xc3\xa4=\xe2\x82\xac" };
        QTest::newRow("no value") << QByteArray("a&b=") << QByteArrayList { "a", "b=" };
        QTest::newRow("no name") << QByteArray("=1") << QByteArrayList { "=1" };
        QTest::newRow("two equals") << QByteArray("a=b=c") << QByteArrayList { "a=b=c" };
        QTest::newRow("empty pairs") << QByteArray("&&a=1&") << QByteArrayList { "a=1" };
        QTest::newRow("broken escape")
            << QByteArray("a=%4&b=%zz&c=%") << QByteArrayList { "!a=%4", "!b=%zz", "!c=%" };
        QTest::newRow("escape at the end") << QByteArray("a=%41") << QByteArrayList { "a=A" };
        QTest::newRow("NUL") << QByteArray("a=%00") << QByteArrayList { QByteArray("a=\0", 3) };
    }

    void fields_areDecodedInOrder()
    {
        QFETCH(const QByteArray, body);
        QByteArrayList shown;
        for (const FormField &field : formFieldsOf(body))
            shown += (field.isBroken ? "!" : "") + field.name
                + (field.hasValue ? '=' + field.value : QByteArray());
        QTEST(shown, "fields");
    }

    void fields_keepWhatWasSent()
    {
        const QList<FormField> fields = formFieldsOf("a%20b=c+d");
        QCOMPARE(fields.constFirst().rawName, QByteArray("a%20b"));
        QCOMPARE(fields.constFirst().rawValue, QByteArray("c+d"));
    }
};

QTEST_GUILESS_MAIN(FormFieldsTest)
#include "tst_formfields.moc"
