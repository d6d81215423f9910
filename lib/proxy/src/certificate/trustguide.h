#pragma once

#include <QLatin1StringView>

#include <span>

namespace headrace::proxy {

/// How one platform is told to trust the authority. Texts are HTML.
struct TrustGuide
{
    QLatin1StringView title;
    QLatin1StringView steps; ///< List items.
};

/// Static storage.
std::span<const TrustGuide> trustGuides();

} // namespace headrace::proxy
