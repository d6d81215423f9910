#pragma once

#include <QCoreApplication>

/// Fuzzers of objects with signals need an application for what is posted; its loop never runs.
extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    static int count = 1;
    static char name[] = "fuzz";
    static char *arguments[] = { name, nullptr };
    static QCoreApplication application(count, arguments);
    return 0;
}
