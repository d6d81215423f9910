#pragma once

#include "proxy/rule.h"
#include "proxy/scriptrunner.h"
#include "proxy/transit.h"

#include <QHash>
#include <QList>
#include <QString>

#include <functional>
#include <memory>

namespace headrace::proxy {

class RuleRun;
class RuleSet;

/** Carries out rules, in their order. An exchange keeps the rules with which it began.

    Filters look at an exchange as it was received, at the head of the message that the action is about: what changes or
    answers requests (all actions, unless they say Target::Response) is asked when nothing of the response is known, so
    a filter on the response does not hold there. Throttle is asked again at the response's head, for its downward
    half, and scripts for their hooks of responses. A filter on bodies (`body:"x"`) moves its rule behind those of the head
    and has the body gathered.

    What a rule answers is a response to the rules behind it, and to no other: they change, slow down and break it like one of
    an origin, and may answer in its place. Each rule that did something is in the record, by its name; those that tried
    in vain say why. Thread: the proxy's, with an event loop. */
class RuleBook : public Interceptor
{
public:
    /// Of a body in which something is replaced, before and after, without its codings. Unit: octets.
    static constexpr qint64 TextLimit = qint64(64) << 20;

    /// \a scripts: borrowed; null: rules with scripts are off.
    explicit RuleBook(ScriptRunner *scripts = nullptr);
    ~RuleBook() override;
    Q_DISABLE_COPY_MOVE(RuleBook)

    /// For exchanges that begin from now on. A rule that does what one of the same id did before goes on counting.
    void setRules(const QList<Rule> &rules);
    QList<Rule> rules() const;

    /// By Rule::id: why a rule does not work, even if it is enabled. One sentence, for people.
    QHash<QString, QString> problems() const;

    /// The same for one rule, anywhere: it need not be in the book. Empty: none. Thread: any.
    static QString problemOf(const Rule &rule);

    /// By Rule::id, of the rules that are there now: exchanges in which they did something.
    QHash<QString, qint64> matches() const;
    void setMatchListener(const std::function<void()> &listener); ///< After each that is counted.

    bool mayAnswer() const override;

    bool seesOwnAnswers() const override { return true; }

    bool wantsBody(Transit &transit, exchange::Direction direction) override;
    Verdict intercept(Transit &transit, Stage stage) override;
    void ended(Transit &transit, const QString &why) override;

private:
    ScriptRunner *m_scripts;
    std::shared_ptr<std::function<void()>> m_matchListener; ///< Never null.
    std::shared_ptr<const RuleSet> m_set;
    QHash<Transit *, std::shared_ptr<RuleRun>> m_runs;
};

} // namespace headrace::proxy
