#include "expectation.h"

#include <wire/fieldrules.h>

namespace headrace::http {

Expectation expectationOf(const wire::Head &head)
{
    if (head.versionMajor != 1 || head.versionMinor != 1 || head.fields.indexOf("expect") < 0)
        return Expectation::None;
    return wire::fieldContainsWord(head.fields, "expect", "100-continue") ? Expectation::Continue
                                                                          : Expectation::Other;
}

} // namespace headrace::http
