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

/// One with a note of its own.
inline QByteArray noteEntry(const QByteArray &note = "c")
{
    return R"({"startedDateTime":"2026-11-27T05:00:00.000Z","time":1.5,"request":{"method":"GET",)"
           R"("url":"http://a.test/?b=1","headers":[{"name":"A","value":"b"}]},"response":{"status":200,)"
           R"("statusText":"OK","content":{"size":2,"mimeType":"text/plain","text":"hi"}},"comment":")"
        + note + "\"}";
}

/// A file that cannot be read to its end, and what is to be said of it.
struct BrokenFile
{
    const char *name = "";
    QByteArray text;
    const char *message = ""; ///< Part of it.
    qint64 line = 1;
    qint64 offset = 0; ///< Or one beside it.
    qint64 entry = -1;
    qsizetype entries = 0; ///< That are kept.
};

inline QList<BrokenFile> brokenFiles()
{
    const QByteArray begin = R"({"log":{"entries":[)" + noteEntry() + ",\n";
    const QByteArray deep = R"({"log":{"entries":[)" + noteEntry() + ',' + QByteArray(100'000, '[');
    const qint64 whole = har(noteEntry()).size();
    return {
        { "empty", "", "empty" },
        { "blank", " \n ", "empty", 2, 3 },
        { "mark alone", "\xef\xbb\xbf", "empty", 1, 3 },
        { "no JSON", "GET / HTTP/1.1", "no JSON" },
        { "binary", QByteArray(1000, '\xff'), "no JSON" },
        { "zeros", QByteArray(1000, '\0'), "empty" },
        { "array", "[1,2]", "no HAR", 1, 5 },
        { "number", "1", "no HAR", 1, 1 },
        { "another file", R"({"log":{"pages":[]}})", "no HAR", 1, 20 },
        { "entries no array", R"({"log":{"entries":{"a":1}}})", "no HAR", 1, 27 },
        { "entries elsewhere", R"({"x":{"entries":[{}]},"entries":[{}]})", "no HAR", 1, 37 },
        { "log in an array", R"([{"log":{"entries":[{}]}}])", "no HAR", 1, 26 },
        { "ends after one", begin, "ends", 2, begin.size(), -1, 1 },
        { "ends in a string", begin + "{\"a", "ends", 2, begin.size() + 3, 2, 1 },
        { "ends in an escape", begin + "{\"a\":\"\\u12", "ends", 2, begin.size() + 9, 2, 1 },
        { "garbage in an entry", begin + "{\"a\":nope}]}}", "no JSON", 2, begin.size() + 6, 2, 1 },
        { "zero in an entry", begin + QByteArray("{\"a\0\":1}]}}", 12), "no JSON", 2,
            begin.size() + 3, 2, 1 },
        { "two values", begin + "{} {}", "no JSON", 2, begin.size() + 3, -1, 2 },
        { "rubbish behind", har(noteEntry()) + "x", "no JSON", 1, whole, -1, 1 },
        { "deep", deep, "deep", 1, 19 + noteEntry().size() + 1 + 510, 2, 1 },
        { "deep outside", QByteArray(100'000, '['), "deep", 1, 513 },
    };
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
