#include "proxy/rulestorage.h"

#include "fields/keptfile.h"
#include "proxy/proxydefinition.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RuleStorage", text); }

QString rulesKey() { return QStringLiteral("rules"); }

} // namespace

OpenedRules openRules(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    KeptFile file(path);
    QByteArray octets;
    if (!file.read(&octets))
        return { {}, tr("%1 cannot be read: %2").arg(name, file.problem()) };
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(octets, &error);
    if (error.error != QJsonParseError::NoError)
        return { {},
            tr("%1, line %2: %3")
                .arg(name)
                .arg(octets.left(error.offset).count('\n') + 1)
                .arg(error.errorString()) };
    if (!document.object().value(rulesKey()).isArray())
        return { {}, tr("%1 has no rules").arg(name) };
    return { proxyDefinitionFromJson(document.object()).rules, {} };
}

QString saveRules(const QString &path, const QList<proxy::Rule> &rules)
{
    QJsonObject object;
    object.insert(rulesKey(), toJson(ProxyDefinition { {}, rules, {} }).value(rulesKey()));
    KeptFile file(path);
    return file.write(QJsonDocument(object).toJson())
        ? QString()
        : tr("%1 cannot be written: %2").arg(path, file.problem());
}

} // namespace headrace::ui
