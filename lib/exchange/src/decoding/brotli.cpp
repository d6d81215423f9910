#include "decoding/stage.h"

#include <brotli/decode.h>

#include <algorithm>

namespace headrace::exchange::decoding {

namespace {

constexpr qsizetype atOnce = 1024;

/// RFC 7932. Its windows have at most 16 MiB.
class Brotli : public Stage
{
public:
    Brotli()
        : m_state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr))
    {
    }

    ~Brotli() override
    {
        if (m_state)
            BrotliDecoderDestroyInstance(m_state);
    }

    Q_DISABLE_COPY_MOVE(Brotli)

    Progress run(QByteArrayView octets, char *to, qsizetype size) override
    {
        if (!m_state)
            return { 0, 0, QStringLiteral("There is not enough memory to decode the data.") };
        if (isOver())
            return {};
        // A call that fails keeps what it had not given yet.
        octets = octets.first(std::min(octets.size(), atOnce));
        auto *in = reinterpret_cast<const uint8_t *>(octets.data());
        auto *out = reinterpret_cast<uint8_t *>(to);
        size_t left = size_t(octets.size());
        size_t room = size_t(size);
        const BrotliDecoderResult result
            = BrotliDecoderDecompressStream(m_state, &left, &in, &room, &out, nullptr);
        Progress progress { octets.size() - qsizetype(left), size - qsizetype(room), {} };
        if (result == BROTLI_DECODER_RESULT_ERROR) {
            const QString reason
                = QString::fromLatin1(BrotliDecoderErrorString(BrotliDecoderGetErrorCode(m_state)));
            progress.error = QStringLiteral("The compressed data is damaged: %1.").arg(reason);
        }
        return progress;
    }

    bool mayEnd() const override { return isOver(); }

    bool isOver() const override { return m_state && BrotliDecoderIsFinished(m_state); }

private:
    BrotliDecoderState *m_state;
};

} // namespace

std::unique_ptr<Stage> makeBrotli() { return std::make_unique<Brotli>(); }

} // namespace headrace::exchange::decoding
