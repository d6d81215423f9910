#pragma once

#include "shell/noticebar.h"

#include <session/sessionfiles.h>

namespace headrace::ui {

/** What there is to say of the session's file, at the top of the window: a session that a crash left, a file that is
    being saved and how far, what could not be done. Hidden when there is nothing. */
class SessionBar : public NoticeBar
{
    Q_OBJECT

public:
    /// \a files is borrowed and outlives the bar.
    explicit SessionBar(session::SessionFiles *files, QWidget *parent = nullptr);

    /// Offers the newest session that was not closed; nothing happens without one.
    void offerRecovery();

    /// Says what went wrong.
    void tellProblem(const QString &message);

Q_SIGNALS:
    void openRequested(const QString &path);

private:
    enum class About
    {
        Nothing,
        Recovery,
        Saving,
        Problem
    };

    void show(About about, Theme::Tone tone, const QString &text, const QString &buttonText = {});
    void tellProgress(double share);
    void forget(About about);
    void act();

    session::SessionFiles *m_files;
    About m_about = About::Nothing;
    QString m_offered;
};

} // namespace headrace::ui
