#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace headrace::mock {

struct JsonMember;

/// A JSON value that knows its line.
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

/// Reads \a json, which must be valid; nothing if it nests deeper than 64.
std::optional<JsonNode> readJsonTree(QByteArrayView json);

} // namespace headrace::mock
