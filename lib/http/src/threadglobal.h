#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

#include <memory>

namespace headrace::http {

/// One T per thread, made on first use; gone with the application in its thread, else with the thread.
template <typename T>
T *threadGlobal()
{
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

} // namespace headrace::http
