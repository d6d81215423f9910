#include "shell/adaptivesplitter.h"

#include <QResizeEvent>

namespace headrace::ui {

AdaptiveSplitter::AdaptiveSplitter(int switchWidth, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_switchWidth(switchWidth)
{
    setChildrenCollapsible(false);
}

void AdaptiveSplitter::resizeEvent(QResizeEvent *event)
{
    const Qt::Orientation wanted
        = event->size().width() >= m_switchWidth ? Qt::Horizontal : Qt::Vertical;
    if (wanted != orientation()) {
        setOrientation(wanted);
        setSizes(QList<int>(count(), 1000)); // Equal parts; the numbers are shares.
        Q_EMIT orientationChanged(wanted);
    }
    QSplitter::resizeEvent(event);
}

} // namespace headrace::ui
