#include "mock/routebody.h"

#include "fields/problemlabel.h"
#include "shell/format.h"
#include "text/textview.h"

#include <exchange/bodyformat.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStringDecoder>
#include <QToolButton>
#include <QVBoxLayout>

namespace headrace::ui {

namespace {

Language languageOf(const QByteArray &contentType, const QByteArray &body)
{
    switch (exchange::bodyKindOf(contentType, body)) {
    case exchange::BodyKind::Json:
        return Language::Json;
    case exchange::BodyKind::Xml:
        return Language::Xml;
    case exchange::BodyKind::Html:
        return Language::Html;
    case exchange::BodyKind::JavaScript:
        return Language::JavaScript;
    case exchange::BodyKind::Css:
        return Language::Css;
    default:
        return Language::Plain;
    }
}

} // namespace

RouteBody::RouteBody(QWidget *parent)
    : QWidget(parent)
    , m_text(new TextView(this))
    , m_note(new QLabel(this))
    , m_replace(new QToolButton(this))
    , m_problem(new ProblemLabel(this))
{
    m_text->setLabel(tr("Body of the answer"));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_replace->setText(tr("Replace by text"));
    m_replace->setAutoRaise(true);
    m_replace->setToolTip(tr("Gives up the octets and begins an empty text"));
    m_problem->setContentsMargins(8, 0, 8, 4);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 4, 4);
    bar->addWidget(m_note, 1);
    bar->addWidget(m_replace);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_problem);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);

    connect(m_text, &TextView::textChanged, this, [this] {
        showSize();
        Q_EMIT changed();
    });
    connect(m_replace, &QToolButton::clicked, this, &RouteBody::replaceOctets);
    showSize();
}

QByteArray RouteBody::body() const { return m_isBinary ? m_octets : m_text->text().toUtf8(); }

void RouteBody::setBody(const QByteArray &body, const QByteArray &contentType)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(body);
    m_isBinary = utf8.hasError() || text.toUtf8() != body;
    m_octets = m_isBinary ? body : QByteArray();
    {
        const QSignalBlocker blocker(m_text);
        m_text->setContent(m_isBinary ? QString() : text, languageOf(contentType, body));
    }
    m_text->setReadOnly(m_isBinary);
    showSize();
}

void RouteBody::setContentType(const QByteArray &contentType)
{
    if (!m_isBinary)
        m_text->setLanguage(languageOf(contentType, body().left(1024)));
}

void RouteBody::setProblem(const QString &message) { m_problem->setProblem(message); }

void RouteBody::replaceOctets()
{
    m_isBinary = false;
    m_octets.clear();
    m_text->setReadOnly(false);
    m_text->setFocus();
    showSize();
    Q_EMIT changed();
}

void RouteBody::showSize()
{
    m_replace->setVisible(m_isBinary);
    if (m_isBinary)
        m_note->setText(tr("%1 that are not text; they are sent as they are")
                            .arg(formatOctets(m_octets.size())));
    else
        m_note->setText(m_text->isEmpty() ? tr("Empty: the answer has no body")
                                          : formatOctets(m_text->octetCount()));
}

} // namespace headrace::ui
