#pragma once

#include "fields/keptfile.h"

#include <mock/route.h>

namespace headrace::ui {

/// The definition that is being edited, kept between runs; see definitionjson.h. A file that cannot be read is
/// put aside under another name, so that nothing in it is lost.
class KeptDefinition
{
public:
    explicit KeptDefinition(const QString &path); ///< Empty: keeps nothing.

    mock::Definition load(const mock::Definition &otherwise);
    bool save(const mock::Definition &definition);

    QString problem() const; ///< Of the last call; one sentence, or empty.

private:
    QString m_path;
    KeptFile m_file;
    QString m_problem;
};

} // namespace headrace::ui
