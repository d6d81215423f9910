#include "composer/composepanel.h"

#include "composer/draftfromexchange.h"
#include "composer/failuretext.h"
#include "composer/requesteditor.h"
#include "shell/emptystate.h"
#include "shell/icons.h"
#include "shell/noticebar.h"
#include "widgets/panelaction.h"

#include <QAction>
#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace headrace::ui {

namespace {

using namespace std::chrono_literals;
using session::RequestDraft;

constexpr auto SaveAfter = 800ms;
constexpr auto OfferUndoFor = 10s;
constexpr qsizetype MostClosed = 50;
constexpr qsizetype MostPasted = 20; // tabs that one text opens

} // namespace

ComposePanel::ComposePanel(session::Session *session, const QString &draftsPath, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_file(draftsPath)
    , m_notice(new NoticeBar(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_editors(new QStackedWidget(this))
    , m_answers(new QStackedWidget(this))
    , m_noAnswer(new EmptyState(this))
    , m_pages(new QStackedWidget(this))
{
    makeActions();

    m_noAnswer->setIcon(QStringLiteral("send"));
    m_noAnswer->setText(tr("No answer yet"),
        tr("Ctrl+Enter sends; what passes on the wire shows here while it happens."));
    m_answers->addWidget(m_noAnswer);
    m_splitter->addWidget(m_editors);
    m_splitter->addWidget(m_answers);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setObjectName(QStringLiteral("composeSplitter"));

    auto *empty = new EmptyState(this);
    empty->setIcon(QStringLiteral("compose"));
    empty->setText(tr("Compose a request and see what really goes over the wire"),
        tr("Every draft has its tab and is kept until you close it."));
    empty->setButton(m_new->text(), m_new->shortcut().toString(QKeySequence::NativeText));
    connect(empty, &EmptyState::buttonClicked, this, &ComposePanel::newDraft);
    m_pages->addWidget(m_splitter);
    m_pages->addWidget(empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTabLine());
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);

    m_offer.setSingleShot(true);
    m_offer.setInterval(OfferUndoFor);
    connect(&m_offer, &QTimer::timeout, this, [this] { m_notice->setNotice({}, {}); });
    m_save.setSingleShot(true);
    m_save.setInterval(SaveAfter);
    connect(&m_save, &QTimer::timeout, this, &ComposePanel::saveDrafts);
    connect(m_notice, &NoticeBar::buttonClicked, this, &ComposePanel::reopenDraft);

    connect(m_session, &session::Session::sendBegan, this, &ComposePanel::onBegan);
    connect(m_session, &session::Session::sendEnded, this, &ComposePanel::onEnded);
    connect(m_session->store(), &exchange::Store::reset, this, &ComposePanel::forgetAnswers);
    connect(m_session, &session::Session::sendFailed, this, &ComposePanel::onFailed);
    connect(m_session, &session::Session::sendProgress, this,
        [this](session::SendId id, const session::TransferProgress &progress) {
            if (RequestEditor *editor = sending(id))
                editor->setProgress(progress);
        });
    restore();
}

ComposePanel::~ComposePanel()
{
    hide(); // The focus goes, and what that finishes is told, while all is still here.
    disconnect(m_session, nullptr, this, nullptr);
    saveDrafts();
}

QWidget *ComposePanel::makeTabLine()
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 4, 0);
    layout->setSpacing(0);
    m_tabs = new QTabBar(line);
    m_tabs->setDocumentMode(true);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    m_tabs->setElideMode(Qt::ElideMiddle);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Requests"));
    layout->addWidget(m_tabs);
    auto *add = new QToolButton(line);
    add->setDefaultAction(m_new);
    add->setToolButtonStyle(Qt::ToolButtonIconOnly);
    add->setAutoRaise(true);
    layout->addWidget(add);
    layout->addStretch(1);

    connect(m_tabs, &QTabBar::currentChanged, this, &ComposePanel::showCurrent);
    connect(m_tabs, &QTabBar::tabCloseRequested, this, &ComposePanel::closeDraft);
    connect(m_tabs, &QTabBar::tabMoved, this, &ComposePanel::moveEditor);
    return line;
}

