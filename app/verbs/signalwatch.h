#pragma once

#include <QObject>

#include <initializer_list>

namespace headrace::app {

/** SIGINT and SIGTERM (or others) as a Qt signal, while it lives. One at a time. */
class SignalWatch : public QObject
{
    Q_OBJECT

public:
    /// Of SIGINT and SIGTERM; a second one ends the process the usual way.
    explicit SignalWatch(QObject *parent = nullptr);
    ~SignalWatch() override;

    /// Of \a number as well, each time it comes.
    void watch(int number);
    void forget(int number); ///< It does what it does by itself again.

    /// Watches nothing until watch().
    struct Nothing
    {
    };

    explicit SignalWatch(Nothing, QObject *parent = nullptr);

Q_SIGNALS:
    void stopRequested(); ///< SIGINT or SIGTERM; once.
    void arrived(int number); ///< What watch() asked for.

private:
    void read();
};

} // namespace headrace::app
