#include "shell/sessionbar.h"

#include "shell/format.h"

#include <QLocale>

namespace headrace::ui {

using session::EarlierSession;
using session::SessionFiles;

SessionBar::SessionBar(SessionFiles *files, QWidget *parent)
    : NoticeBar(parent)
    , m_files(files)
{
    connect(files, &SessionFiles::saveProgressed, this, &SessionBar::tellProgress);
    connect(files, &SessionFiles::saved, this, [this] { forget(About::Saving); });
    connect(files, &SessionFiles::saveFailed, this, [this](const QString &message) {
        if (message.isEmpty())
            forget(About::Saving);
        else
            tellProblem(tr("The session was not saved. %1").arg(message));
    });
    connect(files, &SessionFiles::warned, this, &SessionBar::tellProblem);
    connect(files, &SessionFiles::changed, this, [this] { forget(About::Recovery); });
    connect(this, &NoticeBar::buttonClicked, this, &SessionBar::act);
    connect(this, &NoticeBar::dismissed, this, [this] { m_about = About::Nothing; });
}

void SessionBar::offerRecovery()
{
    for (const EarlierSession &session : m_files->earlier()) {
        if (session.wasClosed)
            continue;
        m_offered = session.path;
        show(About::Recovery, Theme::Tone::Informational,
            tr("Headrace ended on %1 without closing its session. Its %2 exchanges are kept.")
                .arg(QLocale().toString(session.changed, QLocale::ShortFormat),
                    formatCount(session.exchanges)),
            tr("Open that session"));
        return;
    }
}

void SessionBar::tellProblem(const QString &message)
{
    show(About::Problem, Theme::Tone::ClientError, message);
}

void SessionBar::show(About about, Theme::Tone tone, const QString &text, const QString &buttonText)
{
    m_about = about;
    setDismissible(about != About::Saving);
    setNotice(tone, text, buttonText);
}

void SessionBar::tellProgress(double share)
{
    show(About::Saving, Theme::Tone::Informational,
        tr("The session is being saved: %1 %. Recording goes on.").arg(int(share * 100)),
        tr("Cancel"));
}

void SessionBar::forget(About about)
{
    if (m_about != about)
        return;
    m_about = About::Nothing;
    setNotice(Theme::Tone::Informational, {});
}

void SessionBar::act()
{
    if (m_about == About::Saving)
        m_files->cancelSave();
    else if (m_about == About::Recovery)
        Q_EMIT openRequested(m_offered);
}

} // namespace headrace::ui
