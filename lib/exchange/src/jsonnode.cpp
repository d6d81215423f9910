#include "exchange/jsonnode.h"

#include "exchange/bodyformat.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace headrace::exchange {

namespace {

constexpr int maxDepth = 64;

// The text is known to be valid, so nothing is checked twice.
class Reader
{
public:
    explicit Reader(QByteArrayView json)
        : m_json(json)
    {
    }

    std::optional<JsonNode> value(int depth)
    {
        skipBlanks();
        JsonNode node;
        node.line = m_line;
        if (depth > maxDepth)
            return std::nullopt;
        switch (m_json[m_at]) {
        case '{':
            return object(std::move(node), depth) ? std::optional(std::move(m_done)) : std::nullopt;
        case '[':
            return array(std::move(node), depth) ? std::optional(std::move(m_done)) : std::nullopt;
        case '"':
            return string(std::move(node));
        default:
            return scalar(std::move(node));
        }
    }

private:
    void skipBlanks()
    {
        for (; m_at < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json[m_at]); ++m_at)
            m_line += m_json[m_at] == '\n' ? 1 : 0;
    }

    char next()
    {
        skipBlanks();
        return m_json[m_at];
    }

    bool array(JsonNode node, int depth)
    {
        node.type = JsonNode::Type::Array;
        ++m_at;
        while (next() != ']') {
            m_at += next() == ',' ? 1 : 0;
            auto item = value(depth + 1);
            if (!item)
                return false;
            node.source += (node.items.empty() ? '[' : ',') + item->source;
            node.items.push_back(std::move(*item));
        }
        ++m_at;
        node.source += node.items.empty() ? "[]" : "]";
        m_done = std::move(node);
        return true;
    }

    bool object(JsonNode node, int depth)
    {
        node.type = JsonNode::Type::Object;
        ++m_at;
        while (next() != '}') {
            m_at += next() == ',' ? 1 : 0;
            auto name = value(depth + 1);
            if (!name || next() != ':')
                return false;
            ++m_at;
            auto content = value(depth + 1);
            if (!content)
                return false;
            node.source
                += (node.members.empty() ? '{' : ',') + name->source + ':' + content->source;
            node.members.push_back({ std::move(*name), std::move(*content) });
        }
        ++m_at;
        node.source += node.members.empty() ? "{}" : "}";
        m_done = std::move(node);
        return true;
    }

    JsonNode string(JsonNode node)
    {
        const qsizetype begin = m_at++;
        while (m_json[m_at] != '"')
            m_at += m_json[m_at] == '\\' ? 2 : 1;
        ++m_at;
        node.type = JsonNode::Type::String;
        node.source = m_json.sliced(begin, m_at - begin).toByteArray();
        node.text = QJsonDocument::fromJson('[' + node.source + ']').array().at(0).toString();
        return node;
    }

    JsonNode scalar(JsonNode node)
    {
        const qsizetype begin = m_at;
        while (m_at < m_json.size() && !QByteArrayView(" \t\r\n,]}").contains(m_json[m_at]))
            ++m_at;
        node.source = m_json.sliced(begin, m_at - begin).toByteArray();
        node.isTrue = node.source == "true";
        if (node.isTrue || node.source == "false")
            node.type = JsonNode::Type::Bool;
        else if (node.source != "null")
            node.type = JsonNode::Type::Number;
        return node;
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
    int m_line = 1;
    JsonNode m_done;
};

} // namespace

std::optional<qint64> JsonNode::integer() const
{
    bool isValid = false;
    const double number = source.toDouble(&isValid);
    if (type != Type::Number || !isValid || std::abs(number) > 1e15 || number != std::floor(number))
        return std::nullopt;
    return qint64(number);
}

const char *describe(JsonNode::Type type)
{
    switch (type) {
    case JsonNode::Type::Null:
        return "null";
    case JsonNode::Type::Bool:
        return "true or false";
    case JsonNode::Type::Number:
        return "a number";
    case JsonNode::Type::String:
        return "a string";
    case JsonNode::Type::Array:
        return "an array";
    case JsonNode::Type::Object:
        return "an object";
    }
    return "";
}

JsonFile readJsonFile(const QByteArray &json)
{
    if (!json.isValidUtf8())
        return { std::nullopt, QStringLiteral("Save the file as UTF-8: it is not."), -1 };
    const FormattedBody check = formatJson(json);
    if (!check.error.isEmpty()) {
        const qsizetype before = qBound<qsizetype>(0, check.errorOffset, json.size());
        return { std::nullopt, check.error, 1 + int(json.first(before).count('\n')) };
    }
    const bool hasMark = json.startsWith("\xef\xbb\xbf");
    auto root = Reader(QByteArrayView(json).sliced(hasMark ? 3 : 0)).value(0);
    if (!root)
        return { std::nullopt, QStringLiteral("Nest the file less deeply than 64 levels."), -1 };
    return { std::move(root), {}, -1 };
}

} // namespace headrace::exchange
