#pragma once

#include <QString>

namespace headrace::tls {

/// Why a certificate cannot be made, read or written.
struct TlsError
{
    enum class Code
    {
        None,
        NotReadable, ///< The file is there, but not what it should be, or must not be read.
        NotWritable,
        UnsafeKey, ///< Others than its owner may read the key file.
        BadName, ///< No certificate can be for this name.
        Failed, ///< OpenSSL refused; the message has its reason.
    };

    Code code = Code::None;
    QString message; ///< For people, one sentence.

    explicit operator bool() const { return code != Code::None; }
};

} // namespace headrace::tls
