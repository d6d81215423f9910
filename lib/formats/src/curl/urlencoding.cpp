#include "curl/urlencoding.h"

namespace headrace::formats::curl {

QByteArray percentEncoded(const QByteArray &octets) { return octets.toPercentEncoding(); }

QByteArray formEncoded(const QByteArray &octets)
{
    return percentEncoded(octets).replace("%20", "+");
}

} // namespace headrace::formats::curl
