#include "composer/draftfromexchange.h"

#include <exchange/bodyformat.h>

#include <QCoreApplication>

namespace headrace::ui {

namespace {

using exchange::Message;
using session::RequestDraft;

QString tr(const char *text) { return QCoreApplication::translate("DraftFromExchange", text); }

bool isName(const QByteArray &name, const char *other)
{
    return name.compare(other, Qt::CaseInsensitive) == 0;
}

QString urlOf(const exchange::Summary &summary)
{
    if (!summary.target.startsWith(QLatin1Char('/')) && summary.target != QStringLiteral("*")
        && summary.target.contains(QStringLiteral("://")))
        return summary.target; // absolute-form
    const QString scheme = summary.scheme.isEmpty() ? QStringLiteral("http") : summary.scheme;
    const QString path
        = summary.target.startsWith(QLatin1Char('/')) ? summary.target : QStringLiteral("/");
    return scheme + QStringLiteral("://") + summary.host + path;
}

// Fields that the engine writes itself in the same way are left to it.
void takeFields(const exchange::Exchange &exchange, RequestDraft &draft)
{
    draft.sendHost = false;
    draft.sendConnection = false;
    draft.sendContentLength = false;
    bool isChunked = false;
    for (const auto &[name, value] : exchange.request.fields) {
        if (name == "Host" && QString::fromUtf8(value) == exchange.summary.host) {
            draft.sendHost = true;
        } else if (name == "Connection" && (value == "keep-alive" || value == "close")) {
            draft.sendConnection = true;
        } else if (isName(name, "Content-Length")) {
            draft.sendContentLength = true;
        } else if (isName(name, "Transfer-Encoding") && value == "chunked") {
            isChunked = true;
        } else {
            draft.fields.append({ true, name, value });
        }
    }
    // A request without a body says nothing about how one would be framed.
    if (!isChunked && exchange.request.bodyOctets == 0)
        draft.sendContentLength = true;
}

QString takeBody(const Message &request, RequestDraft &draft)
{
    if (request.bodyOctets == 0)
        return {};
    if (request.isTruncated)
        return tr("Only a part of the request body was recorded, so it is not taken over.");
    const QByteArray body = request.joined(exchange::Part::Body);
    const QByteArray type = request.field("content-type");
    const exchange::BodyKind kind = exchange::bodyKindOf(type, body);
    const QString text = QString::fromUtf8(body);
    // Text is sent as UTF-8, so other octets would not come back as they were.
    if (kind == exchange::BodyKind::Binary || text.toUtf8() != body)
        return tr("The request body is not text; choose a file to send instead.");
    draft.bodyKind = kind == exchange::BodyKind::Json ? RequestDraft::BodyKind::Json
                                                      : RequestDraft::BodyKind::Text;
    draft.text = text;
    return {};
}

} // namespace

RequestDraft draftFromExchange(const exchange::Exchange &exchange, QString *lost)
{
    RequestDraft draft;
    draft.method = exchange.summary.method.toUtf8();
    draft.url = urlOf(exchange.summary);
    draft.version = exchange.request.httpVersion == "1.0" ? RequestDraft::Version::Http10
                                                          : RequestDraft::Version::Http11;
    takeFields(exchange, draft);
    for (const auto &[name, value] : exchange.request.trailers)
        draft.trailers.append({ true, name, value });
    const QString missing = takeBody(exchange.request, draft);
    if (lost)
        *lost = missing;
    return draft;
}

} // namespace headrace::ui
