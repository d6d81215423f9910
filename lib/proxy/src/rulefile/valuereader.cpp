#include "rulefile/valuereader.h"

#include <QDir>
#include <QSet>

namespace headrace::proxy {

using exchange::JsonNode;
using Type = JsonNode::Type;

QString quoted(const QString &name) { return u'"' + name + u'"'; }

ValueReader::ValueReader(const QString &directory, RuleFileResult &result)
    : m_directory(directory)
    , m_result(result)
{
}

void ValueReader::problem(const JsonNode &node, const QString &message)
{
    m_result.problems.append({ message, node.line });
}

void ValueReader::remark(const JsonNode &node, const QString &message)
{
    m_result.remarks.append({ message, node.line });
}

bool ValueReader::expect(const QString &what, const JsonNode &node, Type type)
{
    if (node.type == type)
        return true;
    problem(node,
        QStringLiteral("Make %1 %2; it is %3.")
            .arg(what, QLatin1String(exchange::describe(type)),
                QLatin1String(exchange::describe(node.type))));
    return false;
}

void ValueReader::eachMember(const QString &what, const JsonNode &node, const Handlers &handlers)
{
    if (!expect(what, node, Type::Object))
        return;
    QSet<QString> seen;
    for (const auto &[name, value] : node.members) {
        if (seen.contains(name.text)) {
            problem(
                name, QStringLiteral("Take out one %1: it is given twice.").arg(quoted(name.text)));
            continue;
        }
        seen.insert(name.text);
        const auto handler = handlers.constFind(name.text);
        if (handler != handlers.constEnd()) {
            (*handler)(value);
            continue;
        }
        QStringList known = handlers.keys();
        known.sort();
        remark(name,
            QStringLiteral("%1 is not known here and was left out; known are %2.")
                .arg(quoted(name.text), known.join(QLatin1String(", "))));
    }
}

QString ValueReader::text(const QString &name, const JsonNode &node)
{
    expect(quoted(name), node, Type::String);
    return node.text;
}

QString ValueReader::lines(const QString &name, const JsonNode &node)
{
    if (node.type != Type::Array)
        return text(name, node);
    QString result;
    for (const JsonNode &line : node.items)
        result += text(name, line) + u'\n';
    return result;
}

bool ValueReader::truth(const QString &name, const JsonNode &node)
{
    expect(quoted(name), node, Type::Bool);
    return node.isTrue;
}

qint64 ValueReader::number(const QString &name, const JsonNode &node, qint64 least, qint64 most)
{
    const auto value = node.integer();
    if (value && *value >= least && *value <= most)
        return *value;
    problem(node,
        QStringLiteral("Make %1 a whole number from %2 to %3.")
            .arg(quoted(name))
            .arg(least)
            .arg(most));
    return least;
}

QString ValueReader::path(const QString &name, const JsonNode &node)
{
    const QString value = text(name, node);
    if (m_directory.isEmpty() || value.isEmpty())
        return value;
    return QDir::cleanPath(QDir(m_directory).absoluteFilePath(value));
}

int ValueReader::word(const QString &name, const JsonNode &node, const QStringList &words)
{
    const qsizetype index = words.indexOf(text(name, node));
    if (index >= 0)
        return int(index);
    if (node.type == Type::String)
        problem(node,
            QStringLiteral("Make %1 one of %2.")
                .arg(quoted(name), words.join(QLatin1String(", "))));
    return 0;
}

// [[name, value], …] or { name: value or [values] }; numbers stay as spelled.
exchange::FieldList ValueReader::fields(const JsonNode &node)
{
    exchange::FieldList result;
    const auto add = [&](const JsonNode &name, const JsonNode &value) {
        if (name.type != Type::String
            || (value.type != Type::String && value.type != Type::Number)) {
            problem(value, QStringLiteral("Make name and value of a header strings."));
            return;
        }
        result.append({ name.text.toUtf8(),
            value.type == Type::String ? value.text.toUtf8() : value.source });
    };
    if (node.type == Type::Object) {
        for (const auto &[name, value] : node.members) {
            if (value.type != Type::Array) {
                add(name, value);
                continue;
            }
            for (const JsonNode &item : value.items)
                add(name, item);
        }
        return result;
    }
    if (!expect(QStringLiteral("\"headers\""), node, Type::Array))
        return result;
    for (const JsonNode &pair : node.items) {
        if (pair.type == Type::Array && pair.items.size() == 2)
            add(pair.items[0], pair.items[1]);
        else
            problem(pair, QStringLiteral("Write each of \"headers\" as [name, value]."));
    }
    return result;
}

QByteArray ValueReader::base64(const QString &name, const JsonNode &node)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text(name, node).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        problem(node, QStringLiteral("Make %1 valid Base64.").arg(quoted(name)));
    return decoded.decoded;
}

} // namespace headrace::proxy
