#pragma once

#include <mock/route.h>

#include <optional>

namespace headrace::ui {

/// A mock file that was opened: what it holds, or one sentence on what is wrong with it and where.
struct OpenedDefinition
{
    std::optional<mock::Definition> definition;
    QString problem;
};

OpenedDefinition openDefinition(const QString &path);

/// Empty: saved. Else one sentence.
QString saveDefinition(const QString &path, const mock::Definition &definition);

/// "route", "server" or "proxy": a script to begin with, which does something at once.
QString scriptTemplate(const QString &name);

/// A script that comes with the program.
struct ScriptExample
{
    QString title; ///< "Early hints"
    QString path; ///< Of the resource.
};

QList<ScriptExample> scriptExamples(); ///< By title.

/// Whether a file is opened as a program, not as a mock file: by its name.
bool isScriptFile(const QString &path);

/// What a new user gets as first route: something that answers at once.
mock::Route exampleRoute();

} // namespace headrace::ui
