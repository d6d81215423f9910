#include "native/natives.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

namespace headrace::script {

namespace {

/// What a codec did with the octets it was given.
struct Progress
{
    size_t inputLeft = 0;
    size_t outputLeft = 0;
    int error = 0; ///< zlib's or brotli's number; 0: none.
    bool hasEnded = false; ///< The end of the stream was read or written.
    const char *message = nullptr; ///< The library's words for the error, if it has any.
};

class Codec : public Handle
{
public:
    static constexpr Kind HandleKind { "Codec" };

    Codec()
        : Handle(HandleKind)
    {
    }

    virtual Progress run(int flush, std::span<char> input, std::span<char> output) = 0;
    virtual bool reset() = 0;
};

/// The values are those of js/zlib.js.
enum class Format
{
    Deflate = 1,
    Inflate,
    Gzip,
    Gunzip,
    DeflateRaw,
    InflateRaw,
    Unzip,
};

/// zlib, RFC 1950 to 1952.
class ZlibCodec final : public Codec
{
public:
    ZlibCodec(Format format, int windowBits, int level, int memLevel, int strategy)
        : m_format(format)
    {
        m_compresses
            = format == Format::Deflate || format == Format::Gzip || format == Format::DeflateRaw;
        int bits = windowBits;
        if (format == Format::Gzip || format == Format::Gunzip)
            bits += 16;
        else if (format == Format::Unzip)
            bits += 32;
        else if (format == Format::DeflateRaw || format == Format::InflateRaw)
            bits = -bits;
        const int result = m_compresses
            ? deflateInit2(&m_stream, level, Z_DEFLATED, bits, memLevel, strategy)
            : inflateInit2(&m_stream, bits);
        m_isReady = result == Z_OK;
    }

    ~ZlibCodec() override
    {
        if (m_isReady)
            m_compresses ? deflateEnd(&m_stream) : inflateEnd(&m_stream);
    }

    bool isReady() const { return m_isReady; }

    Progress run(int flush, std::span<char> input, std::span<char> output) override
    {
        m_stream.next_in = reinterpret_cast<Bytef *>(input.data());
        m_stream.avail_in = uInt(input.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(output.data());
        m_stream.avail_out = uInt(output.size());
        int result = m_compresses ? deflate(&m_stream, flush) : inflate(&m_stream, flush);
        // A gzip file may be several, one after the other; zeros that follow are padding, all else is an error.
        const bool takesMembers = m_format == Format::Gunzip || m_format == Format::Unzip;
        while (takesMembers && result == Z_STREAM_END && m_stream.avail_in > 0
            && m_stream.next_in[0] != 0) {
            inflateReset(&m_stream);
            result = inflate(&m_stream, flush);
        }
        Progress progress { m_stream.avail_in, m_stream.avail_out, 0, result == Z_STREAM_END,
            nullptr };
        const bool isShortOfRoom = result == Z_BUF_ERROR && flush != Z_FINISH;
        const bool isNotFull = result == Z_OK || (result == Z_BUF_ERROR && m_stream.avail_out == 0);
        if (result != Z_STREAM_END && !isShortOfRoom && !isNotFull) {
            progress.error = result;
            progress.message = m_stream.msg;
        } else if (flush == Z_FINISH && result != Z_STREAM_END && m_stream.avail_out > 0) {
            progress.error = Z_BUF_ERROR;
        }
        return progress;
    }

    bool reset() override
    {
        return (m_compresses ? deflateReset(&m_stream) : inflateReset(&m_stream)) == Z_OK;
    }

    bool setParameters(int level, int strategy)
    {
        return m_compresses && deflateParams(&m_stream, level, strategy) == Z_OK;
    }

    bool setDictionary(std::span<char> dictionary)
    {
        const auto *octets = reinterpret_cast<const Bytef *>(dictionary.data());
        const uInt length = uInt(dictionary.size());
        return (m_compresses ? deflateSetDictionary(&m_stream, octets, length)
                             : inflateSetDictionary(&m_stream, octets, length))
            == Z_OK;
    }

private:
    z_stream m_stream {};
    Format m_format;
    bool m_compresses = false;
    bool m_isReady = false;
};

/// RFC 7932, compressing.
class BrotliCompressor final : public Codec
{
public:
    BrotliCompressor() { reset(); }

    bool set(int parameter, unsigned value)
    {
        return BrotliEncoderSetParameter(m_state.get(), BrotliEncoderParameter(parameter), value);
    }

    Progress run(int operation, std::span<char> input, std::span<char> output) override
    {
        size_t inputLeft = input.size();
        size_t outputLeft = output.size();
        const auto *in = reinterpret_cast<const uint8_t *>(input.data());
        auto *out = reinterpret_cast<uint8_t *>(output.data());
        const bool isGood = BrotliEncoderCompressStream(m_state.get(),
            BrotliEncoderOperation(operation), &inputLeft, &in, &outputLeft, &out, nullptr);
        return { inputLeft, outputLeft, isGood ? 0 : -1,
            bool(BrotliEncoderIsFinished(m_state.get())), isGood ? nullptr : "Compression failed" };
    }

