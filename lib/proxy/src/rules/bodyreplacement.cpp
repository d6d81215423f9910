#include "proxy/rulebook.h"
#include "rules/bodytext.h"
#include "rules/ruleaction.h"
#include "rules/textreplacement.h"

#include <exchange/bodydecoder.h>
#include <wire/fieldrules.h>

namespace headrace::proxy {

namespace {

/// A body without its content codings, or why there is none.
struct Plain
{
    QByteArray octets;
    bool wasCoded = false;
    QString problem;
};

Plain plainBodyOf(const TransitMessage &message)
{
    Plain result;
    if (message.body.size() > RuleBook::TextLimit) {
        result.problem
            = QStringLiteral("it is longer than %1 octets").arg(grouped(RuleBook::TextLimit));
        return result;
    }
    const QList<QByteArray> codings = exchange::codingsOf(message.head.fields());
    exchange::BodyDecoder decoder(codings, RuleBook::TextLimit);
    if (decoder.isIdentity() && !decoder.error()) {
        result.octets = message.body;
        return result;
    }
    result.wasCoded = true;
    decoder.feed(message.body);
    decoder.finish();
    for (QByteArray piece = decoder.take(); !piece.isEmpty(); piece = decoder.take())
        result.octets += piece;
    if (const auto error = decoder.error())
        result.problem = QStringLiteral("it cannot be decoded (%1: %2)")
                             .arg(QString::fromLatin1(error->coding), error->message);
    return result;
}

/// Coded in transfer, which is the framing's business: "gzip, chunked".
bool hasTransferCoding(const MessageHead &head)
{
    for (const auto &[name, value] : head.fields()) {
        if (wire::equalsIgnoringCase(name, "Transfer-Encoding")
            && !wire::equalsIgnoringCase(value, "chunked"))
            return true;
    }
    return false;
}

class ReplaceInBodyAction : public RuleAction
{
public:
    explicit ReplaceInBodyAction(const ReplaceInBody &replace)
        : m_target(directionOf(replace.target))
        , m_replacement(replace)
    {
    }

    bool worksOn(exchange::Direction direction) const override { return direction == m_target; }

    bool wantsBody(Transit &, exchange::Direction direction) const override
    {
        return worksOn(direction);
    }

    Outcome apply(RuleTurn &turn) const override
    {
        if (turn.stage() != Stage::RequestBody && turn.stage() != Stage::ResponseBody)
            return Outcome::Untouched; // its time comes with the body
        TransitMessage &message = turn.message();
        if (message.body.isEmpty())
            return Outcome::Untouched;
        if (hasTransferCoding(message.head))
            return leaveAlone(turn, QStringLiteral("it is coded in transfer"));
        const Plain plain = plainBodyOf(message);
        if (!plain.problem.isEmpty())
            return leaveAlone(turn, plain.problem);
        const BodyText text(
            plain.octets, message.head.first("Content-Type").value_or(QByteArray()));
        const ReplacedText replaced = m_replacement.run(text.text(), RuleBook::TextLimit);
        if (!replaced.problem.isEmpty())
            return leaveAlone(turn, replaced.problem);
        if (replaced.count == 0)
            return Outcome::Untouched;
        const auto octets = text.encoded(replaced.text);
        if (!octets)
            return leaveAlone(turn,
                QStringLiteral("the replacement has characters that %1 has not")
                    .arg(text.encodingName()));
        const ChangeScope scope(turn.transit(), messageIndex(turn.direction()),
            exchange::Change::Cause::Rule, turn.rule(),
            QStringLiteral("replaced in body, %1 times").arg(grouped(replaced.count)));
        message.body = *octets;
        if (plain.wasCoded)
            message.head.removeAll("Content-Encoding");
        return Outcome::Done;
    }

private:
    static Outcome leaveAlone(RuleTurn &turn, const QString &why)
    {
        turn.note(QStringLiteral("body left alone: %1").arg(why));
        return Outcome::Untouched;
    }

    exchange::Direction m_target;
    TextReplacement m_replacement;
};

} // namespace

QString problemOf(const ReplaceInBody &replace) { return TextReplacement(replace).problem(); }

std::unique_ptr<RuleAction> makeAction(const ReplaceInBody &replace)
{
    return std::make_unique<ReplaceInBodyAction>(replace);
}

} // namespace headrace::proxy
