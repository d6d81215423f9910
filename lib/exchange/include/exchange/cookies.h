#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace headrace::exchange {

/// A cookie of a Cookie field.
struct CookiePair
{
    QByteArray name; ///< May be empty: "=value" or "value".
    QByteArray value;
    QString problem; ///< What is wrong with it; else empty.

    bool operator==(const CookiePair &) const = default;
};

/// One attribute of a Set-Cookie field.
struct CookieAttribute
{
    QByteArray name;
    std::optional<QByteArray> value;
    QString meaning; ///< A sentence; what is wrong with it when it does not count.
};

/// A Set-Cookie field as a browser takes it.
struct SetCookie
{
    enum class Fate
    {
        Session, ///< Kept until the browser ends.
        Kept, ///< Until expires.
        Deleted, ///< It takes away what was there.
        Refused ///< Browsers do not take it: see problems.
    };

    QByteArray name;
    QByteArray value;
    QList<CookieAttribute> attributes; ///< In order, unknown ones too.
    Fate fate = Fate::Session;
    QDateTime expires; ///< In UTC; invalid for Fate::Session.
    QString domain; ///< Hosts that get it back: "example.test" with all below, if isForSubdomains.
    bool isForSubdomains = false;
    QString path; ///< Below which it is sent back.
    QStringList problems; ///< Why it is refused, and what is unwise.
};

/** Reads cookies the way browsers do. Source: RFC 6265 sections 4 and 5, and its revision (draft-ietf-httpbis-rfc6265bis)
    for SameSite, the prefixes __Secure- and __Host- and the limits. Thread: any. */
class CookieReader
{
public:
    /// Where a response came from and when.
    struct Context
    {
        bool isSecure = false; ///< Over TLS.
        QString host; ///< Without port.
        QString path; ///< Of the request, without query.
        QDateTime received;
    };

    static constexpr qsizetype SizeLimit = 4096; ///< Of name and value together. Unit: octets.
    static constexpr qsizetype AttributeLimit
        = 1024; ///< Of the value of an attribute. Unit: octets.
    static constexpr int LongestDays = 400; ///< No cookie is kept longer.

    explicit CookieReader(const Context &context);

    SetCookie read(QByteArrayView setCookie) const;

    /// Of a Cookie field. At most 1,000.
    static QList<CookiePair> readPairs(QByteArrayView cookie);

    /// A date of a cookie, which browsers read more leniently than others; invalid for none. Source: RFC 6265, 5.1.1.
    static QDateTime readDate(QByteArrayView text);

private:
    struct Draft;

    void readAttribute(QByteArrayView part, Draft *draft) const;
    void settleExpiry(Draft *draft) const;
    void settleDomain(Draft *draft) const;
    void settleRules(Draft *draft) const;
    QString defaultPath() const;

    Context m_context;
};

} // namespace headrace::exchange
