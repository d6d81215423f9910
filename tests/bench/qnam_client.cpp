// qnam_client URL REQUESTS CONCURRENCY: as bench_client, with Qt's own QNetworkAccessManager. It opens at
// most six connections to one host.
#include "load.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <cstdio>

namespace {

class Load
{
public:
    Load(const QUrl &url, int requests, int concurrency)
        : m_request(url)
        , m_toStart(requests)
        , m_toEnd(requests)
    {
        for (int i = 0; i < concurrency && m_toStart > 0; ++i)
            start();
    }

private:
    void start()
    {
        --m_toStart;
        QNetworkReply *reply = m_manager.get(m_request);
        QObject::connect(reply, &QNetworkReply::finished, reply, [this, reply] { onEnded(reply); });
    }

    void onEnded(QNetworkReply *reply)
    {
        if (reply->error() != QNetworkReply::NoError)
            fail(reply->errorString());
        reply->readAll();
        reply->deleteLater();
        if (--m_toEnd == 0)
            QCoreApplication::quit();
        else if (m_toStart > 0)
            start();
    }

    [[noreturn]] static void fail(const QString &why)
    {
        std::fprintf(stderr, "qnam_client: %s\n", qPrintable(why));
        std::exit(1);
    }

    QNetworkRequest m_request;
    QNetworkAccessManager m_manager;
    int m_toStart;
    int m_toEnd;
};

} // namespace

int main(int argc, char **argv) { return measureLoad<Load>(argc, argv); }
