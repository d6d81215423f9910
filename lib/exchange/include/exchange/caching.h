#pragma once

#include "exchange/exchange.h"

#include <optional>

namespace headrace::exchange {

/// One directive of Cache-Control. Source: RFC 9111 section 5.2, RFC 5861, RFC 8246.
struct CacheDirective
{
    QByteArray name; ///< In small letters.
    std::optional<QByteArray> argument; ///< Without quotes.

    QByteArray text() const; ///< "max-age=60"
    std::optional<qint64> seconds() const; ///< Of an argument that is a number; else nothing.
    QString meaning() const; ///< A sentence; what is wrong with it when it has no meaning.
};

/// The directives of one value, in order. At most 100.
QList<CacheDirective> readCacheControl(QByteArrayView value);

/** What caches may do with a response: whether they keep it, for how long it is fresh, by which rule, and how they
    ask whether it is still good. Source: RFC 9111 sections 3, 4.2 and 5.2; heuristics are named as such. Thread: any. */
class Caching
{
public:
    /// Who keeps the response.
    enum class Cache
    {
        Private, ///< A browser's.
        Shared ///< A proxy's, a content delivery network's.
    };

    enum class Storing
    {
        Allowed,
        Forbidden
    };

    /// How long a response is fresh.
    struct Freshness
    {
        std::optional<qint64> lifetime; ///< Unit: seconds. Nothing: no rule says.
        bool isHeuristic = false; ///< What caches commonly assume, no one said it.
        bool isCheckedAlways = false; ///< no-cache: never used without asking.
        QString rule; ///< "max-age (RFC 9111, 4.2.1)"
    };

    /// A line to show.
    struct Note
    {
        enum class Kind
        {
            Verdict,
            Reason,
            Problem
        };

        Kind kind = Kind::Reason;
        QString
            title; ///< "Private caches", "Age", "Validators", "Vary", "Cache-Control: max-age=60"
        QString text;
    };

    /// Of the final response of \a exchange and its request.
    explicit Caching(const Exchange &exchange);

    bool isKnown() const; ///< There is a response.
    Storing storing(Cache cache) const;
    QString storingReason(Cache cache) const; ///< The rule that decided.
    Freshness freshness(Cache cache) const;

    /// When the response came. Unit: seconds. Source: RFC 9111 section 4.2.3.
    qint64 age() const;

    /// All of it in words, the verdicts first. Empty without a response, and for one without anything about caches
    /// that is not kept anyway.
    QList<Note> notes() const;

private:
    std::optional<CacheDirective> directive(QByteArrayView name) const;

    bool has(QByteArrayView name) const { return directive(name).has_value(); }

    std::optional<qint64> explicitLifetime(Cache cache, QString *rule) const;
    QDateTime date() const;
    QDateTime received() const;
    bool isHeuristicallyCacheable() const;
    QString verdict(Cache cache) const;
    void addProblems(QList<Note> *notes) const;
    void addValidators(QList<Note> *notes) const;
    void addStaleRules(QList<Note> *notes) const;

    QByteArray m_method;
    FieldList m_requestFields;
    Message m_response; ///< Without octets.
    QDateTime m_began;
    QList<CacheDirective> m_directives;
    QList<CacheDirective> m_requestDirectives;
    bool m_hasCacheControl = false;
};

} // namespace headrace::exchange
