#include "mock/keptdefinition.h"

#include "mock/definitionjson.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("KeptDefinition", text); }

} // namespace

KeptDefinition::KeptDefinition(const QString &path)
    : m_path(path)
    , m_file(path)
{
}

mock::Definition KeptDefinition::load(const mock::Definition &otherwise)
{
    m_problem.clear();
    if (!m_file.exists())
        return otherwise;
    QByteArray octets;
    if (!m_file.read(&octets)) {
        m_problem = tr("The routes kept in %1 cannot be read: %2").arg(m_path, m_file.problem());
        return otherwise;
    }
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(octets, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        m_problem = tr("The routes of last time could not be read (%1); the file is kept as %2.")
                        .arg(error.errorString(), m_file.putAside());
        return otherwise;
    }
    return definitionFromJson(document.object());
}

bool KeptDefinition::save(const mock::Definition &definition)
{
    m_problem.clear();
    if (m_file.write(QJsonDocument(toJson(definition)).toJson()))
        return true;
    m_problem = tr("The routes cannot be kept in %1: %2").arg(m_path, m_file.problem());
    return false;
}

QString KeptDefinition::problem() const { return m_problem; }

} // namespace headrace::ui
