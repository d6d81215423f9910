#include "composer/codeview.h"
#include "composer/composepanel.h"
#include "composer/formeditor.h"
#include "composer/formpartsmodel.h"
#include "composer/requesteditor.h"
#include "named.h"
#include "shell/noticebar.h"
#include "text/textview.h"

#include <session/draftconversion.h>
#include <session/session.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTemporaryFile>
#include <QTest>

using namespace headrace;
using namespace headrace::ui;
using session::RequestDraft;

class ComposePasteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void curlLine_pasted_fillsTheTab();
    void curlLine_pasted_undoBringsBackWhatWas_data();
    void curlLine_pasted_undoBringsBackWhatWas();
    void curlLine_broken_isToldAndChangesNothing();
    void curlLine_withSeveralUrls_opensTabs();
    void curlLine_withForm_showsItsParts();
    void curlLine_withRemarks_tellsThem();
    void rawRequest_pasted_fillsTheTab();
    void url_pasted_isAUrl();
    void code_followsTheDraft();
    void code_copied_isOnTheClipboard();
    void code_ofAWrongDraft_saysWhatIsWrong();
    void form_edited_isInTheDraft();
    void otherBodies_comeBack();
    void wire_targetAndPlace_comeBack();

private:
    void paste(const QString &text);

    RequestEditor *editor() const { return m_panel->editor(m_panel->currentIndex()); }

    QLineEdit *url() const { return named<QLineEdit>(*editor(), QStringLiteral("URL")); }

    NoticeBar *notice() const { return editor()->findChild<NoticeBar *>(); }

    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ComposePanel> m_panel;
};

void ComposePasteTest::init()
{
    m_session = std::make_unique<session::Session>();
    m_panel = std::make_unique<ComposePanel>(m_session.get(), QString());
    m_panel->resize(1000, 700);
    m_panel->show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
}

void ComposePasteTest::cleanup()
{
    m_panel.reset();
    m_session.reset();
}

void ComposePasteTest::paste(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    url()->setFocus();
    url()->selectAll();
    QTest::keySequence(url(), QKeySequence::Paste);
}

void ComposePasteTest::curlLine_pasted_fillsTheTab()
{
    paste(QStringLiteral(
        "curl -X PATCH 'https://api.test/v1/x?q=1' \\\n  -H 'x-b: 2' \\\n  -H 'X-B: 1' \\\n"
        "  -H 'Content-Type: application/json' -k -0 -d '{\"a\":1}'"));
    const RequestDraft draft = editor()->draft();
    QCOMPARE(draft.method, QByteArray("PATCH"));
    QCOMPARE(draft.url, QStringLiteral("https://api.test/v1/x?q=1"));
    QCOMPARE(draft.fields.size(), 5);
    QCOMPARE(draft.fields[2], (session::DraftField { true, "x-b", "2" }));
    QCOMPARE(draft.bodyKind, RequestDraft::BodyKind::Json);
    QCOMPARE(draft.text, QStringLiteral("{\"a\":1}"));
    QCOMPARE(draft.version, RequestDraft::Version::Http10);
    QVERIFY(!draft.verifyCertificates && draft.sendHost && draft.sendContentLength);
    QVERIFY(!draft.sendConnection); // curl sends none
    QVERIFY(session::problems(draft).isEmpty());
    QVERIFY(notice()->isVisible());
    QCOMPARE(m_panel->count(), 1);
}

void ComposePasteTest::curlLine_pasted_undoBringsBackWhatWas_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("Ctrl+Z") << true;
    QTest::newRow("button") << false;
}

void ComposePasteTest::curlLine_pasted_undoBringsBackWhatWas()
{
    QFETCH(const bool, byKey);
    RequestDraft draft;
    draft.url = QStringLiteral("http://before.test/");
    draft.fields = { { true, "A", "1" } };
    editor()->setDraft(draft);
    paste(QStringLiteral("curl -d x http://after.test/"));
    QCOMPARE(editor()->draft().url, QStringLiteral("http://after.test/"));
    if (byKey) {
        QTest::keySequence(url(), QKeySequence::Undo);
    } else {
        for (QPushButton *button : notice()->findChildren<QPushButton *>())
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(editor()->draft(), draft);
    QVERIFY(!notice()->isVisible());
}

void ComposePasteTest::curlLine_broken_isToldAndChangesNothing()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://before.test/");
    editor()->setDraft(draft);
    paste(QStringLiteral("curl http://h/ \\\n -d 'never ends"));
    QCOMPARE(editor()->draft(), draft);
    QVERIFY2(notice()->text().contains(QStringLiteral("(line 2, column 5)")),
        qPrintable(notice()->text()));
}

void ComposePasteTest::curlLine_withSeveralUrls_opensTabs()
{
    paste(QStringLiteral("curl http://h/1 http://h/2 --next -I http://h/3"));
    QCOMPARE(m_panel->count(), 3);
    QCOMPARE(m_panel->currentIndex(), 0);
    QCOMPARE(m_panel->editor(0)->draft().url, QStringLiteral("http://h/1"));
    QCOMPARE(m_panel->editor(2)->draft().method, QByteArray("HEAD"));
}

void ComposePasteTest::curlLine_withForm_showsItsParts()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    paste(QStringLiteral("curl http://h/ -F a=1 -F 'f=@%1;type=a/b'").arg(file.fileName()));
    const RequestDraft draft = editor()->draft();
    QCOMPARE(draft.bodyKind, RequestDraft::BodyKind::Form);
    QCOMPARE(draft.parts.size(), 2);
    QCOMPARE(draft.parts[1].filePath, file.fileName());
    QVERIFY(session::problems(draft).isEmpty());
    const auto *form = editor()->findChild<FormEditor *>();
    QCOMPARE(form->model()->rowCount(), 3);
    QCOMPARE(
        form->model()->index(1, FormPartsModel::Type).data().toString(), QStringLiteral("a/b"));
}

