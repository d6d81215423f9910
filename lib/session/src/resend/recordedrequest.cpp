#include "resend/recordedrequest.h"

namespace headrace::session {

using exchange::Octets;
using exchange::Part;

namespace {

constexpr int RequestIndex = -1; // as in Sink::setHead()
constexpr qsizetype batchOctets = 256 * 1024;
constexpr qsizetype batchPieces = 1000;
constexpr qsizetype mostHead = 1024 * 1024; // a longer one goes out as it is

} // namespace

RecordedRequest::RecordedRequest(
    const exchange::Store &store, exchange::ExchangeId id, const HeadRewriting &rewriting)
    : m_store(store)
    , m_id(id)
    , m_rewriting(rewriting)
    , m_isHeadDone(rewriting.isNone())
{
}

std::optional<Octets> RecordedRequest::next()
{
    if (!m_isHeadDone)
        rewriteHead();
    if (m_pieces.isEmpty() && !m_isAtEnd)
        readOn();
    return m_pieces.isEmpty() ? std::nullopt : std::optional(m_pieces.takeFirst());
}

void RecordedRequest::readOn()
{
    qint64 known = m_atMark;
    qsizetype read = 0;
    bool isStopped = false;
    const qint64 from = m_mark;
    m_store.readOctetsFrom(m_id, RequestIndex, from, [&](const Octets &piece, qint64 mark) {
        if (mark == from && known > 0) {
            --known;
            return true;
        }
        m_atMark = mark == m_mark ? m_atMark + 1 : 1;
        m_mark = mark;
        if (piece.part == Part::Tunnel)
            return true;
        m_pieces.append({ piece.time, piece.part,
            QByteArray(piece.octets.constData(), piece.octets.size()) }); // it may be borrowed
        read += piece.octets.size();
        isStopped = read >= batchOctets || m_pieces.size() >= batchPieces;
        return !isStopped;
    });
    m_isAtEnd = !isStopped;
}

// As one piece: lines may lie in several.
void RecordedRequest::rewriteHead()
{
    m_isHeadDone = true;
    const auto headPieces = [this] {
        qsizetype count = 0;
        while (count < m_pieces.size() && m_pieces.at(count).part == Part::Head)
            ++count;
        return count;
    };
    qsizetype size = 0;
    while (!m_isAtEnd && headPieces() == m_pieces.size() && size < mostHead) {
        readOn();
        size = 0;
        for (const Octets &piece : std::as_const(m_pieces))
            size += piece.octets.size();
    }
    const qsizetype count = headPieces();
    if (count == 0 || count == m_pieces.size() * qsizetype(!m_isAtEnd))
        return;
    Octets head = m_pieces.constFirst();
    for (const Octets &piece : m_pieces.mid(1, count - 1))
        head.octets += piece.octets;
    head.octets = rewritten(head.octets, m_rewriting);
    m_pieces.remove(0, count);
    m_pieces.prepend(head);
}

} // namespace headrace::session
