#include "codesamples.h"

using namespace headrace::formats;
using headrace::exchange::FieldList;

QList<CodeSample> codeSamples(int port, const QString &folder)
{
    const QString host = QStringLiteral("127.0.0.1:%1").arg(port);
    const auto to
        = [&host](const QByteArray &method, const QString &target, const FieldList &fields) {
              Request request;
              request.method = method;
              request.url = QStringLiteral("http://") + host + target;
              request.fields = FieldList { { "Host", host.toUtf8() } } + fields;
              return request;
          };
    const auto with = [](Request request, const QByteArray &body) {
        request.bodyKind = Request::BodyKind::Octets;
        request.body = body;
        if (!request.isChunked())
            request.fields.append({ "Content-Length", QByteArray::number(body.size()) });
        return request;
    };
    const FieldList close { { "Connection", "close" } };

    QList<CodeSample> samples;
    samples.append({ "GET", to("GET", QStringLiteral("/a/%41?q=%20'\"\\$x&r=1"), close) });
    samples.append({ "fields",
        to("GET", QStringLiteral("/"),
            FieldList { { "x-b", "2" }, { "X-Quote", "it's \"q\" \\ $HOME %s {x} `y`" },
                { "X-B", "1" }, { "Accept", "*/*" }, { "User-Agent", "t/1" },
                { "Accept-Encoding", "gzip" }, { "X-Latin", "caf\xe9" }, { "Cookie", "a=1" },
                { "Cookie", "b=2" } }
                + close),
        true });
    samples.append({ "text",
        with(to("POST", QStringLiteral("/t"),
                 FieldList { { "Content-Type", "application/json" } } + close),
            "{\"a\": \"it's \\\\ \xc3\xa4\xe2\x80\xa8\",\r\n\t\"b\": `${x}`}\n") });
    samples.append({ "octets",
        with(to("PUT", QStringLiteral("/o"), FieldList { { "Content-Type", "a/b" } } + close),
            QByteArray("\0\0017\xff\xfe\r\n\\'\"?\x7f", 12)),
        true });
    samples.append({ "DELETE with a body",
        with(to("DELETE", QStringLiteral("/d"),
                 FieldList { { "Content-Type", "text/plain" } } + close),
            "x") });
    Request chunked = with(to("POST", QStringLiteral("/c"),
                               FieldList { { "Content-Type", "text/plain" }, { "Trailer", "X-T" },
                                   { "Transfer-Encoding", "chunked" } }
                                   + close),
        "chunked body");
    chunked.trailers = { { "X-T", "1" } };
    samples.append({ "chunked with trailers", chunked, true });
    Request file = to("PUT", QStringLiteral("/f"),
        FieldList { { "Content-Type", "image/png" }, { "Content-Length", "10" } } + close);
    file.bodyKind = Request::BodyKind::File;
    file.filePath = folder + QStringLiteral("/it's a.png");
    samples.append({ "file", file });
    Request form = to("POST", QStringLiteral("/form"), {});
    form.bodyKind = Request::BodyKind::Form;
    form.boundary = "----b";
    form.parts = { { "a", "\xc3\xa4 1", {}, {}, {}, {} },
        { "f", {}, folder + QStringLiteral("/it's a.png"), "a.png", "image/png", {} } };
    qint64 octets = 10;
    for (const BodyPiece &piece : encodeForm(form.parts, form.boundary))
        octets += piece.octets.size();
    form.fields += FieldList { { "Content-Type", "multipart/form-data; boundary=----b" },
        { "Content-Length", QByteArray::number(octets) } }
        + close;
    samples.append({ "form", form, true });
    return samples;
}
