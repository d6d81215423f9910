#include "composer/codeview.h"

#include "shell/format.h"
#include "shell/icons.h"
#include "text/textview.h"

#include <session/draftconversion.h>

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace headrace::ui {

namespace {

using formats::CodeTarget;

constexpr qsizetype MostShown = 1024 * 1024; // characters

Language languageOf(CodeTarget target)
{
    return target == CodeTarget::Fetch || target == CodeTarget::Node ? Language::JavaScript
                                                                     : Language::Plain;
}

} // namespace

CodeView::CodeView(QWidget *parent)
    : QWidget(parent)
    , m_target(new QComboBox(this))
    , m_copyButton(new QToolButton(this))
    , m_copy(new QAction(icon(QStringLiteral("copy")), tr("Copy the request as code"), this))
    , m_note(new QLabel(this))
    , m_text(new TextView(this))
{
    for (const CodeTarget target : formats::codeTargets())
        m_target->addItem(formats::displayName(target), QVariant::fromValue(int(target)));
    m_target->setAccessibleName(tr("Notation of the code"));
    m_target->setToolTip(tr("What the request is written as"));
    m_copy->setIconText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the request in the notation that is shown"));
    m_copyButton->setDefaultAction(m_copy);
    m_copyButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copyButton->setAutoRaise(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setMinimumWidth(1);
    m_text->setReadOnly(true);
    m_text->setLabel(tr("The request as code"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 4, 4);
    bar->setSpacing(8);
    bar->addWidget(m_target);
    bar->addWidget(m_copyButton);
    bar->addWidget(m_note, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);

    connect(m_copy, &QAction::triggered, this, &CodeView::copy);
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        m_isWritten = false;
        if (isVisible())
            write();
        Q_EMIT targetChanged(target());
    });
}

void CodeView::setDraft(const session::RequestDraft &draft)
{
    m_draft = draft;
    m_isWritten = false;
    if (isVisible())
        write();
}

CodeTarget CodeView::target() const { return CodeTarget(m_target->currentData().toInt()); }

void CodeView::setTarget(CodeTarget target)
{
    m_target->setCurrentIndex(m_target->findData(int(target)));
}

QString CodeView::code() const { return m_text->text(); }

QList<QAction *> CodeView::codeActions() const { return { m_copy }; }

void CodeView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isWritten)
        write();
}

void CodeView::write()
{
    m_isWritten = true;
    const QList<session::DraftProblem> problems = session::problems(m_draft);
    m_copy->setEnabled(problems.isEmpty());
    m_note->setText(problems.isEmpty() ? QString() : problems.first().message);
    m_whole = problems.isEmpty()
        ? displayText(formats::writeCode(session::requestOf(m_draft), target()))
        : QString();
    if (m_whole.size() > MostShown)
        m_note->setText(tr("The begin; Copy takes all of it."));
    const QString shown = m_whole.left(MostShown);
    if (m_text->text() != shown || m_text->language() != languageOf(target()))
        m_text->setContent(shown, languageOf(target()));
}

void CodeView::copy()
{
    if (!m_isWritten)
        write();
    if (!m_whole.isEmpty())
        QGuiApplication::clipboard()->setText(m_whole);
}

} // namespace headrace::ui