    bool reset() override
    {
        m_state.reset(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr));
        return m_state != nullptr;
    }

private:
    struct Free
    {
        void operator()(BrotliEncoderState *state) const { BrotliEncoderDestroyInstance(state); }
    };

    std::unique_ptr<BrotliEncoderState, Free> m_state;
};

/// RFC 7932, decompressing.
class BrotliDecompressor final : public Codec
{
public:
    BrotliDecompressor() { reset(); }

    Progress run(int operation, std::span<char> input, std::span<char> output) override
    {
        size_t inputLeft = input.size();
        size_t outputLeft = output.size();
        const auto *in = reinterpret_cast<const uint8_t *>(input.data());
        auto *out = reinterpret_cast<uint8_t *>(output.data());
        const BrotliDecoderResult result = BrotliDecoderDecompressStream(
            m_state.get(), &inputLeft, &in, &outputLeft, &out, nullptr);
        Progress progress { inputLeft, outputLeft, 0, result == BROTLI_DECODER_RESULT_SUCCESS,
            nullptr };
        if (result == BROTLI_DECODER_RESULT_ERROR) {
            progress.error = BrotliDecoderGetErrorCode(m_state.get());
            progress.message = BrotliDecoderErrorString(BrotliDecoderErrorCode(progress.error));
        } else if (operation == BROTLI_OPERATION_FINISH
            && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
            progress.error = Z_BUF_ERROR;
        }
        return progress;
    }

    bool reset() override
    {
        m_state.reset(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
        return m_state != nullptr;
    }

private:
    struct Free
    {
        void operator()(BrotliDecoderState *state) const { BrotliDecoderDestroyInstance(state); }
    };

    std::unique_ptr<BrotliDecoderState, Free> m_state;
};

/// zlib(format, windowBits, level, memLevel, strategy, dictionary): a codec; undefined: it cannot be
JSValueRef zlib(Call &call)
{
    auto codec = std::make_unique<ZlibCodec>(Format(std::clamp(call.integer(0), 1, 7)),
        call.integer(1), call.integer(2), call.integer(3), call.integer(4));
    if (!codec->isReady())
        return call.undefined();
    if (!call.isNullish(5))
        codec->setDictionary(call.memory(5));
    return Handle::wrap(call.ref(), std::move(codec));
}

/// setDictionary(codec, octets)
JSValueRef setDictionary(Call &call)
{
    auto *codec = dynamic_cast<ZlibCodec *>(call.handle<Codec>(0));
    return call.answer(codec && codec->setDictionary(call.memory(1)));
}

/// setParameters(codec, level, strategy)
JSValueRef setParameters(Call &call)
{
    auto *codec = dynamic_cast<ZlibCodec *>(call.handle<Codec>(0));
    return call.answer(codec && codec->setParameters(call.integer(1), call.integer(2)));
}

/// brotliCompressor(Uint32Array of parameter, value, parameter, value…): a codec; undefined: a value is wrong
JSValueRef brotliCompressor(Call &call)
{
    auto codec = std::make_unique<BrotliCompressor>();
    const std::span<char> pairs = call.memory(0);
    const auto *numbers = reinterpret_cast<const quint32 *>(pairs.data());
    for (size_t i = 0; i + 1 < pairs.size() / sizeof(quint32); i += 2) {
        if (!codec->set(int(numbers[i]), numbers[i + 1]))
            return call.undefined();
    }
    return Handle::wrap(call.ref(), std::move(codec));
}

JSValueRef brotliDecompressor(Call &call)
{
    return Handle::wrap(call.ref(), std::make_unique<BrotliDecompressor>());
}

std::span<char> part(const Call &call, qsizetype index)
{
    const std::span<char> memory = call.memory(index);
    const size_t offset = std::min(size_t(std::max(call.integer(index + 1), 0)), memory.size());
    const size_t length = std::max(call.integer(index + 2), 0);
    return memory.subspan(offset, std::min(length, memory.size() - offset));
}

/// run(codec, flush, input, offset, length, output, offset, length): [input left, output left, error, ended, message]
JSValueRef run(Call &call)
{
    auto *codec = call.handle<Codec>(0);
    if (!codec)
        return call.undefined();
    const Progress progress = codec->run(call.integer(1), part(call, 2), part(call, 5));
    return arrayValue(call.ref(),
        std::array<JSValueRef, 5> { call.answer(double(progress.inputLeft)),
            call.answer(double(progress.outputLeft)), call.answer(progress.error),
            call.answer(progress.hasEnded),
            progress.message ? utf8Value(call.ref(), progress.message) : call.undefined() });
}

JSValueRef reset(Call &call)
{
    auto *codec = call.handle<Codec>(0);
    return call.answer(codec && codec->reset());
}

constexpr NativeModule::Function functions[] = {
    { "zlib", nativeFunction<zlib> },
    { "setDictionary", nativeFunction<setDictionary> },
    { "setParameters", nativeFunction<setParameters> },
    { "brotliCompressor", nativeFunction<brotliCompressor> },
    { "brotliDecompressor", nativeFunction<brotliDecompressor> },
    { "run", nativeFunction<run> },
    { "reset", nativeFunction<reset> },
};

} // namespace

const NativeModule zlibNatives { "zlib", functions };

} // namespace headrace::script
