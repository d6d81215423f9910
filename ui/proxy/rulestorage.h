#pragma once

#include <proxy/rule.h>

#include <optional>

namespace headrace::ui {

/// A file of rules that was opened: what it holds, or one sentence on what is wrong with it and where.
struct OpenedRules
{
    std::optional<QList<proxy::Rule>> rules;
    QString problem;
};

OpenedRules openRules(const QString &path);

/// Empty: saved. Else one sentence.
QString saveRules(const QString &path, const QList<proxy::Rule> &rules);

} // namespace headrace::ui
