// Bodies in every coding and in two of them, whole and cut. Source: exchange/bodydecoder.h.
#include "input.h"
#include "require.h"

#include <exchange/bodydecoder.h>

#include <algorithm>

using namespace headrace::exchange;
using namespace headrace::fuzz;

namespace {

constexpr qint64 totalLimit = 1'000'000;

struct Decoded
{
    QByteArray octets;
    std::optional<DecodeError> error;
    qint64 ignored = 0;
};

Decoded decoded(const QByteArray &codings, const QByteArrayList &pieces, qsizetype room)
{
    BodyDecoder decoder(codings, totalLimit);
    Decoded result;
    const auto readAll = [&] {
        for (;;) {
            const QByteArray piece = decoder.take(room);
            require(piece.size() <= room, "pieces are as large as was asked for");
            if (piece.isEmpty())
                return;
            result.octets += piece;
        }
    };
    for (const QByteArray &piece : pieces) {
        decoder.feed(piece);
        readAll();
    }
    decoder.finish();
    readAll();
    result.error = decoder.error();
    result.ignored = decoder.ignoredOctets();
    require(result.octets.size() <= totalLimit, "the whole is as large as is allowed");
    require(decoder.decodedOctets() == result.octets.size(), "octets are counted");
    require(!result.error || !result.error->message.isEmpty(), "an error says what is wrong");
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static constexpr const char *codings[] { "gzip", "deflate", "br", "zstd", "gzip, gzip",
        "deflate, br", "zstd, gzip", "identity" };
    Input input(data, size, 3);
    const QByteArray coding = codings[input.choose(8)];
    const QByteArrayList pieces = cut(input.octets(), input.choose(64));
    const qsizetype room = 1 + input.choose(256) * 100;
    const Decoded whole = decoded(coding, { input.octets() }, 1 << 20);
    const Decoded cutUp = decoded(coding, pieces, room);
    // Before a fault, brotli gives more or less.
    const bool isInexact = coding.contains("br") && whole.error;
    const qsizetype common = std::min(whole.octets.size(), cutUp.octets.size());
    requireSame(whole.octets.first(isInexact ? common : whole.octets.size()),
        cutUp.octets.first(isInexact ? common : cutUp.octets.size()), "cuts change nothing");
    require(whole.error.has_value() == cutUp.error.has_value(), "cuts change no error");
    require(
        whole.error || whole.ignored == cutUp.ignored, "cuts change nothing of what is left out");
    return 0;
}
