#include "resend/replayengine.h"

#include "session/requesturl.h"

#include <http/ticks.h>

#include <QCryptographicHash>

#include <algorithm>

namespace headrace::session {

using exchange::ExchangeId;
using exchange::Message;
using exchange::Summary;

namespace {

constexpr qint64 headOctets = 64 * 1024; // of a message that is looked at before it is sent
constexpr int ResponseIndex = 0; // as in Sink::setHead()

QString urlOf(const Summary &summary)
{
    return summary.scheme + QStringLiteral("://") + summary.host;
}

/// Of the body as it passed, without framing.
QByteArray digestOf(const exchange::Store &store, ExchangeId id)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    store.readOctets(id, ResponseIndex, [&hash](const exchange::Octets &piece) {
        if (piece.part == exchange::Part::Body)
            hash.addData(piece.octets);
        return true;
    });
    return hash.result();
}

} // namespace

ReplayEngine::ReplayEngine(exchange::Store &store, exchange::Sink &sink, qint64 messageLimit)
    : m_store(store)
    , m_recorder(sink, exchange::Source::Composer)
{
    m_recorder.setMessageLimit(messageLimit);
    m_timer.setParent(this); // so that it goes to the thread
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ReplayEngine::goOn);
}

ReplayEngine::~ReplayEngine() { stop(); }

void ReplayEngine::stop()
{
    m_isRunning = false;
    m_timer.stop();
    m_running.clear(); // each ends its exchange
    m_recorder.endAll();
}

void ReplayEngine::start(quint64 run, const QList<ExchangeId> &ids, const ReplayOptions &options)
{
    m_run = run;
    if (!m_clients)
        m_clients = std::make_unique<Clients>(Clients::Persistence::Close);
    m_options = options;
    m_items.clear();
    m_begins.clear();
    m_next = 0;
    m_isRunning = true;
    for (const ExchangeId id : ids) {
        ReplayItem item;
        item.recorded = id;
        m_items.append(item);
    }
    if (options.pace == ReplayOptions::Pace::Recorded) {
        std::map<ExchangeId, QDateTime> begins;
        for (const Summary &summary : m_store.summaries(ids))
            begins[summary.id] = summary.began;
        for (const ExchangeId id : ids)
            m_begins.append(std::max<qint64>(begins[ids.constFirst()].msecsTo(begins[id]), 0));
    }
    m_sinceStart.start();
    goOn();
}

int ReplayEngine::mostRunning() const
{
    switch (m_options.pace) {
    case ReplayOptions::Pace::Serial:
        return 1;
    case ReplayOptions::Pace::Parallel:
        return std::clamp(m_options.parallel, 1, ReplayOptions::MostParallel);
    case ReplayOptions::Pace::Recorded:
        break;
    }
    return ReplayOptions::MostParallel;
}

void ReplayEngine::goOn()
{
    if (!m_isRunning || m_isGoingOn)
        return;
    m_isGoingOn = true; // what is skipped or fails at once comes back here
    while (m_next < m_items.size() && int(m_running.size()) < mostRunning() && isDue(m_next))
        startItem(m_next++);
    m_isGoingOn = false;
    if (m_next == m_items.size() && m_running.empty()) {
        m_isRunning = false;
        Q_EMIT finished(m_run);
    }
}

bool ReplayEngine::isDue(qsizetype index)
{
    if (m_options.pace != ReplayOptions::Pace::Recorded)
        return true;
    const qint64 wait = m_begins.at(index) - m_sinceStart.elapsed();
    if (wait > 0)
        m_timer.start(std::chrono::milliseconds(wait));
    return wait <= 0;
}

void ReplayEngine::startItem(qsizetype index)
{
    ReplayItem &item = m_items[index];
    const Plan plan = planOf(item.recorded);
    if (!plan.problem.isEmpty()) {
        item.problem = plan.problem;
        set(index, ReplayItem::State::Skipped);
        return;
    }
    auto &sending = m_running[index];
    sending = std::make_unique<RawSending>(plan.request, m_store, m_recorder, *m_clients, nullptr);
    connect(
        sending.get(), &RawSending::finished, this, [this, index] { endItem(index); },
        Qt::QueuedConnection);
    sending->start();
    item.replayed = sending->storeId();
    set(index, ReplayItem::State::Running);
}

