#pragma once

#include <QByteArray>

namespace headrace::proxy {

/// A target in origin-form or absolute-form, taken apart. RFC 9112 section 3.2.
struct RequestTarget
{
    QByteArray origin; ///< "http://host:port"; empty in origin-form.
    QByteArray path; ///< From its slash on.
    QByteArray query; ///< With '?', and what else follows.

    /// Of authority-form and asterisk-form: all empty.
    static RequestTarget of(const QByteArray &target);

    bool hasPath() const { return !path.isEmpty(); }

    QByteArray joined() const { return origin + path + query; }
};

} // namespace headrace::proxy
