#include "composer/requesteditor.h"

#include "composer/automaticfields.h"
#include "composer/bodyeditor.h"
#include "composer/codeview.h"
#include "composer/draftproblems.h"
#include "composer/pastedrequest.h"
#include "composer/requestline.h"
#include "composer/transferbar.h"
#include "composer/wireoptions.h"
#include "fields/fieldtable.h"
#include "shell/format.h"
#include "shell/noticebar.h"

#include <QScopedValueRollback>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

namespace {

using session::DraftField;
using session::DraftProblem;
using session::RequestDraft;

constexpr qsizetype LongestTitle = 28;

QString counted(const QString &name, const QList<DraftField> &fields)
{
    const auto count = std::count_if(
        fields.cbegin(), fields.cend(), [](const DraftField &field) { return field.isEnabled; });
    return count == 0 ? name : QStringLiteral("%1 (%2)").arg(name).arg(count);
}

} // namespace

RequestEditor::RequestEditor(QWidget *parent)
    : QWidget(parent)
    , m_notice(new NoticeBar(this))
    , m_line(new RequestLine(this))
    , m_pages(new QTabWidget(this))
    , m_fields(new FieldTable(this))
    , m_automatic(new AutomaticFields(this))
    , m_body(new BodyEditor(this))
    , m_trailers(new FieldTable(this))
    , m_wire(new WireOptions(this))
    , m_code(new CodeView(this))
    , m_transfer(new TransferBar(this))
{
    m_fields->setLabel(tr("Request headers"));
    m_fields->setHint(tr("Sent in the order and case shown, duplicates too"));
    m_trailers->setLabel(tr("Request trailers"));
    m_trailers->setHint(tr("Sent after the body, which is sent in chunks then"));
    m_trailers->setUse(FieldUse::Trailers);

    m_pages->setDocumentMode(true);
    m_pages->addTab(makeHeadersPage(), tr("Headers"));
    m_pages->addTab(m_body, tr("Body"));
    m_pages->addTab(m_trailers, tr("Trailers"));
    m_pages->addTab(m_wire, tr("Wire"));
    m_pages->addTab(m_code, tr("Code"));
    m_pages->setTabToolTip(CodePage, tr("The request as cURL, C++, fetch, Node or Python"));
    m_pages->setAccessibleName(tr("Parts of the request"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_line);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_transfer);
    setFocusProxy(m_line);

    connectParts();
    onChanged();
}

QWidget *RequestEditor::makeHeadersPage()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_fields, 1);
    layout->addWidget(m_automatic);
    page->setFocusProxy(m_fields);
    return page;
}

void RequestEditor::connectParts()
{
    connect(m_line, &RequestLine::changed, this, &RequestEditor::onChanged);
    connect(m_fields, &FieldTable::changed, this, &RequestEditor::onChanged);
    connect(m_automatic, &AutomaticFields::changed, this, &RequestEditor::onChanged);
    connect(m_body, &BodyEditor::changed, this, &RequestEditor::onChanged);
    connect(m_trailers, &FieldTable::changed, this, &RequestEditor::onChanged);
    connect(m_wire, &WireOptions::changed, this, &RequestEditor::onChanged);
    connect(m_line, &RequestLine::urlFinished, this, [this] {
        m_isUrlChecked = m_isUrlChecked || !m_line->url().isEmpty();
        check();
    });
    connect(m_body, &BodyEditor::contentTypeRequested, this, &RequestEditor::addContentType);
    connect(m_line, &RequestLine::sendRequested, this, &RequestEditor::sendRequested);
    connect(m_line, &RequestLine::cancelRequested, this, &RequestEditor::cancelRequested);
    connect(m_line, &RequestLine::requestPasted, this, &RequestEditor::takePasted);
    connect(m_line, &RequestLine::undoRequested, this, &RequestEditor::undoPaste);
    connect(m_notice, &NoticeBar::buttonClicked, this, &RequestEditor::undoPaste);
    connect(m_transfer, &TransferBar::cancelRequested, this, &RequestEditor::cancelRequested);
}

