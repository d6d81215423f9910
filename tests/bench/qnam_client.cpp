// qnam_client URL REQUESTS CONCURRENCY: as bench_client, with Qt's own QNetworkAccessManager. It opens at
// most six connections to one host.
#include "usage.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QUrl>

#include <chrono>
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

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 4) {
        std::fprintf(stderr, "usage: qnam_client URL REQUESTS CONCURRENCY\n");
        return 2;
    }
    const int requests = atoi(argv[2]);
    const auto begin = std::chrono::steady_clock::now();
    const usage::Microseconds cpuBefore = usage::cpuTime();
    const Load load(QUrl(QString::fromLocal8Bit(argv[1])), requests, atoi(argv[3]));
    const int result = QCoreApplication::exec();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("requests_per_second %.0f\n", requests / took.count());
    std::printf("cpu_us_per_request %.2f\n",
        double((usage::cpuTime() - cpuBefore).count()) / requests);
    return result;
}
