#pragma once

#include "rulefile/valuereader.h"

#include <QList>

#include <optional>

namespace headrace::proxy {

/// Reads the action of one rule.
class ActionReader
{
public:
    explicit ActionReader(ValueReader &values);

    /// Of the members of a rule that are actions.
    ValueReader::Handlers handlers();

    /// After them: the one that \a rule has; nothing is noted as a problem.
    std::optional<Action> take(const exchange::JsonNode &rule);

private:
    template <typename E>
    ValueReader::Handler wordInto(E &value, const QString &name, const QStringList &words);
    ValueReader::Handler on(Target &target);

    MapRemote readMapRemote(const exchange::JsonNode &node);
    Answer readAnswer(const exchange::JsonNode &node);
    ChangeField readChange(ChangeField::Operation operation, const exchange::JsonNode &node);
    ReplaceInBody readReplace(const exchange::JsonNode &node);
    Delay readDelay(const exchange::JsonNode &node);
    Throttle readThrottle(const exchange::JsonNode &node);
    Fault readFault(const exchange::JsonNode &node);

    ValueReader &m_values;
    QList<Action> m_actions;
    RunScript m_script;
    bool m_hasScript = false;
};

} // namespace headrace::proxy
