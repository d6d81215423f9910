#include "traffic/searchprogress.h"

#include "shell/icons.h"
#include "shell/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

#include <cmath>

namespace headrace::ui {

namespace {

constexpr int Steps = 1000;

} // namespace

SearchProgress::SearchProgress(QWidget *parent)
    : QWidget(parent)
    , m_bar(new QProgressBar(this))
    , m_text(new QLabel(this))
{
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(96, 8);
    m_bar->setAccessibleName(tr("Search"));
    auto *cancel = new QToolButton(this);
    cancel->setIcon(icon(QStringLiteral("cancel")));
    cancel->setAutoRaise(true);
    cancel->setFocusPolicy(Qt::TabFocus);
    cancel->setToolTip(tr("End the search; what was found stays"));
    cancel->setAccessibleName(tr("Cancel the search"));
    connect(cancel, &QToolButton::clicked, this, &SearchProgress::cancelRequested);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_bar, 0, Qt::AlignVCenter);
    layout->addWidget(m_text);
    layout->addWidget(cancel);
    applyColors();
}

void SearchProgress::setProgress(double share, qint64 hits)
{
    const bool isKnown = share >= 0;
    m_bar->setRange(0, isKnown ? Steps : 0);
    if (isKnown)
        m_bar->setValue(int(std::lround(qMin(share, 1.0) * Steps)));
    const QString found = hits == 1 ? tr("1 hit") : tr("%1 hits").arg(locale().toString(hits));
    m_text->setText(isKnown
            ? tr("%1 % · %2").arg(locale().toString(int(qMin(share, 1.0) * 100)), found)
            : found);
    m_bar->setAccessibleDescription(m_text->text());
}

void SearchProgress::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyColors();
    QWidget::changeEvent(event);
}

// The part that is done in the accent, which the selection's colour is too pale for.
void SearchProgress::applyColors()
{
    QPalette colors;
    colors.setColor(QPalette::Highlight, Theme::accentColor(palette()));
    m_bar->setPalette(colors);
}

QString SearchProgress::text() const { return m_text->text(); }

} // namespace headrace::ui
