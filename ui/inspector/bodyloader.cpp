#include "inspector/bodyloader.h"

#include "shell/format.h"

#include <exchange/bodydecoder.h>
#include <exchange/octetspool.h>

#include <algorithm>
#include <utility>

namespace headrace::ui {

using exchange::Direction;
using exchange::Octets;
using exchange::Part;

namespace {

constexpr qint64 EarlyOctets
    = BodySource::LargeFrom + 1; // decoded: so large is looked at before all is here

bool isActive(const exchange::Exchange &exchange)
{
    return exchange.summary.state == exchange::State::Active;
}

} // namespace

BodyLoader::BodyLoader(QObject *parent)
    : QObject(parent)
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
}

BodyLoader::~BodyLoader() { *m_isCanceled = true; }

void BodyLoader::setStore(exchange::Store *store)
{
    if (store == m_store)
        return;
    cancel();
    m_job = {};
    m_stored.reset();
    m_store = store;
}

void BodyLoader::setDecodedLimit(qint64 octets) { m_decodedLimit = octets; }

const exchange::Message &BodyLoader::Job::message() const
{
    return direction == Direction::Request ? exchange->request : exchange->response;
}

bool BodyLoader::Job::isSameBody(const Job &other) const
{
    return exchange && other.exchange && exchange->summary.id == other.exchange->summary.id
        && direction == other.direction && isDecoded == other.isDecoded;
}

void BodyLoader::load(
    const std::shared_ptr<const exchange::Exchange> &exchange, Direction direction, bool isDecoded)
{
    const Job job { exchange, direction, isDecoded };
    const bool isGrown = job.isSameBody(m_job);
    if (isGrown && m_isRunning) {
        m_next = job;
        return;
    }
    if (!isGrown) {
        cancel();
        m_stored.reset();
        m_isShown = false;
    }
    m_job = job;
    const exchange::Message &message = job.message();
    const bool needsStore = message.isPartial && m_store;
    if (!isDecoded && !needsStore) {
        Q_EMIT loaded(begun(job));
        return;
    }
    if (!isDecoded && !isGrown) {
        BodySource early = begun(job);
        early.isComplete = false;
        early.remark = tr("Reading…");
        Q_EMIT loaded(early);
    }
    run(job);
}

void BodyLoader::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
    m_isRunning = false;
    m_next.reset();
}

/// What came with the exchange.
BodySource BodyLoader::begun(const Job &job) const
{
    const exchange::Message &message = job.message();
    BodySource source = bodySourceOf(message.joined(Part::Body), message.field("Content-Type"),
        message.field("Content-Encoding"), message.bodyOctets);
    source.isComplete = !isActive(*job.exchange);
    qint64 at = 0;
    for (const Octets &octets : message.octets) {
        if (octets.part != Part::Body)
            continue;
        source.arrivals.append({ at, octets.time });
        at += octets.octets.size();
    }
    return source;
}

void BodyLoader::run(const Job &job)
{
    m_isRunning = true;
    m_background.run(
        [this, job, store = m_store.data(), flag = m_isCanceled] {
            return job.isDecoded ? decode(job, store, flag) : read(job, store, flag);
        },
        [this, job, flag = m_isCanceled](const Result &result) {
            if (!*flag)
                finish(job, result);
        });
}

BodyLoader::Result BodyLoader::read(
    const Job &job, const exchange::Store *store, const Flag &isCanceled)
{
    const exchange::StoredOctets::Place place { job.exchange->summary.id, job.direction };
    Result result;
    result.stored = exchange::StoredOctets::open(*store, place, m_stored, isCanceled.get());
    result.isCanceled = !result.stored;
    const exchange::Message &message = job.message();
    result.source.octets = result.stored;
    result.source.contentType = message.field("Content-Type");
    result.source.contentEncoding = message.field("Content-Encoding");
    result.source.total = message.bodyOctets;
    result.source.isComplete = !isActive(*job.exchange);
    if (result.stored)
        result.source.arrivals = result.stored->arrivals();
    return result;
}

namespace {

/// A body on its way through its codings.
class Decoding
{
public:
    Decoding(const exchange::Message &message, qint64 limit)
        : m_decoder(exchange::codingsOf(message.fields))
        , m_limit(limit)
    {
    }

    /// False when no more is wanted.
    bool feed(const Octets &octets)
    {
        m_arrivals.append({ m_spool.size(), octets.time });
        m_decoder.feed(octets.octets);
        return take();
    }

