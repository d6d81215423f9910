#pragma once

#include "exchange/octetspan.h"
#include "search/regex.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <chrono>
#include <memory>
#include <optional>

typedef struct pcre2_real_match_data_8 pcre2_match_data_8;
typedef struct pcre2_real_match_context_8 pcre2_match_context_8;
typedef struct pcre2_real_jit_stack_8 pcre2_jit_stack_8;

namespace headrace::exchange::search {

/** An expression on its way through one stream. It looks at a window of it: as many octets as it has been fed
    since the last look, and before them those in which a match may begin. */
class RegexRun
{
public:
    static constexpr qsizetype Kept = 64 * 1024; ///< From one window for the next.
    static constexpr qsizetype WindowSize = 512 * 1024;

    explicit RegexRun(std::shared_ptr<const Regex> regex);
    ~RegexRun();
    Q_DISABLE_COPY_MOVE(RegexRun)

    void restart(); ///< With a new stream.
    std::optional<qint64> feed(QByteArrayView octets);
    std::optional<qint64> finish();

    /// All matches that are not empty, one behind the other.
    void feedAll(QByteArrayView octets, QList<OctetSpan> *found);
    void finishAll(QList<OctetSpan> *found);

    bool gaveUp() const { return m_hasGivenUp; }

private:
    std::optional<qint64> look(bool isLast);
    void lookForAll(bool isLast, QList<OctetSpan> *found);
    QByteArrayView fill(QByteArrayView octets);
    std::optional<qsizetype> search(quint32 options);
    bool dependsOnMore(qsizetype start);
    void keepFrom(qsizetype start);

    std::shared_ptr<const Regex> m_regex;
    pcre2_match_data_8 *m_match;
    pcre2_match_context_8 *m_context;
    pcre2_jit_stack_8 *m_stack;
    QByteArray m_window;
    qint64 m_base = 0; ///< Of the window in the stream.
    qsizetype m_start = 0; ///< In the window: no match starts before it.
    std::chrono::nanoseconds m_spent {};
    std::chrono::steady_clock::time_point m_deadline; ///< Of the present look.
    bool m_isTooSlow = false;
    bool m_hasGivenUp = false; ///< Somewhere.
};

} // namespace headrace::exchange::search
