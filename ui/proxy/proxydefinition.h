#pragma once

#include "fields/keptfile.h"

#include <proxy/rule.h>
#include <proxy/settings.h>

#include <QJsonObject>

namespace headrace::ui {

/// What the user has set up of the proxy.
struct ProxyDefinition
{
    proxy::Settings settings;
    QList<proxy::Rule> rules;
    QList<proxy::Breakpoint> breakpoints;

    friend bool operator==(const ProxyDefinition &, const ProxyDefinition &) = default;
};

/** A definition as it is kept between runs. Unlike a file of rules, which must be right, this takes whatever is typed
    so far: half a filter, a header without name. */
QJsonObject toJson(const ProxyDefinition &definition);

/// Members that are missing or of another type get their default.
ProxyDefinition proxyDefinitionFromJson(const QJsonObject &json);

/// The definition that is being edited, kept between runs in a file that only the user reads: there are passwords in it.
/// One that cannot be read is put aside under another name, so that nothing in it is lost.
class KeptProxy
{
public:
    explicit KeptProxy(const QString &path); ///< Empty: keeps nothing.

    ProxyDefinition load();
    bool save(const ProxyDefinition &definition);

    QString problem() const; ///< Of the last call; one sentence, or empty.

private:
    QString m_path;
    KeptFile m_file;
    QString m_problem;
};

} // namespace headrace::ui
