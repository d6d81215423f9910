#include "proxy/messageeditor.h"

#include "compare/comparisonview.h"
#include "fields/fieldtable.h"
#include "fields/problemlabel.h"
#include "mock/routefields.h"
#include "proxy/messagechanges.h"
#include "proxy/messagefields.h"
#include "shell/format.h"
#include "shell/theme.h"
#include "widgets/bodyfield.h"

#include <wire/fieldrules.h>
#include <wire/httpnames.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace headrace::ui {

using namespace std::chrono_literals;
using proxy::TransitMessage;

namespace {

constexpr auto DifferenceAfter = 200ms;

enum FirstLine
{
    RequestLine,
    StatusLine
};

bool hasControl(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(),
        [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

} // namespace

MessageEditor::MessageEditor(const QString &subject, QWidget *parent)
    : QWidget(parent)
    , m_firstLine(new QStackedWidget(this))
    , m_method(new QComboBox(this))
    , m_target(new QLineEdit(this))
    , m_status(new QSpinBox(this))
    , m_reason(new QLineEdit(this))
    , m_problem(new ProblemLabel(this))
    , m_pages(new QTabWidget(this))
    , m_fields(new FieldTable(this))
    , m_body(new BodyField(this))
    , m_trailers(new FieldTable(this))
    , m_changes(new ComparisonView(this))
{
    m_fields->setLabel(tr("Headers of the %1").arg(subject));
    m_fields->setHint(tr("Order and case as shown"));
    m_fields->setSwitchable(false);
    m_body->setLabel(tr("Body of the %1").arg(subject));
    m_trailers->setLabel(tr("Trailers of the %1").arg(subject));
    m_trailers->setHint(tr("Sent after the body, which is sent in chunks then"));
    m_trailers->setUse(FieldUse::Trailers);
    m_trailers->setSwitchable(false);
    m_changes->setFolded(true);

    m_pages->setDocumentMode(true);
    m_pages->setAccessibleName(tr("Parts of the %1").arg(subject));
    m_pages->addTab(m_fields, tr("Headers"));
    m_pages->addTab(m_body, tr("Body"));
    m_pages->addTab(m_trailers, tr("Trailers"));
    m_pages->addTab(m_changes, tr("Changes"));
    m_problem->setContentsMargins(8, 0, 8, 4);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeFirstLine());
    layout->addWidget(m_problem);
    layout->addWidget(m_pages, 1);
    setFocusProxy(m_pages);

    m_differenceTimer.setSingleShot(true);
    m_differenceTimer.setInterval(DifferenceAfter);
    connect(&m_differenceTimer, &QTimer::timeout, this, &MessageEditor::showDifference);
    connect(m_method, &QComboBox::editTextChanged, this, &MessageEditor::onChanged);
    connect(m_target, &QLineEdit::textChanged, this, &MessageEditor::onChanged);
    connect(m_status, &QSpinBox::valueChanged, this, &MessageEditor::onChanged);
    connect(m_reason, &QLineEdit::textChanged, this, &MessageEditor::onChanged);
    connect(m_fields, &FieldTable::changed, this, &MessageEditor::onChanged);
    connect(m_body, &BodyField::changed, this, &MessageEditor::onChanged);
    connect(m_body, &BodyField::decodeRequested, this, &MessageEditor::decode);
    connect(m_trailers, &FieldTable::changed, this, &MessageEditor::onChanged);
    connect(m_pages, &QTabWidget::currentChanged, this, [this](int page) {
        if (page == ChangesPage)
            showDifference();
    });
}

QWidget *MessageEditor::makeFirstLine()
{
    QFont bold = font();
    bold.setBold(true);
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->setFont(bold);
    m_method->addItems({ QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"),
        QStringLiteral("PATCH"), QStringLiteral("DELETE"), QStringLiteral("HEAD"),
        QStringLiteral("OPTIONS") });
    m_method->setMinimumContentsLength(8);
    m_method->lineEdit()->setTextMargins(4, 0, 0, 0);
    m_method->setAccessibleName(tr("Method"));
    m_target->setFont(Theme::fixedFont());
    m_target->setLayoutDirection(Qt::LeftToRight);
    m_target->setTextMargins(4, 0, 4, 0);
    m_target->setAccessibleName(tr("Target"));
    m_status->setRange(100, 999);
    m_status->setAccessibleName(tr("Status code"));
    m_reason->setTextMargins(4, 0, 4, 0);
    m_reason->setAccessibleName(tr("Reason phrase"));
    for (QWidget *widget : QList<QWidget *> { m_method, m_target, m_status, m_reason })
        widget->setMinimumHeight(28);

    const auto add = [this](QWidget *first, QWidget *second) {
        auto *page = new QWidget(m_firstLine);
        auto *line = new QHBoxLayout(page);
        line->setContentsMargins(8, 4, 8, 4);
        line->setSpacing(4);
        line->addWidget(first);
        line->addWidget(second, 1);
        m_firstLine->addWidget(page);
    };
    add(m_method, m_target);
    add(m_status, m_reason);
    m_firstLine->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return m_firstLine;
}

void MessageEditor::setMessage(
    const TransitMessage &message, const TransitMessage &original, bool hasBody)
{
    const QScopedValueRollback setting(m_isSetting, true);
    m_message = message;
    m_original = original;
    m_hasBody = hasBody;
    const proxy::MessageHead &head = message.head;
    const bool isRequest = head.isRequest();
    m_firstLine->setCurrentIndex(isRequest ? RequestLine : StatusLine);
    if (isRequest) {
        m_method->setEditText(displayText(head.method()));
        m_target->setText(displayText(head.target()));
    } else {
        m_status->setValue(head.statusCode());
        m_reason->setText(displayText(head.reason()));
    }
    m_fields->setUse(isRequest ? FieldUse::Request : FieldUse::Response);
    m_fields->setFields(toDraftFields(head.fields()));
    m_body->setBody(message.body, contentTypeOf(head.fields()));
    m_trailers->setFields(toDraftFields(message.trailers));
    m_pages->setTabEnabled(BodyPage, hasBody);
    m_pages->setTabEnabled(TrailersPage, hasBody);
    const QString none = tr("It has not come yet. A breakpoint at the body gathers it first.");
    m_pages->setTabToolTip(BodyPage, hasBody ? QString() : none);
    m_pages->setTabToolTip(TrailersPage, hasBody ? QString() : none);
    showState();
}

// Text that says the same octets is not taken: what cannot be shown as it is stays as it was.
TransitMessage MessageEditor::message() const
{
    TransitMessage message = m_message;
    proxy::MessageHead &head = message.head;
    if (head.isRequest()) {
        if (m_method->currentText() != displayText(head.method()))
            head.setMethod(m_method->currentText().toUtf8());
        if (m_target->text() != displayText(head.target()))
            head.setTarget(m_target->text().toUtf8());
    } else if (m_status->value() != head.statusCode()
        || m_reason->text() != displayText(head.reason())) {
        const QByteArray reason = m_reason->text() == displayText(head.reason())
            ? head.reason().toByteArray()
            : m_reason->text().toUtf8();
        head.setStatus(m_status->value(), reason);
    }
    if (const exchange::FieldList fields = toRouteFields(m_fields->fields());
        fields != head.fields())
        head.setFields(fields);
    if (m_hasBody) {
        message.body = m_body->body();
        message.trailers = toRouteFields(m_trailers->fields());
    }
    return message;
}

bool MessageEditor::hasProblem() const { return m_hasProblem; }

void MessageEditor::setReadOnly(bool isReadOnly)
{
    m_firstLine->setEnabled(!isReadOnly);
    m_fields->setEnabled(!isReadOnly);
    m_trailers->setEnabled(!isReadOnly);
    m_body->setReadOnly(isReadOnly);
}

bool MessageEditor::isChangesShown() const { return m_pages->currentIndex() == ChangesPage; }

void MessageEditor::showChanges() { m_pages->setCurrentIndex(ChangesPage); }

void MessageEditor::decode()
{
    TransitMessage decoded = message();
    QString problem;
    if (!decodeBody(&decoded, &problem)) {
        m_problem->setProblem(problem);
        return;
    }
    setMessage(decoded, m_original, m_hasBody);
    Q_EMIT changed();
}

void MessageEditor::onChanged()
{
    if (m_isSetting)
        return;
    m_message = message();
    showState();
    Q_EMIT changed();
}

void MessageEditor::showState()
{
    const TransitMessage now = message();
    const QList<session::DraftField> fields = m_fields->fields();
    const QList<session::DraftField> trailers = m_trailers->fields();
    const QList<FieldProblem> problems = fieldProblemsOf(fields);
    const QList<FieldProblem> trailerProblems = fieldProblemsOf(trailers);
    m_fields->setProblems(problems);
    m_trailers->setProblems(trailerProblems);
    QString problem;
    if (now.head.isRequest()) {
        const QString target = m_target->text();
        if (!wire::isToken(m_method->currentText().toUtf8()))
            problem = tr("This is no method");
        else if (target.isEmpty() || target.contains(u' ') || hasControl(target))
            problem = tr("A target is not empty, and has no blanks: write %20");
    } else if (hasControl(m_reason->text())) {
        problem = tr("The reason phrase is one line");
    }
    m_hasProblem = !problem.isEmpty() || !problems.isEmpty() || !trailerProblems.isEmpty();
    m_problem->setProblem(problem);
    m_reason->setPlaceholderText(
        QString::fromLatin1(wire::reasonPhrase(m_status->value()).toByteArray()));

    const auto counted = [](const QString &name, qsizetype count) {
        return count == 0 ? name : QStringLiteral("%1 (%2)").arg(name).arg(count);
    };
    m_pages->setTabText(HeadersPage, counted(tr("Headers"), fields.size()));
    m_pages->setTabText(BodyPage, now.body.isEmpty() ? tr("Body") : tr("Body ●"));
    m_pages->setTabText(TrailersPage, counted(tr("Trailers"), trailers.size()));
    m_pages->setTabText(ChangesPage, now == m_original ? tr("Changes") : tr("Changes ●"));
    m_body->setCoding(codingOf(now));
    m_body->setContentType(contentTypeOf(now.head.fields()));
    if (isChangesShown())
        m_differenceTimer.start();
}

void MessageEditor::showDifference()
{
    m_changes->setExchanges(exchangeWith(m_original), exchangeWith(message()));
}

} // namespace headrace::ui
