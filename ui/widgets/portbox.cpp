#include "widgets/portbox.h"

#include <QSignalBlocker>

namespace headrace::ui {

PortBox::PortBox(QWidget *parent)
    : QSpinBox(parent)
{
    setRange(0, 65535);
    setSpecialValueText(tr("any free"));
    setMinimumHeight(28);
    setAccelerated(true);
    setAccessibleName(tr("Port"));
}

quint16 PortBox::port() const { return static_cast<quint16>(value()); }

void PortBox::setPort(quint16 port)
{
    const QSignalBlocker blocker(this);
    setValue(port);
}

} // namespace headrace::ui
