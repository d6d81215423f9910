#include "httpdate.h"

#include <QDateTime>
#include <QLocale>

namespace headrace::http {

QByteArray httpDate()
{
    static thread_local qint64 renderedSecond = -1;
    static thread_local QByteArray rendered;
    const qint64 second = QDateTime::currentSecsSinceEpoch();
    if (second != renderedSecond) {
        renderedSecond = second;
        rendered = QLocale::c()
                       .toString(QDateTime::fromSecsSinceEpoch(second, Qt::UTC),
                           u"ddd, dd MMM yyyy HH:mm:ss 'GMT'")
                       .toLatin1();
    }
    return rendered;
}

} // namespace headrace::http
