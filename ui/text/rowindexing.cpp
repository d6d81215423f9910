#include "text/rowindexing.h"

#include <QElapsedTimer>

#include <utility>

namespace headrace::ui {

namespace {

constexpr qint64 PieceOctets = 256 * 1024;
constexpr qint64 TellInterval = 150; // milliseconds

} // namespace

RowIndexing::RowIndexing(QObject *parent)
    : QObject(parent)
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
}

RowIndexing::~RowIndexing() { *m_isCanceled = true; }

void RowIndexing::start(
    const exchange::OctetSourcePointer &source, qsizetype rowOctets, bool isGrown)
{
    cancel();
    State state { exchange::RowIndex(rowOctets), 0 };
    if (isGrown && m_state && m_state->index.rowOctets() == rowOctets
        && m_state->octets <= source->size())
        state = *m_state;
    m_isRunning = true;
    m_background.run([this, source, state = std::move(state),
                         flag = m_isCanceled] { return work(source, state, flag); },
        [this, flag = m_isCanceled](const std::optional<State> &state) {
            if (*flag || !state)
                return;
            m_state = state;
            m_isRunning = false;
        });
}

void RowIndexing::cancel()
{
    *m_isCanceled = true;
    m_isCanceled = std::make_shared<std::atomic_bool>(false);
    m_isRunning = false;
}

bool RowIndexing::isRunning() const { return m_isRunning; }

std::optional<RowIndexing::State> RowIndexing::work(
    const exchange::OctetSourcePointer &source, State state, const Flag &isCanceled)
{
    QElapsedTimer sinceTold;
    while (state.octets < source->size()) {
        if (*isCanceled)
            return std::nullopt;
        const QByteArray piece = source->read(state.octets, PieceOctets);
        if (piece.isEmpty())
            break; // it cannot be read any more
        state.index.feed(piece);
        state.octets += piece.size();
        if (state.octets < source->size()
            && (!sinceTold.isValid() || sinceTold.elapsed() >= TellInterval)) {
            sinceTold.start();
            tell(std::make_shared<const exchange::RowIndex>(state.index), state.octets, isCanceled);
        }
    }
    auto whole = std::make_shared<exchange::RowIndex>(state.index);
    whole->finish();
    tell(whole, source->size(), isCanceled);
    return state;
}

void RowIndexing::tell(const IndexPointer &index, qint64 octets, const Flag &isCanceled)
{
    QMetaObject::invokeMethod(
        this,
        [this, index, octets, isCanceled] {
            if (!*isCanceled)
                Q_EMIT updated(index, octets);
        },
        Qt::QueuedConnection);
}

} // namespace headrace::ui
