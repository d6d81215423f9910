#include "tls/authorityfile.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>
#include <QSysInfo>
#include <QThread>

#include <fcntl.h>
#include <unistd.h>

namespace headrace::tls {

namespace {

constexpr int lockPatience = 10'000; // milliseconds; to make one takes a few
constexpr int lockInterval = 5;
constexpr qint64 mostOctets = 64 * 1024; // of a file; a certificate has some hundred

TlsError unreadable(const QString &path, const QString &why)
{
    return { TlsError::Code::NotReadable, QStringLiteral("%1: %2").arg(path, why) };
}

TlsError unwritable(const QString &path, const QString &why)
{
    return { TlsError::Code::NotWritable, QStringLiteral("%1: %2").arg(path, why) };
}

QByteArray contentOf(const QString &path, TlsError *error)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *error = unreadable(path, file.errorString());
        return {};
    }
    return file.read(mostOctets);
}

/// Nobody else may read it at any moment: made with its mode, not changed afterwards.
TlsError writeSecret(const QString &path, const QByteArray &octets)
{
    const QString unfinished = path + QStringLiteral(".new");
    QFile::remove(unfinished);
    const int descriptor = ::open(
        QFile::encodeName(unfinished).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    QFile file(unfinished);
    if (descriptor < 0 || !file.open(descriptor, QIODevice::WriteOnly, QFile::AutoCloseHandle))
        return unwritable(unfinished, QString::fromLocal8Bit(strerror(errno)));
    const bool isWritten
        = file.write(octets) == octets.size() && file.flush() && ::fsync(descriptor) == 0;
    const QString why = file.errorString();
    file.close();
    if (!isWritten
        || ::rename(QFile::encodeName(unfinished).constData(), QFile::encodeName(path).constData())
            != 0) {
        QFile::remove(unfinished);
        return unwritable(path, why);
    }
    return {};
}

} // namespace

AuthorityFile::AuthorityFile(const QString &folder)
    : m_folder(folder)
{
}

QString AuthorityFile::defaultFolder()
{
    const QString chosen = qEnvironmentVariable("HEADRACE_CA_DIR");
    if (!chosen.isEmpty())
        return chosen;
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/headrace/ca");
}

QString AuthorityFile::certificatePath() const { return m_folder + QStringLiteral("/ca.pem"); }

QString AuthorityFile::keyPath() const { return m_folder + QStringLiteral("/ca.key"); }

bool AuthorityFile::exists() const
{
    return QFileInfo::exists(certificatePath()) && QFileInfo::exists(keyPath());
}

std::unique_ptr<CertificateAuthority> AuthorityFile::open(TlsError *error) const
{
    if (exists())
        return read(error);
    if (!QDir().mkpath(m_folder)) {
        *error = unwritable(m_folder, QStringLiteral("the folder could not be made"));
        return {};
    }
    QLockFile lock(m_folder + QStringLiteral("/ca.lock"));
    QElapsedTimer waited;
    waited.start();
    while (!lock.tryLock(0)) {
        if (exists()) // another was quicker
            return read(error);
        if (waited.elapsed() > lockPatience) {
            *error = unwritable(
                m_folder, QStringLiteral("another process has been making the authority for long"));
            return {};
        }
        QThread::msleep(lockInterval);
    }
    // Half of one is a key that somebody may trust: it stays.
    if (QFileInfo::exists(certificatePath()) || QFileInfo::exists(keyPath()))
        return read(error);
    *error = make();
    return *error ? nullptr : read(error);
}

std::unique_ptr<CertificateAuthority> AuthorityFile::read(TlsError *error) const
{
    const QFile::Permissions others
        = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if (QFile(keyPath()).permissions() & others) {
        *error = { TlsError::Code::UnsafeKey,
            QStringLiteral(
                "%1 can be read or written by others. Who has it can pretend to be any site to "
                "you: "
                "chmod 600 it if nobody did, else remove it with %2 and trust the new one.")
                .arg(keyPath(), certificatePath()) };
        return {};
    }
    const QByteArray certificate = contentOf(certificatePath(), error);
    const QByteArray key = *error ? QByteArray() : contentOf(keyPath(), error);
    if (*error)
        return {};
    auto authority = CertificateAuthority::fromPem(certificate, key, error);
    if (!authority && error->code == TlsError::Code::NotReadable)
        error->message
            = QStringLiteral("%1 and %2: %3").arg(certificatePath(), keyPath(), error->message);
    return authority;
}

TlsError AuthorityFile::make() const
{
    TlsError error;
    const auto made = CertificateAuthority::create(QSysInfo::machineHostName(), &error);
    if (!made)
        return error;
    if (TlsError failure = writeSecret(keyPath(), made->identity().keyPem()))
        return failure;
    // Last: with it, the authority is there.
    QSaveFile file(certificatePath());
    const QByteArray pem = made->identity().certificatePem();
    if (!file.open(QIODevice::WriteOnly) || file.write(pem) != pem.size() || !file.commit()) {
        QFile::remove(keyPath()); // of no use without it, and in the way
        return unwritable(certificatePath(), file.errorString());
    }
    return {};
}

} // namespace headrace::tls
