// Patterns and octets, whole and cut: the first line is the pattern. Source: exchange/octetsearch.h.
#include "input.h"
#include "require.h"

#include <exchange/octetsearch.h>

#include <algorithm>

using namespace headrace::exchange;
using namespace headrace::fuzz;

namespace {

/// What anyone would write.
std::optional<qint64> naive(QByteArray octets, QByteArray literal, bool isCaseSensitive)
{
    const auto lower = [](QByteArray &text) {
        for (char &octet : text)
            octet = octet >= 'A' && octet <= 'Z' ? char(octet + 32) : octet;
    };
    if (!isCaseSensitive) {
        lower(octets);
        lower(literal);
    }
    for (qsizetype at = 0; at + literal.size() <= octets.size(); ++at) {
        if (octets.sliced(at, literal.size()) == literal)
            return at;
    }
    return {};
}

bool isAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char octet) { return octet >= 0; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 2);
    const int choice = input.choose(8);
    const int cuts = input.choose(64);
    const qsizetype line = input.octets().indexOf('\n');
    SearchPattern pattern;
    pattern.text = input.octets().first(line < 0 ? input.octets().size() : line);
    pattern.isRegex = choice & 1;
    pattern.isCaseSensitive = choice & 2;
    pattern.dotIsAny = choice & 4;
    const QByteArray octets = line < 0 ? QByteArray() : input.octets().sliced(line + 1);

    OctetSearch search(pattern);
    require(!search.error() || pattern.isRegex, "each literal is valid");
    if (search.error()) {
        require(search.error()->offset >= 0 && search.error()->offset <= pattern.text.size(),
            "an error lies in the pattern");
        return 0;
    }
    search.feed(octets);
    const auto whole = search.finish();
    const bool gaveUp = search.gaveUp();
    require(!whole || (*whole >= 0 && *whole <= octets.size()), "a match lies in the octets");

    search.reset();
    for (const QByteArray &piece : cut(octets, cuts))
        search.feed(piece);
    const auto cutUp = search.finish();
    require(whole == cutUp || gaveUp || search.gaveUp(), "cuts change nothing");
    if (!pattern.isRegex && (pattern.isCaseSensitive || isAscii(pattern.text)))
        require(whole == naive(octets, pattern.text, pattern.isCaseSensitive),
            "a literal is found where it is");
    return 0;
}
