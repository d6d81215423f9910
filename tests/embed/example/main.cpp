#include <http/http.h>

#include <QCoreApplication>

#include <cstdio>

using namespace headrace;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);

    http::Server server([](http::IncomingMessage *, http::ServerResponse *response) {
        response->end("Hello from Headrace");
    });
    if (const http::Error error = server.listen(argc > 1 ? QByteArray(argv[1]).toUShort() : 8080)) {
        std::fprintf(stderr, "%s\n", qPrintable(error.message));
        return 1;
    }
    std::printf("http://127.0.0.1:%d/\n", server.serverPort());
    std::fflush(stdout);
    return application.exec();
}
