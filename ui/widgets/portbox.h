#pragma once

#include <QSpinBox>

namespace headrace::ui {

/// The port to listen at; 0 stands for any that is free. editingFinished() tells what its user chose.
class PortBox : public QSpinBox
{
    Q_OBJECT

public:
    explicit PortBox(QWidget *parent = nullptr);

    quint16 port() const;
    void setPort(quint16 port); ///< Emits nothing.
};

} // namespace headrace::ui
