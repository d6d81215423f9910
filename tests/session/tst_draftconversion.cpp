#include "support/rawserver.h"

#include <http/incomingmessage.h>
#include <http/ticks.h>
#include <session/clients.h>
#include <session/draftconversion.h>
#include <session/preparedrequest.h>
#include <session/sending.h>

#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::session;

class DraftConversionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void given_fieldsStayAsTheyAre();
    void recognized_fieldsBecomeAutomatic();
    void body_isTakenAsWhatItIs_data();
    void body_isTakenAsWhatItIs();
    void shortcomings_areSaid();
    void draft_thereAndBack_isTheSame();
    void form_isPreparedAsBrowsersSendIt_data();
    void form_isPreparedAsBrowsersSendIt();
    void form_withFiles_isSentInOrder();
    void form_fileGoneWhileSent_fails();
    void target_andPlace_areUsed();
    void problems_ofFormAndWire_areFound_data();
    void problems_ofFormAndWire_areFound();
};

void DraftConversionTest::given_fieldsStayAsTheyAre()
{
    formats::Request request;
    request.url = QStringLiteral("http://h/");
    request.fields = { { "X", "1" }, { "Host", "h" }, { "Content-Length", "0" }, { "x", "2" } };
    const RequestDraft draft = draftOf(request, Automatic::Given);
    QCOMPARE(draft.fields.size(), 4);
    QVERIFY(!draft.sendHost && !draft.sendConnection && !draft.sendContentLength);
    QCOMPARE(requestOf(draft).fields, request.fields);
}

void DraftConversionTest::recognized_fieldsBecomeAutomatic()
{
    formats::Request request;
    request.method = "POST";
    request.url = QStringLiteral("http://h:81/");
    request.bodyKind = formats::Request::BodyKind::Octets;
    request.body = "hi";
    request.fields = { { "Host", "h:81" }, { "X", "1" }, { "Content-Length", "2" },
        { "Connection", "close" } };
    RequestDraft draft = draftOf(request, Automatic::Recognized);
    QCOMPARE(draft.fields, (QList<DraftField> { { true, "X", "1" } }));
    QVERIFY(draft.sendHost && draft.sendConnection && draft.sendContentLength);

    request.fields = { { "Host", "other" }, { "Transfer-Encoding", "chunked" } };
    draft = draftOf(request, Automatic::Recognized);
    QCOMPARE(draft.fields, (QList<DraftField> { { true, "Host", "other" } }));
    QVERIFY(!draft.sendHost && !draft.sendConnection && !draft.sendContentLength);
}

void DraftConversionTest::body_isTakenAsWhatItIs_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RequestDraft::BodyKind>("kind");
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray("{}")
                          << RequestDraft::BodyKind::Json;
    QTest::newRow("text") << QByteArray("a/b") << QByteArray("x=1") << RequestDraft::BodyKind::Text;
    QTest::newRow("octets") << QByteArray("text/plain") << QByteArray("\xff")
                            << RequestDraft::BodyKind::Octets;
    QTest::newRow("NUL") << QByteArray() << QByteArray("a\0b", 3) << RequestDraft::BodyKind::Octets;
}

void DraftConversionTest::body_isTakenAsWhatItIs()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    formats::Request request;
    request.url = QStringLiteral("http://h/");
    request.fields = { { "Content-Type", type } };
    request.bodyKind = formats::Request::BodyKind::Octets;
    request.body = body;
    const RequestDraft draft = draftOf(request, Automatic::Recognized);
    QTEST(draft.bodyKind, "kind");
    QCOMPARE(prepare(draft).body, body);
}

void DraftConversionTest::shortcomings_areSaid()
{
    formats::Request request;
    QVERIFY(session::shortcomingsOf(request).isEmpty());
    request.followsRedirects = true;
    QCOMPARE(session::shortcomingsOf(request),
        QStringList { QStringLiteral("Redirects are not followed.") });
    request.timeout = std::chrono::seconds(10);
    QCOMPARE(session::shortcomingsOf(request).size(), 2);
}

