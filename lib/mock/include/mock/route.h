#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>
#include <utility>

namespace headrace::mock {

/// A Node program: a file, its text, or both.
struct Script
{
    QString file; ///< In a definition that was read, an absolute path; empty: there is no file.

    /// With a file: what runs in place of its content (edits that are not saved). Without: the program.
    std::optional<QString> source;

    bool isEmpty() const { return file.isEmpty() && (!source || source->isEmpty()); }

    friend bool operator==(const Script &, const Script &) = default;
};

/// One mocked answer: which requests it takes and what it answers.
struct Route
{
    bool isEnabled = true;
    QString method = QStringLiteral("GET"); ///< "*" takes any.

    /// Path of an origin-form target: literal segments, `:name` for one segment, `*` for the rest.
    /// The query is not compared. Example: "/v1/orders/:id".
    QString path = QStringLiteral("/");

    int statusCode = 200;
    QString reason; ///< Empty: the standard phrase.
    QList<std::pair<QByteArray, QByteArray>> fields; ///< Sent as given: case, order, duplicates.
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> trailers; ///< Not empty: the answer is chunked.
    QList<std::pair<int, QList<std::pair<QByteArray, QByteArray>>>> interim; ///< Sent first: 103 and its fields.
    std::chrono::milliseconds delay{ 0 }; ///< Before the answer; interim responses are not delayed.

    /// Answers in place of all from statusCode to delay while \a isScripted: `module.exports = (req, res) => …`.
    Script script {};
    bool isScripted = false;

    friend bool operator==(const Route &, const Route &) = default;
};

/// A mock server as it is saved: what a mock file holds.
struct Definition
{
    QString name;
    quint16 port = 0; ///< 0: any free port.
    QList<Route> routes; ///< The first that matches answers.

    /// In place of the routes while \a isScripted: a Node program that opens its servers itself. \a port is its
    /// process.env.PORT.
    Script script {};
    bool isScripted = false;

    friend bool operator==(const Definition &, const Definition &) = default;
};

/// What is wrong with a route, for the place where it was typed.
struct Problem
{
    QString
        where; ///< "method", "path", "status", "fields[2].name", "body", "script"…; empty for the file itself.
    QString message; ///< One sentence that says what to do.
    qsizetype route = -1; ///< Index of the route; -1 for the file itself.
    int line = -1; ///< Line in the file, from 1; -1 unknown.
};

QList<Problem> problems(const Route &route);

} // namespace headrace::mock

Q_DECLARE_METATYPE(headrace::mock::Route)
Q_DECLARE_METATYPE(headrace::mock::Definition)
