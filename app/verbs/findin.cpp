#include "verbs/findin.h"

#include "verbs/output.h"

#include <QEventLoop>

namespace headrace::app {

std::optional<QList<exchange::ExchangeId>> findIn(
    exchange::Store &store, const exchange::Filter &filter)
{
    exchange::Query query;
    query.filter = filter;
    QList<exchange::ExchangeId> found;
    QString problem;
    QEventLoop loop;
    const auto search = store.search(query);
    QObject::connect(search.get(), &exchange::Search::found, &loop,
        [&found](const QList<exchange::ExchangeId> &ids) { found += ids; });
    QObject::connect(search.get(), &exchange::Search::finished, &loop, [&](const QString &error) {
        problem = error;
        loop.quit();
    });
    loop.exec();
    if (problem.isEmpty())
        return found;
    complain(problem);
    return std::nullopt;
}

} // namespace headrace::app
