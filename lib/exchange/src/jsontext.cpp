#include "exchange/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace headrace::exchange {

QByteArray jsonString(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray { text }).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QString fieldText(const QByteArray &octets)
{
    return octets.isValidUtf8() ? QString::fromUtf8(octets) : QString::fromLatin1(octets);
}

QByteArray jsonFields(const FieldList &fields, const QByteArray &indent)
{
    QList<QByteArray> lines;
    for (const auto &[name, value] : fields)
        lines.append(indent + "  [" + jsonString(fieldText(name)) + ", "
            + jsonString(fieldText(value)) + ']');
    return "[\n" + lines.join(",\n") + '\n' + indent + ']';
}

QByteArray jsonLines(const QString &text, const QByteArray &indent)
{
    if (!text.endsWith(u'\n'))
        return jsonString(text);
    QList<QByteArray> lines;
    for (const QString &line : text.chopped(1).split(u'\n'))
        lines.append(indent + "  " + jsonString(line));
    return "[\n" + lines.join(",\n") + '\n' + indent + ']';
}

} // namespace headrace::exchange
