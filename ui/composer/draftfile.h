#pragma once

#include "fields/keptfile.h"

#include <session/requestdraft.h>

#include <QList>
#include <QString>

namespace headrace::ui {

/// The drafts of all open tabs.
struct SavedDrafts
{
    QList<session::RequestDraft> drafts;
    int current = 0;
};

/** Keeps drafts between runs in one JSON file. A file that cannot be read is put aside under another
    name before it is written again, so nothing in it is lost. */
class DraftFile
{
public:
    explicit DraftFile(const QString &path); ///< Empty: keeps nothing.

    SavedDrafts load();
    bool save(const SavedDrafts &drafts); ///< All or nothing; false: see problem().

    QString problem() const; ///< Of the last call; one sentence.

private:
    QString m_path;
    KeptFile m_file;
    QString m_problem;
};

} // namespace headrace::ui
