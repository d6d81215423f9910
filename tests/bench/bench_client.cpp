// bench_client URL REQUESTS CONCURRENCY: GET requests over one keep-alive agent, CONCURRENCY at a time.
// Prints `requests_per_second N` and `cpu_us_per_request N`.
#include "load.h"

#include <http/agent.h>
#include <http/clientrequest.h>
#include <http/http.h>
#include <http/incomingmessage.h>

#include <QCoreApplication>

#include <cstdio>

using namespace headrace;

namespace {

class Load
{
public:
    Load(const QUrl &url, int requests, int concurrency)
        : m_options(http::RequestOptions::fromUrl(url))
        , m_agent(agentOptions(concurrency))
        , m_toStart(requests)
        , m_toEnd(requests)
    {
        m_options.agent = &m_agent;
        for (int i = 0; i < concurrency && m_toStart > 0; ++i)
            start();
    }

private:
    static http::AgentOptions agentOptions(int concurrency)
    {
        http::AgentOptions options;
        options.keepAlive = true;
        options.maxSockets = concurrency;
        return options;
    }

    void start()
    {
        --m_toStart;
        http::ClientRequest *request = http::get(m_options);
        QObject::connect(request, &http::ClientRequest::response, request,
            [this](http::IncomingMessage *response) { onResponse(response); });
        QObject::connect(request, &http::ClientRequest::errorOccurred, request,
            [](const http::Error &error) { fail(error.message); });
    }

    void onResponse(http::IncomingMessage *response)
    {
        if (response->statusCode() != 200)
            fail(QString::number(response->statusCode()));
        QObject::connect(
            response, &http::IncomingMessage::ended, response, [this] { onEnded(); });
        response->resume();
    }

    void onEnded()
    {
        if (--m_toEnd == 0)
            QCoreApplication::quit();
        else if (m_toStart > 0)
            start();
    }

    [[noreturn]] static void fail(const QString &why)
    {
        std::fprintf(stderr, "bench_client: %s\n", qPrintable(why));
        std::exit(1);
    }

    http::RequestOptions m_options;
    http::Agent m_agent;
    int m_toStart;
    int m_toEnd;
};

} // namespace

int main(int argc, char **argv) { return measureLoad<Load>(argc, argv); }
