#pragma once

#include "tls/tlserror.h"

#include <QByteArrayView>
#include <QString>

#include <memory>

namespace headrace::tls {

/** A file with the secrets of sessions, by which Wireshark reads what was captured. Lines are appended whole; other
    processes may write to it, too. A file that is made is 0600. Thread: any, several at a time.
    Source: the NSS key log format, `SSLKEYLOGFILE`. */
class KeyLog
{
public:
    /// Nothing and *error: the file cannot be written.
    static std::shared_ptr<KeyLog> open(const QString &path, TlsError *error);

    /// `$SSLKEYLOGFILE`; empty: not set.
    static QString environmentPath();

    ~KeyLog();
    KeyLog(const KeyLog &) = delete;
    KeyLog &operator=(const KeyLog &) = delete;

    void append(QByteArrayView line); ///< Without its end.

private:
    explicit KeyLog(int descriptor);

    const int m_descriptor;
};

} // namespace headrace::tls
