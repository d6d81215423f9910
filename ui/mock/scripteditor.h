#pragma once

#include <mock/route.h>
#include <session/filewatch.h>
#include <session/scriptmessage.h>

#include <QWidget>

class QAction;
class QHBoxLayout;

namespace headrace::ui {

class ElidedLabel;
class NoticeBar;
class ProblemLabel;
class TextView;

/** Edits a script: its text, and the file it is of, if any. Edits of a file are kept in the script until they are
    saved. When the file changes on disk, the new content is shown; with unsaved edits it is offered instead. */
class ScriptEditor : public QWidget
{
    Q_OBJECT

public:
    /// \a subject: what the actions call it, "server script". \a home: what is said of a script without a file.
    ScriptEditor(const QString &subject, const QString &home, QWidget *parent = nullptr);

    mock::Script script() const;
    void setScript(const mock::Script &script);

    QString text() const;
    bool isModified() const; ///< Has edits that are not in its file.

    /// Makes the content of \a path the script.
    void openFile(const QString &path);

    /// Writes the text into \a path, which becomes its file. False: told in the editor.
    bool saveAs(const QString &path);

    void chooseFile(); ///< Asks for the file to open.
    void chooseFileToSave(); ///< Asks for the file to save as.

    /// Marks the failures of this script in their lines; those of others are left away.
    void setFailures(const QList<session::ScriptMessage> &failures);

    QList<session::ScriptMessage> ownFailures(const QList<session::ScriptMessage> &failures) const;

    void goTo(int line, int column);

Q_SIGNALS:
    void changed(); ///< script() is another now.
    void textEdited(); ///< By the user or on the disk: places of before are not where they were.

private:
    QAction *makeAction(const QString &text, const QString &shortText, const QString &iconName);
    bool load();
    void onTextChanged();
    void onFileChanged();
    void loadFromDisk();
    void showState();

    mock::Script m_script;
    QString m_disk; ///< The file's content, as last read.
    session::FileWatch m_files;
    QString m_home;
    ElidedLabel *m_title = nullptr;
    QHBoxLayout *m_bar = nullptr;
    NoticeBar *m_notice = nullptr;
    ProblemLabel *m_problem = nullptr;
    TextView *m_text = nullptr;
    bool m_isSetting = false;
};

} // namespace headrace::ui
