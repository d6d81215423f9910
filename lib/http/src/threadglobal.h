#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

#include <memory>

namespace headrace::http {

/// One T per thread, made on first use; gone with the application in its thread, else with the thread.
/// Another may stand in for it.
template <typename T>
class ThreadGlobal
{
public:
    static T *get()
    {
        if (s_replacement)
            return s_replacement;
        static thread_local QPointer<T> object;
        static thread_local std::unique_ptr<T> ofOtherThread;
        if (!object) {
            QCoreApplication *application = QCoreApplication::instance();
            if (application && application->thread() == QThread::currentThread()) {
                object = new T(application);
            } else {
                ofOtherThread = std::make_unique<T>();
                object = ofOtherThread.get();
            }
        }
        return object;
    }

    /// Borrowed; null: the first one again.
    static void replace(T *object) { s_replacement = object; }

private:
    static inline thread_local QPointer<T> s_replacement;
};

} // namespace headrace::http
