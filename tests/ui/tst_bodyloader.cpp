#include <exchange/exchangebuilder.h>
#include <exchange/memorystore.h>
#include <inspector/bodyloader.h>

#include <QElapsedTimer>
#include <QTest>

#include <zlib.h>

using namespace headrace;
using exchange::Direction;
using exchange::Part;
using ui::BodyLoader;
using ui::BodySource;

namespace {

constexpr qint64 KeptWith = 100'000; // octets that come with an exchange

QByteArray gzipped(const QByteArray &octets)
{
    z_stream stream {};
    deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray result(qsizetype(deflateBound(&stream, uLong(octets.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(octets.constData()));
    stream.avail_in = uInt(octets.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = uInt(result.size());
    deflate(&stream, Z_FINISH);
    result.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return result;
}

QByteArray madeText(qsizetype size)
{
    QByteArray text;
    for (int i = 0; text.size() < size; ++i)
        text += QByteArray::number(i * 7919) + ' ';
    return text.left(size);
}

} // namespace

/// Bodies of a store on their way to a view.
class BodyLoaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void body_inMemory_comesAtOnce();
    void body_large_comesFromTheStore();
    void body_packedAndLarge_isDecodedFromTheStore();
    void body_thatUnpacksToFarMore_isBounded();
    void body_corrupt_comesAsFarAsItGoes();
    void body_growing_isGoneOnWith();
    void body_ofAnotherExchange_isNotToldAnyMore();
    void body_withoutItsStore_isWhatIsHere();

private:
    struct Made
    {
        exchange::MemoryStore store;
        exchange::ExchangeId id = 0;

        explicit Made(const QByteArray &coding = {})
        {
            id = store.begin({});
            exchange::Message head;
            head.startLine = "HTTP/1.1 200 OK";
            head.fields = { { "Content-Type", "text/plain" } };
            if (!coding.isEmpty())
                head.fields.emplaceBack("Content-Encoding", coding);
            store.setHead(id, 0, head);
        }

        void add(const QByteArray &octets)
        {
            for (qsizetype at = 0; at < octets.size(); at += 16'384)
                store.addOctets(id, 0, { at, Part::Body, octets.mid(at, 16'384) });
        }

        void finish()
        {
            exchange::Summary summary;
            summary.state = exchange::State::Complete;
            store.setSummary(id, summary);
            store.end(id);
        }

        std::shared_ptr<const exchange::Exchange> exchange() const
        {
            return std::make_shared<const exchange::Exchange>(*store.exchange(id, KeptWith));
        }
    };

    /// Loads and waits until the body is complete. The last source.
    static BodySource loaded(BodyLoader &loader, const Made &made, bool isDecoded);
};

BodySource BodyLoaderTest::loaded(BodyLoader &loader, const Made &made, bool isDecoded)
{
    BodySource last;
    last.isComplete = false;
    const auto connection = connect(&loader, &BodyLoader::loaded, &loader,
        [&last](const BodySource &source) { last = source; });
    loader.load(made.exchange(), Direction::Response, isDecoded);
    [&last] { QTRY_VERIFY(last.isComplete); }();
    disconnect(connection);
    return last;
}

void BodyLoaderTest::body_inMemory_comesAtOnce()
{
    Made made;
    made.add("hello");
    made.finish();
    BodyLoader loader;
    BodySource got;
    connect(&loader, &BodyLoader::loaded, this, [&got](const BodySource &source) { got = source; });
    loader.load(made.exchange(), Direction::Response, false);
    QCOMPARE(got.whole(), QByteArray("hello"));
    QVERIFY(got.isComplete);
    QCOMPARE(got.total, 5);
}

void BodyLoaderTest::body_large_comesFromTheStore()
{
    Made made;
    const QByteArray text = madeText(5'000'000);
    made.add(text);
    made.finish();
    BodyLoader loader;
    loader.setStore(&made.store);
    QList<BodySource> told;
    connect(
        &loader, &BodyLoader::loaded, this, [&told](const BodySource &source) { told += source; });
    QElapsedTimer pause;
    pause.start();
    loader.load(made.exchange(), Direction::Response, false);
    QVERIFY(pause.elapsed() < 100);
    QCOMPARE(told.size(), 1); // its begin, at once
    QVERIFY(!told.constFirst().isComplete);
    QVERIFY(told.constFirst().isLarge());
    QTRY_COMPARE(told.size(), 2);
    QVERIFY(told.constLast().isComplete);
    QCOMPARE(told.constLast().size(), text.size());
    QVERIFY(!told.constLast().octets->isInMemory());
    QCOMPARE(told.constLast().octets->read(4'000'000, 1000), text.mid(4'000'000, 1000));
    QVERIFY(!told.constLast().arrivals.isEmpty());
}

void BodyLoaderTest::body_packedAndLarge_isDecodedFromTheStore()
{
    Made made("gzip");
    const QByteArray text = madeText(12'000'000);
    made.add(gzipped(text));
    made.finish();
    BodyLoader loader;
    loader.setStore(&made.store);
    const BodySource source = loaded(loader, made, true);
    QCOMPARE(source.remark, QString());
    QCOMPARE(source.size(), text.size());
    QVERIFY(!source.octets->isInMemory()); // on disk
    QCOMPARE(source.octets->read(11'000'000, 1000), text.mid(11'000'000, 1000));
    QCOMPARE(source.contentEncoding, QByteArray());
    const BodySource sent = loaded(loader, made, false);
    QCOMPARE(sent.contentEncoding, QByteArray("gzip"));
    QVERIFY(sent.size() < text.size());
}

void BodyLoaderTest::body_thatUnpacksToFarMore_isBounded()
{
    Made made("gzip, gzip");
    const QByteArray bomb = gzipped(gzipped(QByteArray(100'000'000, '\0')));
    QVERIFY(bomb.size() < 10'000);
    made.add(bomb);
    made.finish();
    BodyLoader loader;
    loader.setDecodedLimit(20'000'000);
    const BodySource source = loaded(loader, made, true);
    QCOMPARE(source.size(), 20'000'000);
    QVERIFY2(source.remark.contains(QStringLiteral("Only the first")), qPrintable(source.remark));
}

void BodyLoaderTest::body_corrupt_comesAsFarAsItGoes()
{
    Made made("gzip");
    const QByteArray text = madeText(3'000'000);
    QByteArray packed = gzipped(text);
    packed.replace(packed.size() / 2, 20, QByteArray(20, '\xff'));
    made.add(packed);
    made.finish();
    BodyLoader loader;
    loader.setStore(&made.store);
    const BodySource source = loaded(loader, made, true);
    QVERIFY(source.size() > 1'000'000);
    QCOMPARE(source.octets->read(0, 1'000'000), text.first(1'000'000));
    QVERIFY2(source.remark.contains(QStringLiteral("gzip at octet")), qPrintable(source.remark));
}

void BodyLoaderTest::body_growing_isGoneOnWith()
{
    Made made;
    const QByteArray text = madeText(3'000'000);
    BodyLoader loader;
    loader.setStore(&made.store);
    BodySource last;
    connect(
        &loader, &BodyLoader::loaded, this, [&last](const BodySource &source) { last = source; });
    for (qsizetype at = 0; at < text.size(); at += 500'000) {
        made.add(text.mid(at, 500'000));
        // Asked faster than it can be done, too: the last one counts.
        for (int i = 0; i < 3; ++i)
            loader.load(made.exchange(), Direction::Response, false);
        QTRY_COMPARE(last.size(), at + 500'000);
        QVERIFY(!last.isComplete);
    }
    made.finish();
    loader.load(made.exchange(), Direction::Response, false);
    QTRY_VERIFY(last.isComplete);
    QCOMPARE(last.octets->read(0, text.size()), text);
}

void BodyLoaderTest::body_ofAnotherExchange_isNotToldAnyMore()
{
    Made large("gzip");
    large.add(gzipped(madeText(20'000'000)));
    large.finish();
    Made small;
    small.add("small");
    small.finish();
    BodyLoader loader;
    loader.setStore(&large.store);
    loader.load(large.exchange(), Direction::Response, true);
    loader.setStore(&small.store);
    QList<BodySource> told;
    connect(
        &loader, &BodyLoader::loaded, this, [&told](const BodySource &source) { told += source; });
    loader.load(small.exchange(), Direction::Response, false);
    const BodySource again = loaded(loader, small, true); // behind what was under way
    QCOMPARE(again.whole(), QByteArray("small"));
    for (const BodySource &source : std::as_const(told))
        QCOMPARE(source.whole(), QByteArray("small"));
}

void BodyLoaderTest::body_withoutItsStore_isWhatIsHere()
{
    Made made;
    made.add(madeText(1'000'000));
    made.finish();
    BodyLoader loader;
    const BodySource source = loaded(loader, made, false);
    QCOMPARE(source.size(), KeptWith);
    QCOMPARE(source.total, 1'000'000);
}

QTEST_GUILESS_MAIN(BodyLoaderTest)
#include "tst_bodyloader.moc"
