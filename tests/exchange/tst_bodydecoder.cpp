// Source: RFC 9110 sections 8.4 and 8.4.1, RFC 1950 to 1952, RFC 7932, RFC 8878, RFC 9659.
#include <exchange/bodydecoder.h>

#include <QTest>

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <functional>

using namespace headrace::exchange;

namespace {

const QByteArray text = "Order 1 is on its way.\nOrder 2 is on its way.\nOrder 3 is on its way.\n";

QByteArray hex(const char *digits) { return QByteArray::fromHex(digits); }

/// By zlib; \a bits choose the wrapper.
QByteArray deflated(const QByteArray &octets, int bits)
{
    z_stream stream {};
    deflateInit2(&stream, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY);
    QByteArray result(qsizetype(deflateBound(&stream, uLong(octets.size()))), 0);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(octets.data()));
    stream.avail_in = uInt(octets.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = uInt(result.size());
    deflate(&stream, Z_FINISH);
    result.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return result;
}

QByteArray gzip(const QByteArray &octets) { return deflated(octets, 15 + 16); }

QByteArray brotli(const QByteArray &octets)
{
    QByteArray result(qsizetype(BrotliEncoderMaxCompressedSize(size_t(octets.size()))), 0);
    size_t size = size_t(result.size());
    BrotliEncoderCompress(6, 22, BROTLI_MODE_TEXT, size_t(octets.size()),
        reinterpret_cast<const uint8_t *>(octets.data()), &size,
        reinterpret_cast<uint8_t *>(result.data()));
    result.resize(qsizetype(size));
    return result;
}

QByteArray zstd(const QByteArray &octets, int windowLog = 0)
{
    QByteArray result(qsizetype(ZSTD_compressBound(size_t(octets.size()))) + 64, 0);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog);
    // Not at once: a frame whose size is known needs no window.
    ZSTD_inBuffer in { octets.data(), size_t(octets.size()), 0 };
    ZSTD_outBuffer out { result.data(), size_t(result.size()), 0 };
    ZSTD_compressStream2(context, &out, &in, ZSTD_e_continue);
    ZSTD_compressStream2(context, &out, &in, ZSTD_e_end);
    ZSTD_freeCCtx(context);
    result.resize(qsizetype(out.pos));
    return result;
}

/// Something that does not compress to nothing.
QByteArray json(qsizetype size)
{
    QByteArray result;
    for (quint32 i = 0; result.size() < size; ++i)
        result += "{\"id\":" + QByteArray::number(i * 2654435761u) + ",\"name\":\"item\"},\n";
    return result.first(size);
}

struct Decoded
{
    QByteArray octets;
    std::optional<DecodeError> error;
    qint64 ignored = 0;
};

/// Fed in these pieces, read in pieces of \a room.
Decoded decoded(const QByteArray &coding, const QByteArrayList &pieces, qsizetype room = 100)
{
    BodyDecoder decoder(coding);
    Decoded result;
    const auto readAll = [&] {
        QByteArray piece;
        do {
            piece = decoder.take(room);
            QVERIFY(piece.size() <= room);
            result.octets += piece;
        } while (!piece.isEmpty());
    };
    for (const QByteArray &piece : pieces) {
        decoder.feed(piece);
        readAll();
    }
    decoder.finish();
    readAll();
    result.error = decoder.error();
    result.ignored = decoder.ignoredOctets();
    if (decoder.decodedOctets() != result.octets.size())
        qFatal("%lld octets were counted", decoder.decodedOctets());
    return result;
}

} // namespace

class BodyDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void body_isDecoded_data();
    void body_isDecoded();
    void large_isDecoded_data();
    void large_isDecoded();
    void damaged_data();
    void damaged();
    void damagedAnywhere_neverHangs_data();
    void damagedAnywhere_neverHangs();
    void cutAnywhere_givesWhatCame_data();
    void cutAnywhere_givesWhatCame();
    void innerDamage_givesWhatCame();
    void bomb_isBounded_data();
    void bomb_isBounded();
    void unknownCoding_isAnError();
    void tooManyCodings_areAnError();
    void largeWindow_isAnError();
    void codings_ofFields_data();
    void codings_ofFields();
    void message_isDecoded_data();
    void message_isDecoded();
};

