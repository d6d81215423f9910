#include "rules/fileanswer.h"

#include "rules/filebody.h"
#include "rules/octetranges.h"

#include <exchange/httpdate.h>

#include <QLocale>
#include <QRandomGenerator>

#include <optional>

namespace headrace::proxy {

namespace {

/// What tells one state of a file from another.
struct Validators
{
    QByteArray tag;
    QDateTime modified; ///< Full seconds: what a date of HTTP can say.

    explicit Validators(const LocalFile &file)
        : tag('"' + QByteArray::number(file.modified.toMSecsSinceEpoch(), 16) + '-'
            + QByteArray::number(file.size, 16) + '"')
        , modified(QDateTime::fromSecsSinceEpoch(file.modified.toSecsSinceEpoch(), Qt::UTC))
    {
    }

    QByteArray lastModified() const
    {
        return QLocale::c()
            .toString(modified, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
            .toLatin1();
    }
};

/// All lines of that name, as one list.
std::optional<QByteArray> listOf(const MessageHead &head, QByteArrayView name)
{
    std::optional<QByteArray> list;
    for (qsizetype at = head.indexOf(name); at >= 0; at = head.indexOf(name, at + 1))
        list = (list ? *list + ", " : QByteArray()) + head.value(at).toByteArray();
    return list;
}

std::optional<QDateTime> dateOf(const MessageHead &head, QByteArrayView name)
{
    const auto text = head.first(name);
    const QDateTime date = text ? exchange::readHttpDate(*text) : QDateTime();
    return date.isValid() ? std::optional(date) : std::nullopt;
}

/// RFC 9110 sections 8.8.3.2, 13.1.1 and 13.1.2. Tags have no commas to be split at: they may hold some.
bool hasTag(QByteArrayView list, QByteArrayView tag, bool takesWeak)
{
    if (list.trimmed() == "*")
        return true;
    qsizetype from = 0;
    while (true) {
        const qsizetype begin = list.indexOf('"', from);
        const qsizetype end = begin < 0 ? -1 : list.indexOf('"', begin + 1);
        if (end < 0)
            return false;
        const bool isWeak = begin >= 2 && list.sliced(begin - 2, 2) == "W/";
        if (list.sliced(begin, end + 1 - begin) == tag && (takesWeak || !isWeak))
            return true;
        from = end + 1;
    }
}

/// The status that the conditions of a request lead to; 200: they hold. RFC 9110 section 13.2.2.
int judge(const MessageHead &request, const Validators &validators)
{
    if (const auto wanted = listOf(request, "If-Match")) {
        if (!hasTag(*wanted, validators.tag, false))
            return 412;
    } else if (const auto date = dateOf(request, "If-Unmodified-Since");
               date && validators.modified > *date) {
        return 412;
    }
    if (const auto known = listOf(request, "If-None-Match"))
        return hasTag(*known, validators.tag, true) ? 304 : 200;
    const auto date = dateOf(request, "If-Modified-Since");
    return date && validators.modified <= *date ? 304 : 200;
}

/// Without If-Range, or when it names this state. RFC 9110 section 13.1.5.
bool mayHaveRange(const MessageHead &request, const Validators &validators)
{
    const auto condition = request.first("If-Range");
    if (!condition)
        return true;
    return *condition == validators.tag
        || exchange::readHttpDate(*condition) == validators.modified;
}

QByteArray contentRange(const OctetRange &range, qint64 size)
{
    return "bytes " + QByteArray::number(range.first) + '-'
        + QByteArray::number(range.first + range.length - 1) + '/' + QByteArray::number(size);
}

void answerWhole(FileAnswer &answer, LocalFile file)
{
    auto body = std::make_unique<FileBody>(std::move(file.file));
    if (file.size > 0)
        body->add(OctetRange { 0, file.size });
    answer.head.append("Content-Type", file.contentType);
    answer.body = std::move(body);
}

void answerRange(FileAnswer &answer, LocalFile file, const OctetRange &range)
{
    auto body = std::make_unique<FileBody>(std::move(file.file));
    body->add(range);
    answer.head.setStatus(206, {});
    answer.head.append("Content-Type", file.contentType);
    answer.head.append("Content-Range", contentRange(range, file.size));
    answer.body = std::move(body);
}

/// RFC 9110 section 14.6.
void answerRanges(FileAnswer &answer, LocalFile file, const QList<OctetRange> &ranges)
{
    const QByteArray boundary
        = "headrace-" + QByteArray::number(QRandomGenerator::global()->generate64(), 16);
    auto body = std::make_unique<FileBody>(std::move(file.file));
    for (const OctetRange &range : ranges) {
        body->add("\r\n--" + boundary + "\r\nContent-Type: " + file.contentType
            + "\r\nContent-Range: " + contentRange(range, file.size) + "\r\n\r\n");
        body->add(range);
    }
    body->add("\r\n--" + boundary + "--\r\n");
    answer.head.setStatus(206, {});
    answer.head.append("Content-Type", "multipart/byteranges; boundary=" + boundary);
    answer.body = std::move(body);
}

void answerText(FileAnswer &answer, int statusCode, const char *text)
{
    answer.head.setStatus(statusCode, {});
    answer.head.append("Content-Type", "text/plain; charset=utf-8");
    answer.text = text;
}

} // namespace

FileAnswer FileAnswer::make(LocalFile file, const MessageHead &request)
{
    FileAnswer answer;
    answer.head = MessageHead::makeResponse(200, {});
    const bool isGet = request.method() == "GET";
    if (!isGet && request.method() != "HEAD") {
        answerWhole(answer, std::move(file));
        return answer;
    }
    const Validators validators(file);
    const int status = judge(request, validators);
    if (status == 412) {
        answerText(answer, 412, "The file is another one than the request wants it to be.\n");
        return answer;
    }
    const qint64 size = file.size;
    std::optional<QList<OctetRange>> ranges;
    // Only of GET: RFC 9110 section 14.2.
    if (const auto range = request.first("Range");
        status == 200 && isGet && range && mayHaveRange(request, validators))
        ranges = readOctetRanges(*range, size);
    if (status == 304)
        answer.head.setStatus(304, {});
    else if (!ranges)
        answerWhole(answer, std::move(file));
    else if (ranges->isEmpty())
        answerText(answer, 416, "Nothing of the file lies where the request asks for it.\n");
    else if (ranges->size() == 1)
        answerRange(answer, std::move(file), ranges->first());
    else
        answerRanges(answer, std::move(file), *ranges);
    if (ranges && ranges->isEmpty()) {
        answer.head.append("Content-Range", "bytes */" + QByteArray::number(size));
        return answer;
    }
    answer.head.append("ETag", validators.tag);
    if (validators.modified <= QDateTime::currentDateTimeUtc()) // RFC 9110 section 8.8.2.1
        answer.head.append("Last-Modified", validators.lastModified());
    // Else browsers guess from Last-Modified how long they need not ask: RFC 9111 section 4.2.2.
    answer.head.append("Cache-Control", "no-cache");
    if (status == 200)
        answer.head.append("Accept-Ranges", "bytes");
    return answer;
}

} // namespace headrace::proxy
