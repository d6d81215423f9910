#include "exchange/matchscan.h"

#include "search/literal.h"
#include "search/literalpart.h"
#include "search/regexrun.h"

#include <algorithm>

namespace headrace::exchange {

struct MatchScan::Private
{
    std::unique_ptr<search::Literal> literal;
    std::unique_ptr<search::RegexRun> run;
    std::optional<SearchPatternError> error;
    QByteArray window; // of a literal: what a match may begin in, and what came now
    qint64 base = 0; // of the window in the stream

    void findLiteral(QByteArrayView octets, QList<OctetSpan> *found)
    {
        window.append(octets);
        qsizetype from = 0;
        while (true) {
            const qsizetype at = literal->indexIn(QByteArrayView(window).sliced(from));
            if (at < 0)
                break;
            from += at + literal->size();
            found->append({ base + from - literal->size(), base + from });
        }
        const qsizetype cut = std::max(from, window.size() - literal->size() + 1);
        window.remove(0, cut);
        base += cut;
    }
};

MatchScan::MatchScan(const SearchPattern &pattern)
    : d(std::make_unique<Private>())
{
    SearchPattern wanted = pattern;
    if (wanted.isRegex) {
        if (const auto literal = search::literalOf(wanted.text)) {
            wanted.text = *literal;
            wanted.isRegex = false;
        }
    }
    if (wanted.text.isEmpty())
        return;
    const bool needsFolding = !wanted.isCaseSensitive && search::hasNonAscii(wanted.text)
        && search::isUtf8(wanted.text);
    if (!wanted.isRegex && !needsFolding) {
        d->literal = std::make_unique<search::Literal>(wanted.text, wanted.isCaseSensitive);
        return;
    }
    const auto regex = std::make_shared<search::Regex>(
        wanted, wanted.isRegex ? search::Regex::Syntax::Perl : search::Regex::Syntax::Literal);
    d->error = regex->error();
    if (!d->error)
        d->run = std::make_unique<search::RegexRun>(regex);
}

MatchScan::~MatchScan() = default;

std::optional<SearchPatternError> MatchScan::error() const { return d->error; }

void MatchScan::feed(QByteArrayView octets, QList<OctetSpan> *found)
{
    if (d->literal)
        d->findLiteral(octets, found);
    else if (d->run)
        d->run->feedAll(octets, found);
}

void MatchScan::finish(QList<OctetSpan> *found)
{
    if (d->run)
        d->run->finishAll(found);
}

bool MatchScan::gaveUp() const { return d->run && d->run->gaveUp(); }

} // namespace headrace::exchange
