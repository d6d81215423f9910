#include "proxy/requesttarget.h"
#include "rules/fileanswer.h"
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
        LocalFile file = LocalFile::open(m_map.path, target->path);
        Transit &transit = turn.transit();
        if (!file.file) {
            turn.note(QStringLiteral("answered %1 in place of a file of %2: %3")
                          .arg(file.statusCode)
                          .arg(m_map.path, file.problem));
            transit.answer({ MessageHead::makeResponse(file.statusCode, {},
                                 { { "Content-Type", "text/plain; charset=utf-8" } }),
                QStringLiteral("%1 (Rule \"%2\" of Headrace.)\n")
                    .arg(file.problem, turn.rule())
                    .toUtf8(),
                {} });
            return Outcome::Over;
        }
        const QString path = file.path;
        FileAnswer answer = FileAnswer::make(std::move(file), head);
        turn.note(noteOf(path, answer.head));
        if (answer.body)
            transit.answerFrom(answer.head, std::move(answer.body));
        else
            transit.answer({ answer.head, answer.text, {} });
        return Outcome::Over;
    }

private:
    static QString noteOf(const QString &path, const MessageHead &answer)
    {
        const QString text = QStringLiteral("answered from %1").arg(path);
        if (answer.statusCode() == 200)
            return text;
        const QByteArray range = answer.first("Content-Range").value_or(QByteArray());
        return QStringLiteral("%1 (%2 %3)")
            .arg(text)
            .arg(answer.statusCode())
            .arg(QString::fromLatin1(range.isEmpty() ? answer.reason() : QByteArrayView(range)));
    }

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
