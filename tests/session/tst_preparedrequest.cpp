#include <session/preparedrequest.h>

#include <QTemporaryFile>
#include <QTest>

using namespace headrace;
using namespace headrace::session;

namespace {

RequestDraft draftTo(const QString &url)
{
    RequestDraft draft;
    draft.url = url;
    return draft;
}

// "Name: value|Name: value"
QByteArray fieldsOf(const RequestDraft &draft)
{
    QList<QByteArray> lines;
    const http::HeaderList fields = *prepare(draft).options.rawHeaders;
    for (const auto &[name, value] : fields)
        lines.append(name + ": " + value.toByteArray());
    return lines.join('|');
}

} // namespace

class PreparedRequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void target_isAsTyped()
    {
        const PreparedRequest request
            = prepare(draftTo(u"https://h:8443/p%41th/../x?q=a%20b#f"_qs));
        QCOMPARE(request.options.path, "/p%41th/../x?q=a%20b");
        QCOMPARE(request.options.host, u"h"_qs);
        QCOMPARE(request.options.port, 8443);
        QCOMPARE(request.options.protocol, "https:");
        QVERIFY(request.isSecure);
        QCOMPARE(request.options.timeout, std::chrono::milliseconds(30'000));
    }

    void fields_areInOrderWithDuplicates()
    {
        RequestDraft draft = draftTo(u"http://h/"_qs);
        draft.fields = { { true, "X-b", "1" }, { false, "No", "x" }, { true, "x-B", "2" },
            { true, "", "" }, { true, "X-b", "3" } };
        QCOMPARE(fieldsOf(draft), "Host: h|X-b: 1|x-B: 2|X-b: 3");
    }

    void automaticFields_data()
    {
        QTest::addColumn<RequestDraft>("draft");
        QTest::addColumn<QByteArray>("fields");
        const auto row = [](const char *name, const QByteArray &fields,
                             const std::function<void(RequestDraft &)> &change) {
            RequestDraft draft = draftTo(u"http://h:8080/"_qs);
            change(draft);
            QTest::newRow(name) << draft << fields;
        };
        using Kind = RequestDraft::BodyKind;
        const auto text = [](RequestDraft &d) {
            d.bodyKind = Kind::Text;
            d.text = u"é"_qs;
        };
        row("get", "Host: h:8080", [](RequestDraft &) {});
        row("own host", "host: x", [](RequestDraft &d) { d.fields = { { true, "host", "x" } }; });
        row("no host", "", [](RequestDraft &d) { d.sendHost = false; });
        row("credentials", "Host: h|Authorization: Basic dTpw",
            [](RequestDraft &d) { d.url = u"http://u:p@h/"_qs; });
        row("own authorization", "Host: h|authorization: x", [](RequestDraft &d) {
            d.url = u"http://u:p@h/"_qs;
            d.fields = { { true, "authorization", "x" } };
        });
        row("empty post", "Host: h:8080|Content-Length: 0",
            [](RequestDraft &d) { d.method = "POST"; });
        row("body of get", "Host: h:8080|Content-Length: 2", text);
        row("own length", "Host: h:8080|Content-Length: 7", [&](RequestDraft &d) {
            text(d);
            d.fields = { { true, "Content-Length", "7" } };
        });
        row("no length", "Host: h:8080|Transfer-Encoding: chunked", [&](RequestDraft &d) {
            text(d);
            d.sendContentLength = false;
        });
        row("no length, 1.0", "Host: h:8080", [&](RequestDraft &d) {
            text(d);
            d.sendContentLength = false;
            d.version = RequestDraft::Version::Http10;
        });
        row("own coding", "Host: h:8080|transfer-encoding: chunked", [&](RequestDraft &d) {
            text(d);
            d.fields = { { true, "transfer-encoding", "chunked" } };
        });
        row("trailers", "Host: h:8080|Trailer: A, B|Transfer-Encoding: chunked",
            [&](RequestDraft &d) {
                text(d);
                d.trailers = { { true, "A", "1" }, { false, "X", "" }, { true, "B", "" } };
            });
        row("own trailer field", "Host: h:8080|Trailer: x|Transfer-Encoding: chunked",
            [&](RequestDraft &d) {
                d.fields = { { true, "Trailer", "x" } };
                d.trailers = { { true, "A", "1" } };
            });
    }

    void automaticFields()
    {
        QFETCH(RequestDraft, draft);
        QTEST(fieldsOf(draft), "fields");
    }

    void connect_asksForTheAuthority()
    {
        RequestDraft draft = draftTo(u"http://h/ignored"_qs);
        draft.method = "CONNECT";
        QCOMPARE(prepare(draft).options.path, "h:80");
        draft.url = u"http://h:8080"_qs;
        QCOMPARE(prepare(draft).options.path, "h:8080");
    }

    void file_sizeIsKnown()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("12345");
        file.close();
        RequestDraft draft = draftTo(u"http://h/"_qs);
        draft.method = "PUT";
        draft.bodyKind = RequestDraft::BodyKind::File;
        draft.filePath = file.fileName();
        const PreparedRequest request = prepare(draft);
        QCOMPARE(request.bodyOctets, 5);
        QCOMPARE(request.filePath, file.fileName());
        QCOMPARE(fieldsOf(draft), "Host: h|Content-Length: 5");
        draft.filePath = u"/dev/null"_qs; // no regular file: nobody knows
        QCOMPARE(fieldsOf(draft), "Host: h|Transfer-Encoding: chunked");
    }

    void expectation_holdsTheBody()
    {
        RequestDraft draft = draftTo(u"http://h/"_qs);
        draft.fields = { { true, "expect", "100-Continue" } };
        QVERIFY(!prepare(draft).waitsForContinue);
        draft.bodyKind = RequestDraft::BodyKind::Text;
        QVERIFY(prepare(draft).waitsForContinue);
    }
};

QTEST_GUILESS_MAIN(PreparedRequestTest)
#include "tst_preparedrequest.moc"
