#pragma once

#include "store/fileerror.h"

#include <exchange/store.h>

#include <memory>

namespace headrace::store {

class Writer;

/** Exchanges in a session file: one SQLite database, written from the first octet on by a thread of its own in
    batches of at most 200 ms, and read beside that. A killed process loses at most the last batch.

    While the file cannot be written (disk full, taken away) recording goes on in memory and the file is tried again
    every second; beyond 256 MiB new exchanges are counted as lost; see status(). While it can, recorders wait when
    the disk is slower than the network, so that no more than 64 MiB are in memory.

    Files are locked by a file beside them (".lock") against a second Headrace.
    Thread: the Sink's calls and all reading: any. The rest, and the signals: the object's.
    Source: DESIGN.md "Store". */
class ExchangeStore : public exchange::Store, public exchange::Sink
{
    Q_OBJECT

public:
    /// Records nothing until open().
    explicit ExchangeStore(QObject *parent = nullptr);
    ~ExchangeStore() override; ///< close().

    /** Closes what is open and opens \a path, or makes a new session there. A file that must not be written is opened
        for reading, and status() says so. After an error nothing is open.
        May take the time of a migration. reset() follows. */
    [[nodiscard]] FileError open(const QString &path);

    /// The same in memory, up to \a octets: for when no folder can be written.
    [[nodiscard]] FileError openInMemory(qint64 octets);

    /// Writes what is there and closes the file. Exchanges that go on end as Canceled in it.
    void close();

    QString path() const; ///< Empty: none, or in memory.

    /** Copies everything to \a path, replacing what is there, while recording goes on, and records there from then
        on: saveProgressed(), then saved() or saveFailed(). The old file stays. One at a time. */
    void saveAs(const QString &path);
    void cancelSave(); ///< saveFailed() follows, with an empty message.
    bool isSaving() const;

    void flush(); ///< Blocks until what was told so far is in the file, if it can be written.

    /// For tests: what may be in memory; see the class.
    void setMemoryLimits(qint64 recordingOctets, qint64 delayedOctets);

    qsizetype count() const override;
    QList<exchange::ExchangeId> ids(
        exchange::ExchangeId first = 0, qsizetype limit = -1) const override;
    std::optional<exchange::Summary> summary(exchange::ExchangeId id) const override;
    QList<exchange::Summary> summaries(const QList<exchange::ExchangeId> &ids) const override;
    std::optional<exchange::Exchange> exchange(
        exchange::ExchangeId id, qint64 octetLimit = DefaultOctetLimit) const override;
    void readOctets(exchange::ExchangeId id, int message,
        const std::function<bool(const exchange::Octets &)> &take) const override;
    void readOctetsFrom(exchange::ExchangeId id, int message, qint64 mark,
        const std::function<bool(const exchange::Octets &, qint64 mark)> &take) const override;
    std::unique_ptr<exchange::Search> search(const exchange::Query &query) override;
    QList<exchange::HostCount> hosts() const override;
    void setNote(const QList<exchange::ExchangeId> &ids, const QString &note) override;
    void setMark(const QList<exchange::ExchangeId> &ids, exchange::Mark mark) override;
    void remove(const QList<exchange::ExchangeId> &ids) override;
    void clear() override;
    exchange::StoreStatus status() const override;

    exchange::ExchangeId begin(const exchange::Summary &summary) override;
    void setSummary(exchange::ExchangeId id, const exchange::Summary &summary) override;
    void setConnection(exchange::ExchangeId id, const exchange::Connection &connection) override;
    void setTimings(exchange::ExchangeId id, const exchange::Timings &timings) override;
    void setHead(exchange::ExchangeId id, int message, const exchange::Message &head) override;
    void addOctets(exchange::ExchangeId id, int message, const exchange::Octets &octets) override;
    void addUnkept(
        exchange::ExchangeId id, int message, exchange::Part part, qint64 count) override;
    void addChunk(exchange::ExchangeId id, int message, const exchange::Chunk &chunk) override;
    void setTrailers(
        exchange::ExchangeId id, int message, const exchange::FieldList &trailers) override;
    void setEnd(exchange::ExchangeId id, int message, qint64 time) override;
    void addEvent(exchange::ExchangeId id, const exchange::Event &event) override;
    void setFailure(exchange::ExchangeId id, const exchange::Failure &failure) override;
    void setClient(exchange::ExchangeId id, const exchange::Connection &client) override;
    void addChange(exchange::ExchangeId id, const exchange::Change &change) override;
    void end(exchange::ExchangeId id) override;

Q_SIGNALS:
    void saveProgressed(double share); ///< 0 to 1; some ten a second.
    void saved(const QString &path);
    void saveFailed(const headrace::store::FileError &failure);

    /// Something that was asked for (a note, a removal) could not be done. For people.
    void failed(const QString &message);

private:
    FileError startWriting(const QString &path);
    FileError openForReading(const QString &path, const QString &problem);
    void connectWriter(Writer &writer);
    template <class... Arguments, class Function>
    void listen(Writer &writer, void (Writer::*signal)(Arguments...), Function function);
    void setCondition(exchange::StoreStatus::Condition condition, const QString &problem);
    void endSaving(const FileError &failure);
    void goOnInCopy(const QString &path, const FileError &copyFailure);
    bool canWrite();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headrace::store

Q_DECLARE_METATYPE(headrace::store::FileError)
