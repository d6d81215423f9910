// bench_server [PORT]: the hello world of lib/http. Port 0, the default: any free one. Prints `port N`
// when it listens, and serves until it is killed.
#include <http/incomingmessage.h>
#include <http/server.h>
#include <http/serverresponse.h>

#include <QCoreApplication>

#include <cstdio>

using namespace headrace;

namespace {

void answer(http::IncomingMessage *, http::ServerResponse *response)
{
    if (const http::Error error = response->setHeader("Content-Type", "text/plain"))
        qFatal("%s", qPrintable(error.message));
    response->end("hello world");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const quint16 port = argc > 1 ? quint16(atoi(argv[1])) : 0;

    http::Server server(answer);
    if (const http::Error error = server.listen(port, QHostAddress::LocalHost)) {
        std::fprintf(stderr, "bench_server: %s\n", qPrintable(error.message));
        return 1;
    }
    std::printf("port %d\n", server.serverPort());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
