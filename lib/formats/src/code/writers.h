#pragma once

#include "formats/request.h"

namespace headrace::formats {

// One for each language; see writeCode().
QByteArray writeCpp(const Request &request);
QByteArray writeFetch(const Request &request);
QByteArray writeNode(const Request &request);
QByteArray writePython(const Request &request);

} // namespace headrace::formats
