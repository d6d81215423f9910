#pragma once

#include "file/connection.h"
#include "writer/inbox.h"
#include "writer/interner.h"

#include <span>

namespace headrace::store {

/// Writes into an open session file. Each call is one transaction: done, or the file is as before.
class FileWriter
{
public:
    /// \a connection is borrowed; prepareForWriting() has passed.
    explicit FileWriter(Connection &connection);

    [[nodiscard]] FileError write(const Batch &batch);
    [[nodiscard]] FileError setNote(const QList<exchange::ExchangeId> &ids, const QString &note);
    [[nodiscard]] FileError setMark(const QList<exchange::ExchangeId> &ids, exchange::Mark mark);

    /// \a removed: those that were there.
    [[nodiscard]] FileError remove(
        const QList<exchange::ExchangeId> &ids, QList<exchange::ExchangeId> *removed);
    [[nodiscard]] FileError clear();

private:
    template <class Function>
    FileError transact(Function function);
    bool writeRows(Statement &upsert, std::span<const Batch::Item *const> items);
    bool bindRow(Statement &upsert, int parameter, exchange::ExchangeId id, const Row &row);
    bool writeSegments(exchange::ExchangeId id, const QList<Segment> &segments);
    qint64 bitsOf(const std::vector<std::pair<QString, QString>> &events);
    qint64 bitOf(const QString &event); ///< "ClientRequest.close"; -1: it cannot be written.

    Connection &m_connection;
    Interner m_words;
    Interner m_names;
    QHash<QString, qint64> m_eventBits;
    QHash<std::pair<QString, QString>, qint64> m_knownEvents; ///< Of those, by object and name.
    Statement m_upsertOne;
    Statement m_upsertMany;
    Statement m_segment;
    Statement m_addEvent;
};

} // namespace headrace::store
