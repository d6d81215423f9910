#include "composer/draftfile.h"
#include "composer/draftfromexchange.h"
#include "composer/draftjson.h"
#include "composer/failuretext.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;
using session::RequestDraft;

namespace {

RequestDraft everyMember()
{
    RequestDraft draft;
    draft.method = "PURGE";
    draft.url = QStringLiteral("not finish");
    draft.fields = { { true, "A", "caf\xe9" }, { false, "a", "2" }, { true, "", "no name" } };
    draft.bodyKind = RequestDraft::BodyKind::File;
    draft.text = QStringLiteral("kept too\n");
    draft.filePath = QStringLiteral("/nowhere");
    draft.parts = { { "a", "caf\xe9", {}, {}, "text/x", {} },
        { {}, {}, QStringLiteral("/nowhere"), "", {}, { { "X", "1" } } } };
    draft.octets = QByteArray("\0\xff", 2);
    draft.target = "*";
    draft.connectTo = QStringLiteral("h:81");
    draft.trailers = { { true, "T", "1" } };
    draft.timeout = std::chrono::milliseconds(0);
    draft.version = RequestDraft::Version::Http10;
    draft.verifyCertificates = false;
    draft.sendHost = false;
    draft.sendConnection = false;
    draft.sendContentLength = false;
    return draft;
}

exchange::Exchange recorded(const exchange::FieldList &fields, const QByteArray &body)
{
    exchange::Exchange exchange;
    exchange.summary.method = QStringLiteral("POST");
    exchange.summary.scheme = QStringLiteral("http");
    exchange.summary.host = QStringLiteral("a.test:8080");
    exchange.summary.target = QStringLiteral("/x?q=1");
    exchange.request.startLine = "POST /x?q=1 HTTP/1.1";
    exchange.request.httpVersion = "1.1";
    exchange.request.fields = fields;
    exchange.request.bodyOctets = body.size();
    if (!body.isEmpty())
        exchange.request.octets.append({ 0, exchange::Part::Body, body });
    return exchange;
}

} // namespace

class DraftsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json_everyMember_comesBack();
    void json_empty_isTheDefault();
    void file_saved_comesBack();
    void file_broken_isPutAside();
    void file_unwritable_saysSo();
    void fromExchange_automaticFields_areLeftToTheEngine();
    void fromExchange_otherFields_stayAsTheyWere();
    void fromExchange_chunked_staysChunked();
    void fromExchange_body_data();
    void fromExchange_body();
    void fromExchange_binaryBody_isTakenAsItIs();
    void fromExchange_truncatedBody_isTold();
    void fromExchange_otherTarget_staysAsItWas();
    void failureText_knownCode_saysWhatToDo();
};

void DraftsTest::json_everyMember_comesBack()
{
    QCOMPARE(draftFromJson(toJson(everyMember())), everyMember());
}

void DraftsTest::json_empty_isTheDefault() { QCOMPARE(draftFromJson({}), RequestDraft()); }

void DraftsTest::file_saved_comesBack()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("deeper/drafts.json"));
    QVERIFY(DraftFile(path).save({ { RequestDraft(), everyMember() }, 1 }));
    const SavedDrafts saved = DraftFile(path).load();
    QCOMPARE(saved.drafts, (QList<RequestDraft> { RequestDraft(), everyMember() }));
    QCOMPARE(saved.current, 1);
}

void DraftsTest::file_broken_isPutAside()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("drafts.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ \"drafts\": [");
    file.close();
    DraftFile drafts(path);
    QVERIFY(drafts.load().drafts.isEmpty());
    QVERIFY(drafts.problem().contains(QStringLiteral("drafts.json.broken")));
    QVERIFY(!QFile::exists(path));
    QVERIFY(QFile::exists(path + QStringLiteral(".broken")));
}

