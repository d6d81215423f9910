#include "shell/harbar.h"

#include "shell/format.h"

#include <QDialog>
#include <QFileInfo>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace headrace::ui {

using session::HarFiles;
using session::HarOutcome;

namespace {

constexpr int LineHeight = 2; // Of the line that grows with the share. Pixels.

QString countOf(qint64 count)
{
    return count == 1 ? HarBar::tr("1 exchange")
                      : HarBar::tr("%1 exchanges").arg(formatCount(count));
}

} // namespace

HarBar::HarBar(HarFiles *files, QWidget *parent)
    : NoticeBar(parent)
    , m_files(files)
{
    connect(files, &HarFiles::started, this, &HarBar::tellStart);
    connect(files, &HarFiles::progressed, this, &HarBar::tellProgress);
    connect(files, &HarFiles::finished, this, &HarBar::tellEnd);
    connect(this, &NoticeBar::buttonClicked, this, &HarBar::act);
}

void HarBar::tellStart(const QString &path, bool isImport)
{
    m_name = QFileInfo(path).fileName();
    m_isImport = isImport;
    m_isRunning = true;
    setDismissible(false);
    tellProgress(0, -1);
}

void HarBar::tellProgress(qint64 exchanges, double share)
{
    if (!m_isRunning)
        return;
    m_share = share;
    QString text = (m_isImport ? tr("Importing %1: %2") : tr("Exporting to %1: %2"))
                       .arg(m_name, countOf(exchanges));
    if (share >= 0)
        text += tr(", %1 %").arg(int(share * 100));
    setNotice(Theme::Tone::Informational, text + u'.', tr("Cancel"));
}

void HarBar::tellEnd(const HarOutcome &outcome)
{
    m_isRunning = false;
    m_share = -1;
    m_outcome = outcome;
    const Theme::Tone tone = !outcome.error.isEmpty() ? Theme::Tone::Failed
        : outcome.isCanceled                          ? Theme::Tone::Informational
                                                      : Theme::Tone::Success;
    setDismissible(true);
    setNotice(tone, textOf(outcome), outcome.noteCount > 0 ? tr("Show remarks") : QString());
}

QString HarBar::textOf(const HarOutcome &outcome) const
{
    const QString count = countOf(outcome.exchanges);
    const bool isWhole = outcome.error.isEmpty() && !outcome.isCanceled;
    QString text;
    if (isWhole)
        text = (m_isImport ? tr("%1 read from %2.") : tr("%1 written to %2.")).arg(count, m_name);
    else if (!m_isImport && outcome.isCanceled)
        text = tr("Canceled: %1 was not written.").arg(m_name);
    else if (!m_isImport)
        text = tr("%1 was not written. %2").arg(m_name, outcome.error);
    else if (outcome.isCanceled)
        text = tr("Canceled: %1 of %2 kept.").arg(count, m_name);
    else if (outcome.exchanges == 0)
        text = tr("%1 was not read. %2").arg(m_name, outcome.error);
    else
        text = tr("%1 was read in part, %2 kept: %3").arg(m_name, count, outcome.error);
    if (outcome.noteCount > 0)
        text += outcome.noteCount == 1 ? tr(" 1 remark.")
                                       : tr(" %1 remarks.").arg(formatCount(outcome.noteCount));
    return text;
}

void HarBar::act()
{
    if (m_isRunning)
        m_files->cancel();
    else
        showNotes();
}

void HarBar::showNotes()
{
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Remarks on %1").arg(m_name));
    dialog->resize(560, 360);
    QString text = m_outcome.notes.join(u'\n');
    if (m_outcome.noteCount > m_outcome.notes.size())
        text += tr("\nand %1 more").arg(formatCount(m_outcome.noteCount - m_outcome.notes.size()));
    auto *list = new QPlainTextEdit(text);
    list->setReadOnly(true);
    list->setAccessibleName(dialog->windowTitle());
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(list);
    dialog->show();
}

void HarBar::paintEvent(QPaintEvent *event)
{
    NoticeBar::paintEvent(event);
    if (m_share < 0)
        return;
    QPainter(this).fillRect(QRect(0, height() - LineHeight, int(width() * m_share), LineHeight),
        Theme::accentColor(palette()));
}

} // namespace headrace::ui