void ReplayEngine::endItem(qsizetype index)
{
    if (m_running.erase(index) == 0)
        return;
    ReplayItem &item = m_items[index];
    item.bodies = comparedBodies(item.recorded, item.replayed);
    set(index, ReplayItem::State::Done);
    goOn();
}

void ReplayEngine::cancel()
{
    if (!m_isRunning)
        return;
    m_timer.stop();
    for (; m_next < m_items.size(); ++m_next)
        set(m_next, ReplayItem::State::Canceled);
    if (m_running.empty()) {
        goOn();
        return;
    }
    for (const auto &[index, sending] : m_running)
        sending->cancel(); // its end comes queued
}

void ReplayEngine::set(qsizetype index, ReplayItem::State state)
{
    m_items[index].state = state;
    Q_EMIT itemChanged(m_run, int(index), m_items.at(index));
}

// --- what is sent

ReplayEngine::Plan ReplayEngine::planOf(ExchangeId id) const
{
    Plan plan;
    const std::optional<exchange::Exchange> found = m_store.exchange(id, headOctets);
    if (!found) {
        plan.problem = QStringLiteral("The exchange is gone.");
        return plan;
    }
    const Summary &summary = found->summary;
    const Message &request = found->request;
    if (summary.method == u"CONNECT")
        plan.problem = QStringLiteral("A tunnel cannot be replayed.");
    else if (request.isTruncated)
        plan.problem = QStringLiteral("The request was not kept whole.");
    else if (request.endTime < 0 || request.octets.isEmpty())
        plan.problem = QStringLiteral("The request was never complete.");
    if (!plan.problem.isEmpty())
        return plan;

    RawRequest &raw = plan.request;
    raw.recorded = id;
    raw.isPaced = m_options.pace == ReplayOptions::Pace::Recorded;
    raw.verifyCertificates = m_options.verifyCertificates;
    raw.timeout = m_options.timeout;
    raw.rewriting.isFromProxy
        = summary.source == exchange::Source::Proxy || isAbsoluteForm(request.startLine);
    const QByteArray startLine = rewritten(request.startLine, raw.rewriting);
    const qsizetype begin = startLine.indexOf(' ') + 1;
    raw.method = startLine.first(std::max<qsizetype>(begin - 1, 0));
    raw.target = startLine.mid(begin, startLine.lastIndexOf(' ') - begin);
    goesTo(summary, &raw, &plan.problem);
    return plan;
}

bool ReplayEngine::goesTo(const Summary &summary, RawRequest *request, QString *problem) const
{
    const bool isElsewhere = !m_options.origin.isEmpty();
    const RequestUrlResult parsed
        = parseRequestUrl(isElsewhere ? m_options.origin : urlOf(summary));
    if (!parsed.url) {
        *problem = QStringLiteral("It is not known where \"%1\" is.").arg(summary.host);
        return false;
    }
    request->isSecure = parsed.url->isSecure;
    request->host = parsed.url->host;
    request->port = parsed.url->port;
    if (isElsewhere && !m_options.keepsHost)
        request->rewriting.host = parsed.url->authority();
    return true;
}

ReplayItem::Bodies ReplayEngine::comparedBodies(ExchangeId one, ExchangeId other) const
{
    using Bodies = ReplayItem::Bodies;
    const std::optional<exchange::Exchange> left = m_store.exchange(one, 0);
    const std::optional<exchange::Exchange> right = m_store.exchange(other, 0);
    if (!left || !right || left->response.endTime < 0 || right->response.endTime < 0)
        return Bodies::Unknown;
    if (left->response.bodyOctets != right->response.bodyOctets)
        return Bodies::Different;
    if (left->response.isTruncated || right->response.isTruncated)
        return Bodies::Unknown;
    return digestOf(m_store, one) == digestOf(m_store, other) ? Bodies::Same : Bodies::Different;
}

} // namespace headrace::session
