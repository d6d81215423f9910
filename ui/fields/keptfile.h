#pragma once

#include <QByteArray>
#include <QString>

namespace headrace::ui {

/// A file that a panel keeps between runs. Functions answer false and say why in problem().
class KeptFile
{
public:
    /// Who may read what is written.
    enum class Readers
    {
        AsUsual, ///< As the system gives new files.
        OwnerOnly
    };

    /// \a path empty: nothing is kept, and all succeeds.
    explicit KeptFile(const QString &path, Readers readers = Readers::AsUsual);

    bool exists() const;
    bool read(QByteArray *octets);
    bool write(const QByteArray &octets); ///< All or nothing; makes the folder.

    /// Gives the file another name, so that it is not written over; answers that name.
    QString putAside();

    QString problem() const; ///< Of the last call, as the system words it.

private:
    QString m_path;
    Readers m_readers;
    QString m_problem;
};

} // namespace headrace::ui