void ComposePanel::makeActions()
{
    m_new = addPanelAction(
        this, tr("New request"), QStringLiteral("add"), QKeySequence::New, &ComposePanel::newDraft);
    m_duplicate = addPanelAction(this, tr("Duplicate request"), QStringLiteral("duplicate"),
        Qt::CTRL | Qt::Key_D, &ComposePanel::duplicateDraft);
    m_close = addPanelAction(this, tr("Close request"), QStringLiteral("cancel"),
        Qt::CTRL | Qt::Key_W, &ComposePanel::closeCurrent);
    m_reopen = addPanelAction(this, tr("Reopen closed request"), QStringLiteral("resend"),
        Qt::CTRL | Qt::SHIFT | Qt::Key_T, &ComposePanel::reopenDraft);
    m_next = addPanelAction(this, tr("Next request"), QStringLiteral("chevron-right"),
        Qt::CTRL | Qt::Key_PageDown, &ComposePanel::nextTab);
    m_previous = addPanelAction(this, tr("Previous request"), QStringLiteral("chevron-left"),
        Qt::CTRL | Qt::Key_PageUp, &ComposePanel::previousTab);
    m_send = addPanelAction(this, tr("Send request"), QStringLiteral("send"),
        Qt::CTRL | Qt::Key_Return, &ComposePanel::send);
    m_send->setShortcuts({ Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter });
    m_cancel = addPanelAction(this, tr("Cancel request"), QStringLiteral("stop"),
        Qt::CTRL | Qt::Key_Period, &ComposePanel::cancel);
    m_url = addPanelAction(this, tr("Go to the URL"), QStringLiteral("edit"), Qt::CTRL | Qt::Key_L,
        &ComposePanel::focusUrl);
    makePageActions();
}

void ComposePanel::makePageActions()
{
    struct Entry
    {
        QString text;
        Qt::Key key;
        RequestEditor::Page page;
    };

    // Digits belong to the inspector below.
    const QList<Entry> entries {
        { tr("Request headers"), Qt::Key_H, RequestEditor::HeadersPage },
        { tr("Request body"), Qt::Key_B, RequestEditor::BodyPage },
        { tr("Request trailers"), Qt::Key_T, RequestEditor::TrailersPage },
        { tr("Wire options"), Qt::Key_W, RequestEditor::WirePage },
        { tr("Request as code"), Qt::Key_C, RequestEditor::CodePage },
    };
    for (const Entry &entry : entries) {
        QAction *action = makePanelAction(this, entry.text, {}, QKeySequence(Qt::ALT | entry.key));
        connect(action, &QAction::triggered, this, [this, page = entry.page] {
            if (current())
                current()->setPage(page);
        });
        addAction(action);
    }
}

void ComposePanel::setInspector(QWidget *inspector)
{
    m_answers->addWidget(inspector);
    showCurrent();
}

int ComposePanel::openDraft(const RequestDraft &draft, const QString &notice)
{
    const bool isUntouched
        = current() && current()->draft() == RequestDraft() && currentExchange() == 0;
    const int index = isUntouched ? currentIndex() : currentIndex() + 1;
    if (isUntouched)
        current()->setDraft(draft);
    else
        insertEditor(index, draft);
    setCurrentIndex(index);
    if (!notice.isEmpty())
        editor(index)->showNotice(notice);
    editor(index)->focusUrl();
    return index;
}

int ComposePanel::openExchange(const exchange::Exchange &exchange)
{
    QString lost;
    const RequestDraft draft = draftFromExchange(exchange, &lost);
    return openDraft(draft, lost);
}

int ComposePanel::count() const { return m_tabs->count(); }

int ComposePanel::currentIndex() const { return m_tabs->currentIndex(); }

void ComposePanel::setCurrentIndex(int index) { m_tabs->setCurrentIndex(index); }

RequestEditor *ComposePanel::editor(int index) const
{
    return qobject_cast<RequestEditor *>(m_editors->widget(index));
}

RequestEditor *ComposePanel::current() const { return editor(currentIndex()); }

exchange::ExchangeId ComposePanel::currentExchange() const
{
    return m_runs.value(current()).exchange;
}

