#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace headrace::exchange {

struct JsonMember;

/// A JSON value that knows its line. A value.
struct JsonNode
{
    enum class Type
    {
        Null,
        Bool,
        Number,
        String,
        Array,
        Object
    };

    Type type = Type::Null;
    int line = 1; ///< Where it begins, from 1.
    QByteArray source; ///< As written, without blanks between the tokens.
    QString text; ///< String: its value.
    bool isTrue = false; ///< Bool
    std::vector<JsonNode> items; ///< Array
    std::vector<JsonMember> members; ///< Object, in order.

    std::optional<qint64> integer() const; ///< Number without fraction; nothing for all else.
};

/// A member of an object.
struct JsonMember
{
    JsonNode name; ///< A String.
    JsonNode value;
};

const char *describe(JsonNode::Type type); ///< "an object"

/// A JSON file that was read, or why it is none.
struct JsonFile
{
    std::optional<JsonNode> root;
    QString problem; ///< One sentence, for people.
    int line = -1; ///< Of the problem, from 1; -1: of none.
};

/// Reads a whole JSON text (RFC 8259) in UTF-8, with or without byte order mark, that nests at most 64 levels deep.
/// For files that people write; JsonTree looks into bodies of any size. Thread: any.
JsonFile readJsonFile(const QByteArray &json);

} // namespace headrace::exchange
