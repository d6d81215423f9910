#include "exchange/formfields.h"

namespace headrace::exchange {

namespace {

int hexValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const char lower = char(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

QByteArray formDecoded(QByteArrayView raw, bool *isBroken)
{
    QByteArray result;
    result.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const char octet = raw[i];
        if (octet == '+') {
            result += ' ';
            continue;
        }
        if (octet == '%') {
            const int high = i + 2 <= raw.size() - 1 ? hexValue(raw[i + 1]) : -1;
            const int low = i + 2 <= raw.size() - 1 ? hexValue(raw[i + 2]) : -1;
            if (high >= 0 && low >= 0) {
                result += char(high * 16 + low);
                i += 2;
                continue;
            }
            if (isBroken)
                *isBroken = true;
        }
        result += octet;
    }
    return result;
}

QList<FormField> formFieldsOf(QByteArrayView body)
{
    QList<FormField> result;
    for (qsizetype at = 0; at <= body.size();) {
        const qsizetype found = body.indexOf('&', at);
        const qsizetype end = found < 0 ? body.size() : found;
        const QByteArrayView pair = body.sliced(at, end - at);
        at = end + 1;
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        FormField field;
        field.hasValue = equals >= 0;
        field.rawName = (equals < 0 ? pair : pair.first(equals)).toByteArray();
        field.rawValue = equals < 0 ? QByteArray() : pair.sliced(equals + 1).toByteArray();
        field.name = formDecoded(field.rawName, &field.isBroken);
        field.value = formDecoded(field.rawValue, &field.isBroken);
        result.append(field);
    }
    return result;
}

} // namespace headrace::exchange
