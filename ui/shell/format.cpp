#include "shell/format.h"

#include <QLocale>
#include <QStringDecoder>

#include <array>

namespace headrace::ui {

namespace {

constexpr QChar ThinSpace(0x2009);

QString withUnit(const QString &number, QStringView unit)
{
    return number + ThinSpace + unit.toString();
}

/// Three digits that count: 0.84, 9.1, 91.
QString threeDigits(double value)
{
    return QString::number(value, 'f', value < 1 ? 2 : value < 10 ? 1 : 0);
}

} // namespace

QString formatOctets(qint64 octets)
{
    static constexpr std::array<QStringView, 5> Units { u"B", u"kB", u"MB", u"GB", u"TB" };
    if (octets < 1000)
        return withUnit(QString::number(octets), Units[0]);
    double value = double(octets);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < Units.size()) {
        value /= 1000;
        ++unit;
    }
    return withUnit(QString::number(value, 'f', value < 9.95 ? 1 : 0), Units[unit]);
}

QString formatCount(qint64 count) { return QLocale(QLocale::English).toString(count); }

QString formatMilliseconds(qint64 microseconds)
{
    const double milliseconds = double(microseconds) / 1000;
    if (milliseconds < 999.5)
        return threeDigits(milliseconds);
    return formatCount(qint64(milliseconds + 0.5));
}

QString formatDuration(qint64 microseconds)
{
    if (microseconds < 1000)
        return withUnit(QString::number(microseconds), u"µs");
    if (microseconds < 999'500)
        return withUnit(threeDigits(double(microseconds) / 1000), u"ms");
    return withUnit(QString::number(double(microseconds) / 1'000'000, 'f', 2), u"s");
}

QString formatExactTime(qint64 microseconds)
{
    return QString::number(double(microseconds) / 1'000'000, 'f', 6);
}

QString displayText(QByteArrayView octets)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = utf8(octets);
    return utf8.hasError() ? QString::fromLatin1(octets) : text;
}

QString shortened(const QString &text, qsizetype length)
{
    if (text.size() <= length || length < 3)
        return text;
    const qsizetype head = (length - 1) / 2;
    return text.left(head) + QChar(0x2026) + text.right(length - 1 - head);
}

} // namespace headrace::ui
