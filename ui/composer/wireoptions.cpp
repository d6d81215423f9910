#include "composer/wireoptions.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
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

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(8);
    const QList<std::pair<QString, QWidget *>> rows { { tr("Version"), m_version },
        { tr("Time limit"), m_timeout }, { tr("TLS"), m_verify } };
    for (int row = 0; row < rows.size(); ++row) {
        auto *label = new QLabel(rows.at(row).first, this);
        label->setBuddy(rows.at(row).second);
        layout->addWidget(label, row, 0);
        layout->addWidget(rows.at(row).second, row, 1, Qt::AlignLeft);
    }
    layout->setColumnStretch(1, 1);
    layout->setRowStretch(static_cast<int>(rows.size()), 1);
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
}

void WireOptions::addTo(RequestDraft &draft) const
{
    draft.version = static_cast<RequestDraft::Version>(m_version->currentData().toInt());
    draft.timeout = std::chrono::milliseconds(m_timeout->value());
    draft.verifyCertificates = m_verify->isChecked();
}

} // namespace headrace::ui