void DraftsTest::file_unwritable_saysSo()
{
    const QTemporaryDir folder;
    DraftFile drafts(folder.path()); // a folder is no file
    QVERIFY(!drafts.save({ { RequestDraft() }, 0 }));
    QVERIFY(!drafts.problem().isEmpty());
}

void DraftsTest::fromExchange_automaticFields_areLeftToTheEngine()
{
    const RequestDraft draft
        = draftFromExchange(recorded({ { "Host", "a.test:8080" }, { "X", "1" },
                                         { "Content-Length", "2" }, { "Connection", "close" } },
            "hi"));
    QCOMPARE(draft.method, QByteArray("POST"));
    QCOMPARE(draft.url, QStringLiteral("http://a.test:8080/x?q=1"));
    QCOMPARE(draft.fields, (QList<session::DraftField> { { true, "X", "1" } }));
    QVERIFY(draft.sendHost && draft.sendConnection && draft.sendContentLength);
}

void DraftsTest::fromExchange_otherFields_stayAsTheyWere()
{
    const RequestDraft draft
        = draftFromExchange(recorded({ { "host", "other" }, { "connection", "x, Close" } }, {}));
    QCOMPARE(draft.fields.size(), 2);
    QVERIFY(!draft.sendHost);
    QVERIFY(!draft.sendConnection);
}

void DraftsTest::fromExchange_chunked_staysChunked()
{
    QVERIFY(!draftFromExchange(recorded({ { "Transfer-Encoding", "chunked" } }, "x"))
                 .sendContentLength);
}

void DraftsTest::fromExchange_body_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RequestDraft::BodyKind>("kind");
    QTest::newRow("none") << QByteArray() << QByteArray() << RequestDraft::BodyKind::None;
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray("{\"a\": 1}")
                          << RequestDraft::BodyKind::Json;
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("caf\xc3\xa9\r\n")
                          << RequestDraft::BodyKind::Text;
}

void DraftsTest::fromExchange_body()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(RequestDraft::BodyKind, kind);
    QString lost;
    const RequestDraft draft
        = draftFromExchange(recorded({ { "Content-Type", type } }, body), &lost);
    QCOMPARE(draft.bodyKind, kind);
    QCOMPARE(draft.text.toUtf8(), body);
    QCOMPARE(lost, QString());
}

void DraftsTest::fromExchange_binaryBody_isTakenAsItIs()
{
    QString lost;
    const RequestDraft draft = draftFromExchange(
        recorded({ { "Content-Type", "text/plain" } }, QByteArray("caf\xe9")), &lost);
    QCOMPARE(draft.bodyKind, RequestDraft::BodyKind::Octets);
    QCOMPARE(draft.octets, QByteArray("caf\xe9"));
    QVERIFY(lost.isEmpty());
}

void DraftsTest::fromExchange_truncatedBody_isTold()
{
    exchange::Exchange exchange = recorded({}, "part");
    exchange.request.isTruncated = true;
    QString lost;
    const RequestDraft draft = draftFromExchange(exchange, &lost);
    QCOMPARE(draft.bodyKind, RequestDraft::BodyKind::None);
    QVERIFY(!lost.isEmpty());
}

void DraftsTest::fromExchange_otherTarget_staysAsItWas()
{
    exchange::Exchange exchange = recorded({}, {});
    exchange.summary.target = QStringLiteral("*");
    QCOMPARE(draftFromExchange(exchange).target, QByteArray("*"));
}

void DraftsTest::failureText_knownCode_saysWhatToDo()
{
    const QString text = failureText(QStringLiteral("ECONNREFUSED"), QStringLiteral("connect X"));
    QVERIFY(text.contains(QStringLiteral("Check host and port")));
    QVERIFY(text.contains(QStringLiteral("connect X")));
    QCOMPARE(failureText(QStringLiteral("EODD"), QStringLiteral("odd")), QStringLiteral("odd"));
}

QTEST_MAIN(DraftsTest)
#include "tst_drafts.moc"
