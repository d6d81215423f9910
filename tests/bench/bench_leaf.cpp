// bench_leaf COUNT: what a client of the proxy waits for when it asks for a host for the first time: a certificate
// that is made, not one that was kept. Each is for one host and five names of its origin.
// Prints `median_microseconds N` and `p99_microseconds N`.
#include <tls/certificateauthority.h>
#include <tls/leafcache.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace headrace;

namespace {

tls::LeafRequest requestOf(int number)
{
    const QString host = QStringLiteral("host%1.example.test").arg(number);
    tls::LeafRequest request { { host } };
    for (const char *name : { "www.", "api.", "cdn.", "*.", "m." })
        request.names += QString::fromLatin1(name) + host;
    return request;
}

} // namespace

int main(int argc, char **argv)
{
    using Clock = std::chrono::steady_clock;
    const int count = argc > 1 ? std::atoi(argv[1]) : 2000;
    tls::TlsError error;
    const auto authority = tls::CertificateAuthority::create(QStringLiteral("bench"), &error);
    if (count < 1 || !authority) {
        std::fprintf(stderr, "bench_leaf: %s\n", qPrintable(error.message));
        return 1;
    }
    tls::LeafCache cache(*authority);
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const tls::LeafRequest request = requestOf(i);
        const auto began = Clock::now();
        const tls::Identity leaf = cache.leafFor(request, &error);
        times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - began).count());
        if (leaf.isNull()) {
            std::fprintf(stderr, "bench_leaf: %s\n", qPrintable(error.message));
            return 1;
        }
    }
    std::sort(times.begin(), times.end());
    std::printf("median_microseconds %.1f\np99_microseconds %.1f\n", times[times.size() / 2],
        times[times.size() * 99 / 100]);
    return 0;
}
