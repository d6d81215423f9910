#include "verbs/signalwatch.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace headrace::app {

namespace {

int ends[2] = { -1, -1 }; // read, write

void onSignal(int number)
{
    const char octet = char(number);
    // Nothing can be done about a failure here.
    [[maybe_unused]] const ssize_t count = ::write(ends[1], &octet, 1);
}

void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | flags;
    sigaction(number, &action, nullptr);
}

} // namespace

SignalWatch::SignalWatch(Nothing, QObject *parent)
    : QObject(parent)
{
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // signals keep their default
    auto *notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &SignalWatch::read);
}

SignalWatch::SignalWatch(QObject *parent)
    : SignalWatch(Nothing(), parent)
{
    handle(SIGINT, onSignal, SA_RESETHAND);
    handle(SIGTERM, onSignal, SA_RESETHAND);
    connect(
        this, &SignalWatch::arrived, this, &SignalWatch::stopRequested, Qt::SingleShotConnection);
}

SignalWatch::~SignalWatch()
{
    handle(SIGINT, SIG_DFL, 0);
    handle(SIGTERM, SIG_DFL, 0);
    ::close(ends[0]);
    ::close(ends[1]);
}

void SignalWatch::watch(int number)
{
    if (ends[1] >= 0)
        handle(number, onSignal, 0);
}

void SignalWatch::forget(int number) { handle(number, SIG_DFL, 0); }

void SignalWatch::read()
{
    char octet = 0;
    while (::read(ends[0], &octet, 1) == 1)
        Q_EMIT arrived(octet);
}

} // namespace headrace::app
