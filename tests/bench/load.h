#pragma once

#include "usage.h"

#include <QCoreApplication>
#include <QUrl>

#include <chrono>
#include <cstdio>
#include <cstdlib>

/// main() of a client program: `PROGRAM URL REQUESTS CONCURRENCY`. \a Load sends them and quits the application
/// after the last; what it took is printed.
template <typename Load>
int measureLoad(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 4) {
        std::fprintf(stderr, "usage: %s URL REQUESTS CONCURRENCY\n", argv[0]);
        return 2;
    }
    const int requests = std::atoi(argv[2]);
    const auto begin = std::chrono::steady_clock::now();
    const usage::Microseconds cpuBefore = usage::cpuTime();
    const Load load(QUrl(QString::fromLocal8Bit(argv[1])), requests, std::atoi(argv[3]));
    const int result = QCoreApplication::exec();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("requests_per_second %.0f\n", requests / took.count());
    std::printf(
        "cpu_us_per_request %.2f\n", double((usage::cpuTime() - cpuBefore).count()) / requests);
    return result;
}
