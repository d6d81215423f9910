#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace headrace::formats {

inline QByteArray har(const QByteArray &entries)
{
    return R"({"log":{"version":"1.2","creator":{"name":"Test","version":"1"},"entries":[)"
        + entries + "]}}";
}

inline QByteArray entry(const QByteArray &url = "https://a.test/x?q=1")
{
    return R"({"startedDateTime":"2026-11-27T04:00:00.123Z","time":12.5,"request":{"method":"GET","url":")"
        + url
        + R"(","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Host","value":"a.test"},)"
        + R"({"name":"X-A","value":"1"},{"name":"x-a","value":"2"}],"queryString":[],"headersSize":-1,)"
        + R"("bodySize":0},"response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],)"
        + R"("headers":[{"name":"Content-Type","value":"text/plain"}],"content":{"size":5,"mimeType":"text/plain",)"
        + R"("text":"hello"},"redirectURL":"","headersSize":-1,"bodySize":5},"cache":{},"timings":{"send":1,)"
        + R"("wait":10,"receive":1.5}})";
}

/// Entries with values that the specification does not know.
inline QList<std::pair<const char *, QByteArray>> oddEntries()
{
    return {
        { "empty object", QByteArray("{}") },
        { "nulls",
            QByteArray(
                R"({"startedDateTime":null,"request":null,"response":null,"timings":null})") },
        { "other types",
            QByteArray(
                R"({"startedDateTime":7,"time":"x","request":{"method":1,"url":[],"headers":{}},"response":{"status":"200","content":"c"}})") },
        { "bad date", QByteArray(R"({"startedDateTime":"yesterday"})") },
        { "headers without values",
            QByteArray(
                R"({"request":{"method":"GET","url":"http://a/","headers":[{"name":"A"},{"value":"b"},7,null]}})") },
        { "base64 that is none",
            QByteArray(
                R"({"response":{"status":200,"content":{"text":"%%%","encoding":"base64"}}})") },
        { "bad opcodes",
            QByteArray(R"({"_webSocketMessages":[{"type":"send","opcode":"x","data":7},null]})") },
        { "negative numbers",
            QByteArray(
                R"({"time":-1,"request":{"bodySize":-1},"response":{"status":-1},"timings":{"send":-1,"wait":-1,"receive":-1}})") },
        { "huge numbers",
            QByteArray(R"({"time":1e300,"response":{"status":99999999999,"bodySize":1e300}})") },
        { "raw pieces of nonsense",
            QByteArray(
                R"({"_rawRequest":[{"time":"x","part":99,"data":7}],"_rawResponse":{},"_events":[7],"_interim":[null],"_summary":7})") },
    };
}

} // namespace headrace::formats