void DraftConversionTest::draft_thereAndBack_isTheSame()
{
    RequestDraft draft;
    draft.method = "pUt";
    draft.url = QStringLiteral("https://h:8443/a?b");
    draft.fields = { { true, "x-b", "2" }, { true, "X-B", "1" } };
    draft.bodyKind = RequestDraft::BodyKind::Form;
    draft.parts = { { "a", "1", {}, {}, {}, {} } };
    draft.trailers = { { true, "T", "1" } };
    draft.target = "*";
    draft.connectTo = QStringLiteral("127.0.0.1:1");
    draft.verifyCertificates = false;
    draft.sendContentLength = false;
    RequestDraft again = draftOf(requestOf(draft), Automatic::Recognized);
    QCOMPARE(again.fields.takeLast(), (DraftField { true, "Trailer", "T" }));
    QCOMPARE(again, draft);
}

void DraftConversionTest::form_isPreparedAsBrowsersSendIt_data()
{
    QTest::addColumn<QList<DraftField>>("fields");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("boundary");
    using Fields = QList<DraftField>;
    QTest::newRow("automatic") << Fields() << QByteArray("multipart/form-data; boundary=b")
                               << QByteArray("b");
    QTest::newRow("boundary is added") << Fields { { true, "content-type", "multipart/x" } }
                                       << QByteArray("multipart/x; boundary=b") << QByteArray("b");
    QTest::newRow("boundary is given")
        << Fields { { true, "Content-Type", "multipart/form-data; Boundary=\"q r\"" } }
        << QByteArray("multipart/form-data; Boundary=\"q r\"") << QByteArray("q r");
}

void DraftConversionTest::form_isPreparedAsBrowsersSendIt()
{
    QFETCH(const QList<DraftField>, fields);
    QFETCH(const QByteArray, boundary);
    RequestDraft draft;
    draft.method = "POST";
    draft.url = QStringLiteral("http://h/");
    draft.fields = fields;
    draft.bodyKind = RequestDraft::BodyKind::Form;
    draft.parts = { { "a\"b", "1", {}, {}, {}, {} }, { "c", "2", {}, "d.txt", "text/plain", {} } };
    const PreparedRequest prepared = prepare(draft, "b");
    const QByteArray body = "--" + boundary
        + "\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n1\r\n--" + boundary
        + "\r\nContent-Disposition: form-data; name=\"c\"; filename=\"d.txt\"\r\nContent-Type: "
          "text/plain\r\n\r\n2\r\n--"
        + boundary + "--\r\n";
    QCOMPARE(prepared.parts.size(), 1);
    QCOMPARE(prepared.parts.first().octets, body);
    const formats::Request request = requestOf(draft);
    QCOMPARE(request.field("Content-Length").toLongLong() > 0, true);
    bool hasType = false;
    for (const auto &[name, value] : *prepared.options.rawHeaders) {
        if (name.toLower() == "content-type") {
            QTEST(value.toByteArray(), "type");
            hasType = true;
        }
        if (name == "Content-Length")
            QCOMPARE(value.toByteArray().toLongLong(), body.size());
    }
    QVERIFY(hasType);
}

