#pragma once

#include <QObject>
#include <QThreadPool>

#include <utility>

namespace headrace::ui {

/** Work beside the GUI thread, one piece after the other; its result comes back to this object's thread.
    When this goes, what waits is dropped and what runs is waited for. Thread: GUI. */
class Background : public QObject
{
public:
    explicit Background(QObject *parent = nullptr)
        : QObject(parent)
    {
        m_pool.setMaxThreadCount(1);
    }

    ~Background() override
    {
        m_pool.clear();
        m_pool.waitForDone();
    }

    /// \a work runs there and answers a value, \a done takes it here.
    template <class Work, class Done>
    void run(Work work, Done done)
    {
        m_pool.start([this, work = std::move(work), done = std::move(done)]() mutable {
            QMetaObject::invokeMethod(
                this,
                [result = work(), done = std::move(done)]() mutable { done(std::move(result)); },
                Qt::QueuedConnection);
        });
    }

private:
    QThreadPool m_pool;
};

} // namespace headrace::ui
