// Rule files of others, and of people who write by hand. Source: proxy/rulefile.h.
#include "input.h"
#include "require.h"

#include <proxy/rulebook.h>
#include <proxy/rulefile.h>

using namespace headrace;
using namespace headrace::fuzz;

namespace {

void requirePlaces(const QList<proxy::RuleFileNote> &notes, int lines)
{
    int last = -1;
    for (const proxy::RuleFileNote &note : notes) {
        require(!note.message.isEmpty(), "a note says something");
        require(note.line == -1 || (note.line >= 1 && note.line <= lines), "a note has a line");
        require(note.line == -1 || note.line >= last, "notes come by line");
        last = note.line;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size, 0);
    const proxy::RuleFileResult read = proxy::readRules(input.octets());
    const int lines = int(input.octets().count('\n')) + 1;
    requirePlaces(read.problems, lines);
    requirePlaces(read.remarks, lines);
    require(read.file.has_value() == read.problems.isEmpty(), "it is read, or says why not");
    if (!read.file)
        return 0;
    proxy::RuleBook book;
    book.setRules(read.file->rules); // whatever it is, it can be put to work
    const QByteArray written = proxy::writeRules(*read.file);
    const proxy::RuleFileResult again = proxy::readRules(written);
    require(again.file.has_value(), "what is written can be read");
    require(*again.file == *read.file, "what is written reads as the same");
    requireSame(proxy::writeRules(*again.file), written, "it is always written the same way");
    return 0;
}
