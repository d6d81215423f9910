#include "curl/urlglob.h"

#include <optional>

namespace headrace::formats::curl {

namespace {

constexpr qsizetype MostUrls = 1000;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// curl(1), URL: "{one,two}", "[1-100]", "[001-100]", "[a-z:2]"; a backslash before { } [ ] takes it as it is.
class Pattern
{
public:
    explicit Pattern(const QByteArray &text)
        : m_text(text)
    {
    }

    QString read()
    {
        QByteArray literal;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\\' && m_at + 1 < m_text.size()
                && QByteArrayView("{}[]").contains(m_text[m_at + 1])) {
                literal += m_text[m_at + 1];
                m_at += 2;
            } else if (c == '[' && isAddressOrEmpty()) {
                const qsizetype end = m_text.indexOf(']', m_at) + 1;
                literal += m_text.sliced(m_at, end - m_at);
                m_at = end;
            } else if (c == '{' || c == '[') {
                m_parts.append({ literal });
                literal.clear();
                const QList<QByteArray> choices = c == '{' ? readSet() : readRange();
                if (choices.isEmpty())
                    return QStringLiteral(
                        "%1 in the URL is no pattern that curl knows: use -g to send it.")
                        .arg(QLatin1Char(c));
                m_parts.append(choices);
            } else if (c == '}' || c == ']') {
                return QStringLiteral("%1 in the URL does not close anything: use -g to send it.")
                    .arg(QLatin1Char(c));
            } else {
                literal += c;
                ++m_at;
            }
        }
        m_parts.append({ literal });
        return {};
    }

    // The last pattern changes fastest.
    QList<QByteArray> urls(QString *problem) const
    {
        QList<QByteArray> urls { QByteArray() };
        for (const QList<QByteArray> &choices : m_parts) {
            QList<QByteArray> longer;
            for (const QByteArray &url : std::as_const(urls)) {
                for (const QByteArray &choice : choices) {
                    if (longer.size() == MostUrls) {
                        *problem = QStringLiteral(
                            "The URL stands for more than 1,000; the others are left out.");
                        break;
                    }
                    longer.append(url + choice);
                }
            }
            urls = longer;
        }
        return urls;
    }

private:
    // "[]" and "[::1]" are no patterns.
    bool isAddressOrEmpty() const
    {
        const qsizetype end = m_text.indexOf(']', m_at);
        if (end < 0)
            return false;
        const QByteArray inner = m_text.sliced(m_at + 1, end - m_at - 1);
        return inner.isEmpty() || (inner.count(':') > 1 && inner.toLower().indexOf('-') < 0);
    }

    QList<QByteArray> readSet()
    {
        QList<QByteArray> choices;
        QByteArray choice;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\\' && m_at + 1 < m_text.size()) {
                choice += m_text[++m_at];
            } else if (c == ',' || c == '}') {
                choices.append(choice);
                choice.clear();
                if (c == '}') {
                    ++m_at;
                    return choices;
                }
            } else if (c == '{' || c == '[' || c == ']') {
                return {};
            } else {
                choice += c;
            }
        }
        return {};
    }

    QList<QByteArray> readRange()
    {
        const qsizetype end = m_text.indexOf(']', m_at);
        if (end < 0)
            return {};
        const QByteArray inner = m_text.sliced(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        const qsizetype colon = inner.indexOf(':');
        const QByteArray bounds = colon < 0 ? inner : inner.first(colon);
        bool isStep = true;
        const qint64 step = colon < 0 ? 1 : inner.sliced(colon + 1).toLongLong(&isStep);
        const qsizetype dash = bounds.indexOf('-');
        if (!isStep || step < 1 || dash < 1)
            return {};
        const QByteArray first = bounds.first(dash);
        const QByteArray last = bounds.sliced(dash + 1);
        if (first.size() == 1 && last.size() == 1 && isLetter(first[0]) && isLetter(last[0]))
            return letters(first[0], last[0], step);
        return numbers(first, last, step);
    }

    static QList<QByteArray> letters(char first, char last, qint64 step)
    {
        QList<QByteArray> choices;
        for (qint64 c = uchar(first); c <= uchar(last); c += qMin<qint64>(step, 256))
            choices.append(QByteArray(1, char(c)));
        return choices;
    }

    static QList<QByteArray> numbers(const QByteArray &first, const QByteArray &last, qint64 step)
    {
        bool isNumber
            = !first.isEmpty() && isDigit(first[0]) && !last.isEmpty() && isDigit(last[0]);
        bool isOther = false;
        const qint64 from = first.toLongLong(&isOther);
        isNumber = isNumber && isOther;
        const qint64 to = last.toLongLong(&isOther);
        if (!isNumber || !isOther)
            return {};
        const qsizetype width = first.size() > 1 && first[0] == '0' ? first.size() : 1;
        QList<QByteArray> choices;
        for (qint64 n = from; n <= to && choices.size() <= MostUrls; n += step) {
            choices.append(QByteArray::number(n).rightJustified(width, '0'));
            if (n > to - step)
                break;
        }
        return choices;
    }

    const QByteArray &m_text;
    QList<QList<QByteArray>> m_parts;
    qsizetype m_at = 0;
};

} // namespace

QList<QByteArray> expandedUrls(const QByteArray &text, QString *problem)
{
    Pattern pattern(text);
    *problem = pattern.read();
    if (!problem->isEmpty())
        return { text };
    return pattern.urls(problem);
}

} // namespace headrace::formats::curl
