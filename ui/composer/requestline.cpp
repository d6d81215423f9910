#include "composer/requestline.h"

#include "composer/urledit.h"
#include "fields/problemlabel.h"
#include "shell/icons.h"
#include "shell/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

namespace headrace::ui {

RequestLine::RequestLine(QWidget *parent)
    : QWidget(parent)
    , m_method(new QComboBox(this))
    , m_url(new UrlEdit(this))
    , m_button(new QPushButton(this))
    , m_problem(new ProblemLabel(this))
{
    QFont bold = font();
    bold.setBold(true);
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->setFont(bold);
    for (const char *method :
        { "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE" })
        m_method->addItem(QString::fromLatin1(method));
    m_method->completer()->setCaseSensitivity(Qt::CaseSensitive);
    m_method->setMinimumContentsLength(8);
    m_method->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_method->setToolTip(tr("Method: any token, sent as typed"));
    m_method->setAccessibleName(tr("Method"));

    m_url->setFont(Theme::fixedFont());
    m_url->setLayoutDirection(Qt::LeftToRight);
    m_url->setTextMargins(4, 0, 4, 0);
    m_method->lineEdit()->setTextMargins(4, 0, 0, 0);
    m_url->setPlaceholderText(QStringLiteral("https://api.example.test/v1/items"));
    m_url->setToolTip(
        tr("Where to send the request (Ctrl+L); a curl command can be pasted here, too"));
    m_url->setAccessibleName(tr("URL"));

    m_button->setProperty("primary", true);
    m_button->setAccessibleName(tr("Send or cancel"));
    m_button->setAutoDefault(false);

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setHorizontalSpacing(4);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_method, 0, 0);
    layout->addWidget(m_url, 0, 1);
    layout->addWidget(m_button, 0, 2);
    layout->addWidget(m_problem, 1, 1, 1, 2);
    layout->setColumnStretch(1, 1);
    for (QWidget *widget : { static_cast<QWidget *>(m_method), static_cast<QWidget *>(m_url),
             static_cast<QWidget *>(m_button) })
        widget->setMinimumHeight(28);

    // As wide for "Cancel" as for "Send", so that nothing moves.
    setSending(true);
    const int width = m_button->sizeHint().width();
    setSending(false);
    m_button->setMinimumWidth(std::max(width, m_button->sizeHint().width()));

    connect(m_method, &QComboBox::editTextChanged, this, &RequestLine::changed);
    connect(m_url, &QLineEdit::textChanged, this, &RequestLine::changed);
    connect(m_url, &QLineEdit::editingFinished, this, &RequestLine::urlFinished);
    connect(m_url, &UrlEdit::requestPasted, this, &RequestLine::requestPasted);
    connect(m_url, &UrlEdit::undoRequested, this, &RequestLine::undoRequested);
    connect(m_url, &QLineEdit::returnPressed, this, [this] {
        if (!m_isSending)
            Q_EMIT sendRequested();
    });
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_isSending)
            Q_EMIT cancelRequested();
        else
            Q_EMIT sendRequested();
    });
}

QByteArray RequestLine::method() const { return m_method->currentText().toUtf8(); }

void RequestLine::setMethod(const QByteArray &method)
{
    m_method->setEditText(QString::fromUtf8(method));
}

QString RequestLine::url() const { return m_url->text(); }

void RequestLine::setUrl(const QString &url)
{
    m_url->setText(url);
    m_url->setCursorPosition(0);
}

void RequestLine::setMethodProblem(const QString &message)
{
    if (m_methodProblem == message)
        return;
    m_methodProblem = message;
    markInvalid(m_method, !message.isEmpty());
    showProblems();
}

void RequestLine::setUrlProblem(const QString &message)
{
    if (m_urlProblem == message)
        return;
    m_urlProblem = message;
    markInvalid(m_url, !message.isEmpty());
    showProblems();
}

void RequestLine::showProblems()
{
    m_problem->setProblem(m_methodProblem.isEmpty() ? m_urlProblem : m_methodProblem);
    m_method->setAccessibleDescription(m_methodProblem);
    m_url->setAccessibleDescription(m_urlProblem);
}

void RequestLine::setSending(bool isSending)
{
    m_isSending = isSending;
    m_button->setText(isSending ? tr("Cancel") : tr("Send"));
    m_button->setIcon(icon(isSending ? QStringLiteral("stop") : QStringLiteral("send"),
        m_button->palette().color(QPalette::BrightText)));
    m_button->setToolTip(isSending ? tr("Cancel this request (Ctrl+.)") : tr("Send (Ctrl+Enter)"));
}

void RequestLine::focusMethod()
{
    m_method->setFocus(Qt::OtherFocusReason);
    m_method->lineEdit()->selectAll();
}

void RequestLine::focusUrl()
{
    m_url->setFocus(Qt::ShortcutFocusReason);
    // The caret at the begin, so that a long URL shows its host.
    m_url->setSelection(
        static_cast<int>(m_url->text().size()), -static_cast<int>(m_url->text().size()));
}

} // namespace headrace::ui