RequestDraft RequestEditor::draft() const
{
    RequestDraft draft;
    draft.method = m_line->method();
    draft.url = m_line->url();
    draft.fields = m_fields->fields();
    m_body->addTo(draft);
    draft.trailers = m_trailers->fields();
    draft.sendHost = m_automatic->sendHost();
    draft.sendConnection = m_automatic->sendConnection();
    draft.sendContentLength = m_automatic->sendContentLength();
    m_wire->addTo(draft);
    return draft;
}

void RequestEditor::setDraft(const RequestDraft &draft)
{
    {
        const QScopedValueRollback setting(m_isSetting, true);
        m_line->setMethod(draft.method);
        m_line->setUrl(draft.url);
        m_fields->setFields(draft.fields);
        m_body->setBody(draft);
        m_trailers->setFields(draft.trailers);
        m_wire->setOptions(draft);
        m_automatic->describe(draft, m_body->size());
        m_isUrlChecked = !draft.url.isEmpty();
    }
    onChanged();
}

QString RequestEditor::title() const
{
    const QString text = m_line->url().trimmed();
    const QUrl url(text);
    QString name = url.path().section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
    if (name.isEmpty())
        name = url.host();
    if (name.isEmpty())
        name = text;
    const QString method = QString::fromUtf8(m_line->method());
    return name.isEmpty() ? tr("%1 new request").arg(method)
                          : method + QLatin1Char(' ') + shortened(name, LongestTitle);
}

bool RequestEditor::checkBeforeSend()
{
    m_isUrlChecked = true;
    const QList<DraftProblem> problems = session::problems(draft());
    showProblems(problems);
    if (problems.isEmpty())
        return true;
    switch (problems.first().where) {
    case DraftProblem::Where::Method:
        m_line->focusMethod();
        break;
    case DraftProblem::Where::Url:
        m_line->focusUrl();
        break;
    case DraftProblem::Where::Field:
        m_pages->setCurrentIndex(HeadersPage);
        m_fields->editField(problems.first().index);
        break;
    case DraftProblem::Where::Body:
        m_pages->setCurrentIndex(BodyPage);
        m_body->focusBody();
        break;
    case DraftProblem::Where::Trailer:
        m_pages->setCurrentIndex(TrailersPage);
        m_trailers->editField(problems.first().index);
        break;
    case DraftProblem::Where::Wire:
        m_pages->setCurrentIndex(WirePage);
        break;
    }
    return false;
}

void RequestEditor::beginSending()
{
    m_isSending = true;
    m_failureCode.clear();
    clearNotice();
    m_line->setSending(true);
    m_transfer->begin();
}

void RequestEditor::setProgress(const session::TransferProgress &progress)
{
    m_transfer->setProgress(progress);
}

void RequestEditor::endSending()
{
    m_isSending = false;
    m_line->setSending(false);
    m_transfer->end();
}

bool RequestEditor::isSending() const { return m_isSending; }

void RequestEditor::showFailure(const QString &code, const QString &message)
{
    m_beforePaste.reset();
    m_failureCode = code;
    m_notice->setNotice(Theme::Tone::Failed,
        code.isEmpty() ? message : QStringLiteral("%1 · %2").arg(code, message));
}

void RequestEditor::showNotice(const QString &text)
{
    m_beforePaste.reset();
    m_notice->setNotice(Theme::Tone::Informational, text);
}

QString RequestEditor::failureCode() const { return m_failureCode; }

void RequestEditor::focusUrl() { m_line->focusUrl(); }

void RequestEditor::setPage(Page page)
{
    m_pages->setCurrentIndex(page);
    if (page == BodyPage)
        m_body->focusBody();
    else
        m_pages->currentWidget()->setFocus();
}

