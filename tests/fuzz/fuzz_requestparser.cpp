#include "parsercheck.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    headrace::wire::fuzz::check(headrace::wire::MessageKind::Request, data, size);
    return 0;
}
