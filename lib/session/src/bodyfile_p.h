#pragma once

#include <QFile>

namespace headrace::session {

/** A file of a fixed number of octets, as Content-Length has announced it: what was added to it later is
    not read, and a file that ends before is a read error. A pipe or device is read to its end, blocking. */
class BodyFile : public QFile
{
    Q_OBJECT

public:
    /// \a octets: -1 reads to the end.
    BodyFile(const QString &path, qint64 octets, QObject *parent);

    bool atEnd() const override;
    bool isSequential() const override; ///< Never: QFile tells nobody when a pipe has more.

protected:
    qint64 readData(char *data, qint64 size) override;

private:
    qint64 m_left;
    bool m_hasEnded = false;
};

} // namespace headrace::session
