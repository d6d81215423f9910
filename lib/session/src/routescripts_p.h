#pragma once

#include "scripthost_p.h"
#include "session/filewatch.h"

#include <mock/mockserver.h>

#include <QPointer>

#include <memory>
#include <vector>

namespace headrace::session {

/** Runs the scripts of routes. A script is loaded for the first request that it is to answer, and again for the
    next one after a file of it has changed, its text is another, or it has ended; exchanges it has begun to answer are
    left to the one that began. Routes with the same script share one, and what it remembers.

    Of a script that fails, what it has not begun to answer is answered 500 with the error's text.
    Thread: that of the server. */
class RouteScripts : public QObject, public mock::RouteHandler
{
    Q_OBJECT

public:
    explicit RouteScripts(const ScriptHost::Surroundings &surroundings, QObject *parent = nullptr);
    ~RouteScripts() override;

    /// Gives up the scripts that no route of \a definition has any more.
    void setDefinition(const mock::Definition &definition);

    QString handle(const mock::Route &route, http::IncomingMessage *request,
        http::ServerResponse *response) override;
    http::ServerResponse *makeResponse(http::IncomingMessage *request, QObject *parent) override;

    void clear(); ///< Ends all scripts.
    bool isEmpty() const;
    qint64 memoryOctets() const; ///< 0 without scripts.

private:
    struct Entry
    {
        std::unique_ptr<ScriptHost> host;
        QList<QPointer<http::ServerResponse>> pending; // not over
        QStringList files; // that it has loaded
        QString failure; // the last one, while it is called
        bool isRetired = false;
    };

    Entry *load(const mock::Route &route);
    void watchResponse(Entry *entry, http::ServerResponse *response);
    void fail(Entry *entry, const QString &message);
    void retire(Entry *entry);
    void sweep(); ///< Deletes, later, retired scripts without pending responses.

    ScriptHost::Surroundings m_surroundings;
    FileWatch m_files;
    std::vector<std::unique_ptr<Entry>> m_entries;
};

} // namespace headrace::session
