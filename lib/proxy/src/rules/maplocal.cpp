#include "proxy/requesttarget.h"
#include "proxy/rulebook.h"
#include "rules/localfile.h"
#include "rules/ruleaction.h"

#include <QDir>

namespace headrace::proxy {

namespace {

class MapLocalAction : public RuleAction
{
public:
    explicit MapLocalAction(const MapLocal &map)
        : m_map(map)
    {
    }

    bool worksOn(exchange::Direction direction) const override
    {
        return direction == exchange::Direction::Request;
    }

    Outcome apply(RuleTurn &turn) const override
    {
        const MessageHead &head = turn.message().head;
        const auto target = RequestTarget::parse(head.method(), head.target());
        if (!target || !target->hasPath()) // CONNECT, OPTIONS *
            return Outcome::Untouched;
        const LocalFile file = LocalFile::read(m_map.path, target->path, RuleBook::FileLimit);
        if (file.problem.isEmpty()) {
            turn.note(QStringLiteral("answered from %1").arg(file.path));
            turn.transit().answer({ MessageHead::makeResponse(file.statusCode, {},
                                        { { "Content-Type", file.contentType } }),
                file.content, {} });
            return Outcome::Over;
        }
        turn.note(QStringLiteral("answered %1 in place of a file of %2: %3")
                      .arg(file.statusCode)
                      .arg(m_map.path, file.problem));
        turn.transit().answer({ MessageHead::makeResponse(file.statusCode, {},
                                    { { "Content-Type", "text/plain; charset=utf-8" } }),
            QStringLiteral("%1 (Rule \"%2\" of Headrace.)\n")
                .arg(file.problem, turn.rule())
                .toUtf8(),
            {} });
        return Outcome::Over;
    }

private:
    MapLocal m_map;
};

} // namespace

QString problemOf(const MapLocal &map)
{
    if (map.path.isEmpty())
        return QStringLiteral("Say which file or folder it is.");
    if (!QDir::isAbsolutePath(map.path))
        return QStringLiteral("The path of the file or folder begins at the root.");
    return {};
}

std::unique_ptr<RuleAction> makeAction(const MapLocal &map)
{
    return std::make_unique<MapLocalAction>(map);
}

} // namespace headrace::proxy
