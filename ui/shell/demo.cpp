#include "shell/demo.h"

#include "proxy/ruletext.h"

#include <proxy/throttlepreset.h>

namespace headrace::ui {

using mock::Route;
using session::DraftField;
using session::RequestDraft;

namespace {

Route route(const QString &method, const QString &path, int status, const QByteArray &type,
    const QByteArray &body)
{
    Route route;
    route.method = method;
    route.path = path;
    route.statusCode = status;
    if (!type.isEmpty())
        route.fields = { { "Content-Type", type } };
    route.body = body;
    return route;
}

} // namespace

Demo::Demo(session::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session, &session::Session::mockStarted, this, [this](quint16 port) {
        m_waiting = drafts(port);
        sendNext();
    });
    connect(&session, &session::Session::mockFailed, this, &Demo::finished);
    connect(&session, &session::Session::sendEnded, this, &Demo::sendNext);
    connect(&session, &session::Session::sendFailed, this, &Demo::sendNext);
}

void Demo::start()
{
    m_session.setMockDefinition(definition());
    m_session.startMock(0);
}

void Demo::sendNext()
{
    if (m_waiting.isEmpty())
        Q_EMIT finished();
    else
        m_session.send(m_waiting.takeFirst());
}

mock::Definition Demo::definition()
{
    const QByteArray json = "application/json; charset=utf-8";
    mock::Definition definition;
    definition.name = QStringLiteral("Orders");

    Route items = route(QStringLiteral("GET"), QStringLiteral("/v1/items"), 200, json,
        R"({"items":[{"id":7,"name":"Weir gate","price":1290.50,"inStock":true},)"
        R"({"id":8,"name":"Penstock valve","price":845,"inStock":false,"tags":["brass","DN 80"]},)"
        R"({"id":11,"name":"Trash rack","price":310.25,"inStock":true}],"next":null})");
    items.fields.emplaceBack("Cache-Control", "max-age=60");
    items.fields.emplaceBack("Set-Cookie", "session=5f2b; Path=/; HttpOnly");
    items.fields.emplaceBack("set-cookie", "theme=dark; Path=/");
    items.fields.emplaceBack("X-Request-ID", "0b5e8c1e-8f0a-4f57-9a3a-2f9d0c1b7a11");

    Route order = route(QStringLiteral("POST"), QStringLiteral("/v1/orders"), 201, json,
        R"({"order":4711,"state":"accepted","lines":[{"id":7,"count":2}]})");
    order.interim = { { 103, { { "Link", "</v1/orders/4711>; rel=preload" } } } };
    order.trailers = { { "Digest", "sha-256=4REjxQ4yrqUVicfSKYNO/cF9zNj5ANbzgDZt3/h3Qxo=" },
        { "Server-Timing", "db;dur=12.4" } };
    order.fields.emplaceBack("Trailer", "Digest, Server-Timing");
    order.fields.emplaceBack("Location", "/v1/orders/4711");
    order.delay = std::chrono::milliseconds(40);

    Route moved = route(QStringLiteral("GET"), QStringLiteral("/items"), 301, {}, {});
    moved.fields = { { "Location", "/v1/items" } };
    Route broken = route(QStringLiteral("GET"), QStringLiteral("/v1/reports/*"), 503, "text/html",
        "<!doctype html><html><head><title>Down</title></head><body><h1>Back "
        "soon</h1></body></html>");
    broken.fields.emplaceBack("Retry-After", "120");
    const Route feed = route(QStringLiteral("GET"), QStringLiteral("/v1/feed"), 200,
        "application/xml", "<feed><entry id=\"1\"><title>Level 3.2 m</title></entry></feed>");
    const Route removed
        = route(QStringLiteral("DELETE"), QStringLiteral("/v1/orders/:id"), 204, {}, {});

    definition.routes = { items, order, moved, broken, feed, removed };
    return definition;
}

