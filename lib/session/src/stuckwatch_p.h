#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <memory>

namespace headrace::session {

/// Tells when the event loop of another thread does not come round.
class StuckWatch : public QObject
{
    Q_OBJECT

public:
    /// \a other: an object of the thread that is watched; it outlives this.
    explicit StuckWatch(QObject *other, QObject *parent = nullptr);

    void start(std::chrono::milliseconds limit); ///< Anew, if it runs.
    void stop();

Q_SIGNALS:
    /// Once after each \a limit in which nothing came round.
    void stuck(std::chrono::milliseconds limit);

private:
    void ask();
    void look();

    QObject *m_other;
    QTimer m_timer;
    QElapsedTimer m_asked;
    std::chrono::milliseconds m_limit { 0 };
    std::shared_ptr<std::atomic_bool> m_isAnswered; // by the other thread, to the last question
};

} // namespace headrace::session
