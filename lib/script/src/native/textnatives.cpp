#include "native/natives.h"
#include "textcodec.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace headrace::script {

namespace {

using textcodec::Encoding;

Encoding encodingOf(const Call &call, qsizetype index)
{
    return Encoding(std::clamp(call.integer(index), 0, int(Encoding::Utf16Le)));
}

/// Octets of the typed array \a index from argument \a from up to argument \a from + 1.
QByteArrayView rangeOf(const Call &call, qsizetype index, qsizetype from)
{
    const std::span<char> memory = call.memory(index);
    const qsizetype size = qsizetype(memory.size());
    const qsizetype start = std::clamp<qsizetype>(call.integer(from), 0, size);
    const double given = call.number(from + 1);
    const qsizetype end
        = std::isnan(given) ? size : qsizetype(std::clamp(given, double(start), double(size)));
    return { memory.data() + start, end - start };
}

/// decode(encoding, octets, start, end): text
JSValueRef decode(Call &call)
{
    const QByteArrayView octets = rangeOf(call, 1, 2);
    const Encoding encoding = encodingOf(call, 0);
    if (encoding == Encoding::Latin1)
        return latin1Value(call.ref(), octets);
    return textValue(call.ref(), textcodec::decode(encoding, octets));
}

/// encode(encoding, text): Uint8Array
JSValueRef encode(Call &call)
{
    return octetsValue(call.ref(), textcodec::encode(encodingOf(call, 0), call.text(1)));
}

/// write(encoding, text, octets, offset, room): how many octets were written
JSValueRef write(Call &call)
{
    const Encoding encoding = encodingOf(call, 0);
    const QByteArray encoded = textcodec::encode(encoding, call.text(1));
    const std::span<char> memory = call.memory(2);
    const qsizetype size = qsizetype(memory.size());
    const qsizetype offset = std::clamp<qsizetype>(call.integer(3), 0, size);
    const qsizetype room = std::clamp<qsizetype>(call.integer(4), 0, size - offset);
    const qsizetype length = textcodec::fitting(encoding, encoded, room);
    std::memcpy(memory.data() + offset, encoded.constData(), size_t(length));
    return call.answer(qint64(length));
}

/// utf8Length(text): octets
JSValueRef utf8Length(Call &call)
{
    return call.answer(qint64(textcodec::utf8Length(call.text(0))));
}

/// isUtf8(octets, start, end)
JSValueRef isUtf8(Call &call) { return call.answer(textcodec::isUtf8(rangeOf(call, 0, 1))); }

constexpr NativeModule::Function functions[] = {
    { "decode", nativeFunction<decode> },
    { "encode", nativeFunction<encode> },
    { "write", nativeFunction<write> },
    { "utf8Length", nativeFunction<utf8Length> },
    { "isUtf8", nativeFunction<isUtf8> },
};

} // namespace

const NativeModule textNatives { "text", functions };

} // namespace headrace::script