    void finish()
    {
        m_decoder.finish();
        take();
    }

    bool isAtLimit() const { return m_spool.size() >= m_limit; }

    qint64 size() const { return m_spool.size(); }

    const QByteArray &begin() const { return m_begin; }

    BodySource source(const exchange::Message &message, bool isStillComing)
    {
        BodySource source;
        const QString spoolError = m_spool.error();
        source.octets = m_spool.take();
        source.contentType = message.field("Content-Type");
        source.total = source.size();
        source.arrivals = m_arrivals;
        const auto error = m_decoder.error();
        // A body that still comes ends in the middle of its coding, of course.
        if (error && !isStillComing)
            source.remark
                = BodyLoader::tr("%1 at octet %2: %3 What could be decoded before it is shown.")
                      .arg(displayText(error->coding), formatCount(error->offset), error->message);
        else if (!spoolError.isEmpty())
            source.remark
                = BodyLoader::tr("The decoded body could not be kept on disk: %1.").arg(spoolError);
        else if (isAtLimit())
            source.remark = BodyLoader::tr("Only the first %1 of the decoded body are shown.")
                                .arg(formatOctets(source.size()));
        return source;
    }

private:
    bool take()
    {
        while (!isAtLimit()) {
            const QByteArray piece = m_decoder.take(
                std::min<qint64>(exchange::BodyDecoder::DefaultPiece, m_limit - m_spool.size()));
            if (piece.isEmpty())
                return !m_decoder.error();
            if (m_begin.size() < EarlyOctets)
                m_begin += piece.left(EarlyOctets - m_begin.size());
            if (!m_spool.append(piece))
                return false;
        }
        return false;
    }

    exchange::BodyDecoder m_decoder;
    exchange::OctetSpool m_spool;
    QByteArray m_begin;
    QList<exchange::Arrival> m_arrivals;
    qint64 m_limit;
};

} // namespace

BodyLoader::Result BodyLoader::decode(
    const Job &job, const exchange::Store *store, const Flag &isCanceled)
{
    const exchange::Message &message = job.message();
    const bool isStillComing = isActive(*job.exchange);
    Decoding decoding(message, m_decodedLimit);
    bool isTold = false;
    const auto feed = [&](const Octets &octets) {
        if (octets.part == Part::Body && !decoding.feed(octets))
            return false;
        if (!isTold && decoding.begin().size() >= EarlyOctets) {
            isTold = true;
            BodySource early = bodySourceOf(decoding.begin(), message.field("Content-Type"));
            early.isComplete = false;
            early.remark = tr("Decoding…");
            tellEarly(early, isCanceled);
        }
        return !*isCanceled;
    };
    if (message.isPartial && store) {
        store->readOctets(
            job.exchange->summary.id, job.direction == Direction::Request ? -1 : 0, feed);
    } else {
        for (const Octets &octets : message.octets) {
            if (!feed(octets))
                break;
        }
    }
    Result result;
    result.isCanceled = *isCanceled;
    if (result.isCanceled)
        return result;
    decoding.finish();
    result.source = decoding.source(message, isStillComing);
    result.source.isComplete = !isStillComing;
    // Nothing at all could be made of it: then what passed is better than nothing.
    if (result.source.isEmpty() && !result.source.remark.isEmpty()) {
        const QString remark = result.source.remark;
        result.source = begun(job);
        if (message.isPartial && store) {
            const Result sent = read(job, store, isCanceled);
            result = sent;
        }
        result.source.remark = remark;
    }
    if (message.isTruncated || (message.isPartial && !store))
        result.source.remark
            = tr("Not the whole body is here. %1").arg(result.source.remark).trimmed();
    return result;
}

void BodyLoader::tellEarly(const BodySource &source, const Flag &isCanceled)
{
    QMetaObject::invokeMethod(
        this,
        [this, source, isCanceled] {
            // Of a body that was shown before, its begin is there already.
            if (!*isCanceled && !m_isShown)
                Q_EMIT loaded(source);
        },
        Qt::QueuedConnection);
}

void BodyLoader::finish(const Job &job, const Result &result)
{
    m_isRunning = false;
    m_stored = result.stored;
    m_isShown = true;
    Q_EMIT loaded(result.source);
    if (m_next && m_next->isSameBody(job)) {
        const Job next = *std::exchange(m_next, std::nullopt);
        load(next.exchange, next.direction, next.isDecoded);
    }
}

} // namespace headrace::ui