void BodyDecoderTest::body_isDecoded_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("ignored");
    const auto row = [](const char *name, const char *coding, const QByteArray &encoded,
                         const QByteArray &body = text, int ignored = 0) {
        QTest::newRow(name) << QByteArray(coding) << encoded << body << ignored;
    };
    // Written by gzip 1.12: -9 with name and time; two members.
    const QByteArray named
        = hex("1f8b0808a53557690203706167652e74787400f32f4a492d523054c82c56c8cf53c82c2956284fac"
              "d4e3f2070b1b61173646170600e7bcbda545000000");
    const QByteArray members
        = hex("1f8b0800000000000003f32f4a492d523054c82c56c8cf53c82c2956284facd4e3f2070b1b611736"
              "46170600e7bcbda5450000001f8b08000000000000032b49cccc01005db4377c04000000");
    row("gzip, with name", "gzip", named);
    row("gzip, two members", "gzip", members, text + "tail");
    row("x-gzip", "x-gzip", named);
    row("case", "GZip", named);
    row("gzip, garbage behind", "gzip", named + "garbage", text, 7);
    row("gzip, zeroes behind", "gzip", named + QByteArray(300, 0), text, 300);
    row("gzip, half a magic behind", "gzip", named + "\x1f", text, 1);
    row("gzip, half a magic and garbage", "gzip", named + "\x1f\x1f\x8b", text, 3);
    row("gzip, empty file", "gzip", gzip({}), {});
    row("deflate", "deflate", deflated(text, 15));
    row("deflate, raw", "deflate", deflated(text, -15));
    row("deflate, garbage behind", "deflate", deflated(text, 15) + "more", text, 4);
    row("br", "br", brotli(text));
    row("br, garbage behind", "br", brotli(text) + "more", text, 4);
    row("br, empty file", "br", brotli({}), {});
    row("zstd", "zstd", zstd(text));
    row("zstd, two frames", "zstd", zstd(text) + zstd("tail"), text + "tail");
    row("zstd, skippable frame", "zstd", hex("502a4d1803000000616263") + zstd(text));
    row("identity", "identity", text);
    row("none", "", text);
    row("nested", "gzip, br", brotli(gzip(text)));
    row("nested, all", "gzip,deflate , identity, br,zstd", zstd(brotli(deflated(gzip(text), 15))));
    row("gzip twice", "gzip, gzip", gzip(gzip(text)));
    for (const char *coding : { "gzip", "deflate", "br", "zstd", "gzip, br", "identity" })
        row(qPrintable(QStringLiteral("empty, %1").arg(QLatin1StringView(coding))), coding, {}, {});
}

/// Whole, cut in two at every offset, octet by octet, and read octet by octet.
void BodyDecoderTest::body_isDecoded()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, encoded);
    QFETCH(QByteArray, body);
    QFETCH(int, ignored);
    QList<QByteArrayList> ways { { encoded } };
    for (qsizetype i = 0; i <= encoded.size(); ++i)
        ways.append({ encoded.first(i), encoded.sliced(i) });
    QByteArrayList single;
    for (const char octet : encoded)
        single.append(QByteArray(1, octet));
    ways.append(single);
    for (const QByteArrayList &way : ways) {
        for (const qsizetype room : { 1, 7, 4096 }) {
            const Decoded result = decoded(coding, way, room);
            QVERIFY2(!result.error, qPrintable(result.error.value_or(DecodeError()).message));
            QCOMPARE(result.octets, body);
            QCOMPARE(result.ignored, ignored);
        }
    }
}

using Encode = std::function<QByteArray(const QByteArray &)>;
Q_DECLARE_METATYPE(Encode)

