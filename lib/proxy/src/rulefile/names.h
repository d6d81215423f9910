#pragma once

#include "proxy/rule.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace headrace::proxy {

// The words of rule files: one for each enumerator, in their order.

inline constexpr HoldAt allHoldAts[]
    = { HoldAt::RequestHead, HoldAt::RequestBody, HoldAt::ResponseHead, HoldAt::ResponseBody };

inline QStringList targetNames()
{
    return { QStringLiteral("request"), QStringLiteral("response") };
}

inline QStringList mannerNames()
{
    return { QStringLiteral("answer"), QStringLiteral("close"), QStringLiteral("reset") };
}

inline QStringList faultNames()
{
    return { QStringLiteral("reset"), QStringLiteral("truncate"), QStringLiteral("stall"),
        QStringLiteral("malformedChunk") };
}

inline QStringList holdNames()
{
    return { QStringLiteral("request"), QStringLiteral("requestBody"), QStringLiteral("response"),
        QStringLiteral("responseBody") };
}

inline QString nameOf(Target target) { return targetNames().at(int(target)); }

inline QString nameOf(Block::Manner manner) { return mannerNames().at(int(manner)); }

inline QString nameOf(Fault::Kind kind) { return faultNames().at(int(kind)); }

inline QString nameOf(HoldAt at)
{
    qsizetype index = 0;
    while (allHoldAts[index] != at)
        ++index;
    return holdNames().at(index);
}

inline const char *memberOf(ChangeField::Operation operation)
{
    switch (operation) {
    case ChangeField::Operation::Set:
        return "setHeader";
    case ChangeField::Operation::Add:
        return "addHeader";
    case ChangeField::Operation::Remove:
        return "removeHeader";
    }
    return "";
}

} // namespace headrace::proxy
