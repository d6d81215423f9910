// bench_idle CONNECTIONS: what idle keep-alive connections cost a server. Another process opens them, asks
// for one page on each and waits. Prints `resident_octets_per_connection N`.
#include "usage.h"

#include <http/incomingmessage.h>
#include <http/server.h>
#include <http/serverresponse.h>

#include <QCoreApplication>
#include <QSocketNotifier>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>

using namespace headrace;
using namespace std::chrono_literals;

namespace {

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::_Exit(1);
}

void allowDescriptors()
{
    rlimit limit {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        fail("getrlimit");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        fail("setrlimit");
}

void openOne(quint16 port)
{
    static constexpr char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        fail("connect");
    if (write(descriptor, request, sizeof request - 1) < 0)
        fail("write");
    char answer[1024];
    if (read(descriptor, answer, sizeof answer) <= 0)
        fail("read");
}

/// The process that holds the connections: waits for the port, opens them, says so, and waits for its end.
[[noreturn]] void hold(int connections, int portPipe, int donePipe)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    quint16 port = 0;
    if (read(portPipe, &port, sizeof port) != sizeof port)
        fail("read");
    for (int i = 0; i < connections; ++i)
        openOne(port);
    if (write(donePipe, "!", 1) != 1)
        fail("write");
    for (;;)
        pause();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench_idle CONNECTIONS\n");
        return 2;
    }
    const int connections = atoi(argv[1]);
    allowDescriptors();
    int portPipe[2];
    int donePipe[2];
    if (pipe(portPipe) != 0 || pipe(donePipe) != 0)
        fail("pipe");
    if (fork() == 0)
        hold(connections, portPipe[0], donePipe[1]);

    const QCoreApplication application(argc, argv);
    http::Server server([](http::IncomingMessage *, http::ServerResponse *response) {
        response->end("hello world");
    });
    server.setKeepAliveTimeout(10min);
    if (const http::Error error = server.listen(0, QHostAddress::LocalHost))
        qFatal("%s", qPrintable(error.message));

    const long long before = usage::residentOctets();
    const quint16 port = server.serverPort();
    if (write(portPipe[1], &port, sizeof port) != sizeof port)
        fail("write");
    const QSocketNotifier done(donePipe[0], QSocketNotifier::Read);
    QObject::connect(&done, &QSocketNotifier::activated, &application, [&] {
        if (server.connectionCount() != connections)
            qFatal("%lld connections are open", (long long)server.connectionCount());
        std::printf("resident_octets_per_connection %lld\n",
            (usage::residentOctets() - before) / connections);
        std::fflush(stdout);
        std::_Exit(0); // not one after the other
    });
    return QCoreApplication::exec();
}
