#pragma once

#include "exchange/octetsearch.h"
#include "search/literal.h"

#include <QByteArray>

#include <memory>
#include <optional>

typedef struct pcre2_real_code_8 pcre2_code_8;

namespace headrace::exchange::search {

/// A compiled expression. Immutable: copies and threads may share it.
class Regex
{
public:
    enum class Syntax
    {
        Perl,
        Literal
    };

    Regex(const SearchPattern &pattern, Syntax syntax);
    ~Regex();
    Q_DISABLE_COPY_MOVE(Regex)

    const std::optional<SearchPatternError> &error() const { return m_error; }

    const pcre2_code_8 *code() const { return m_code; }

    bool isOfCharacters() const { return m_isOfCharacters; }

    /// Each match has this in it; null if nothing is known of that.
    const Literal *part() const { return m_part.get(); }

    /// How far it looks back from where a match starts. Unit: octets.
    qsizetype lookBehind() const { return m_lookBehind; }

private:
    pcre2_code_8 *m_code = nullptr;
    std::optional<SearchPatternError> m_error;
    bool m_isOfCharacters = false;
    qsizetype m_lookBehind = 0;
    std::unique_ptr<const Literal> m_part;
};

/// The octets are UTF-8.
bool isUtf8(QByteArrayView octets);

bool hasNonAscii(QByteArrayView octets);

} // namespace headrace::exchange::search
