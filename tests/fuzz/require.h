#pragma once

#include <QByteArrayView>

#include <cstdio>
#include <cstdlib>

namespace headrace::fuzz {

/// Ends the run with a finding when \a holds is false.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

/// Two runs came to the same.
inline void requireSame(QByteArrayView one, QByteArrayView other, const char *what)
{
    if (one == other)
        return;
    std::fwrite(one.data(), 1, size_t(one.size()), stderr);
    std::fputs("\n--- and not ---\n", stderr);
    std::fwrite(other.data(), 1, size_t(other.size()), stderr);
    std::fputs("\n", stderr);
    require(false, what);
}

} // namespace headrace::fuzz