QList<QAction *> RequestEditor::editorActions() const
{
    return m_fields->fieldActions() + m_body->bodyActions() + m_code->codeActions();
}

void RequestEditor::onChanged()
{
    if (m_isSetting)
        return;
    const RequestDraft now = draft();
    m_pages->setTabText(HeadersPage, counted(tr("Headers"), now.fields));
    m_pages->setTabText(TrailersPage, counted(tr("Trailers"), now.trailers));
    m_pages->setTabText(
        BodyPage, now.bodyKind == RequestDraft::BodyKind::None ? tr("Body") : tr("Body ●"));
    m_automatic->describe(now, m_body->size());
    m_code->setDraft(now);
    m_body->setContentTypeMissing(
        std::none_of(now.fields.cbegin(), now.fields.cend(), [](const DraftField &field) {
            return field.name.compare("content-type", Qt::CaseInsensitive) == 0;
        }));
    check();
    Q_EMIT changed();
}

void RequestEditor::check()
{
    QList<DraftProblem> problems = session::problems(draft());
    problems.removeIf([this](const DraftProblem &problem) {
        return problem.where == DraftProblem::Where::Url && !m_isUrlChecked;
    });
    showProblems(problems);
}

void RequestEditor::showProblems(const QList<DraftProblem> &problems)
{
    m_line->setMethodProblem(messageAt(problems, DraftProblem::Where::Method));
    m_line->setUrlProblem(messageAt(problems, DraftProblem::Where::Url));
    const auto ofBody = std::find_if(problems.cbegin(), problems.cend(),
        [](const DraftProblem &problem) { return problem.where == DraftProblem::Where::Body; });
    m_body->setProblem(messageAt(problems, DraftProblem::Where::Body),
        ofBody == problems.cend() ? -1 : static_cast<int>(ofBody->index));
    m_wire->setProblem(messageAt(problems, DraftProblem::Where::Wire));
    m_fields->setProblems(fieldProblems(problems, DraftProblem::Where::Field));
    m_trailers->setProblems(fieldProblems(problems, DraftProblem::Where::Trailer));
}

void RequestEditor::addContentType(const QByteArray &value)
{
    m_fields->appendField({ true, "Content-Type", value });
}

// Of several requests the first comes here; whoever has the tabs takes the others.
void RequestEditor::takePasted(const QString &text)
{
    const QString scheme = QUrl(m_line->url()).scheme() == QStringLiteral("https")
        ? QStringLiteral("https")
        : QStringLiteral("http");
    const PastedRequest pasted = readPastedRequest(text, scheme);
    if (pasted.drafts.isEmpty()) {
        m_beforePaste.reset();
        m_notice->setNotice(Theme::Tone::ClientError,
            tr("What was pasted is no request that can be taken: %1").arg(pasted.error));
        return;
    }
    const RequestDraft before = draft();
    setDraft(pasted.drafts.first());
    m_beforePaste = before;
    QStringList sentences { tr("The pasted request is taken.") };
    if (pasted.drafts.size() > 1)
        sentences.append(tr("It has %1 requests; each has a tab.").arg(pasted.drafts.size()));
    m_notice->setNotice(
        pasted.remarks.isEmpty() ? Theme::Tone::Informational : Theme::Tone::ClientError,
        (sentences + pasted.remarks).join(QLatin1Char(' ')), tr("Undo"));
    if (pasted.drafts.size() > 1)
        Q_EMIT furtherPasted(pasted.drafts.sliced(1));
}

void RequestEditor::undoPaste()
{
    if (!m_beforePaste)
        return;
    const RequestDraft before = *m_beforePaste;
    clearNotice();
    setDraft(before);
    m_line->focusUrl();
}

void RequestEditor::clearNotice()
{
    m_beforePaste.reset();
    m_notice->setNotice({}, {});
}

} // namespace headrace::ui
