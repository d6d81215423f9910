#include "exchange/exchange.h"

namespace headrace::exchange {

QString displayName(Source source)
{
    switch (source) {
    case Source::Composer:
        return QStringLiteral("Composer");
    case Source::Proxy:
        return QStringLiteral("Proxy");
    case Source::Mock:
        return QStringLiteral("Mock");
    case Source::Script:
        return QStringLiteral("Script");
    }
    return {};
}

QString displayName(Change::Cause cause)
{
    switch (cause) {
    case Change::Cause::HopByHop:
        return QStringLiteral("Forwarding");
    case Change::Cause::Rule:
        return QStringLiteral("Rule");
    case Change::Cause::Breakpoint:
        return QStringLiteral("Breakpoint");
    case Change::Cause::Script:
        return QStringLiteral("Script");
    case Change::Cause::Framing:
        return QStringLiteral("Framing");
    case Change::Cause::Leniency:
        return QStringLiteral("Leniency");
    }
    return {};
}

bool isOfUser(Change::Cause cause)
{
    return cause == Change::Cause::Rule || cause == Change::Cause::Breakpoint
        || cause == Change::Cause::Script;
}

QString displayName(Mark mark)
{
    switch (mark) {
    case Mark::None:
        break;
    case Mark::Red:
        return QStringLiteral("Red");
    case Mark::Orange:
        return QStringLiteral("Orange");
    case Mark::Yellow:
        return QStringLiteral("Yellow");
    case Mark::Green:
        return QStringLiteral("Green");
    case Mark::Blue:
        return QStringLiteral("Blue");
    case Mark::Violet:
        return QStringLiteral("Violet");
    }
    return {};
}

QLatin1StringView name(Mark mark)
{
    switch (mark) {
    case Mark::None:
        break;
    case Mark::Red:
        return QLatin1StringView("red");
    case Mark::Orange:
        return QLatin1StringView("orange");
    case Mark::Yellow:
        return QLatin1StringView("yellow");
    case Mark::Green:
        return QLatin1StringView("green");
    case Mark::Blue:
        return QLatin1StringView("blue");
    case Mark::Violet:
        return QLatin1StringView("violet");
    }
    return {};
}

QByteArray Message::joined(Part part) const
{
    qsizetype size = 0;
    for (const Octets &piece : octets)
        size += piece.part == part ? piece.octets.size() : 0;
    QByteArray result;
    result.reserve(size);
    for (const Octets &piece : octets) {
        if (piece.part == part)
            result += piece.octets;
    }
    return result;
}

QByteArray Message::raw() const
{
    qsizetype size = 0;
    for (const Octets &piece : octets)
        size += piece.octets.size();
    QByteArray result;
    result.reserve(size);
    for (const Octets &piece : octets)
        result += piece.octets;
    return result;
}

QByteArray Message::field(QByteArrayView name) const
{
    for (const auto &[key, value] : fields) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value.isNull() ? QByteArray("") : value;
    }
    return {};
}

} // namespace headrace::exchange
