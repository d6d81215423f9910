#include "composer/wireoptions.h"

#include "fields/problemlabel.h"
#include "shell/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

#include <limits>

namespace headrace::ui {

using session::RequestDraft;

WireOptions::WireOptions(QWidget *parent)
    : QWidget(parent)
    , m_version(new QComboBox(this))
    , m_timeout(new QSpinBox(this))
    , m_verify(new QCheckBox(tr("Verify the server's certificate"), this))
    , m_target(new QLineEdit(this))
    , m_connectTo(new QLineEdit(this))
    , m_problem(new ProblemLabel(this))
{
    m_version->addItem(QStringLiteral("HTTP/1.1"), static_cast<int>(RequestDraft::Version::Http11));
    m_version->addItem(QStringLiteral("HTTP/1.0"), static_cast<int>(RequestDraft::Version::Http10));
    m_version->setToolTip(tr("HTTP/1.0 knows no chunks and no trailers"));

    m_timeout->setRange(0, 24 * 60 * 60 * 1000);
    m_timeout->setSingleStep(1000);
    m_timeout->setGroupSeparatorShown(true);
    m_timeout->setSuffix(tr(" ms"));
    m_timeout->setSpecialValueText(tr("none"));
    m_timeout->setToolTip(tr("Gives up when nothing was sent or received for so long; 0: never"));

    m_verify->setToolTip(
        tr("Turned off, any certificate is taken, also an expired or self-signed one"));

    m_target->setPlaceholderText(tr("path and query of the URL"));
    m_target->setToolTip(
        tr("Request target that is sent as it is typed: * or a whole URL, as proxies want it"));
    m_connectTo->setPlaceholderText(tr("host and port of the URL"));
    m_connectTo->setToolTip(tr("host:port to connect to; Host and the certificate stay the URL's"));
    for (QLineEdit *edit : { m_target, m_connectTo }) {
        edit->setFont(Theme::fixedFont());
        edit->setMinimumWidth(320);
        connect(edit, &QLineEdit::textChanged, this, &WireOptions::changed);
    }

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(8);
    const QList<std::pair<QString, QWidget *>> rows { { tr("Version"), m_version },
        { tr("Time limit"), m_timeout }, { tr("TLS"), m_verify }, { tr("Target"), m_target },
        { tr("Connect to"), m_connectTo } };
    for (int row = 0; row < rows.size(); ++row) {
        auto *label = new QLabel(rows.at(row).first, this);
        label->setBuddy(rows.at(row).second);
        layout->addWidget(label, row, 0);
        layout->addWidget(rows.at(row).second, row, 1, Qt::AlignLeft);
    }
    layout->addWidget(m_problem, static_cast<int>(rows.size()), 1);
    layout->setColumnStretch(1, 1);
    layout->setRowStretch(static_cast<int>(rows.size()) + 1, 1);
    m_target->setAccessibleName(tr("Request target"));
    m_connectTo->setAccessibleName(tr("Host and port to connect to"));
    m_version->setAccessibleName(tr("HTTP version"));
    m_timeout->setAccessibleName(tr("Time limit without progress, in milliseconds"));

    connect(m_version, &QComboBox::currentIndexChanged, this, &WireOptions::changed);
    connect(m_timeout, &QSpinBox::valueChanged, this, &WireOptions::changed);
    connect(m_verify, &QCheckBox::toggled, this, &WireOptions::changed);
    setOptions(RequestDraft());
}

void WireOptions::setOptions(const RequestDraft &draft)
{
    const QSignalBlocker blocker(this);
    m_version->setCurrentIndex(m_version->findData(static_cast<int>(draft.version)));
    m_timeout->setValue(
        static_cast<int>(std::min<qint64>(draft.timeout.count(), std::numeric_limits<int>::max())));
    m_verify->setChecked(draft.verifyCertificates);
    m_target->setText(QString::fromUtf8(draft.target));
    m_connectTo->setText(draft.connectTo);
}

void WireOptions::addTo(RequestDraft &draft) const
{
    draft.version = static_cast<RequestDraft::Version>(m_version->currentData().toInt());
    draft.timeout = std::chrono::milliseconds(m_timeout->value());
    draft.verifyCertificates = m_verify->isChecked();
    draft.target = m_target->text().toUtf8();
    draft.connectTo = m_connectTo->text();
}

void WireOptions::setProblem(const QString &message) { m_problem->setProblem(message); }

} // namespace headrace::ui
