#pragma once

#include <formats/request.h>

#include <QList>

/// Requests of which code is made, and the files that they name.
struct CodeSample
{
    const char *name;
    headrace::formats::Request request;
    bool isCompiled = false; ///< Also as C++, when the tests are built.
};

inline constexpr int samplePort
    = 49151; ///< Stands in the C++ programs for the port that they are told.

/// To 127.0.0.1 and that port. \a folder: where the files are.
QList<CodeSample> codeSamples(int port, const QString &folder);
