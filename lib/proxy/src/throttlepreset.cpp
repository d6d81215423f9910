#include "proxy/throttlepreset.h"

namespace headrace::proxy {

using namespace std::chrono_literals;

const QList<ThrottlePreset> &throttlePresets()
{
    static const QList<ThrottlePreset> presets {
        { QStringLiteral("2G"), { 6'250, 31'250, 300ms } },
        { QStringLiteral("slow 3G"), { 50'000, 50'000, 2000ms } },
        { QStringLiteral("fast 3G"), { 84'375, 180'000, 563ms } },
        { QStringLiteral("DSL"), { 125'000, 250'000, 5ms } },
        { QStringLiteral("fast 4G"), { 168'750, 1'012'500, 165ms } },
    };
    return presets;
}

std::optional<Throttle> throttlePreset(const QString &name)
{
    for (const ThrottlePreset &preset : throttlePresets()) {
        if (preset.name.compare(name, Qt::CaseInsensitive) == 0)
            return preset.throttle;
    }
    return std::nullopt;
}

QString presetName(const Throttle &throttle)
{
    for (const ThrottlePreset &preset : throttlePresets()) {
        if (preset.throttle == throttle)
            return preset.name;
    }
    return {};
}

} // namespace headrace::proxy
