#include "file/schema.h"

#include <QFile>
#include <QFileInfo>

#include <array>

namespace headrace::store {

namespace {

/*  The tables.

    exchange  One row for each exchange with all that the list shows, sorts by or filters by, and nothing else,
              so that a million of them are some 150 MB and are looked through in a tenth of a second. Texts that
              repeat (host, method, ...) are numbers of table `word`. An index stands on columns with few
              different values, where new rows go to the same few pages; the others are looked through.
    word      Each text once.
    field_names  Each set of header names that a message had, lower case, one a line, with a line feed at either
              end. Messages with the same set share it: there are few sets, whatever the values.
    event_name   The bits of exchange.events: "ClientRequest.close". Bit 62 stands for all names beyond 62.
    segment   What was recorded of an exchange, as a log of the recorder's calls (see record/logformat.h), cut into
              pieces of some 256 KiB as they were written. The key is the exchange's id and the number of the piece,
              so that the pieces of an exchange lie together, large bodies are read piece by piece, and writing one
              small exchange is one insertion and not twenty. */
constexpr const char *firstFormat = R"(
    CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    CREATE TABLE field_names(id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);
    CREATE TABLE event_name(bit INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE exchange(
        id INTEGER PRIMARY KEY,
        began INTEGER NOT NULL,           -- milliseconds since 1970, UTC
        source INTEGER NOT NULL,
        state INTEGER NOT NULL,
        scheme INTEGER NOT NULL,          -- word
        method INTEGER NOT NULL,          -- word
        host INTEGER NOT NULL,            -- word
        status INTEGER NOT NULL,
        reason INTEGER NOT NULL,          -- word
        type INTEGER NOT NULL,            -- word
        request_type INTEGER NOT NULL,    -- word
        request_octets INTEGER NOT NULL,
        response_octets INTEGER NOT NULL,
        duration INTEGER NOT NULL,        -- microseconds; -1: goes on
        interim INTEGER NOT NULL,
        has_trailers INTEGER NOT NULL,
        pattern INTEGER NOT NULL,
        events INTEGER NOT NULL,          -- bits of event_name
        request_names INTEGER NOT NULL,   -- field_names; 0: none
        response_names INTEGER NOT NULL,
        trailer_names INTEGER,            -- NULL: none
        error INTEGER,                    -- word; NULL: none
        target TEXT NOT NULL,
        error_message TEXT);
    CREATE INDEX exchange_method ON exchange(method);
    CREATE INDEX exchange_host ON exchange(host);
    CREATE INDEX exchange_status ON exchange(status);
    CREATE INDEX exchange_type ON exchange(type);
    CREATE INDEX exchange_pattern ON exchange(pattern);
    CREATE INDEX exchange_request_names ON exchange(request_names);
    CREATE INDEX exchange_response_names ON exchange(response_names);
    CREATE INDEX exchange_trailer_names ON exchange(trailer_names) WHERE trailer_names IS NOT NULL;
    CREATE INDEX exchange_error ON exchange(error) WHERE error IS NOT NULL;
    CREATE INDEX exchange_active ON exchange(id) WHERE state = 0;
    CREATE TABLE segment(key INTEGER PRIMARY KEY, log BLOB NOT NULL);
)";

// What the user wrote on a row.
constexpr const char *annotations = R"(
    ALTER TABLE exchange ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE exchange ADD COLUMN note TEXT;
    CREATE INDEX exchange_mark ON exchange(mark) WHERE mark <> 0;
    CREATE INDEX exchange_note ON exchange(id) WHERE note IS NOT NULL;
)";

// Which exchanges shared a connection. 0: none, or recorded before this format. New ones have the largest numbers, so
// the index grows at its end.
constexpr const char *connections = R"(
    ALTER TABLE exchange ADD COLUMN connection INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX exchange_connection ON exchange(connection) WHERE connection <> 0;
)";

/// What makes format n + 1 of format n, from 0.
constexpr std::array<const char *, formatVersion> steps { firstFormat, annotations, connections };

FileError checkIsOurs(Connection &connection, qint64 version)
{
    const FileError failure = connection.error();
    if (version < 0) // the first read of the file failed
        return failure;
    const qint64 id = connection.number("PRAGMA application_id");
    if (id != applicationId
        && (id != 0 || version != 0 || connection.number("SELECT count(*) FROM sqlite_schema") > 0))
        return { FileError::Code::NotASession,
            QStringLiteral("This file is no Headrace session.") };
    if (version > formatVersion)
        return { FileError::Code::Newer,
            QStringLiteral(
                "This session was written by a newer Headrace (format %1; this one knows "
                "formats up to %2).")
                .arg(version)
                .arg(formatVersion) };
    return {};
}

FileError moveOn(Connection &connection, int version)
{
    if (FileError failure = connection.run("BEGIN IMMEDIATE"))
        return failure;
    const QByteArray done = "PRAGMA user_version=" + QByteArray::number(version + 1)
        + "; PRAGMA application_id=" + QByteArray::number(applicationId) + "; COMMIT";
    FileError failure = connection.run(steps.at(size_t(version)));
    if (!failure)
        failure = connection.run(done.constData());
    if (failure)
        std::ignore = connection.run("ROLLBACK");
    return failure;
}

} // namespace

FileError checkHeader(const QString &path)
{
    QFile file(path);
    if (!file.exists() || file.size() == 0 || !file.open(QIODevice::ReadOnly))
        return {}; // a new one; or what keeps it from being read is found by opening it
    constexpr QByteArrayView header("SQLite format 3\0", 16);
    if (file.read(header.size()) == header)
        return {};
    return { FileError::Code::NotASession,
        QStringLiteral("%1 is no Headrace session.").arg(QFileInfo(path).fileName()) };
}

FileError prepareForWriting(Connection &connection)
{
    const qint64 version = connection.number("PRAGMA user_version", -1);
    if (FileError failure = checkIsOurs(connection, version))
        return failure;
    // Large pages: bodies are long chains of them. Takes effect in an empty file only.
    if (version == 0)
        std::ignore = connection.run("PRAGMA page_size=8192");
    // The checkpoints are another thread's; see Checkpointer.
    if (FileError failure = connection.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                                           "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-16000"))
        return failure;
    for (int step = int(version); step < formatVersion; ++step) {
        if (FileError failure = moveOn(connection, step))
            return failure;
    }
    return {};
}

FileError checkForReading(Connection &connection)
{
    const qint64 version = connection.number("PRAGMA user_version", -1);
    if (FileError failure = checkIsOurs(connection, version))
        return failure;
    if (version < formatVersion)
        return { FileError::Code::ReadOnly,
            QStringLiteral(
                "This session is of an older format (%1) and must be writable to be opened.")
                .arg(version) };
    return connection.run("PRAGMA query_only=1; PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY");
}

} // namespace headrace::store
