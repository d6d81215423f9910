#include "inspector/inspectorpage.h"

namespace headrace::ui {

QString InspectorPage::badge(const exchange::Exchange &) const { return {}; }

} // namespace headrace::ui
