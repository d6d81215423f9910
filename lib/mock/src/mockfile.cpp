#include "mock/mockfile.h"

#include <exchange/jsonnode.h>
#include <wire/fieldrules.h>

#include <QDir>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <functional>

namespace headrace::mock {

namespace {

using FieldLines = QList<std::pair<QByteArray, QByteArray>>;
using exchange::JsonNode;
using Type = JsonNode::Type;

class Reader
{
public:
    explicit Reader(const QString &directory)
        : m_directory(directory)
    {
    }

    ReadResult read(const QByteArray &json)
    {
        const exchange::JsonFile file = exchange::readJsonFile(json);
        if (!file.root)
            return { std::nullopt, { { {}, file.problem, -1, file.line } } };
        readFile(*file.root);
        std::stable_sort(m_problems.begin(), m_problems.end(),
            [](const Problem &one, const Problem &other) { return one.line < other.line; });
        if (!m_problems.isEmpty())
            return { std::nullopt, m_problems };
        return { m_definition, {} };
    }

private:
    using Handler = std::function<void(const JsonNode &)>;

    void add(const QString &where, const JsonNode &node, const QString &message)
    {
        m_problems.append({ where, message, m_routeIndex, node.line });
    }

    bool expect(const QString &where, const JsonNode &node, Type type)
    {
        if (node.type == type)
            return true;
        add(where, node,
            QStringLiteral("Make \"%1\" %2; it is %3.")
                .arg(where.isEmpty() ? QStringLiteral("the file") : where,
                    QLatin1String(describe(type)), QLatin1String(describe(node.type))));
        return false;
    }

