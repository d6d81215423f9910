#include "answer_p.h"

#include <wire/fieldrules.h>

#include <algorithm>

namespace headrace::mock {

namespace {

bool contains(const QList<wire::FieldLine> &fields, QByteArrayView name)
{
    return std::any_of(fields.cbegin(), fields.cend(), [name](const wire::FieldLine &field) {
        return wire::equalsIgnoringCase(field.first, name);
    });
}

Answer textAnswer(int statusCode, const QByteArray &text, bool isHead)
{
    Answer answer;
    answer.statusCode = statusCode;
    answer.fields = { { "Content-Type", "text/plain; charset=utf-8" },
        { "Content-Length", QByteArray::number(text.size()) } };
    answer.body = isHead ? QByteArray() : text;
    return answer;
}

} // namespace

Answer answerOf(const Route &route, const AnswerContext &context)
{
    const bool isHead = context.method == "HEAD";
    const QList<Problem> found = problems(route);
    if (!found.isEmpty()) {
        QByteArray text = "The mock route " + route.method.toUtf8() + ' ' + route.path.toUtf8()
            + " cannot answer:\n";
        for (const Problem &problem : found)
            text += "  " + problem.where.toUtf8() + ": " + problem.message.toUtf8() + '\n';
        return textAnswer(500, text, isHead);
    }

    Answer answer;
    answer.statusCode = route.statusCode;
    if (!route.reason.isEmpty())
        answer.reason = route.reason.toUtf8();
    answer.fields = route.fields;
    const bool allowsBody = route.statusCode != 204 && route.statusCode != 304;
    if (!allowsBody)
        return answer;

    const bool isFramed
        = contains(route.fields, "Content-Length") || contains(route.fields, "Transfer-Encoding");
    const bool hasTrailers = !route.trailers.isEmpty() && context.isChunkable;
    if (hasTrailers) {
        if (!isHead && !contains(route.fields, "Trailer")) {
            QList<QByteArray> names;
            for (const auto &[name, value] : route.trailers)
                names.append(name);
            answer.fields.append({ "Trailer", names.join(", ") });
        }
        if (!isFramed)
            answer.fields.emplaceBack("Transfer-Encoding", "chunked");
    } else if (!isFramed) {
        answer.fields.append({ "Content-Length", QByteArray::number(route.body.size()) });
    }
    if (!isHead) {
        answer.body = route.body;
        if (hasTrailers)
            answer.trailers = route.trailers;
    }
    return answer;
}

Answer refusal(const RouteTable &table, const RouteMatch &match, const AnswerContext &context)
{
    const bool isUnknown = match.allowed.isEmpty();
    QByteArray text = isUnknown ? "No route takes " + context.method + ' ' + context.target + ".\n"
                                : context.target + " does not take " + context.method
            + "; it takes " + match.allowed.join(", ") + ".\n";
    text += "The routes of this mock server:\n";
    for (const Route &route : table.definition().routes) {
        if (route.isEnabled)
            text += "  " + route.method.toUtf8() + ' ' + route.path.toUtf8() + '\n';
    }
    Answer answer = textAnswer(isUnknown ? 404 : 405, text, context.method == "HEAD");
    if (!isUnknown)
        answer.fields.prepend({ "Allow", match.allowed.join(", ") });
    return answer;
}

} // namespace headrace::mock
