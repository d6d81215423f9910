#pragma once

class QPainter;
class QRect;
class QStyleOption;

namespace headrace::ui {

/// A check box: a frame one can see on any ground, filled with the accent when it is on.
void paintCheckBox(QPainter *painter, const QStyleOption &option);

/// The same for one of several.
void paintRadioButton(QPainter *painter, const QStyleOption &option);

/// The cross on a tab; a ground appears under the mouse.
void paintTabClose(QPainter *painter, const QStyleOption &option);

/// The frame of an input that has arrows beside its text: spin box, editable combo box.
void paintInputFrame(QPainter *painter, const QStyleOption &option);

/// One of those arrows, muted until the mouse is over it or \a isActive.
void paintInputArrow(
    QPainter *painter, const QStyleOption &option, const QRect &place, bool isUp, bool isActive);

} // namespace headrace::ui
