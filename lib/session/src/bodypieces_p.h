#pragma once

#include "session/preparedrequest.h"

#include <QIODevice>

#include <memory>

namespace headrace::session {

/** A body of octets and files, read one after the other; a file is open only while it is read, and, as BodyFile has
    it, of the size that was announced. */
class BodyPieces : public QIODevice
{
    Q_OBJECT

public:
    explicit BodyPieces(const QList<BodyPart> &parts, QObject *parent = nullptr);

    /// False when a file cannot be opened: see failedPath() and errorString().
    bool open(OpenMode mode) override;
    bool atEnd() const override;
    bool isSequential() const override; ///< Never: a reader need not wait to be told of more.
    QString failedPath() const;

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    qint64 readPart(char *data, qint64 size);
    void nextPart();

    QList<BodyPart> m_parts;
    qsizetype m_index = 0;
    qint64 m_offset = 0; ///< Within the octets of the part.
    std::unique_ptr<QIODevice> m_file;
    QString m_failedPath;
};

} // namespace headrace::session
