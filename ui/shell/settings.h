#pragma once

#include <QSettings>
#include <QString>

namespace headrace::ui {

/** What the window remembers, as one folder of files: `window.ini`, and the files of the panels.
    The folder is that of the environment variable HEADRACE_CONFIG_DIR, else the user's own for this program. */
class Settings
{
public:
    explicit Settings(const QString &directory = defaultDirectory());

    QString directory() const;
    QString draftsPath() const;
    QString mockPath() const;
    QString proxyPath() const;

    QVariant value(const QString &key, const QVariant &fallback = {}) const;
    void setValue(const QString &key, const QVariant &value);

    static QString defaultDirectory();

private:
    QString m_directory;
    QSettings m_file;
};

} // namespace headrace::ui