    // Each member once, and none that is not known.
    void eachMember(
        const QString &where, const JsonNode &object, const QHash<QString, Handler> &handlers)
    {
        QSet<QString> seen;
        for (const auto &[name, value] : object.members) {
            const QString path = where.isEmpty() ? name.text : where + u'.' + name.text;
            if (seen.contains(name.text)) {
                add(path, name,
                    QStringLiteral("Take out one \"%1\": it is given twice.").arg(name.text));
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
            add(path, name,
                QStringLiteral("\"%1\" is not known here; known are %2.")
                    .arg(name.text, known.join(QLatin1String(", "))));
        }
    }

    void readFile(const JsonNode &file)
    {
        if (!expect({}, file, Type::Object))
            return;
        bool hasRoutes = false;
        ScriptMembers script;
        QHash<QString, Handler> handlers = scriptHandlers(script);
        handlers.insert({ { QStringLiteral("name"),
                              [this](const JsonNode &node) {
                                  if (expect(QStringLiteral("name"), node, Type::String))
                                      m_definition.name = node.text;
                              } },
            { QStringLiteral("port"),
                [this](const JsonNode &node) {
                    m_definition.port = quint16(integer(QStringLiteral("port"), node, 0, 65535));
                } },
            { QStringLiteral("routes"), [this, &hasRoutes](const JsonNode &node) {
                 hasRoutes = true;
                 readRoutes(node);
             } } });
        eachMember({}, file, handlers);
        takeScript(script, file, m_definition.script, m_definition.isScripted);
        if (!hasRoutes && !m_definition.isScripted)
            add(QStringLiteral("routes"), file,
                QStringLiteral("Add \"routes\": a list of what the server answers."));
    }

    // What an object says of its script, until all its members were read.
    struct ScriptMembers
    {
        Script script;
        std::optional<bool> isUsed;
    };

    QHash<QString, Handler> scriptHandlers(ScriptMembers &members)
    {
        return { { QStringLiteral("scriptFile"),
                     [this, &members](const JsonNode &value) {
                         m_lines.insert(QStringLiteral("script"), value.line);
                         if (expect(QStringLiteral("scriptFile"), value, Type::String))
                             members.script.file = m_directory.isEmpty() || value.text.isEmpty()
                                 ? value.text
                                 : QDir::cleanPath(QDir(m_directory).absoluteFilePath(value.text));
                     } },
            { QStringLiteral("script"),
                [this, &members](const JsonNode &value) {
                    m_lines.insert(QStringLiteral("script"), value.line);
                    members.script.source = readText(QStringLiteral("script"), value);
                } },
            { QStringLiteral("useScript"), [this, &members](const JsonNode &value) {
                 if (expect(QStringLiteral("useScript"), value, Type::Bool))
                     members.isUsed = value.isTrue;
             } } };
    }

    void takeScript(
        const ScriptMembers &members, const JsonNode &node, Script &script, bool &isUsed)
    {
        script = members.script;
        isUsed = members.isUsed.value_or(!script.isEmpty());
        if (isUsed && script.isEmpty())
            add(QStringLiteral("useScript"), node,
                QStringLiteral("Add \"script\" or \"scriptFile\": there is none to use."));
    }

    // A string, or a list of lines.
    QString readText(const QString &where, const JsonNode &value)
    {
        if (value.type != Type::Array) {
            expect(where, value, Type::String);
            return value.text;
        }
        QString text;
        for (const JsonNode &line : value.items) {
            expect(where, line, Type::String);
            text += line.text + u'\n';
        }
        return text;
    }

    void readRoutes(const JsonNode &routes)
    {
        if (!expect(QStringLiteral("routes"), routes, Type::Array))
            return;
        for (const JsonNode &node : routes.items) {
            m_routeIndex = m_definition.routes.size();
            m_definition.routes.append(readRoute(node));
        }
        m_routeIndex = -1;
    }

    qint64 integer(const QString &where, const JsonNode &node, qint64 least, qint64 most)
    {
        const auto number = node.integer();
        if (number && *number >= least && *number <= most)
            return *number;
        add(where, node,
            QStringLiteral("Make \"%1\" a whole number from %2 to %3.")
                .arg(where)
                .arg(least)
                .arg(most));
        return least;
    }

    Route readRoute(const JsonNode &node)
    {
        Route route;
        if (!expect(QStringLiteral("routes[%1]").arg(m_routeIndex), node, Type::Object))
            return route;
        m_lines.clear();
        int bodies = 0;
        ScriptMembers script;
        const auto text = [this](const QString &where, QString &target) {
            return [this, where, &target](const JsonNode &value) {
                m_lines.insert(where, value.line);
                if (expect(where, value, Type::String))
                    target = value.text;
            };
        };
        QHash<QString, Handler> handlers = scriptHandlers(script);
        handlers.insert(
            { { QStringLiteral("method"), text(QStringLiteral("method"), route.method) },
                { QStringLiteral("path"), text(QStringLiteral("path"), route.path) },
                { QStringLiteral("reason"), text(QStringLiteral("reason"), route.reason) },
                { QStringLiteral("status"),
                    [&](const JsonNode &value) {
                        m_lines.insert(QStringLiteral("status"), value.line);
                        route.statusCode = int(integer(QStringLiteral("status"), value, 200, 999));
                    } },
                { QStringLiteral("headers"),
                    [&](const JsonNode &value) {
                        route.fields
                            = readFields(QStringLiteral("headers"), QStringLiteral("fields"), value)
                            + route.fields;
                    } },
                { QStringLiteral("trailers"),
                    [&](const JsonNode &value) {
                        route.trailers = readFields(
                            QStringLiteral("trailers"), QStringLiteral("trailers"), value);
                    } },
                { QStringLiteral("body"),
                    [&](const JsonNode &value) {
                        ++bodies;
                        if (expect(QStringLiteral("body"), value, Type::String))
                            route.body = value.text.toUtf8();
                    } },
                { QStringLiteral("bodyBase64"),
                    [&](const JsonNode &value) {
                        ++bodies;
                        route.body = readBase64(value);
                    } },
                { QStringLiteral("bodyJson"),
                    [&](const JsonNode &value) {
                        ++bodies;
                        route.body = value.source;
                        m_bodyIsJson = true;
                    } },
                { QStringLiteral("interim"),
                    [&](const JsonNode &value) { readInterim(value, route); } },
                { QStringLiteral("delay"),
                    [&](const JsonNode &value) {
                        m_lines.insert(QStringLiteral("delay"), value.line);
                        route.delay = std::chrono::milliseconds(
                            integer(QStringLiteral("delay"), value, 0, 3'600'000));
                    } },
                { QStringLiteral("enabled"), [&](const JsonNode &value) {
                     if (expect(QStringLiteral("enabled"), value, Type::Bool))
                         route.isEnabled = value.isTrue;
                 } } });
        eachMember({}, node, handlers);
        takeScript(script, node, route.script, route.isScripted);
        if (bodies > 1)
            add(QStringLiteral("body"), node,
                QStringLiteral("Keep one of body, bodyBase64 and bodyJson."));
        typeJsonBody(route);
        addProblems(route, node);
        return route;
    }

    // A JSON body is sent as such unless the file says otherwise; the field shows up in the route.
    void typeJsonBody(Route &route)
    {
        const bool isTyped
            = std::any_of(route.fields.cbegin(), route.fields.cend(), [](const auto &field) {
                  return wire::equalsIgnoringCase(field.first, "Content-Type");
              });
        if (m_bodyIsJson && !isTyped)
            route.fields.emplaceBack("Content-Type", "application/json");
        m_bodyIsJson = false;
    }

    // What the route itself says is wrong, unless its member has been told of.
    void addProblems(const Route &route, const JsonNode &node)
    {
        for (Problem problem : problems(route)) {
            problem.route = m_routeIndex;
            problem.line = lineOf(problem.where, node.line);
            m_problems.append(problem);
        }
    }

    // Of the member that \a where names, or of the nearest around it.
    int lineOf(QString where, int fallback) const
    {
        while (!m_lines.contains(where) && where.contains(u'.'))
            where.truncate(where.lastIndexOf(u'.'));
        return m_lines.value(where, fallback);
    }

    QByteArray readBase64(const JsonNode &value)
    {
        if (!expect(QStringLiteral("bodyBase64"), value, Type::String))
            return {};
        const auto decoded = QByteArray::fromBase64Encoding(
            value.text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            add(QStringLiteral("bodyBase64"), value,
                QStringLiteral("Make \"bodyBase64\" valid Base64."));
        return decoded.decoded;
    }

    void readInterim(const JsonNode &list, Route &route)
    {
        if (!expect(QStringLiteral("interim"), list, Type::Array))
            return;
        for (const JsonNode &node : list.items) {
            const QString where = QStringLiteral("interim[%1]").arg(route.interim.size());
            m_lines.insert(where, node.line);
            int status = 103;
            FieldLines fields;
            if (!expect(where, node, Type::Object))
                continue;
            eachMember(where, node,
                { { QStringLiteral("status"),
                      [&](const JsonNode &value) {
                          status = int(integer(where + QStringLiteral(".status"), value, 100, 199));
                      } },
                    { QStringLiteral("headers"), [&](const JsonNode &value) {
                         fields = readFields(where + QStringLiteral(".headers"),
                             where + QStringLiteral(".fields"), value);
                     } } });
            route.interim.append({ status, fields });
        }
    }

    // [[name, value], …] or { name: value or [values] }; numbers as values stay as spelled.
    FieldLines readFields(const QString &member, const QString &where, const JsonNode &node)
    {
        FieldLines fields;
        const auto addField = [&](const JsonNode &name, const JsonNode &value) {
            if (!expect(member, name, Type::String))
                return;
            if (value.type != Type::String && value.type != Type::Number) {
                add(member, value, QStringLiteral("Make the value of %1 a string.").arg(name.text));
                return;
            }
            m_lines.insert(QStringLiteral("%1[%2]").arg(where).arg(fields.size()), value.line);
            fields.append({ name.text.toUtf8(),
                value.type == Type::String ? value.text.toUtf8() : value.source });
        };
        if (node.type == Type::Object) {
            for (const auto &[name, value] : node.members) {
                if (value.type != Type::Array) {
                    addField(name, value);
                    continue;
                }
                for (const JsonNode &item : value.items)
                    addField(name, item);
            }
            return fields;
        }
        if (!expect(member, node, Type::Array))
            return fields;
        for (const JsonNode &pair : node.items) {
            if (pair.type == Type::Array && pair.items.size() == 2)
                addField(pair.items[0], pair.items[1]);
            else
                add(member, pair,
                    QStringLiteral("Write each of \"%1\" as [name, value].").arg(member));
        }
        return fields;
    }

    QString m_directory;
    Definition m_definition;
    QList<Problem> m_problems;
    QHash<QString, int> m_lines; // of the members of the route that is read
    qsizetype m_routeIndex = -1;
    bool m_bodyIsJson = false;
};

} // namespace

ReadResult fromJson(const QByteArray &json, const QString &directory)
{
    return Reader(directory).read(json);
}

} // namespace headrace::mock
