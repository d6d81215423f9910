#include "composer/automaticfields.h"

#include "shell/format.h"
#include "shell/theme.h"

#include <session/requesturl.h>

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace headrace::ui {

namespace {

using session::DraftField;
using session::RequestDraft;

constexpr qsizetype LongestHost = 40;

bool isGiven(const RequestDraft &draft, const char *name)
{
    return std::any_of(draft.fields.cbegin(), draft.fields.cend(), [name](const DraftField &field) {
        return field.isEnabled && field.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

QString hostOf(const QString &url)
{
    const auto parsed = session::parseRequestUrl(url).url;
    return parsed ? QString::fromUtf8(parsed->authority()) : QString();
}

void showField(QCheckBox *box, const QString &name, const QString &value, bool isOn, bool isGiven)
{
    const QSignalBlocker blocker(box);
    box->setChecked(isOn);
    box->setEnabled(!isGiven);
    if (isGiven)
        box->setText(AutomaticFields::tr("%1 as given").arg(name));
    else
        box->setText(value.isEmpty() || !isOn ? name : QStringLiteral("%1: %2").arg(name, value));
}

// As session::prepare() frames it.
QString framing(const RequestDraft &draft, qint64 bodyOctets)
{
    static const QList<QByteArray> bodiless { "GET", "HEAD", "DELETE", "OPTIONS", "TRACE",
        "CONNECT" };
    const bool hasTrailers = std::any_of(draft.trailers.cbegin(), draft.trailers.cend(),
        [](const DraftField &field) { return field.isEnabled; });
    if (hasTrailers && draft.version == RequestDraft::Version::Http11)
        return AutomaticFields::tr("none, chunked for the trailers");
    if (draft.bodyKind == RequestDraft::BodyKind::None && bodiless.contains(draft.method))
        return AutomaticFields::tr("none, no body");
    return bodyOctets < 0 ? QString() : QString::number(bodyOctets);
}

} // namespace

AutomaticFields::AutomaticFields(QWidget *parent)
    : QWidget(parent)
    , m_host(new QCheckBox(this))
    , m_connection(new QCheckBox(this))
    , m_length(new QCheckBox(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(12);
    auto *label = new QLabel(tr("Automatic:"), this);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setToolTip(tr("Added to the fields above, unless turned off or given there"));
    layout->addWidget(label);
    for (QCheckBox *box : { m_host, m_connection, m_length }) {
        box->setMinimumWidth(1);
        layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &AutomaticFields::changed);
    }
    layout->addStretch(1);
    m_host->setToolTip(tr("Host, from the URL; stands before the fields above"));
    m_connection->setToolTip(tr("Connection: whether the connection is kept for the next request"));
    m_length->setToolTip(tr("Content-Length of the body; without it the body is sent in chunks"));
    applyColors();
    describe(RequestDraft(), 0);
}

void AutomaticFields::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

// Greyed, since nobody typed them; the text of a box ignores foregroundRole().
void AutomaticFields::applyColors()
{
    QPalette changed;
    changed.setColor(QPalette::Active, QPalette::WindowText, Theme::mutedColor(palette()));
    changed.setColor(QPalette::Inactive, QPalette::WindowText, Theme::mutedColor(palette()));
    for (QCheckBox *box : { m_host, m_connection, m_length })
        box->setPalette(changed);
}

void AutomaticFields::describe(const RequestDraft &draft, qint64 bodyOctets)
{
    const QString host = hostOf(draft.url);
    const bool isOld = draft.version == RequestDraft::Version::Http10;
    showField(m_host, QStringLiteral("Host"), shortened(host, LongestHost), draft.sendHost,
        isGiven(draft, "host"));
    showField(m_connection, QStringLiteral("Connection"),
        isOld ? QString() : QStringLiteral("keep-alive"), draft.sendConnection,
        isGiven(draft, "connection"));
    showField(m_length, QStringLiteral("Content-Length"), framing(draft, bodyOctets),
        draft.sendContentLength,
        isGiven(draft, "content-length") || isGiven(draft, "transfer-encoding"));
}

bool AutomaticFields::sendHost() const { return m_host->isChecked(); }

bool AutomaticFields::sendConnection() const { return m_connection->isChecked(); }

bool AutomaticFields::sendContentLength() const { return m_length->isChecked(); }

} // namespace headrace::ui
