#include "verbs/signalwatch.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace headrace::app {

namespace {

int ends[2] = { -1, -1 }; // read, write

void onSignal(int)
{
    const char octet = 0;
    // Nothing can be done about a failure here; a second signal ends the process.
    [[maybe_unused]] const ssize_t count = ::write(ends[1], &octet, 1);
}

void handle(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | SA_RESETHAND;
    sigaction(number, &action, nullptr);
}

} // namespace

SignalWatch::SignalWatch(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // signals keep their default
    auto *notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        Q_EMIT stopRequested();
    });
    handle(SIGINT, onSignal);
    handle(SIGTERM, onSignal);
}

SignalWatch::~SignalWatch()
{
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
    ::close(ends[0]);
    ::close(ends[1]);
}

} // namespace headrace::app
