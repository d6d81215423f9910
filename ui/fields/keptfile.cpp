#include "fields/keptfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace headrace::ui {

KeptFile::KeptFile(const QString &path, Readers readers)
    : m_path(path)
    , m_readers(readers)
{
}

bool KeptFile::exists() const { return !m_path.isEmpty() && QFile::exists(m_path); }

bool KeptFile::read(QByteArray *octets)
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly)) {
        m_problem = file.errorString();
        return false;
    }
    *octets = file.readAll();
    return true;
}

bool KeptFile::write(const QByteArray &octets)
{
    if (m_path.isEmpty())
        return true;
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    const bool isOpen = file.open(QIODevice::WriteOnly)
        && (m_readers == Readers::AsUsual
            || file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    if (isOpen && file.write(octets) == octets.size() && file.commit())
        return true;
    m_problem = file.errorString();
    return false;
}

QString KeptFile::putAside()
{
    QString aside = m_path + QStringLiteral(".broken");
    for (int i = 2; QFile::exists(aside); ++i)
        aside = QStringLiteral("%1.broken%2").arg(m_path).arg(i);
    QFile::rename(m_path, aside);
    return aside;
}

QString KeptFile::problem() const { return m_problem; }

} // namespace headrace::ui
