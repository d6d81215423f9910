#pragma once

#include "exchange/octetsource.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <atomic>
#include <optional>

namespace headrace::exchange {

enum class JsonType
{
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null
};

/// A value of a JSON text and where it is. Unit: octets.
struct JsonValue
{
    JsonType type = JsonType::Null;
    QByteArray
        name; ///< As it is spelled, with its quotes; empty in arrays and for the whole. At most LongestShown.
    qint64 nameBegin = -1; ///< -1: it has none.
    qint64 begin = 0;
    qint64 end = 0; ///< One past the last.
    qint64 count = 0; ///< Of an object or array: what is in it; -1: not known.
    QByteArray text; ///< Of others: as it is spelled, at most LongestShown octets of it.

    static constexpr qsizetype LongestShown = 400;

    bool isContainer() const { return type == JsonType::Object || type == JsonType::Array; }

    bool operator==(const JsonValue &) const = default;
};

/// What is wrong with a JSON text.
struct JsonFault
{
    QString message; ///< One sentence, without the place.
    qint64 offset = 0;
};

/// A run of the values in a container.
struct JsonRun
{
    qint64 first = 0; ///< Number of the first value, from 0.
    qint64 count = 0;
    qint64 begin = 0; ///< Of the first value, or its name.
    qint64 end = 0;

    bool operator==(const JsonRun &) const = default;
};

/// What is in a container, found in one pass over it.
struct JsonChildren
{
    QList<JsonValue>
        values; ///< All, if there are no more than JsonTree::RunLength of them; else none.
    QList<JsonRun> runs; ///< Else in runs of that length.
    qint64 count = 0;
    std::optional<JsonFault> fault; ///< What is here came before it.
};

/** Looks into a JSON text of any size (RFC 8259) where it is asked to, so that a tree need not have what is not
    open: a pass over a container finds what is in it, and nothing is kept of what lies deeper. Tolerant: behind a
    fault there is nothing more, and what came before it is answered. Memory: that of the answer, and half a MiB.
    Thread: any; a pass takes about a second for 300 MB. */
class JsonTree
{
public:
    static constexpr qint64 RunLength = 1000;

    explicit JsonTree(OctetSourcePointer source);

    const OctetSourcePointer &source() const { return m_source; }

    /// The value that the text is; nothing for a text without one. An object or array is not looked into: its end
    /// is that of the text, and its count -1. \a fault: what is wrong with another value, or behind it.
    std::optional<JsonValue> root(
        JsonFault *fault = nullptr, const std::atomic_bool *isCanceled = nullptr) const;

    /// What is in it. \a isCanceled: makes an end; what is answered then is of no use.
    JsonChildren children(
        const JsonValue &container, const std::atomic_bool *isCanceled = nullptr) const;

    /// The values of one run of them.
    QList<JsonValue> values(
        JsonType container, const JsonRun &run, const std::atomic_bool *isCanceled = nullptr) const;

private:
    OctetSourcePointer m_source;
};

/// A string without its quotes and escapes; what is no escape stays as it is. \a spelled may be cut anywhere.
QString jsonStringValue(QByteArrayView spelled);

/// A step of a path: ".name" or "['any name']" for a member, "[3]" for an item. Source: RFC 9535 section 2.
QString jsonPathOf(const QByteArray &name);
QString jsonPathOf(qint64 index);

} // namespace headrace::exchange
