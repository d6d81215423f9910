#include "inspector/gapscale.h"

#include <algorithm>
#include <cmath>

namespace headrace::ui {

GapScale::GapScale(qint64 duration)
    : m_duration(std::max<qint64>(duration, 1))
    , m_threshold(std::max(Shortest, m_duration / 20))
{
}

int GapScale::height(qint64 pause) const
{
    if (!isGap(pause))
        return 0;
    const double most = std::log(double(m_duration) / double(m_threshold));
    const double share = most > 0 ? std::log(double(pause) / double(m_threshold)) / most : 0;
    return Least + int(std::lround(std::clamp(share, 0.0, 1.0) * (Most - Least)));
}

} // namespace headrace::ui
