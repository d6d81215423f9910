#pragma once

#include <QObject>

namespace headrace::http {

/** The counterpart of AbortController and AbortSignal: cancel() destroys the requests that were made with
    it, with ABORT_ERR. Thread: the requests' own. Source: reference request option `signal`. */
class CancellationToken : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    bool isCanceled() const { return m_canceled; }

    void cancel()
    {
        if (!m_canceled) {
            m_canceled = true;
            Q_EMIT canceled();
        }
    }

Q_SIGNALS:
    /// Event 'abort' of the signal; once.
    void canceled();

private:
    bool m_canceled = false;
};

} // namespace headrace::http
