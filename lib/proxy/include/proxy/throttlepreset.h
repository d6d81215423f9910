#pragma once

#include "proxy/rule.h"

#include <QList>
#include <QString>

#include <optional>

namespace headrace::proxy {

/// A slow line by its name.
struct ThrottlePreset
{
    QString name; ///< "slow 3G"; in files, too.
    Throttle throttle;
};

/** From the slowest. There is none for being offline: that is Block::Manner::Reset.

        name       down B/s   up B/s    latency
        2G           31,250    6,250     300 ms   Firefox's "Regular 2G"
        slow 3G      50,000   50,000   2,000 ms   Chromium's: 500 kbit/s and 400 ms, as measured on the page
        fast 3G     180,000   84,375     563 ms   Chromium's, now called "slow 4G" there
        DSL         250,000  125,000       5 ms   Firefox's
        fast 4G   1,012,500  168,750     165 ms   Chromium's

    Source: the presets of Chromium's developer tools (1.6 and 9 Mbit/s down, 0.75 and 1.5 up, of which nine tenths;
    150 and 60 ms times 3.75 and 2.75) and of Firefox's network monitor. Thread: any. */
const QList<ThrottlePreset> &throttlePresets();

/// By its name, in either case.
std::optional<Throttle> throttlePreset(const QString &name);

/// Its name; empty: it is none of them.
QString presetName(const Throttle &throttle);

} // namespace headrace::proxy
