#include "rules/bodytext.h"

#include <QRegularExpression>
#include <QStringConverter>

#include <utility>

namespace headrace::proxy {

namespace {

const QByteArray latin1 = QByteArrayLiteral("ISO-8859-1");
constexpr auto stateless = QStringConverter::Flag::Stateless;

struct Mark
{
    QByteArrayView octets;
    const char *charset;
};

// The longer before those that they begin with.
constexpr Mark marks[] = {
    { "\xff\xfe\0\0", "UTF-32LE" },
    { QByteArrayView("\0\0\xfe\xff", 4), "UTF-32BE" },
    { "\xef\xbb\xbf", "UTF-8" },
    { "\xff\xfe", "UTF-16LE" },
    { "\xfe\xff", "UTF-16BE" },
};

QByteArray declaredCharset(const QByteArray &contentType)
{
    static const QRegularExpression charset(
        QStringLiteral("; *charset *= *\"?([^\"; ]+)"), QRegularExpression::CaseInsensitiveOption);
    const QByteArray name = charset.match(QString::fromLatin1(contentType)).captured(1).toLatin1();
    // Qt's own converter writes a question mark for what it has not.
    return QStringConverter::encodingForName(name.constData()) == QStringConverter::Latin1 ? latin1
                                                                                           : name;
}

std::optional<QByteArray> encodedAs(const QByteArray &charset, const QString &text)
{
    if (charset == latin1) {
        for (const QChar c : text) {
            if (c.unicode() > 0xff)
                return std::nullopt;
        }
        return text.toLatin1();
    }
    QStringEncoder encoder(charset.constData(), stateless);
    if (!encoder.isValid())
        return std::nullopt;
    QByteArray octets = encoder.encode(text);
    return encoder.hasError() ? std::nullopt : std::optional(octets);
}

// Nothing, unless it comes out the same when it is turned back.
std::optional<QString> decodedAs(const QByteArray &charset, const QByteArray &octets)
{
    if (charset == latin1)
        return QString::fromLatin1(octets);
    QStringDecoder decoder(charset.constData(), stateless);
    if (!decoder.isValid())
        return std::nullopt;
    QString text = decoder.decode(octets);
    if (decoder.hasError() || encodedAs(charset, text) != octets)
        return std::nullopt;
    return text;
}

} // namespace

BodyText::BodyText(const QByteArray &octets, const QByteArray &contentType)
{
    QByteArray marked;
    for (const Mark &mark : marks) {
        if (marked.isEmpty() && octets.startsWith(mark.octets)) {
            marked = mark.charset;
            m_mark = mark.octets.toByteArray();
        }
    }
    const QByteArray candidates[] = { marked, declaredCharset(contentType), "UTF-8" };
    for (const QByteArray &charset : candidates) {
        const QByteArray rest = charset == marked ? octets.sliced(m_mark.size()) : octets;
        const auto text = charset.isEmpty() ? std::nullopt : decodedAs(charset, rest);
        if (!text) {
            m_mark.clear();
            marked = "-";
            continue;
        }
        m_charset = charset;
        m_text = *text;
        return;
    }
    m_charset = latin1;
    m_text = QString::fromLatin1(octets);
}

std::optional<QByteArray> BodyText::encoded(const QString &text) const
{
    const auto octets = encodedAs(m_charset, text);
    return octets ? std::optional(m_mark + *octets) : std::nullopt;
}

QString BodyText::encodingName() const { return QString::fromLatin1(m_charset); }

} // namespace headrace::proxy