void BodyDecoderTest::large_isDecoded_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<Encode>("encode");
    QTest::newRow("gzip") << QByteArray("gzip") << Encode(gzip);
    QTest::newRow("deflate") << QByteArray("deflate")
                             << Encode([](auto &octets) { return deflated(octets, -15); });
    QTest::newRow("br") << QByteArray("br") << Encode(brotli);
    QTest::newRow("zstd") << QByteArray("zstd")
                          << Encode([](auto &octets) { return zstd(octets); });
    QTest::newRow("nested") << QByteArray("br, gzip")
                            << Encode([](auto &octets) { return gzip(brotli(octets)); });
}

void BodyDecoderTest::large_isDecoded()
{
    QFETCH(QByteArray, coding);
    QFETCH(Encode, encode);
    const QByteArray body = json(3'000'000);
    const QByteArray encoded = encode(body);
    QVERIFY(encoded.size() < body.size());
    QByteArrayList pieces;
    for (qsizetype i = 0; i < encoded.size(); i += 16'384)
        pieces.append(encoded.mid(i, 16'384));
    const Decoded result = decoded(coding, pieces, 100'000);
    QVERIFY(!result.error);
    QVERIFY(result.octets == body);
}

void BodyDecoderTest::damaged_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<int>("offset"); ///< -1: not looked at.
    QTest::newRow("gzip, not at all")
        << QByteArray("gzip") << text << QByteArray("incorrect header check") << 2;
    QByteArray checksum = gzip(text);
    checksum[checksum.size() - 8] = char(checksum[checksum.size() - 8] ^ 1);
    QTest::newRow("gzip, checksum")
        << QByteArray("gzip") << checksum << QByteArray("incorrect data check")
        << int(checksum.size() - 4);
    QTest::newRow("gzip, cut") << QByteArray("gzip") << gzip(text).chopped(1)
                               << QByteArray("ends too early") << int(gzip(text).size() - 1);
    QTest::newRow("deflate, dictionary")
        << QByteArray("deflate") << hex("78bb00000001") << QByteArray("preset dictionary") << 6;
    QTest::newRow("deflate, one octet")
        << QByteArray("deflate") << hex("78") << QByteArray("ends too early") << 1;
    QTest::newRow("deflate, not at all")
        << QByteArray("deflate") << hex("ffff0000") << QByteArray("damaged") << -1;
    QTest::newRow("br, not at all")
        << QByteArray("br") << hex("ffffffffffff") << QByteArray("damaged") << -1;
    QTest::newRow("br, cut") << QByteArray("br") << brotli(text).chopped(1)
                             << QByteArray("ends too early") << int(brotli(text).size() - 1);
    QTest::newRow("zstd, not at all")
        << QByteArray("zstd") << text << QByteArray("not in the format") << 0;
    QTest::newRow("zstd, before its format was settled")
        << QByteArray("zstd") << hex("27b52ffd7a58ffffff0e41b2") << QByteArray("not in the format")
        << 0;
    QTest::newRow("zstd, cut") << QByteArray("zstd") << zstd(text).chopped(1)
                               << QByteArray("ends too early") << int(zstd(text).size() - 1);
    QByteArray zstdChecksum = zstd(text);
    zstdChecksum[zstdChecksum.size() - 1] = char(zstdChecksum[zstdChecksum.size() - 1] ^ 1);
    QTest::newRow("zstd, checksum")
        << QByteArray("zstd") << zstdChecksum << QByteArray("checksum") << -1;
    QTest::newRow("zstd, garbage behind")
        << QByteArray("zstd") << zstd(text) + "garbage" << QByteArray("not in the format")
        << int(zstd(text).size());
}

void BodyDecoderTest::damaged()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, encoded);
    QFETCH(QByteArray, message);
    QFETCH(int, offset);
    const Decoded result = decoded(coding, { encoded });
    QVERIFY(result.error);
    QCOMPARE(result.error->coding, coding);
    QVERIFY2(result.error->message.contains(QString::fromLatin1(message)),
        qPrintable(result.error->message));
    QVERIFY(result.error->message.endsWith(u'.'));
    if (offset >= 0)
        QCOMPARE(result.error->offset, offset);
    QVERIFY(text.startsWith(result.octets));
    if (message.contains("data check") || message.contains("checksum"))
        QCOMPARE(decoded(coding, { encoded }, 1 << 20).octets, text); // all came before it
}

void BodyDecoderTest::damagedAnywhere_neverHangs_data() { large_isDecoded_data(); }

void BodyDecoderTest::damagedAnywhere_neverHangs()
{
    QFETCH(QByteArray, coding);
    QFETCH(Encode, encode);
    const QByteArray encoded = encode(text);
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        for (const int bit : { 0, 3, 7 }) {
            QByteArray damaged = encoded;
            damaged[i] = char(damaged[i] ^ (1 << bit));
            const Decoded result = decoded(coding, { damaged });
            QVERIFY(result.octets.size() < 10'000'000);
        }
    }
}

