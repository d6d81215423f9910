#pragma once

#include "proxy/rulefile.h"

#include <exchange/jsonnode.h>

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>

namespace headrace::proxy {

/** Takes values out of a rule file, and notes what is wrong with them: whoever reads goes on with a default.
    \a name, \a what: how a value is called in a note. */
class ValueReader
{
public:
    using Handler = std::function<void(const exchange::JsonNode &)>;
    using Handlers = QHash<QString, Handler>;

    /// \a result: borrowed, gets the notes.
    ValueReader(const QString &directory, RuleFileResult &result);

    void problem(const exchange::JsonNode &node, const QString &message);
    void remark(const exchange::JsonNode &node, const QString &message);

    bool expect(const QString &what, const exchange::JsonNode &node, exchange::JsonNode::Type type);

    /// Calls the handler of each member, once; those without are remarked.
    void eachMember(const QString &what, const exchange::JsonNode &node, const Handlers &handlers);

    QString text(const QString &name, const exchange::JsonNode &node);
    QString lines(const QString &name, const exchange::JsonNode &node); ///< Text, or a list of it.
    bool truth(const QString &name, const exchange::JsonNode &node);
    qint64 number(const QString &name, const exchange::JsonNode &node, qint64 least, qint64 most);
    QString path(const QString &name, const exchange::JsonNode &node); ///< Absolute.
    int word(const QString &name, const exchange::JsonNode &node,
        const QStringList &words); ///< Its index.
    exchange::FieldList fields(const exchange::JsonNode &node);
    QByteArray base64(const QString &name, const exchange::JsonNode &node);

private:
    QString m_directory;
    RuleFileResult &m_result;
};

QString quoted(const QString &name);

} // namespace headrace::proxy
