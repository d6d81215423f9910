#include "inspector/inspectorpage.h"

namespace headrace::ui {

bool InspectorPage::isOffered(const exchange::Exchange &) const { return true; }

QString InspectorPage::badge(const exchange::Exchange &) const { return {}; }

void InspectorPage::showSpan(const std::optional<exchange::WireSpan> &) { }

} // namespace headrace::ui
