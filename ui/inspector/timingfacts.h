#pragma once

#include "inspector/exchangefacts.h"

namespace headrace::ui {

/// A phase of the exchange for the bars. Unit: microseconds from begin; begin <= end.
struct Phase
{
    QString name;
    qint64 begin = 0;
    qint64 end = 0;
};

/** In order of time, as the side that was recorded lived them; phases that did not happen are left out. The
    last one may still go on. */
QList<Phase> phasesOf(const exchange::Exchange &exchange);

/// Moments and rates that the phases do not tell.
QList<FactGroup> timingFactsOf(const exchange::Exchange &exchange);

} // namespace headrace::ui
