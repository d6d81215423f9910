#include "recordednames_p.h"

#include <vector>

namespace headrace::exchange {

// The names are recorded so often that each is made a QString once.
QString eventName(http::EventKind kind)
{
    static const std::vector<QString> names = [] {
        std::vector<QString> result;
        for (int i = 0; i <= int(http::EventKind::Upgrade); ++i)
            result.push_back(QString(http::name(http::EventKind(i))));
        return result;
    }();
    return names.at(size_t(kind));
}

QString emitterName(http::Emitter emitter)
{
    static const std::vector<QString> names = [] {
        std::vector<QString> result;
        for (int i = 0; i <= int(http::Emitter::Socket); ++i)
            result.push_back(QString(http::name(http::Emitter(i))));
        return result;
    }();
    return names.at(size_t(emitter));
}

QString wireObject() { return QStringLiteral("Wire"); }

QString wireEvent(const char *what, http::Direction direction)
{
    return QLatin1String(what)
        + (direction == http::Direction::Sent ? QLatin1String(" sent")
                                              : QLatin1String(" received"));
}

QString withPort(const QString &host, quint16 port, bool isSecure)
{
    const QString name = host.contains(QLatin1Char(':')) ? u'[' + host + u']' : host;
    return port == 0 || port == (isSecure ? 443 : 80) ? name : name + u':' + QString::number(port);
}

QByteArray startLineOf(const wire::Head &head)
{
    const QByteArrayView octets = head.octets();
    qsizetype begin = 0;
    while (begin < octets.size() && (octets[begin] == '\r' || octets[begin] == '\n'))
        ++begin;
    qsizetype end = begin;
    while (end < octets.size() && octets[end] != '\r' && octets[end] != '\n')
        ++end;
    return octets.sliced(begin, end - begin).toByteArray();
}

bool isInterim(int statusCode)
{
    return statusCode >= 100 && statusCode < 200 && statusCode != 101;
}

QString mediaType(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return QString::fromLatin1((end < 0 ? contentType : contentType.first(end)).trimmed())
        .toLower();
}

} // namespace headrace::exchange
