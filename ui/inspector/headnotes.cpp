#include "inspector/headnotes.h"

#include "inspector/fieldremarks.h"
#include "shell/format.h"

#include <exchange/caching.h>
#include <exchange/cookies.h>
#include <exchange/fieldmeaning.h>

#include <QCoreApplication>
#include <QLocale>
#include <QUrl>

#include <algorithm>

namespace headrace::ui {

using exchange::Caching;
using exchange::CookieReader;
using exchange::Message;
using exchange::SetCookie;

namespace {

constexpr qsizetype LineLimit = 200;
constexpr qsizetype LongestText = 1000; // characters of a value

QString tr(const char *text) { return QCoreApplication::translate("HeadNotes", text); }

void bound(HeadNotes *notes)
{
    if (notes->lines.size() <= LineLimit)
        return;
    const qsizetype more = notes->lines.size() - LineLimit + 1;
    notes->lines.resize(LineLimit - 1);
    notes->lines.append(
        { HeadNote::Kind::Plain, {}, tr("… and %1 more lines").arg(formatCount(more)) });
}

CookieReader::Context contextOf(const exchange::Exchange &exchange, const Message &message)
{
    const exchange::Summary &summary = exchange.summary;
    return { summary.scheme == u"https", QUrl(QStringLiteral("http://") + summary.host).host(),
        QUrl(summary.target).path(),
        summary.began.addMSecs(std::max<qint64>(0, message.headTime) / 1000) };
}

QString fateText(const SetCookie &cookie)
{
    QString text;
    switch (cookie.fate) {
    case SetCookie::Fate::Session:
        text = tr("Kept until the browser ends");
        break;
    case SetCookie::Fate::Kept:
        text = tr("Kept until %1 local time")
                   .arg(QLocale::c().toString(
                       cookie.expires.toLocalTime(), QStringLiteral("d MMM yyyy, HH:mm:ss")));
        break;
    case SetCookie::Fate::Deleted:
        return tr("Deleted: its time is over");
    case SetCookie::Fate::Refused:
        return {};
    }
    return (cookie.isForSubdomains ? tr("%1; sent to %2 and hosts below it, for %3 and below")
                                   : tr("%1; sent to %2 only, for %3 and below"))
        .arg(text, cookie.domain.isEmpty() ? tr("this host") : cookie.domain, cookie.path);
}

void addCookie(const SetCookie &cookie, HeadNotes *notes)
{
    using Kind = HeadNote::Kind;
    notes->lines.append({ Kind::Wire,
        cookie.name.isEmpty() ? tr("(no name)") : shortened(displayText(cookie.name), 200),
        shortened(displayText(cookie.value), LongestText) });
    if (cookie.fate != SetCookie::Fate::Refused) // its problems say why
        notes->lines.append({ Kind::Verdict, {}, fateText(cookie) });
    for (const QString &problem : cookie.problems)
        notes->lines.append({ Kind::Problem, {}, problem });
    for (const exchange::CookieAttribute &attribute : cookie.attributes) {
        QString name = displayText(attribute.name);
        if (attribute.value)
            name += u'=' + displayText(*attribute.value);
        notes->lines.append({ Kind::Detail, shortened(name, 200), attribute.meaning });
    }
}

} // namespace

HeadNotes cookieNotes(const exchange::Exchange &exchange, const Message &message)
{
    HeadNotes notes;
    notes.title = tr("Cookies");
    const CookieReader reader(contextOf(exchange, message));
    int sent = 0;
    int set = 0;
    int refused = 0;
    const bool isRequest = message.statusCode == 0;
    for (const auto &[name, value] : message.fields) {
        if (isRequest && name.compare("Cookie", Qt::CaseInsensitive) == 0) {
            for (const exchange::CookiePair &pair : CookieReader::readPairs(value)) {
                ++sent;
                notes.lines.append({ HeadNote::Kind::Wire, shortened(displayText(pair.name), 200),
                    shortened(displayText(pair.value), LongestText) });
                if (!pair.problem.isEmpty())
                    notes.lines.append({ HeadNote::Kind::Problem, {}, pair.problem });
            }
        } else if (!isRequest && name.compare("Set-Cookie", Qt::CaseInsensitive) == 0) {
            const SetCookie cookie = reader.read(value);
            ++set;
            refused += cookie.fate == SetCookie::Fate::Refused ? 1 : 0;
            addCookie(cookie, &notes);
        }
    }
    notes.summary = isRequest ? tr("%1 sent").arg(sent) : tr("%1 set").arg(set);
    if (refused > 0)
        notes.summary += tr(", %1 refused").arg(refused);
    bound(&notes);
    return notes;
}

HeadNotes cachingNotes(const exchange::Exchange &exchange)
{
    HeadNotes notes;
    notes.title = tr("Caching");
    for (const Caching::Note &note : Caching(exchange).notes()) {
        HeadNote::Kind kind = HeadNote::Kind::Plain;
        if (note.kind == Caching::Note::Kind::Verdict)
            kind = HeadNote::Kind::Verdict;
        else if (note.kind == Caching::Note::Kind::Problem)
            kind = HeadNote::Kind::Problem;
        if (notes.summary.isEmpty())
            notes.summary = note.text.section(u':', 0, 0).section(u'.', 0, 0);
        notes.lines.append({ kind, note.title, note.text });
    }
    bound(&notes);
    return notes;
}

HeadNotes trailerNotes(const Message &message)
{
    HeadNotes notes;
    notes.title = tr("Announced");
    if (message.endTime < 0)
        return notes;
    for (const QByteArray &name : announcedTrailers(message)) {
        const bool hasCome = std::any_of(message.trailers.cbegin(), message.trailers.cend(),
            [&name](const auto &field) { return field.first.toLower() == name; });
        if (!hasCome)
            notes.lines.append(
                { HeadNote::Kind::Problem, displayText(exchange::usualSpelling(name)),
                    tr("Trailer announced it, but it did not come (RFC 9110, 6.6.2).") });
    }
    notes.summary = tr("%1 did not come").arg(notes.lines.size());
    bound(&notes);
    return notes;
}

} // namespace headrace::ui
