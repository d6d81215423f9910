#include "filter/bodytest.h"

#include "body/textencoding.h"
#include "exchange/bodydecoder.h"
#include "exchange/bodyformat.h"
#include "filter/texttest.h"

#include <QStringDecoder>

#include <algorithm>

namespace headrace::exchange {

namespace {

constexpr qsizetype LongestMark = 4; // octets, of a byte order mark

// Takes the octets of a body without its codings, in order, until it knows.
class BodyReader
{
public:
    virtual ~BodyReader() = default;
    virtual bool take(const QByteArray &octets) = 0; ///< Whether more can change the answer.
    virtual bool finish() = 0; ///< The answer.
};

// Looks for text in octets of any encoding, as if they were UTF-8.
class TextSearch : public BodyReader
{
public:
    TextSearch(const OctetSearch &search, bool isAscii, const QByteArray &contentType)
        : m_search(search)
        , m_isAscii(isAscii)
        , m_contentType(contentType)
    {
    }

    bool take(const QByteArray &octets) override
    {
        if (m_hasBegun)
            return search(octets);
        if (m_begin.isEmpty() && octets.size() >= LongestMark)
            return begin(octets);
        m_begin.append(QByteArrayView(octets)); // a copy: what is given may be borrowed
        return m_begin.size() < LongestMark || begin(m_begin);
    }

    bool finish() override
    {
        if (!m_hasBegun)
            begin(m_begin);
        m_isFound = m_isFound || m_search.finish();
        if (m_asLatin1 && (m_isFoundInLatin1 || m_asLatin1->finish())) {
            checkUtf8("."); // a character that is not complete is none
            m_isFound = m_isFound || m_validity.hasError();
        }
        return m_isFound;
    }

private:
    bool begin(const QByteArray &octets)
    {
        m_hasBegun = true;
        const auto encoding = declaredEncoding(octets, m_contentType);
        if (encoding && *encoding != QStringConverter::Utf8)
            m_conversion.emplace(*encoding);
        else if (!encoding && !m_isAscii)
            m_asLatin1 = m_search;
        return search(octets);
    }

    bool search(const QByteArray &octets)
    {
        if (m_conversion) {
            const QString text = (*m_conversion)(octets);
            m_isFound = m_search.feed(text.toUtf8()).has_value();
        } else {
            m_isFound = m_search.feed(octets).has_value();
        }
        // Text of no encoding is ISO 8859-1 if it is not UTF-8, which only its end tells.
        if (m_asLatin1 && !m_isFound) {
            checkUtf8(octets);
            m_isFoundInLatin1 = m_isFoundInLatin1
                || m_asLatin1->feed(QString::fromLatin1(octets).toUtf8()).has_value();
            m_isFound = m_isFoundInLatin1 && m_validity.hasError();
        }
        return !m_isFound;
    }

    void checkUtf8(const QByteArray &octets)
    {
        if (!m_validity.hasError())
            (void)QString(m_validity(octets)); // made when it is asked for
    }

    OctetSearch m_search;
    const bool m_isAscii;
    const QByteArray m_contentType;
    QByteArray m_begin;
    bool m_hasBegun = false;
    bool m_isFound = false;
    std::optional<QStringDecoder> m_conversion;
    std::optional<OctetSearch> m_asLatin1;
    bool m_isFoundInLatin1 = false;
    QStringDecoder m_validity { QStringDecoder::Utf8 };
};

// Compares a body with a text as a whole; keeps no more of it than that text can be long.
class WholeText : public BodyReader
{
public:
    WholeText(const FilterTerm &term, const QByteArray &contentType)
        : m_term(term)
        , m_contentType(contentType)
    {
    }

    bool take(const QByteArray &octets) override
    {
        m_body.append(QByteArrayView(octets)); // a copy: what is given may be borrowed
        return m_body.size() <= most();
    }

    bool finish() override
    {
        return m_body.size() <= most() && TextTest(m_term)(decodeText(m_body, m_contentType));
    }

private:
    qsizetype most() const { return LongestMark + 4 * m_term.text.size(); }

    FilterTerm m_term;
    QByteArray m_contentType;
    QByteArray m_body;
};

SearchPattern patternOf(const FilterTerm &term)
{
    SearchPattern pattern;
    pattern.isRegex = term.compare == FilterCompare::Regex || term.compare == FilterCompare::Glob;
    pattern.text
        = (term.compare == FilterCompare::Glob ? globPattern(term.text, term.field) : term.text)
              .toUtf8();
    pattern.isCaseSensitive = term.isCaseSensitive;
    pattern.dotIsAny = true;
    return pattern;
}

bool isAscii(const QString &text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() < 0x80; });
}

} // namespace

BodyTest::BodyTest(const FilterTerm &term)
    : m_term(term)
    , m_search(patternOf(term))
{
}

bool BodyTest::matches(FilterSubject &subject, int message) const
{
    const Message &head = subject.head(message);
    const QByteArray contentType = head.field("Content-Type");
    TextSearch search(m_search, isAscii(m_term.text), contentType);
    WholeText whole(m_term, contentType);
    BodyReader &reader = m_term.compare == FilterCompare::Equals
        ? static_cast<BodyReader &>(whole)
        : static_cast<BodyReader &>(search);

    BodyDecoder decoder(codingsOf(head.fields));
    const bool isPlain = decoder.isIdentity() || decoder.error();
    bool isThere = false;
    bool isOpen = true;
    const auto drain = [&decoder, &reader, &isOpen] {
        while (isOpen) {
            const QByteArray piece = decoder.take();
            if (piece.isEmpty())
                break;
            isOpen = reader.take(piece);
        }
    };
    subject.readOctets(message, [&](const Octets &piece) {
        if (piece.part != Part::Body)
            return true;
        isThere = true;
        if (isPlain) {
            isOpen = reader.take(piece.octets);
        } else {
            decoder.feed(
                QByteArray(piece.octets.constData(), piece.octets.size())); // it keeps them
            drain();
        }
        return isOpen && (isPlain || !decoder.error());
    });
    if (!isPlain && isOpen) {
        decoder.finish();
        drain();
    }
    return isThere && reader.finish();
}

} // namespace headrace::exchange
