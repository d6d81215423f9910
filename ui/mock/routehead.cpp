#include "mock/routehead.h"

#include "fields/problemlabel.h"
#include "mock/routefields.h"
#include "shell/segments.h"
#include "shell/theme.h"

#include <wire/httpnames.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

enum Kind
{
    FixedAnswer,
    ScriptAnswers
};

constexpr int LeastStatus = 100;
constexpr int MostStatus = 999;
constexpr int MostDelay = 3'600'000;

} // namespace

RouteHead::RouteHead(QWidget *parent)
    : QWidget(parent)
    , m_method(new QComboBox(this))
    , m_path(new QLineEdit(this))
    , m_kind(new Segments({ tr("Fixed answer"), tr("Script") }, this))
    , m_takesProblem(new ProblemLabel(this))
    , m_answer(new QWidget(this))
    , m_status(new QSpinBox(this))
    , m_reason(new QLineEdit(this))
    , m_delay(new QSpinBox(this))
    , m_answerProblem(new ProblemLabel(this))
{
    QFont bold = font();
    bold.setBold(true);
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->setFont(bold);
    m_method->addItems({ QStringLiteral("*"), QStringLiteral("GET"), QStringLiteral("POST"),
        QStringLiteral("PUT"), QStringLiteral("PATCH"), QStringLiteral("DELETE"),
        QStringLiteral("HEAD"), QStringLiteral("OPTIONS") });
    m_method->setMinimumContentsLength(8);
    m_method->lineEdit()->setTextMargins(4, 0, 0, 0);
    m_method->setToolTip(tr("Method the route takes; * is any"));
    m_method->setAccessibleName(tr("Method"));

    m_path->setFont(Theme::fixedFont());
    m_path->setTextMargins(4, 0, 4, 0);
    m_path->setLayoutDirection(Qt::LeftToRight);
    m_path->setPlaceholderText(QStringLiteral("/v1/orders/:id"));
    m_path->setToolTip(
        tr("Path without query; :name takes one segment, * at the end takes the rest"));
    m_path->setAccessibleName(tr("Path"));

    m_kind->setAccessibleName(tr("What answers"));
    m_kind->setSegmentToolTip(FixedAnswer, tr("Answers the same each time; a script is kept"));
    m_kind->setSegmentToolTip(
        ScriptAnswers, tr("A function (req, res) answers, as in Node; the fixed answer is kept"));

    m_status->setRange(LeastStatus, MostStatus);
    m_status->setAccessibleName(tr("Status code"));
    m_reason->setToolTip(tr("Reason phrase; empty sends the standard one"));
    m_reason->setTextMargins(4, 0, 4, 0);
    m_reason->setAccessibleName(tr("Reason phrase"));
    m_delay->setRange(0, MostDelay);
    m_delay->setSingleStep(100);
    m_delay->setSuffix(tr(" ms"));
    m_delay->setGroupSeparatorShown(true);
    m_delay->setToolTip(tr("Time to wait before the answer; interim responses are sent at once"));
    m_delay->setAccessibleName(tr("Delay in milliseconds"));

    auto *takes = new QHBoxLayout;
    takes->setSpacing(4);
    takes->addWidget(m_method);
    takes->addWidget(m_path, 1);
    takes->addWidget(m_kind);
    auto *answer = new QHBoxLayout(m_answer);
    answer->setContentsMargins(0, 0, 0, 0);
    answer->setSpacing(4);
    answer->addWidget(new QLabel(tr("Answer"), this));
    answer->addWidget(m_status);
    answer->addWidget(m_reason, 1);
    answer->addSpacing(8);
    answer->addWidget(new QLabel(tr("Delay"), this));
    answer->addWidget(m_delay);
    for (QWidget *widget : QList<QWidget *> { m_method, m_path, m_status, m_reason, m_delay })
        widget->setMinimumHeight(28);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addLayout(takes);
    layout->addWidget(m_takesProblem);
    layout->addWidget(m_answer);
    layout->addWidget(m_answerProblem);
    setFocusProxy(m_path);

    connect(m_method, &QComboBox::editTextChanged, this, &RouteHead::changed);
    connect(m_path, &QLineEdit::textChanged, this, &RouteHead::changed);
    connect(m_kind, &Segments::currentChanged, this, [this] {
        showKind();
        Q_EMIT changed();
    });
    connect(m_status, &QSpinBox::valueChanged, this, [this] {
        showPhrase();
        Q_EMIT changed();
    });
    connect(m_reason, &QLineEdit::textChanged, this, &RouteHead::changed);
    connect(m_delay, &QSpinBox::valueChanged, this, &RouteHead::changed);
    setRoute(mock::Route());
}

void RouteHead::setRoute(const mock::Route &route)
{
    const QSignalBlocker blocker(this);
    m_method->setEditText(route.method);
    m_path->setText(route.path);
    m_kind->setCurrent(route.isScripted ? ScriptAnswers : FixedAnswer);
    showKind();
    m_status->setValue(route.statusCode);
    m_reason->setText(route.reason);
    m_delay->setValue(static_cast<int>(std::min<qint64>(route.delay.count(), MostDelay)));
    showPhrase();
}

void RouteHead::addTo(mock::Route &route) const
{
    route.method = m_method->currentText();
    route.path = m_path->text();
    route.isScripted = m_kind->current() == ScriptAnswers;
    route.statusCode = m_status->value();
    route.reason = m_reason->text();
    route.delay = std::chrono::milliseconds(m_delay->value());
}

void RouteHead::setProblems(const QList<mock::Problem> &problems)
{
    const QString method = messageAt(problems, QStringLiteral("method"));
    const QString path = messageAt(problems, QStringLiteral("path"));
    markInvalid(m_method, !method.isEmpty());
    markInvalid(m_path, !path.isEmpty());
    m_takesProblem->setProblem(method.isEmpty() ? path : method);

    const QString status = messageAt(problems, QStringLiteral("status"));
    const QString reason = messageAt(problems, QStringLiteral("reason"));
    const QString delay = messageAt(problems, QStringLiteral("delay"));
    markInvalid(m_status, !status.isEmpty());
    markInvalid(m_reason, !reason.isEmpty());
    markInvalid(m_delay, !delay.isEmpty());
    m_answerProblem->setProblem(!status.isEmpty() ? status : !reason.isEmpty() ? reason : delay);
}

void RouteHead::focusPath()
{
    m_path->setFocus(Qt::OtherFocusReason);
    m_path->selectAll();
}

void RouteHead::showKind() { m_answer->setVisible(m_kind->current() == FixedAnswer); }

void RouteHead::showPhrase()
{
    m_reason->setPlaceholderText(
        QString::fromLatin1(wire::reasonPhrase(m_status->value()).toByteArray()));
}

} // namespace headrace::ui
