#pragma once

#include <QObject>

namespace headrace::app {

/** SIGINT and SIGTERM as a Qt signal, while it lives; a second one ends the process the usual way.
    One at a time. */
class SignalWatch : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatch(QObject *parent = nullptr);
    ~SignalWatch() override;

Q_SIGNALS:
    void stopRequested();
};

} // namespace headrace::app