void DraftConversionTest::form_withFiles_isSentInOrder()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("f")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(300'000, 'x'));
    file.close();
    RequestDraft draft;
    draft.method = "POST";
    draft.bodyKind = RequestDraft::BodyKind::Form;
    draft.parts = { { "a", "1", {}, {}, {}, {} }, { "f", {}, file.fileName(), "f", {}, {} },
        { "b", "2", {}, {}, {}, {} }, { "g", {}, file.fileName(), "g", {}, {} } };
    RawServer server([](QTcpSocket *socket, const QByteArray &received) {
        if (received.endsWith("--\r\n"))
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    draft.url = server.url();
    draft.fields = { { true, "Content-Type", "multipart/form-data; boundary=b" } };
    Clients clients(Clients::Persistence::Close);
    Sending sending(draft);
    bool isAnswered = false;
    connect(&sending, &Sending::response, this, [&isAnswered] { isAnswered = true; });
    {
        const http::IoScope scope;
        QVERIFY(!sending.start(clients));
    }
    QTRY_VERIFY(isAnswered);
    const QByteArray &received = server.received[0];
    const qsizetype body = received.indexOf("\r\n\r\n") + 4;
    QVERIFY(received.contains(
        "\r\nContent-Length: " + QByteArray::number(received.size() - body) + "\r\n"));
    QCOMPARE(received.count('x'), 600'000 + received.first(body).count('x'));
    QVERIFY(received.indexOf("name=\"a\"") < received.indexOf("name=\"f\"")
        && received.indexOf("name=\"b\"") < received.indexOf("name=\"g\""));
}

void DraftConversionTest::form_fileGoneWhileSent_fails()
{
    QTemporaryDir folder;
    RequestDraft draft;
    draft.url = QStringLiteral("http://127.0.0.1:1/");
    draft.bodyKind = RequestDraft::BodyKind::Form;
    draft.parts = { { "f", {}, folder.filePath(QStringLiteral("f")), "f", {}, {} } };
    QFile file(draft.parts.first().filePath);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    Sending sending(draft);
    QVERIFY(file.remove());
    Clients clients(Clients::Persistence::Close);
    const http::IoScope scope;
    const http::Error error = sending.start(clients);
    QCOMPARE(error.code, http::ErrorCode::NoEntry);
    QVERIFY(error.message.contains(file.fileName()));
}

void DraftConversionTest::target_andPlace_areUsed()
{
    RequestDraft draft;
    draft.url = QStringLiteral("https://h/x");
    draft.target = "*";
    draft.connectTo = QStringLiteral("[::1]:81");
    PreparedRequest prepared = prepare(draft);
    QCOMPARE(prepared.options.path, QByteArray("*"));
    QCOMPARE(prepared.options.host, QStringLiteral("::1"));
    QCOMPARE(prepared.options.port, 81);
    QCOMPARE(prepared.options.serverName, QStringLiteral("h"));
    draft.connectTo = QStringLiteral("other");
    prepared = prepare(draft);
    QCOMPARE(prepared.options.host, QStringLiteral("other"));
    QCOMPARE(prepared.options.port, 443);
}

void DraftConversionTest::problems_ofFormAndWire_areFound_data()
{
    QTest::addColumn<RequestDraft>("draft");
    QTest::addColumn<DraftProblem::Where>("where");
    RequestDraft draft;
    draft.url = QStringLiteral("http://h/");
    RequestDraft target = draft;
    target.target = "a b";
    QTest::newRow("target") << target << DraftProblem::Where::Wire;
    for (const char *place : { "a b:1", "h:x", "h/x", "u@h" }) {
        RequestDraft wrong = draft;
        wrong.connectTo = QString::fromLatin1(place);
        QTest::newRow(place) << wrong << DraftProblem::Where::Wire;
    }
    draft.bodyKind = RequestDraft::BodyKind::Form;
    draft.parts = { { "a", {}, QStringLiteral("/no/such/file"), {}, {}, {} } };
    QTest::newRow("file of a part") << draft << DraftProblem::Where::Body;
    draft.parts = { { "a", {}, {}, {}, "a\nb", {} } };
    QTest::newRow("type of a part") << draft << DraftProblem::Where::Body;
}

void DraftConversionTest::problems_ofFormAndWire_areFound()
{
    QFETCH(const RequestDraft, draft);
    const QList<DraftProblem> found = problems(draft);
    QCOMPARE(found.size(), 1);
    QTEST(found.first().where, "where");
}

QTEST_GUILESS_MAIN(DraftConversionTest)
#include "tst_draftconversion.moc"
