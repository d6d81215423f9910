#pragma once

#include "http/transport.h"

#include <QByteArray>
#include <QVarLengthArray>

#include <utility>
#include <vector>

namespace headrace::http {

/** What was written and has not gone out: joins corked pieces, keeps the callbacks in order and counts
    against the high-water mark. One batch is on its way at a time. Source: Node's stream.Writable. */
class WriteQueue
{
public:
    using Callback = Transport::Callback;

    struct Batch
    {
        QVarLengthArray<QByteArray, 3> pieces; ///< Leave together, in one packet if they fit.
        qsizetype size = 0; ///< Of all pieces.
        std::vector<Callback> callbacks;
        bool isEmpty = true; ///< Nothing was written, not even no octets.
    };

    /// True: below the high-water mark.
    bool add(const QByteArray &octets, Callback callback)
    {
        m_length += octets.size();
        m_waiting.isEmpty = false;
        m_waiting.size += octets.size();
        addPiece(octets);
        if (callback)
            m_waiting.callbacks.push_back(std::move(callback));
        const bool below = m_length < Transport::HighWaterMark;
        m_needsDrain = m_needsDrain || !below;
        return below;
    }

    /// Something waits and may go.
    bool isReady() const { return m_corked == 0 && !m_writing && !m_waiting.isEmpty; }

    /// A batch was begun and is not finished.
    bool isOnItsWay() const { return m_writing; }

    Batch take()
    {
        m_writing = true;
        return std::exchange(m_waiting, {});
    }

    /// The batch is on its way; release() gives it back when it is done.
    void hold(Batch batch) { m_held = std::move(batch); }

    Batch release() { return std::exchange(m_held, {}); }

    void finish(const Batch &batch)
    {
        m_writing = false;
        m_length -= batch.size;
        ++m_unreported;
    }

    /// 'drain' is due: everything went out after a write() that said false.
    bool takeDrain()
    {
        --m_unreported;
        if (!m_needsDrain || m_length > 0)
            return false;
        m_needsDrain = false;
        return true;
    }

    /// Nothing waits, nothing is on its way, all callbacks were called.
    bool isIdle() const { return !m_writing && m_waiting.isEmpty && m_unreported == 0; }

    void cork() { ++m_corked; }

    void uncork()
    {
        if (m_corked > 0)
            --m_corked;
    }

    void uncorkFully() { m_corked = 0; }

    int corked() const { return m_corked; }

    qsizetype length() const { return m_length; }

    bool needsDrain() const { return m_needsDrain; }

    /// Octets that were not begun, and the callbacks of all that was not finished.
    Batch takeAll()
    {
        Batch all;
        all.pieces = m_waiting.pieces;
        all.callbacks = takeAllCallbacks();
        return all;
    }

    /// Nothing of it ever goes out, and nobody will hear of it; it still counts as not written.
    void forgetWaiting() { m_waiting = {}; }

    std::vector<Callback> takeAllCallbacks()
    {
        std::vector<Callback> callbacks = std::move(m_held.callbacks);
        for (Callback &callback : m_waiting.callbacks)
            callbacks.push_back(std::move(callback));
        m_held = {};
        m_waiting = {};
        m_length = 0;
        return callbacks;
    }

private:
    /// To copy a few octets is cheaper than to let the operating system gather them.
    static constexpr qsizetype JoinedSize = 4 * 1024;

    void addPiece(const QByteArray &octets)
    {
        if (octets.isEmpty())
            return;
        if (!m_waiting.pieces.isEmpty()
            && m_waiting.pieces.last().size() + octets.size() <= JoinedSize)
            m_waiting.pieces.last().append(octets);
        else
            m_waiting.pieces.append(octets);
    }

    Batch m_waiting;
    Batch m_held;
    qsizetype m_length = 0;
    int m_corked = 0;
    int m_unreported = 0;
    bool m_writing = false;
    bool m_needsDrain = false;
};

} // namespace headrace::http
