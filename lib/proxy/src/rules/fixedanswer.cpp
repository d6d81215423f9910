#include "proxy/headcheck.h"
#include "rules/ruleaction.h"

#include <wire/fieldrules.h>

namespace headrace::proxy {

namespace {

class AnswerAction : public RuleAction
{
public:
    explicit AnswerAction(const Answer &answer)
        : m_response { MessageHead::makeResponse(answer.statusCode, answer.reason.toLatin1()),
            answer.body, {} }
    {
        for (const auto &[name, value] : answer.fields) {
            if (!isFramingField(
                    name)) // an answer that was recorded has them; the body says what they are
                m_response.head.append(name, value);
        }
    }

    bool worksOn(exchange::Direction direction) const override
    {
        return direction == exchange::Direction::Request;
    }

    Outcome apply(RuleTurn &turn) const override
    {
        turn.note(QStringLiteral("answered %1").arg(m_response.head.statusCode()));
        turn.transit().answer(m_response);
        return Outcome::Over;
    }

private:
    TransitMessage m_response;
};

} // namespace

QString problemOf(const Answer &answer)
{
    if (answer.statusCode < 200 || answer.statusCode > 999)
        return QStringLiteral("The status code of an answer is a number from 200 to 999.");
    for (const QChar c : answer.reason) {
        if (c.unicode() > 0xff)
            return QStringLiteral("The reason phrase holds a character that is not of ISO 8859-1.");
    }
    MessageHead head = MessageHead::makeResponse(answer.statusCode, answer.reason.toLatin1());
    for (const auto &[name, value] : answer.fields) {
        if (!isFramingField(name))
            head.append(name, value);
    }
    return checkHead(head);
}

std::unique_ptr<RuleAction> makeAction(const Answer &answer)
{
    return std::make_unique<AnswerAction>(answer);
}

} // namespace headrace::proxy
