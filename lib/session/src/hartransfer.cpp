#include "session/hartransfer.h"

#include <exchange/exchangebuilder.h>
#include <formats/harreader.h>
#include <formats/harwriter.h>
#include <http/observer.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHash>

namespace headrace::session {

using exchange::Exchange;

namespace {

constexpr qint64 ProgressInterval = 100; // milliseconds
constexpr quint64 LargestKept = quint64(1)
    << 53; // numbers of connections; beyond it the next would be at an end

/// Tells of the progress no more often than it can be read.
class Teller
{
public:
    explicit Teller(const HarProgress &progress)
        : m_progress(progress)
    {
        m_since.start();
    }

    /// Whether to go on.
    bool tell(qint64 exchanges, double share)
    {
        if (m_goesOn && m_progress && m_since.hasExpired(ProgressInterval)) {
            m_since.start();
            m_goesOn = m_progress(exchanges, share);
        }
        return m_goesOn;
    }

    bool isCanceled() const { return !m_goesOn; }

private:
    const HarProgress &m_progress;
    QElapsedTimer m_since;
    bool m_goesOn = true;
};

/// Numbers of connections as they come into a session.
class Connections
{
public:
    explicit Connections(bool keepsNumbers)
        : m_keepsNumbers(keepsNumbers)
    {
    }

    quint64 numberOf(quint64 inFile)
    {
        if (inFile == 0)
            return 0;
        if (m_keepsNumbers && inFile < LargestKept) {
            http::skipConnectionIds(inFile);
            return inFile;
        }
        quint64 &number = m_numbers[inFile];
        if (number == 0)
            number = http::nextConnectionId();
        return number;
    }

private:
    bool m_keepsNumbers;
    QHash<quint64, quint64> m_numbers;
};

/// Nobody will go on with it.
void settle(exchange::Summary &summary)
{
    if (summary.state == exchange::State::Active)
        summary.state = exchange::State::Canceled;
    if (summary.pattern == exchange::Pattern::Active)
        summary.pattern = exchange::Pattern::Other;
}

QString textOf(const formats::HarError &error)
{
    QStringList place;
    if (error.entry > 0)
        place += QStringLiteral("entry %1").arg(error.entry);
    if (error.line > 0)
        place += QStringLiteral("line %1, column %2").arg(error.line).arg(error.column);
    if (error.offset >= 0)
        place += QStringLiteral("octet %1").arg(error.offset);
    return place.isEmpty()
        ? error.message
        : place.join(QStringLiteral(", ")) + QStringLiteral(": ") + error.message;
}

void note(HarOutcome &outcome, const QString &text)
{
    if (++outcome.noteCount <= formats::HarReading::NoteLimit)
        outcome.notes.append(text);
}

void noteCuts(HarOutcome &outcome, const Exchange &exchange)
{
    for (const auto &[message, name] :
        { std::pair(&exchange.request, "request"), std::pair(&exchange.response, "response") }) {
        if (message->isPartial)
            note(outcome,
                QStringLiteral("exchange %1: only the first %2 MiB of its %3 are written")
                    .arg(exchange.summary.id)
                    .arg(formats::HarWriter::OctetLimit >> 20)
                    .arg(QLatin1String(name)));
    }
}

} // namespace

HarOutcome importHar(
    QIODevice &from, exchange::Store &store, exchange::Sink &sink, const HarProgress &progress)
{
    HarOutcome outcome;
    Teller teller(progress);
    Connections connections(store.count() == 0);
    double share = -1;
    const auto hasRoom = [&store, &outcome] {
        const exchange::StoreStatus status = store.status();
        if (status.condition == exchange::StoreStatus::Condition::Recording)
            return true;
        outcome.error = status.problem;
        return false;
    };
    formats::HarReadOptions options;
    options.progress = [&](double now) {
        share = now;
        return hasRoom() && teller.tell(outcome.exchanges, share);
    };
    const auto take = [&](Exchange &&exchange) {
        settle(exchange.summary);
        exchange.connection.id = connections.numberOf(exchange.connection.id);
        if (exchange::tellExchange(sink, exchange) != 0)
            ++outcome.exchanges;
        return teller.tell(outcome.exchanges, share);
    };
    if (!hasRoom())
        return outcome;
    const formats::HarReading reading = formats::readHar(from, take, options);
    outcome.isCanceled = teller.isCanceled();
    outcome.noteCount = reading.noteCount;
    outcome.notes = reading.notes;
    if (outcome.error.isEmpty() && reading.error)
        outcome.error = textOf(reading.error);
    return outcome;
}

HarOutcome exportHar(const exchange::Store &store, const QList<exchange::ExchangeId> &ids,
    QIODevice &to, const HarProgress &progress)
{
    HarOutcome outcome;
    Teller teller(progress);
    formats::HarWriter writer(to, QCoreApplication::applicationVersion());
    formats::HarError error = writer.begin();
    for (qsizetype i = 0; i < ids.size() && !error && !teller.isCanceled(); ++i) {
        if (const auto exchange = store.exchange(ids.at(i), formats::HarWriter::OctetLimit)) {
            noteCuts(outcome, *exchange);
            error = writer.add(*exchange);
            ++outcome.exchanges;
        }
        teller.tell(outcome.exchanges, double(i + 1) / double(ids.size()));
    }
    outcome.isCanceled = teller.isCanceled();
    if (!error && !outcome.isCanceled)
        error = writer.end();
    if (error)
        outcome.error = textOf(error);
    return outcome;
}

} // namespace headrace::session