QByteArray ComposePanel::saveState() const { return m_splitter->saveState(); }

void ComposePanel::restoreState(const QByteArray &state) { m_splitter->restoreState(state); }

void ComposePanel::restore()
{
    const SavedDrafts saved = m_file.load();
    for (const RequestDraft &draft : saved.drafts)
        insertEditor(count(), draft);
    if (saved.drafts.isEmpty())
        insertEditor(0, RequestDraft());
    setCurrentIndex(std::clamp(saved.current, 0, count() - 1));
    if (!m_file.problem().isEmpty())
        m_notice->setNotice(Theme::Tone::ClientError, m_file.problem());
    m_save.stop();
    showCurrent();
}

void ComposePanel::saveDrafts()
{
    m_save.stop();
    SavedDrafts saved;
    for (int i = 0; i < count(); ++i)
        saved.drafts.append(editor(i)->draft());
    saved.current = std::max(0, currentIndex());
    if (m_file.save(saved))
        return;
    m_offer.stop();
    m_notice->setNotice(Theme::Tone::ClientError, m_file.problem());
}

RequestEditor *ComposePanel::insertEditor(int index, const RequestDraft &draft)
{
    auto *editor = new RequestEditor(this);
    editor->setDraft(draft);
    m_editors->insertWidget(index, editor);
    m_tabs->insertTab(index, editor->title());
    connect(editor, &RequestEditor::changed, this, [this, editor] {
        showTitle(editor);
        if (!m_save.isActive())
            m_save.start();
    });
    connect(editor, &RequestEditor::furtherPasted, this,
        [this, editor](const QList<RequestDraft> &drafts) { insertBehind(editor, drafts); });
    connect(editor, &RequestEditor::sendRequested, this, &ComposePanel::send);
    connect(editor, &RequestEditor::cancelRequested, this, &ComposePanel::cancel);
    showTitle(editor);
    m_save.start();
    showCurrent();
    return editor;
}

void ComposePanel::insertBehind(RequestEditor *editor, const QList<RequestDraft> &drafts)
{
    int index = m_editors->indexOf(editor);
    for (const RequestDraft &draft : drafts.first(std::min(drafts.size(), MostPasted)))
        insertEditor(++index, draft);
}

void ComposePanel::newDraft()
{
    const int index = currentIndex() + 1;
    insertEditor(index, RequestDraft());
    setCurrentIndex(index);
    focusUrl();
}

void ComposePanel::duplicateDraft()
{
    if (!current())
        return;
    const int index = currentIndex() + 1;
    insertEditor(index, current()->draft());
    setCurrentIndex(index);
    focusUrl();
}

void ComposePanel::closeCurrent() { closeDraft(currentIndex()); }

void ComposePanel::closeDraft(int index)
{
    RequestEditor *closing = editor(index);
    if (!closing)
        return;
    const Run run = m_runs.take(closing);
    if (run.send != 0)
        m_session->cancel(run.send);
    const RequestDraft draft = closing->draft();
    if (draft != RequestDraft()) {
        m_closed.append({ draft, run.exchange, index });
        if (m_closed.size() > MostClosed)
            m_closed.removeFirst();
        m_notice->setNotice(
            Theme::Tone::Informational, tr("Closed %1").arg(closing->title()), tr("Undo"));
        m_offer.start();
    }
    closing->hide(); // else the focus finishes an edit in it later
    m_editors->removeWidget(closing);
    m_tabs->removeTab(index);
    closing->deleteLater();
    m_save.start();
    showCurrent();
}

void ComposePanel::reopenDraft()
{
    m_offer.stop();
    m_notice->setNotice({}, {});
    if (m_closed.isEmpty())
        return;
    const Closed closed = m_closed.takeLast();
    const int index = std::min(closed.index, count());
    m_runs.insert(insertEditor(index, closed.draft), { 0, closed.exchange });
    setCurrentIndex(index);
    showCurrent();
}

void ComposePanel::nextTab() { step(1); }

void ComposePanel::previousTab() { step(-1); }

void ComposePanel::step(int by)
{
    if (count() > 0)
        setCurrentIndex((currentIndex() + by + count()) % count());
}

