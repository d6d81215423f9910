#pragma once

#include "shell/noticebar.h"

#include <session/harfiles.h>

namespace headrace::ui {

/** How reading or writing a HAR file gets on, at the top of the window: what, how far, and Cancel; then how it went, with
    what was not as it stood. Hidden when there is nothing to say. */
class HarBar : public NoticeBar
{
    Q_OBJECT

public:
    /// \a files is borrowed and outlives the bar.
    explicit HarBar(session::HarFiles *files, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tellStart(const QString &path, bool isImport);
    void tellProgress(qint64 exchanges, double share);
    void tellEnd(const session::HarOutcome &outcome);
    QString textOf(const session::HarOutcome &outcome) const;
    void act();
    void showNotes();

    session::HarFiles *m_files;
    QString m_name; ///< Of the file.
    bool m_isImport = true;
    bool m_isRunning = false;
    double m_share = -1; ///< 0 to 1; -1: not known.
    session::HarOutcome m_outcome; ///< Of the last one.
};

} // namespace headrace::ui
