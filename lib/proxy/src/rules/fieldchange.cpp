#include "proxy/headcheck.h"
#include "rules/ruleaction.h"

#include <wire/fieldrules.h>

namespace headrace::proxy {

namespace {

class ChangeFieldAction : public RuleAction
{
public:
    explicit ChangeFieldAction(const ChangeField &change)
        : m_change(change)
    {
    }

    bool worksOn(exchange::Direction direction) const override
    {
        return direction == directionOf(m_change.target);
    }

    Outcome apply(RuleTurn &turn) const override
    {
        MessageHead &head = turn.message().head;
        const MessageHead before = head;
        const ChangeScope scope(turn.transit(), messageIndex(turn.direction()),
            exchange::Change::Cause::Rule, turn.rule(), summary());
        switch (m_change.operation) {
        case ChangeField::Operation::Set:
            head.set(m_change.name, m_change.value);
            break;
        case ChangeField::Operation::Add:
            head.append(m_change.name, m_change.value);
            break;
        case ChangeField::Operation::Remove:
            head.removeAll(m_change.name);
            break;
        }
        return head == before ? Outcome::Untouched : Outcome::Done;
    }

private:
    QString summary() const
    {
        const QString name = QString::fromLatin1(m_change.name);
        switch (m_change.operation) {
        case ChangeField::Operation::Set:
            return QStringLiteral("set header %1").arg(name);
        case ChangeField::Operation::Add:
            return QStringLiteral("added header %1").arg(name);
        case ChangeField::Operation::Remove:
            return QStringLiteral("removed header %1").arg(name);
        }
        return {};
    }

    ChangeField m_change;
};

} // namespace

QString problemOf(const ChangeField &change)
{
    const QString name = QString::fromLatin1(change.name);
    if (!wire::isToken(change.name))
        return QStringLiteral(
            "\"%1\" is no field name: a word of letters, digits and !#$%&'*+-.^_`|~.")
            .arg(name);
    if (isFramingField(change.name))
        return QStringLiteral("%1 follows from body and connection: a rule cannot change it.")
            .arg(name);
    if (!wire::isFieldValue(change.value))
        return QStringLiteral("The value of %1 holds a control character or a line end.").arg(name);
    return {};
}

std::unique_ptr<RuleAction> makeAction(const ChangeField &change)
{
    return std::make_unique<ChangeFieldAction>(change);
}

} // namespace headrace::proxy
