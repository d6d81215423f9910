#pragma once

#include <QByteArray>
#include <QStringList>

namespace headrace::formats {

class JsonValue;

// Bodies as programs put them into HAR files. Null if the file does not have the body; what could not be read as it
// stood is appended to the notes.

/// Of `content`.
QByteArray responseBodyOf(const JsonValue &content, QStringList &notes);

/// Of a request's `postData`, or of the `_content` that some write beside it. Without text it is made of `params`.
QByteArray requestBodyOf(const JsonValue &request, QStringList &notes);

} // namespace headrace::formats
