#include "exchange/bodydecoder.h"

#include "decoding/stage.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

namespace headrace::exchange {

namespace {

constexpr qsizetype betweenSize = 64 * 1024;

void addCodings(QList<QByteArray> &codings, QByteArrayView list)
{
    const QList<QByteArray> elements = list.toByteArray().split(',');
    for (const QByteArray &element : elements) {
        const QByteArray coding = element.trimmed().toLower();
        if (!coding.isEmpty() && coding != "identity")
            codings.append(coding);
    }
}

QList<QByteArray> codingsIn(QByteArrayView list)
{
    QList<QByteArray> codings;
    addCodings(codings, list);
    return codings;
}

/// One coding with what it was given and has not looked at yet.
struct Link
{
    QByteArray coding;
    std::unique_ptr<decoding::Stage> stage;
    QByteArray buffer; ///< The input of all but the outermost.
    QByteArrayView input;
    qint64 consumed = 0;
    bool hasMore = false; ///< The last call had no room left.
    bool isAtEnd = false; ///< Gives nothing more.
};

} // namespace

namespace decoding {

std::unique_ptr<Stage> makeStage(QByteArrayView coding)
{
    if (coding == "gzip" || coding == "x-gzip")
        return makeGzip();
    if (coding == "deflate")
        return makeDeflate();
    if (coding == "br")
        return makeBrotli();
    if (coding == "zstd")
        return makeZstd();
    return {};
}

} // namespace decoding

struct BodyDecoder::Private
{
    std::vector<Link> links; ///< The outermost coding first.
    QList<QByteArray> fed;
    QByteArray current; ///< Is being read.
    QByteArrayView unread; ///< Of that one.
    qint64 totalLimit = 0;
    qint64 decoded = 0;
    qint64 ignored = 0;
    bool isFinished = false;
    std::optional<DecodeError>
        failure; ///< Becomes the error when what came before it has been read.
    std::optional<DecodeError> error;

    Private(const QList<QByteArray> &codings, qint64 limit)
        : totalLimit(limit)
    {
        if (codings.size() > MaxCodings) {
            error = DecodeError { codings.last(),
                QStringLiteral("There are more than %1 codings.").arg(MaxCodings), 0 };
            return;
        }
        for (auto coding = codings.crbegin(); coding != codings.crend(); ++coding) {
            const QByteArray name = coding->toLower();
            if (name == "identity")
                continue;
            std::unique_ptr<decoding::Stage> stage = decoding::makeStage(name);
            if (!stage) {
                error = DecodeError { *coding,
                    QStringLiteral("The content coding \"%1\" is not known.")
                        .arg(QString::fromLatin1(*coding)),
                    0 };
                return;
            }
            Link link;
            link.coding = name;
            link.stage = std::move(stage);
            links.push_back(std::move(link));
        }
    }

    void fail(Link &link, const QString &message)
    {
        link.isAtEnd = true;
        if (!failure)
            failure = DecodeError { link.coding, message, link.consumed };
    }

    /// False: there is none, now or ever.
    bool nextFed()
    {
        if (!unread.isEmpty())
            return true;
        current = fed.isEmpty() ? QByteArray() : fed.takeFirst();
        unread = current;
        return !unread.isEmpty();
    }

    qsizetype copy(char *to, qsizetype size)
    {
        qsizetype copied = 0;
        while (copied < size && nextFed()) {
            const qsizetype part = std::min(size - copied, unread.size());
            std::memcpy(to + copied, unread.data(), size_t(part));
            unread = unread.sliced(part);
            copied += part;
        }
        return copied;
    }

    /// Gets input for a link from the one outside of it. False: there is none for now, or never.
    bool refill(size_t index)
    {
        Link &link = links[index];
        if (!link.input.isEmpty())
            return true;
        if (index == 0) {
            if (!nextFed())
                return false;
            link.input = std::exchange(unread, {});
            return true;
        }
        link.buffer.resize(betweenSize);
        link.input = { link.buffer.data(), decode(index - 1, link.buffer.data(), betweenSize) };
        return !link.input.isEmpty();
    }

    bool isInputOver(size_t index) const
    {
        return index == 0 ? isFinished : links[index - 1].isAtEnd;
    }

