// What is typed as a filter: read or refused within its bounds; what was read is written as text that reads as
// the same; what is offered as a completion lies within the text.
#include "require.h"

#include <exchange/filter.h>
#include <exchange/filtercompletion.h>
#include <exchange/filtermatcher.h>

#include <QTimeZone>

using namespace headrace;
using namespace headrace::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QDateTime now(QDate(2026, 11, 27), QTime(12, 0), QTimeZone::utc());
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const exchange::ParsedFilter parsed = exchange::parseFilter(text, now);
    if (parsed.error) {
        require(parsed.filter.isAll(), "an error comes without a filter");
        require(!parsed.error->message.isEmpty(), "an error says why");
        require(parsed.error->position >= 0 && parsed.error->length >= 0
                && parsed.error->position + parsed.error->length <= text.size(),
            "an error lies within the text");
    } else {
        const QString written = parsed.filter.toString();
        const exchange::ParsedFilter again = exchange::parseFilter(written, now);
        // What is written may be longer than what may be read.
        require(!again.error || written.size() > 60'000, "what is written is a filter");
        if (!again.error) {
            require(again.filter == parsed.filter, "what is written reads as the same");
            requireSame(
                again.filter.toString().toUtf8(), written.toUtf8(), "one text for a filter");
        }
        exchange::FilterMatcher(parsed.filter).matches(exchange::Exchange());
    }
    const qsizetype cursor = text.isEmpty() ? 0 : qsizetype(size) % text.size();
    for (const exchange::FilterCompletion &completion : exchange::completions(text, cursor)) {
        require(completion.from >= 0 && completion.from <= cursor
                && completion.from + completion.length >= cursor
                && completion.from + completion.length <= text.size(),
            "a completion lies within the text");
    }
    return 0;
}
