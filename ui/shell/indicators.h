#pragma once

class QPainter;
class QStyleOption;

namespace headrace::ui {

/// A check box: a frame one can see on any ground, filled with the accent when it is on.
void paintCheckBox(QPainter *painter, const QStyleOption &option);

/// The same for one of several.
void paintRadioButton(QPainter *painter, const QStyleOption &option);

/// The cross on a tab; a ground appears under the mouse.
void paintTabClose(QPainter *painter, const QStyleOption &option);

} // namespace headrace::ui
