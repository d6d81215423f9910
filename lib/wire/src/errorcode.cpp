#include "wire/errorcode.h"

#include <array>
#include <utility>

namespace headrace::wire {

namespace {

constexpr auto Names = std::to_array<QLatin1StringView>({
#define HEADRACE_NAME(enumerator, text) QLatin1StringView(text),
    HEADRACE_ERROR_CODES(HEADRACE_NAME)
#undef HEADRACE_NAME
});

} // namespace

QLatin1StringView name(ErrorCode code)
{
    const auto index = size_t(code);
    return index < Names.size() ? Names[index] : QLatin1StringView();
}

ErrorCode errorCodeFromName(QByteArrayView name)
{
    for (size_t index = 1; index < Names.size(); ++index) {
        if (QByteArrayView(Names[index].data(), Names[index].size()) == name)
            return ErrorCode(index);
    }
    return ErrorCode::None;
}

} // namespace headrace::wire