    /// What the coding at \a index gives, as much as there is now.
    qsizetype decode(size_t index, char *to, qsizetype size)
    {
        Link &link = links[index];
        qsizetype produced = 0;
        while (produced < size && !link.isAtEnd) {
            if (!refill(index) && !link.hasMore) {
                if (isInputOver(index))
                    end(link);
                break;
            }
            if (link.stage->isOver()) {
                if (index == 0)
                    ignored += link.input.size();
                link.consumed += link.input.size();
                link.input = {};
                link.hasMore = false;
                continue;
            }
            const decoding::Progress progress
                = link.stage->run(link.input, to + produced, size - produced);
            link.input = link.input.sliced(progress.consumed);
            link.consumed += progress.consumed;
            produced += progress.produced;
            link.hasMore = progress.produced > 0 && produced == size;
            if (!progress.error.isEmpty())
                fail(link, progress.error);
            else if (progress.consumed + progress.produced == 0 && !link.input.isEmpty()
                && !link.stage->isOver())
                fail(link, QStringLiteral("The compressed data is damaged.")); // no way on
        }
        return produced;
    }

    /// An empty body is not even an empty file of its coding, but means the same.
    void end(Link &link)
    {
        link.isAtEnd = true;
        if (!failure && !link.stage->mayEnd() && link.consumed > 0)
            fail(link, QStringLiteral("The data ends too early."));
    }

    qsizetype read(char *to, qsizetype size)
    {
        if (error)
            return 0;
        const qsizetype produced
            = links.empty() ? copy(to, size) : decode(links.size() - 1, to, size);
        if (produced < size && failure && links.back().isAtEnd)
            error = failure;
        if (produced <= totalLimit - decoded) {
            decoded += produced;
            return produced;
        }
        const qsizetype kept = qsizetype(totalLimit - decoded);
        decoded = totalLimit;
        error = DecodeError { links.empty() ? QByteArray("identity") : links.back().coding,
            QStringLiteral("The decoded body has more than %1 octets.").arg(totalLimit),
            links.empty() ? totalLimit : links.back().consumed };
        return kept;
    }
};

QList<QByteArray> codingsOf(const FieldList &fields)
{
    QList<QByteArray> content;
    QList<QByteArray> transfer;
    for (const auto &[name, value] : fields) {
        if (name.compare("Content-Encoding", Qt::CaseInsensitive) == 0)
            addCodings(content, value);
        else if (name.compare("Transfer-Encoding", Qt::CaseInsensitive) == 0)
            addCodings(transfer, value);
    }
    transfer.removeAll("chunked");
    return content + transfer;
}

BodyDecoder::BodyDecoder(const QList<QByteArray> &codings, qint64 totalLimit)
    : d(std::make_unique<Private>(codings, totalLimit))
{
}

BodyDecoder::BodyDecoder(QByteArrayView contentEncoding, qint64 totalLimit)
    : BodyDecoder(codingsIn(contentEncoding), totalLimit)
{
}

BodyDecoder::~BodyDecoder() = default;
BodyDecoder::BodyDecoder(BodyDecoder &&) noexcept = default;
BodyDecoder &BodyDecoder::operator=(BodyDecoder &&) noexcept = default;

bool BodyDecoder::isIdentity() const { return d->links.empty() && !d->error; }

void BodyDecoder::feed(const QByteArray &octets)
{
    if (!octets.isEmpty() && !d->error)
        d->fed.append(octets);
}

void BodyDecoder::finish() { d->isFinished = true; }

qsizetype BodyDecoder::read(char *to, qsizetype size) { return d->read(to, size); }

QByteArray BodyDecoder::take(qsizetype limit)
{
    QByteArray result;
    while (result.size() < limit) {
        const qsizetype before = result.size();
        // Grows with what there is: most bodies are small.
        const qsizetype room = std::min(limit - before, std::max<qsizetype>(before, 16 * 1024));
        result.resize(before + room);
        const qsizetype produced = read(result.data() + before, room);
        result.resize(before + produced);
        if (produced < room)
            break;
    }
    return result;
}

std::optional<DecodeError> BodyDecoder::error() const { return d->error; }

qint64 BodyDecoder::decodedOctets() const { return d->decoded; }

qint64 BodyDecoder::ignoredOctets() const
{
    return d->ignored + (d->links.empty() ? 0 : d->links.front().stage->looseOctets());
}

QByteArray decodedBody(const Message &message, qint64 limit, std::optional<DecodeError> *error)
{
    BodyDecoder decoder(codingsOf(message.fields), std::numeric_limits<qint64>::max());
    if (error)
        *error = decoder.error();
    if (decoder.isIdentity() || decoder.error())
        return message.joined(Part::Body).left(qsizetype(limit));
    QByteArray result;
    for (const Octets &piece : message.octets) {
        if (piece.part != Part::Body)
            continue;
        if (result.size() >= limit)
            return result;
        decoder.feed(piece.octets);
        result += decoder.take(qsizetype(limit - result.size()));
    }
    decoder.finish();
    result += decoder.take(qsizetype(limit - result.size()));
    if (error)
        *error = decoder.error();
    return result;
}

} // namespace headrace::exchange