ProxyDefinition Demo::proxyDefinition()
{
    const auto rule = [](const QString &name, const QString &filter, const proxy::Action &action) {
        proxy::Rule rule = newRule(ActionKind::Block);
        rule.name = name;
        rule.filter = filter;
        rule.action = action;
        return rule;
    };
    using proxy::ChangeField;
    using proxy::Target;
    ProxyDefinition definition;
    definition.rules = {
        rule(QStringLiteral("Orders from staging"),
            QStringLiteral("host:api.example.test path:/v1/orders*"),
            proxy::MapRemote { QStringLiteral("https://staging.example.test:8443"), false }),
        rule({}, QStringLiteral("path:/v1/*"),
            ChangeField { Target::Request, ChangeField::Operation::Set, "X-Trace", "c0ffee" }),
        rule(QStringLiteral("No trackers"), QStringLiteral("host:*.tracker.test"),
            proxy::Block { proxy::Block::Manner::Reset }),
        rule({}, QStringLiteral("type:image/*"),
            proxy::throttlePreset(QStringLiteral("slow 3G")).value_or(proxy::Throttle())),
        rule(QStringLiteral("Broken reports"), QStringLiteral("path:/v1/reports/*"),
            proxy::Fault { Target::Response, proxy::Fault::Kind::Truncate, 512 }),
    };
    definition.rules[3].isEnabled = false;
    proxy::Breakpoint orders = newBreakpoint();
    orders.filter = QStringLiteral("method:POST path:/v1/orders");
    orders.at = proxy::HoldAt::RequestBody;
    proxy::Breakpoint failures = newBreakpoint();
    failures.filter = QStringLiteral("status>=500");
    failures.at = proxy::HoldAt::ResponseHead | proxy::HoldAt::ResponseBody;
    failures.onlyNext = true;
    definition.breakpoints = { orders, failures };
    return definition;
}

QList<session::HeldExchange> Demo::held()
{
    const auto held = [](session::HoldId id, const QByteArray &method, const QByteArray &target,
                          proxy::Stage stage, int secondsAgo) {
        session::HeldExchange held;
        held.id = id;
        held.stage = stage;
        held.since = QDateTime::currentDateTime().addSecs(-secondsAgo);
        held.summary.method = QString::fromLatin1(method);
        held.summary.host = QStringLiteral("api.example.test");
        held.summary.target = QString::fromLatin1(target);
        held.request.head = proxy::MessageHead::makeRequest(method, target,
            { { "Host", "api.example.test" }, { "Accept", "*/*" }, { "x-request-id", "c0ffee" },
                { "Content-Type", "application/json" } });
        held.request.body = "{\n  \"lines\": [{ \"id\": 7, \"count\": 2 }]\n}\n";
        held.response.head = proxy::MessageHead::makeResponse(
            502, {}, { { "Content-Type", "text/html" }, { "Server", "edge" } });
        return held;
    };
    session::HeldExchange gone = held(2, "GET", "/v1/items?page=1", proxy::Stage::ResponseHead, 84);
    gone.gone = QStringLiteral("The client closed its connection.");
    return { held(1, "POST", "/v1/orders", proxy::Stage::RequestBody, 12), gone,
        held(3, "GET", "/v1/reports/2026/levels?from=2026-01-01&to=2026-06-30&format=html",
            proxy::Stage::RequestHead, 3) };
}

QList<RequestDraft> Demo::drafts(quint16 port)
{
    const auto draft = [port](const QByteArray &method, const QString &target) {
        RequestDraft draft;
        draft.method = method;
        draft.url = QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(target);
        draft.fields = { DraftField { true, "Accept", "*/*" },
            DraftField { true, "User-Agent", "Headrace/0.1" } };
        return draft;
    };
    RequestDraft order = draft("POST", QStringLiteral("/v1/orders"));
    order.fields.append({ true, "X-Request-ID", "c0ffee" });
    order.bodyKind = RequestDraft::BodyKind::Json;
    order.text = QStringLiteral("{\n  \"lines\": [{ \"id\": 7, \"count\": 2 }]\n}\n");
    RequestDraft refused = draft("GET", QStringLiteral("/health"));
    refused.url = QStringLiteral("http://127.0.0.1:1/health");

    return { draft("GET", QStringLiteral("/items")),
        draft("GET", QStringLiteral("/v1/items?page=1")),
        draft("GET", QStringLiteral("/v1/items/7")), draft("GET", QStringLiteral("/v1/feed")),
        draft("GET",
            QStringLiteral("/v1/reports/2026/levels?from=2026-01-01&to=2026-06-30&format=html")),
        refused, draft("DELETE", QStringLiteral("/v1/orders/4710")),
        draft("HEAD", QStringLiteral("/v1/items")), order };
}

} // namespace headrace::ui