void BodyDecoderTest::cutAnywhere_givesWhatCame_data() { large_isDecoded_data(); }

void BodyDecoderTest::cutAnywhere_givesWhatCame()
{
    QFETCH(QByteArray, coding);
    QFETCH(Encode, encode);
    const QByteArray encoded = encode(text);
    for (qsizetype i = 1; i < encoded.size(); ++i) {
        const Decoded result = decoded(coding, { encoded.first(i) });
        QVERIFY(result.error);
        QVERIFY(result.error->message.contains(QStringLiteral("ends too early")));
        QVERIFY(text.startsWith(result.octets));
    }
}

/// The outer coding is at fault; the inner one still gives all that it was given.
void BodyDecoderTest::innerDamage_givesWhatCame()
{
    const QByteArray body = json(300'000);
    const QByteArray inner = gzip(body);
    const QByteArray outer = gzip(inner);
    const Decoded result = decoded("gzip, gzip", { outer.chopped(8) }, 1000);
    QCOMPARE(result.error->message, QStringLiteral("The data ends too early."));
    QCOMPARE(result.error->offset, outer.size() - 8);
    QVERIFY(result.octets == body);
}

void BodyDecoderTest::bomb_isBounded_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("encoded");
    const QByteArray zeroes(20'000'000, 0);
    QTest::newRow("gzip") << QByteArray("gzip") << gzip(zeroes);
    QTest::newRow("gzip twice") << QByteArray("gzip, gzip") << gzip(gzip(zeroes));
    QTest::newRow("br") << QByteArray("br") << brotli(zeroes);
    QTest::newRow("zstd") << QByteArray("zstd") << zstd(zeroes);
}

