#pragma once

#include <proxy/rulefile.h>

#include <optional>

namespace headrace::ui {

/// A file of rules that was opened: what it holds, or one sentence on what is wrong with it and where.
struct OpenedRules
{
    std::optional<proxy::RuleFile> file;
    QString problem;
    QString remark; ///< What was left out, or does not work as it is; one sentence, or empty.
};

OpenedRules openRules(const QString &path);

/// Empty: saved. Else one sentence.
QString saveRules(const QString &path, const proxy::RuleFile &file);

} // namespace headrace::ui