void ComposePanel::moveEditor(int from, int to)
{
    QWidget *moved = m_editors->widget(from);
    m_editors->removeWidget(moved);
    m_editors->insertWidget(to, moved);
    m_save.start();
    showCurrent();
}

void ComposePanel::send()
{
    RequestEditor *editor = current();
    if (!editor || editor->isSending() || !editor->checkBeforeSend())
        return;
    m_notice->setNotice({}, {});
    editor->beginSending();
    m_runs[editor].send = m_session->send(editor->draft());
    showTitle(editor);
    updateActions();
}

void ComposePanel::cancel()
{
    if (const session::SendId id = m_runs.value(current()).send)
        m_session->cancel(id);
}

void ComposePanel::focusUrl()
{
    if (current())
        current()->focusUrl();
}

RequestEditor *ComposePanel::sending(session::SendId id) const
{
    for (int i = 0; i < count(); ++i) {
        if (id != 0 && m_runs.value(editor(i)).send == id)
            return editor(i);
    }
    return nullptr;
}

void ComposePanel::onBegan(session::SendId id, exchange::ExchangeId exchange)
{
    RequestEditor *editor = sending(id);
    if (!editor)
        return;
    m_runs[editor].exchange = exchange;
    Q_EMIT exchangeBegan(m_editors->indexOf(editor), exchange);
    showCurrent();
}

void ComposePanel::onEnded(session::SendId id, exchange::ExchangeId exchange)
{
    RequestEditor *editor = sending(id);
    if (!editor)
        return;
    m_runs[editor].send = 0;
    editor->endSending();
    const auto summary = m_session->store()->summary(exchange);
    if (summary && summary->state == exchange::State::Failed)
        editor->showFailure(
            summary->errorCode, failureText(summary->errorCode, summary->errorMessage));
    else if (summary && summary->state == exchange::State::Canceled)
        editor->showNotice(tr("Canceled."));
    showTitle(editor);
    updateActions();
}

void ComposePanel::onFailed(session::SendId id, const QString &code, const QString &message)
{
    RequestEditor *editor = sending(id);
    if (!editor)
        return;
    m_runs[editor].send = 0;
    editor->endSending();
    editor->showFailure(code, failureText(code, message));
    showTitle(editor);
    updateActions();
}

void ComposePanel::showTitle(RequestEditor *editor)
{
    const int index = m_editors->indexOf(editor);
    const QString title = editor->title();
    m_tabs->setTabText(index, QString(title).replace(QLatin1Char('&'), QStringLiteral("&&")));
    m_tabs->setTabToolTip(index, editor->draft().url);
    m_tabs->setTabIcon(index, editor->isSending() ? icon(QStringLiteral("clock")) : QIcon());
}

void ComposePanel::showCurrent()
{
    const int index = currentIndex();
    m_pages->setCurrentIndex(index < 0 ? 1 : 0);
    if (index >= 0 && index < m_editors->count())
        m_editors->setCurrentIndex(index);
    updateActions();

    const exchange::ExchangeId exchange = currentExchange();
    m_answers->setCurrentIndex(exchange == 0 ? 0 : m_answers->count() - 1);
    if (exchange != m_shown) {
        m_shown = exchange;
        Q_EMIT currentExchangeChanged(exchange);
    }
}

// Another session file: what the ids named is not there, or is something else.
void ComposePanel::forgetAnswers()
{
    for (Run &run : m_runs)
        run.exchange = 0;
    for (Closed &closed : m_closed)
        closed.exchange = 0;
    showCurrent();
}

void ComposePanel::updateActions()
{
    const RequestEditor *editor = current();
    const bool isSending = editor && editor->isSending();
    m_duplicate->setEnabled(editor);
    m_close->setEnabled(editor);
    m_reopen->setEnabled(!m_closed.isEmpty());
    m_next->setEnabled(count() > 1);
    m_previous->setEnabled(count() > 1);
    m_send->setEnabled(editor && !isSending);
    m_cancel->setEnabled(isSending);
    m_url->setEnabled(editor);
}

} // namespace headrace::ui
