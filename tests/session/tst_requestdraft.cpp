#include <session/requestdraft.h>

#include <QTemporaryDir>
#include <QTest>

using namespace headrace::session;
using Where = DraftProblem::Where;

namespace {

RequestDraft valid()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://h/");
    return draft;
}

} // namespace

class RequestDraftTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void valid_hasNoProblems()
    {
        RequestDraft draft = valid();
        draft.method = "M-SEARCH";
        draft.fields = { { true, "X-a", "1" }, { true, "x-A", "caf\xc3\xa9" },
            { false, "bad name", "\n" }, { true, "", "" } };
        draft.trailers = { { true, "X-T", "" } };
        QVERIFY(problems(draft).isEmpty());
    }

    void problem_saysWhere_data()
    {
        QTest::addColumn<RequestDraft>("draft");
        QTest::addColumn<int>("where");
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, Where where, int index, const char *code,
                             const std::function<void(RequestDraft &)> &change) {
            RequestDraft draft = valid();
            change(draft);
            QTest::newRow(name) << draft << int(where) << index << QString::fromLatin1(code);
        };
        row("no method", Where::Method, -1, "ERR_INVALID_HTTP_TOKEN",
            [](RequestDraft &d) { d.method.clear(); });
        row("blank in method", Where::Method, -1, "ERR_INVALID_HTTP_TOKEN",
            [](RequestDraft &d) { d.method = "GET /"; });
        row("url", Where::Url, -1, "ERR_INVALID_URL",
            [](RequestDraft &d) { d.url = QStringLiteral("h"); });
        row("field name", Where::Field, 1, "ERR_INVALID_HTTP_TOKEN", [](RequestDraft &d) {
            d.fields = { { true, "A", "" }, { true, "A:", "" } };
        });
        row("field without name", Where::Field, 0, "ERR_INVALID_HTTP_TOKEN", [](RequestDraft &d) {
            d.fields = { { true, "", "x" } };
        });
        row("field value", Where::Field, 0, "ERR_INVALID_CHAR", [](RequestDraft &d) {
            d.fields = { { true, "A", "x\r\nB: y" } };
        });
        row("trailer name", Where::Trailer, 0, "ERR_INVALID_HTTP_TOKEN", [](RequestDraft &d) {
            d.trailers = { { true, "(", "" } };
        });
        row("trailer value", Where::Trailer, 0, "ERR_INVALID_CHAR", [](RequestDraft &d) {
            d.trailers = { { true, "A", QByteArray("\0", 1) } };
        });
        row("trailers of 1.0", Where::Trailer, 1, "ERR_HTTP_TRAILER_INVALID", [](RequestDraft &d) {
            d.trailers = { { false, "A", "" }, { true, "B", "" } };
            d.version = RequestDraft::Version::Http10;
        });
        row("trailers and length", Where::Trailer, 0, "ERR_HTTP_TRAILER_INVALID",
            [](RequestDraft &d) {
                d.trailers = { { true, "B", "" } };
                d.fields = { { true, "content-length", "1" } };
            });
        row("no file", Where::Body, -1, "ENOENT",
            [](RequestDraft &d) { d.bodyKind = RequestDraft::BodyKind::File; });
        row("missing file", Where::Body, -1, "ENOENT", [](RequestDraft &d) {
            d.bodyKind = RequestDraft::BodyKind::File;
            d.filePath = QStringLiteral("/nowhere/at/all");
        });
        row("folder", Where::Body, -1, "EISDIR", [](RequestDraft &d) {
            d.bodyKind = RequestDraft::BodyKind::File;
            d.filePath = QStringLiteral("/");
        });
    }

    void problem_saysWhere()
    {
        QFETCH(RequestDraft, draft);
        const QList<DraftProblem> found = problems(draft);
        QCOMPARE(found.size(), 1);
        QTEST(int(found[0].where), "where");
        QTEST(int(found[0].index), "index");
        QTEST(found[0].code, "code");
        QVERIFY(found[0].message.endsWith(u'.'));
    }

    void problems_areAllTold()
    {
        RequestDraft draft;
        draft.method = " ";
        draft.fields = { { true, " ", "\n" } };
        QCOMPARE(problems(draft).size(), 4);
    }
};

QTEST_GUILESS_MAIN(RequestDraftTest)
#include "tst_requestdraft.moc"
