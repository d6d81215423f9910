#pragma once

#include <session/requestdraft.h>

#include <QStringList>

namespace headrace::ui {

/// What a pasted text is as requests.
struct PastedRequest
{
    QList<session::RequestDraft> drafts; ///< Several for a curl command with several URLs.
    QStringList remarks; ///< What is not as it was written. A sentence each.
    QString error; ///< Not empty: one sentence on why it is none.
};

/// The text begins as a curl command or as an HTTP request.
bool looksLikeRequest(const QString &text);

/// Files that a curl command names to be read (-d @file) are read as far as they are ordinary ones of at most 16 MiB; those
/// that are sent as they are stay files. \a scheme: of a request that has only a Host field.
PastedRequest readPastedRequest(const QString &text, const QString &scheme);

} // namespace headrace::ui