void ComposePasteTest::curlLine_withRemarks_tellsThem()
{
    paste(QStringLiteral("curl --http2 --bogus http://h/$ID"));
    QVERIFY(notice()->text().contains(QStringLiteral("--http2 is not supported")));
    QVERIFY(notice()->text().contains(QStringLiteral("no option --bogus")));
    QVERIFY(notice()->text().contains(QStringLiteral("$ID is not expanded")));
    QCOMPARE(editor()->draft().url, QStringLiteral("http://h/$ID"));
}

void ComposePasteTest::rawRequest_pasted_fillsTheTab()
{
    paste(QStringLiteral("POST /x HTTP/1.1\nHost: h:81\nX-A: 1\nConnection: close\n\nbody"));
    const RequestDraft draft = editor()->draft();
    QCOMPARE(draft.method, QByteArray("POST"));
    QCOMPARE(draft.url, QStringLiteral("http://h:81/x"));
    QCOMPARE(draft.fields, (QList<session::DraftField> { { true, "X-A", "1" } }));
    QCOMPARE(draft.text, QStringLiteral("body"));
    QVERIFY(draft.sendHost && draft.sendConnection);
}

void ComposePasteTest::url_pasted_isAUrl()
{
    paste(QStringLiteral("http://h/curl"));
    QCOMPARE(editor()->draft().url, QStringLiteral("http://h/curl"));
    QTest::keySequence(url(), QKeySequence::Undo);
    QCOMPARE(editor()->draft().url, QString());
}

void ComposePasteTest::code_followsTheDraft()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://h/x");
    draft.fields = { { true, "X-A", "1" } };
    editor()->setDraft(draft);
    editor()->setPage(RequestEditor::CodePage);
    auto *view = editor()->findChild<CodeView *>();
    QVERIFY(view->code().startsWith(QStringLiteral("curl ")));
    QVERIFY(view->code().contains(QStringLiteral("-H 'X-A: 1'")));
    view->setTarget(formats::CodeTarget::Raw);
    QCOMPARE(view->code().replace(QStringLiteral("\r\n"), QStringLiteral("\n")),
        QStringLiteral("GET /x HTTP/1.1\nHost: h\nX-A: 1\nConnection: keep-alive\n\n"));
    draft.method = "PUT";
    editor()->setDraft(draft);
    QVERIFY(view->code().startsWith(QStringLiteral("PUT /x")));
}

void ComposePasteTest::code_copied_isOnTheClipboard()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://h/x");
    editor()->setDraft(draft);
    auto *view = editor()->findChild<CodeView *>();
    view->setTarget(formats::CodeTarget::Python);
    view->codeActions().first()->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("import requests")));
}

void ComposePasteTest::code_ofAWrongDraft_saysWhatIsWrong()
{
    editor()->setPage(RequestEditor::CodePage);
    const auto *view = editor()->findChild<CodeView *>();
    QCOMPARE(view->code(), QString());
    QVERIFY(!view->codeActions().first()->isEnabled());
}

void ComposePasteTest::form_edited_isInTheDraft()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://h/");
    draft.bodyKind = RequestDraft::BodyKind::Form;
    editor()->setDraft(draft);
    FormPartsModel *model = editor()->findChild<FormEditor *>()->model();
    const QAbstractItemModelTester tester(model);
    const auto set = [model](int row, FormPartsModel::Column column, const QVariant &value,
                         int role = Qt::EditRole) {
        QVERIFY(model->setData(model->index(row, column), value, role));
    };
    set(0, FormPartsModel::Name, QStringLiteral("a"));
    set(0, FormPartsModel::Content, QStringLiteral("1"));
    set(1, FormPartsModel::Name, QStringLiteral("f"));
    set(1, FormPartsModel::Kind, Qt::Checked, Qt::CheckStateRole);
    set(1, FormPartsModel::Content, QStringLiteral("/no/such.png"));
    const QList<formats::FormPart> parts = editor()->draft().parts;
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts[0].value, QByteArray("1"));
    QCOMPARE(parts[1].filePath, QStringLiteral("/no/such.png"));
    QCOMPARE(parts[1].fileName, QByteArray("such.png"));
    QCOMPARE(parts[1].type, QByteArray("image/png"));
    QVERIFY(!editor()->checkBeforeSend());
    QVERIFY(model->index(1, 0)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("There is no file")));
    model->removePart(1);
    QCOMPARE(editor()->draft().parts.size(), 1);
    QVERIFY(editor()->checkBeforeSend());
}

void ComposePasteTest::otherBodies_comeBack()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://h/");
    draft.bodyKind = RequestDraft::BodyKind::Octets;
    draft.octets = QByteArray("\0\xff", 2);
    editor()->setDraft(draft);
    QCOMPARE(editor()->draft(), draft);
}

void ComposePasteTest::wire_targetAndPlace_comeBack()
{
    RequestDraft draft;
    draft.url = QStringLiteral("http://h/");
    draft.target = "*";
    draft.connectTo = QStringLiteral("127.0.0.1:81");
    editor()->setDraft(draft);
    QCOMPARE(editor()->draft(), draft);
    draft.connectTo = QStringLiteral("no port:x");
    editor()->setDraft(draft);
    QVERIFY(!editor()->checkBeforeSend());
    QCOMPARE(editor()->findChild<QTabWidget *>()->currentIndex(), int(RequestEditor::WirePage));
}

QTEST_MAIN(ComposePasteTest)

#include "tst_composepaste.moc"
