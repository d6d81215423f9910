#include "harfiles.h"

#include <QDir>
#include <QTest>

namespace headrace::formats {

using namespace exchange;

namespace {

QString printable(const QByteArray &octets)
{
    QString text;
    for (const char octet : octets) {
        const bool isPlain = octet >= ' ' && octet <= '~' && octet != '\\';
        text += isPlain ? QString(QLatin1Char(octet))
                        : QStringLiteral("\\x%1").arg(uchar(octet), 2, 16, QLatin1Char('0'));
    }
    return text;
}

QString describe(const Message &message, QLatin1Char arrow)
{
    QString text;
    if (!message.hasHead())
        return text;
    text += arrow
        + QStringLiteral(" %1 [%2, body %3%4]\n")
              .arg(printable(message.startLine), QString::fromLatin1(message.httpVersion))
              .arg(message.bodyOctets)
              .arg(message.isTruncated ? QStringLiteral(", not kept") : QString());
    for (const auto &[name, value] : message.fields)
        text += arrow + QStringLiteral("   %1: %2\n").arg(printable(name), printable(value));
    for (const Octets &octets : message.octets) {
        if (octets.part != Part::Head)
            text += arrow
                + QStringLiteral("   %1 at %2: %3\n")
                      .arg(octets.part == Part::Body ? QStringLiteral("body")
                                                     : QStringLiteral("tunnel"))
                      .arg(octets.time)
                      .arg(printable(octets.octets));
    }
    return text;
}

/// What was read, but for what other fields tell as well.
QString describe(const Exchange &exchange)
{
    const Summary &summary = exchange.summary;
    const Timings &t = exchange.timings;
    QString text = QStringLiteral("%1 %2 %3://%4 %5 -> %6, state %7, %8, %9 us\n")
                       .arg(summary.began.toUTC().toString(Qt::ISODateWithMs), summary.method,
                           summary.scheme, summary.host, summary.target)
                       .arg(summary.statusCode)
                       .arg(int(summary.state))
                       .arg(name(summary.pattern))
                       .arg(summary.duration);
    text += QStringLiteral("  types %1 %2, peer %3, connection %4\n")
                .arg(summary.requestType, summary.contentType, exchange.connection.peerAddress)
                .arg(exchange.connection.id);
    text += QStringLiteral("  times");
    for (const qint64 time : { t.lookupStarted, t.lookupEnded, t.connectStarted, t.connectEnded,
             t.tlsStarted, t.tlsEnded, t.requestSent, t.firstByte, t.ended })
        text += QStringLiteral(" %1").arg(time);
    text += u'\n';
    if (!summary.note.isEmpty())
        text += QStringLiteral("  note %1\n").arg(summary.note);
    if (exchange.failure)
        text += QStringLiteral("  failed %1: %2\n")
                    .arg(exchange.failure->code, exchange.failure->message);
    text += describe(exchange.request, QLatin1Char('>'));
    text += describe(exchange.response, QLatin1Char('<'));
    for (const Event &event : exchange.events)
        text += QStringLiteral("  %1 %2 %3: %4\n")
                    .arg(event.time)
                    .arg(event.object, event.name, event.detail);
    return text;
}

} // namespace

/// Files shaped as other programs write them (foreign/README.md): what is read of them, and what is said.
class HarForeignTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { qputenv("TZ", "UTC"); } // dates without a zone are local

    void file_isRead_data();
    void file_isRead();

    void file_readAndWrittenAndRead_isTheSame_data() { file_isRead_data(); }

    void file_readAndWrittenAndRead_isTheSame();
};

void HarForeignTest::file_isRead_data()
{
    QTest::addColumn<QString>("path"); // without suffix
    const QDir folder(QFINDTESTDATA("foreign"));
    const QStringList names = folder.entryList({ QStringLiteral("*.har") }, QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << folder.filePath(name).chopped(4);
}

void HarForeignTest::file_isRead()
{
    QFETCH(QString, path);
    const Read read = readText(contentOf(path + QStringLiteral(".har")));
    QVERIFY2(!read.reading.error, qPrintable(read.reading.error.message));
    QString text = read.reading.creator + u'\n';
    for (const Exchange &exchange : read.exchanges)
        text += describe(exchange);
    for (const QString &note : read.reading.notes)
        text += note + u'\n';
    const QString expected = QString::fromUtf8(contentOf(path + QStringLiteral(".txt")));
    if (text != expected)
        qWarning("%s", qPrintable(text));
    QCOMPARE(text.split(u'\n'), expected.split(u'\n'));
}

void HarForeignTest::file_readAndWrittenAndRead_isTheSame()
{
    QFETCH(QString, path);
    const QList<Exchange> first = readText(contentOf(path + QStringLiteral(".har"))).exchanges;
    const Read second = readText(written(first));
    QVERIFY2(!second.reading.error, qPrintable(second.reading.error.message));
    QCOMPARE(second.reading.notes, QStringList());
    QCOMPARE(second.exchanges.size(), first.size());
    for (qsizetype i = 0; i < first.size(); ++i)
        QCOMPARE(describe(second.exchanges.at(i)), describe(first.at(i)));
}

} // namespace headrace::formats

QTEST_GUILESS_MAIN(headrace::formats::HarForeignTest)
#include "tst_harforeign.moc"