/// Each piece is as large as was asked for, and the whole as large as is allowed.
void BodyDecoderTest::bomb_isBounded()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, encoded);
    QVERIFY(encoded.size() < 30'000);
    BodyDecoder decoder(coding, 15'000'000);
    decoder.feed(encoded);
    qint64 total = 0;
    for (;;) {
        const QByteArray piece = decoder.take();
        if (piece.isEmpty())
            break;
        QVERIFY(piece.size() <= BodyDecoder::DefaultPiece);
        total += piece.size();
    }
    QCOMPARE(total, 15'000'000);
    QCOMPARE(decoder.decodedOctets(), total);
    QVERIFY(decoder.error()->message.contains(QStringLiteral("more than 15000000 octets")));

    BodyDecoder enough(coding, 20'000'000);
    enough.feed(encoded);
    enough.finish();
    total = 0;
    char room[10'000];
    while (const qsizetype size = enough.read(room, sizeof room))
        total += size;
    QCOMPARE(total, 20'000'000);
    QVERIFY(!enough.error());
}

void BodyDecoderTest::unknownCoding_isAnError()
{
    BodyDecoder decoder("gzip, Compress");
    QVERIFY(!decoder.isIdentity());
    QCOMPARE(decoder.error()->coding, "compress");
    QCOMPARE(
        decoder.error()->message, QStringLiteral("The content coding \"compress\" is not known."));
    decoder.feed("abc");
    decoder.finish();
    QCOMPARE(decoder.take(), QByteArray());
}

void BodyDecoderTest::tooManyCodings_areAnError()
{
    QVERIFY(!BodyDecoder(QList<QByteArray>(8, "gzip")).error());
    QVERIFY(BodyDecoder(QList<QByteArray>(9, "gzip")).error());
}

void BodyDecoderTest::largeWindow_isAnError()
{
    const QByteArray body = json(9'000'000);
    const Decoded allowed = decoded("zstd", { zstd(body, 23) }, 1'000'000);
    QVERIFY(!allowed.error);
    QVERIFY(allowed.octets == body);
    const Decoded result = decoded("zstd", { zstd(body, 24) });
    QCOMPARE(result.error->message, QStringLiteral("The data needs a window of more than 8 MiB."));
}

void BodyDecoderTest::codings_ofFields_data()
{
    QTest::addColumn<FieldList>("fields");
    QTest::addColumn<QByteArrayList>("codings");
    QTest::newRow("none") << FieldList { { "Content-Type", "gzip" } } << QByteArrayList();
    QTest::newRow("one") << FieldList { { "content-encoding", "GZIP" } }
                         << QByteArrayList { "gzip" };
    QTest::newRow("list") << FieldList { { "Content-Encoding", " gzip ,, br" } }
                          << QByteArrayList { "gzip", "br" };
    QTest::newRow("two fields") << FieldList { { "Content-Encoding", "gzip" },
        { "CONTENT-ENCODING", "identity, br" } }
                                << QByteArrayList { "gzip", "br" };
    QTest::newRow("transfer") << FieldList { { "Transfer-Encoding", "gzip, chunked" },
        { "Content-Encoding", "br" } }
                              << QByteArrayList { "br", "gzip" };
}

void BodyDecoderTest::codings_ofFields()
{
    QFETCH(FieldList, fields);
    QFETCH(QByteArrayList, codings);
    QCOMPARE(codingsOf(fields), codings);
}

void BodyDecoderTest::message_isDecoded_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("hasError");
    QTest::newRow("plain") << QByteArray() << text << 1000 << text << false;
    QTest::newRow("plain, limit") << QByteArray() << text << 5 << text.first(5) << false;
    QTest::newRow("gzip") << QByteArray("gzip") << gzip(text) << 1000 << text << false;
    QTest::newRow("gzip, limit") << QByteArray("gzip") << gzip(text) << 5 << text.first(5) << false;
    QTest::newRow("unknown") << QByteArray("foo") << text << 1000 << text << true;
    QTest::newRow("unknown, limit") << QByteArray("foo") << text << 5 << text.first(5) << true;
    QTest::newRow("cut") << QByteArray("gzip") << gzip(text).chopped(8) << 1000 << text << true;
}

void BodyDecoderTest::message_isDecoded()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, encoded);
    QFETCH(int, limit);
    QFETCH(QByteArray, body);
    QFETCH(bool, hasError);
    Message message;
    if (!coding.isEmpty())
        message.fields.append({ "Content-Encoding", coding });
    message.octets = { { 0, Part::Head, "head" }, { 1, Part::ChunkHeader, "5\r\n" },
        { 2, Part::Body, encoded.first(9) }, { 3, Part::ChunkEnd, "\r\n" },
        { 4, Part::Body, encoded.sliced(9) }, { 5, Part::Trailers, "0\r\n\r\n" } };
    std::optional<DecodeError> error;
    QCOMPARE(decodedBody(message, limit, &error), body);
    QCOMPARE(error.has_value(), hasError);
    QCOMPARE(decodedBody(message, limit), body);
}

QTEST_GUILESS_MAIN(BodyDecoderTest)
#include "tst_bodydecoder.moc"
