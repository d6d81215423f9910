#include "mock/route.h"

#include <wire/fieldrules.h>
#include <wire/httpnames.h>

#include <QStringList>

#include <optional>

namespace headrace::mock {

namespace {

constexpr std::chrono::hours longestDelay { 1 };

using FieldLines = QList<std::pair<QByteArray, QByteArray>>;

class Checker
{
public:
    QList<Problem> check(const Route &route)
    {
        checkMethod(route.method);
        checkPath(route.path);
        if (route.isScripted)
            checkScript(route.script);
        else
            checkAnswer(route);
        return std::move(m_problems);
    }

private:
    void add(const QString &where, const QString &message)
    {
        m_problems.append({ where, message, -1, -1 });
    }

    // Whether the file is there is for those who read it.
    void checkScript(const Script &script)
    {
        if (script.isEmpty())
            add(QStringLiteral("script"),
                QStringLiteral("Write a script that answers, or choose a fixed answer."));
    }

    void checkAnswer(const Route &route)
    {
        if (route.statusCode < 200 || route.statusCode > 999)
            add(QStringLiteral("status"),
                QStringLiteral(
                    "Choose a status from 200 to 999; 1xx answers are interim responses."));
        if (!wire::isFieldValue(route.reason.toUtf8()))
            add(QStringLiteral("reason"),
                QStringLiteral("Take control characters out of the reason phrase."));
        checkFields(QStringLiteral("fields"), route.fields);
        checkFields(QStringLiteral("trailers"), route.trailers);
        checkTrailers(route);
        for (qsizetype i = 0; i < route.interim.size(); ++i) {
            const auto &[status, fields] = route.interim[i];
            const QString where = QStringLiteral("interim[%1]").arg(i);
            if (status < 100 || status > 199 || status == 101)
                add(where + QStringLiteral(".status"),
                    QStringLiteral("Choose an interim status from 100 to 199, but not 101."));
            checkFields(where + QStringLiteral(".fields"), fields);
        }
        if (route.delay < std::chrono::milliseconds::zero() || route.delay > longestDelay)
            add(QStringLiteral("delay"), QStringLiteral("Choose a delay from 0 to 3600000 ms."));
    }

    void checkMethod(const QString &method)
    {
        if (method == u'*' || wire::methods().contains(QByteArrayView(method.toUtf8())))
            return;
        if (wire::methods().contains(QByteArrayView(method.toUpper().toUtf8())))
            add(QStringLiteral("method"),
                QStringLiteral("Write %1: methods are upper case.").arg(method.toUpper()));
        else
            add(QStringLiteral("method"),
                QStringLiteral("Choose a method that servers read, or * for any; \"%1\" is none.")
                    .arg(method));
    }

    void checkPath(const QString &path)
    {
        const auto bad = [this](const QString &message) { add(QStringLiteral("path"), message); };
        if (path == u'*')
            return;
        if (!path.startsWith(u'/')) {
            bad(QStringLiteral("Start the path with a slash."));
            return;
        }
        if (path.contains(u'?') || path.contains(u'#'))
            bad(QStringLiteral(
                "Leave the query and the fragment out of the path: they are not compared."));
        const QStringList segments = path.sliced(1).split(u'/');
        for (qsizetype i = 0; i < segments.size(); ++i) {
            if (segments[i] == u':')
                bad(QStringLiteral("Give the parameter a name: /:name."));
            if (segments[i].contains(u'*') && (segments[i] != u'*' || i + 1 < segments.size()))
                bad(QStringLiteral(
                    "Put * alone in the last segment: it stands for the rest of the path."));
        }
    }

    void checkFields(const QString &list, const FieldLines &fields)
    {
        for (qsizetype i = 0; i < fields.size(); ++i) {
            const auto &[name, value] = fields[i];
            const QString where = QStringLiteral("%1[%2]").arg(list).arg(i);
            if (name.isEmpty())
                add(where + QStringLiteral(".name"), QStringLiteral("Give the header a name."));
            else if (!wire::isToken(name))
                add(where + QStringLiteral(".name"),
                    QStringLiteral(
                        "Header names take letters, digits and !#$%&'*+-.^_`|~ only: \"%1\".")
                        .arg(QString::fromUtf8(name)));
            if (!wire::isFieldValue(value))
                add(where + QStringLiteral(".value"),
                    QStringLiteral("Take control characters and line ends out of the value of %1.")
                        .arg(QString::fromUtf8(name)));
        }
    }

    void checkTrailers(const Route &route)
    {
        if (route.trailers.isEmpty())
            return;
        for (qsizetype i = 0; i < route.fields.size(); ++i) {
            if (wire::equalsIgnoringCase(route.fields[i].first, "Content-Length"))
                add(QStringLiteral("fields[%1].name").arg(i),
                    QStringLiteral("Take out Content-Length or the trailers: trailers need a "
                                   "chunked answer."));
        }
        if (route.statusCode == 204 || route.statusCode == 304)
            add(QStringLiteral("trailers"),
                QStringLiteral(
                    "Take out the trailers: an answer %1 has no body to send them behind.")
                    .arg(route.statusCode));
    }

    QList<Problem> m_problems;
};

} // namespace

QList<Problem> problems(const Route &route) { return Checker().check(route); }

} // namespace headrace::mock
