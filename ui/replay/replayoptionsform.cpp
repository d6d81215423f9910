#include "replay/replayoptionsform.h"

#include "shell/icons.h"
#include "shell/segments.h"
#include "shell/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace headrace::ui {

using session::ReplayOptions;

ReplayOptionsForm::ReplayOptionsForm(QWidget *parent)
    : QWidget(parent)
    , m_pace(new Segments({ tr("One by one"), tr("At once"), tr("As recorded") }))
    , m_parallel(new QSpinBox)
    , m_origin(new QLineEdit)
    , m_keepsHost(new QCheckBox(tr("Keep the Host header")))
    , m_verifies(new QCheckBox(tr("Verify certificates")))
    , m_problem(new QLabel)
    , m_start(new QPushButton(icon(QStringLiteral("resend")), tr("Replay")))
{
    m_pace->setAccessibleName(tr("Pace"));
    m_pace->setSegmentToolTip(0, tr("The next goes out when the one before is answered"));
    m_pace->setSegmentToolTip(1, tr("So many at a time"));
    m_pace->setSegmentToolTip(
        2, tr("With the gaps between exchanges, and between the chunks of their bodies"));
    m_parallel->setRange(1, ReplayOptions::MostParallel);
    m_parallel->setAccessibleName(tr("How many at once"));
    m_parallel->setSuffix(tr(" at a time"));
    m_origin->setPlaceholderText(tr("https://staging.example.test:8443"));
    m_origin->setAccessibleName(tr("Other origin"));
    m_origin->setClearButtonEnabled(true);
    m_origin->setFont(Theme::fixedFont());
    m_start->setDefault(true);

    auto *pace = new QHBoxLayout;
    pace->setSpacing(8);
    pace->addWidget(m_pace);
    pace->addWidget(m_parallel);
    pace->addStretch(1);
    pace->addWidget(m_start);
    auto *originLabel = new QLabel(tr("&Instead to"));
    originLabel->setBuddy(m_origin);
    auto *where = new QHBoxLayout;
    where->setSpacing(8);
    where->addWidget(originLabel);
    where->addWidget(m_origin, 1);
    where->addWidget(m_keepsHost);
    where->addWidget(m_verifies);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(8);
    layout->addLayout(pace);
    layout->addLayout(where);
    layout->addWidget(m_problem);

    connect(m_pace, &Segments::currentChanged, this, &ReplayOptionsForm::update);
    connect(m_origin, &QLineEdit::textChanged, this, &ReplayOptionsForm::update);
    connect(m_origin, &QLineEdit::returnPressed, m_start, &QPushButton::click);
    connect(m_start, &QPushButton::clicked, this, &ReplayOptionsForm::startRequested);
    setOptions({});
}

ReplayOptions ReplayOptionsForm::options() const
{
    ReplayOptions options;
    options.pace = ReplayOptions::Pace(m_pace->current());
    options.parallel = m_parallel->value();
    options.origin = m_origin->text().trimmed();
    options.keepsHost = m_keepsHost->isChecked();
    options.verifyCertificates = m_verifies->isChecked();
    return options;
}

void ReplayOptionsForm::setOptions(const ReplayOptions &options)
{
    m_pace->setCurrent(int(options.pace));
    m_parallel->setValue(options.parallel);
    m_origin->setText(options.origin);
    m_keepsHost->setChecked(options.keepsHost);
    m_verifies->setChecked(options.verifyCertificates);
    update();
}

void ReplayOptionsForm::setStartable(bool canStart)
{
    m_canStart = canStart;
    update();
}

void ReplayOptionsForm::update()
{
    const ReplayOptions chosen = options();
    const QString problem = session::problemOf(chosen);
    m_parallel->setVisible(chosen.pace == ReplayOptions::Pace::Parallel);
    m_keepsHost->setEnabled(!chosen.origin.isEmpty());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    QPalette palette;
    palette.setColor(QPalette::WindowText, Theme::toneColor(Theme::Tone::Failed, this->palette()));
    m_problem->setPalette(palette);
    m_start->setEnabled(m_canStart && problem.isEmpty());
}

QLineEdit *ReplayOptionsForm::originEdit() const { return m_origin; }

QPushButton *ReplayOptionsForm::startButton() const { return m_start; }

QString ReplayOptionsForm::problem() const { return m_problem->text(); }

} // namespace headrace::ui
