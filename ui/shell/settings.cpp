#include "shell/settings.h"

#include <QStandardPaths>

namespace headrace::ui {

Settings::Settings(const QString &directory)
    : m_directory(directory)
    , m_file(directory + QStringLiteral("/window.ini"), QSettings::IniFormat)
{
}

QString Settings::directory() const { return m_directory; }

QString Settings::draftsPath() const { return m_directory + QStringLiteral("/drafts.json"); }

QString Settings::mockPath() const { return m_directory + QStringLiteral("/mock.json"); }

QString Settings::proxyPath() const { return m_directory + QStringLiteral("/proxy.json"); }

QVariant Settings::value(const QString &key, const QVariant &fallback) const
{
    return m_file.value(key, fallback);
}

void Settings::setValue(const QString &key, const QVariant &value) { m_file.setValue(key, value); }

QString Settings::defaultDirectory()
{
    const QString chosen = qEnvironmentVariable("HEADRACE_CONFIG_DIR");
    if (!chosen.isEmpty())
        return chosen;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/headrace");
}

} // namespace headrace::ui
