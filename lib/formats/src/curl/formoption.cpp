#include "curl/formoption.h"

#include <QFileInfo>

namespace headrace::formats::curl {

namespace {

bool isSpace(char c) { return QByteArrayView(" \t\r\n\v\f").contains(c); }

// curl(1), -F: name=content; "content" may be "@files" or "<file", and be followed by ";type=", ";filename=",
// ";headers=", ";encoder=". Words in double quotes may hold ';' and ',', with \" and \\.
class Reader
{
public:
    Reader(const QByteArray &text, Files &files)
        : m_text(text)
        , m_files(files)
    {
    }

    void read(const QByteArray &name, QList<FormPart> &parts)
    {
        const char kind = m_text.isEmpty() ? '\0' : m_text[0];
        const bool isFile = kind == '@';
        m_at = isFile || kind == '<' ? 1 : 0;
        do {
            FormPart part;
            part.name = name;
            const QByteArray content = word(isFile ? ',' : '\0');
            if (isFile)
                setFile(part, content);
            else if (kind == '<')
                part.value = m_files.read(content).value_or(QByteArray());
            else
                part.value = content;
            readAttributes(part, isFile ? ',' : '\0');
            if (isFile && part.type.isEmpty() && content != "-")
                part.type = typeOf(part, content);
            parts.append(part);
        } while (isFile && at() == ',' && ++m_at);
    }

private:
    char at() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipSpace()
    {
        while (isSpace(at()))
            ++m_at;
    }

    QByteArray word(char end)
    {
        skipSpace();
        if (at() == '"') {
            if (const auto quoted = quotedWord(end))
                return *quoted;
        }
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && at() != ';' && (end == '\0' || at() != end))
            ++m_at;
        qsizetype last = m_at;
        while (last > begin && isSpace(m_text[last - 1]))
            --last;
        return m_text.sliced(begin, last - begin);
    }

    // Nothing when the quote does not end: then it is an octet as any other.
    std::optional<QByteArray> quotedWord(char end)
    {
        const qsizetype begin = m_at++;
        QByteArray value;
        while (m_at < m_text.size() && at() != '"') {
            if (at() == '\\' && m_at + 1 < m_text.size()
                && (m_text[m_at + 1] == '"' || m_text[m_at + 1] == '\\'))
                ++m_at;
            value += at();
            ++m_at;
        }
        if (at() != '"') {
            m_at = begin;
            return std::nullopt;
        }
        ++m_at;
        while (m_at < m_text.size() && at() != ';' && (end == '\0' || at() != end))
            ++m_at;
        return value;
    }

    bool takes(const char *key)
    {
        if (qstrnicmp(m_text.constData() + m_at, key, qstrlen(key)) != 0)
            return false;
        m_at += qsizetype(qstrlen(key));
        return true;
    }

    void readAttributes(FormPart &part, char end)
    {
        while (at() == ';') {
            ++m_at;
            skipSpace();
            if (takes("type=")) {
                part.type = mediaType(end);
            } else if (takes("filename=")) {
                part.fileName = word(end);
            } else if (takes("headers=")) {
                readHeaders(part, end);
            } else if (takes("encoder=")) {
                setEncoder(part, word(end));
            } else {
                const QByteArray unknown = word(end);
                if (!unknown.isEmpty())
                    m_files.remark(QStringLiteral("\";%1\" in a form is passed over, as curl does.")
                                       .arg(QString::fromUtf8(unknown)));
            }
        }
    }

    // Parameters belong to it, up to what is an attribute of the part.
    QByteArray mediaType(char end)
    {
        QByteArray type = word(end);
        while (at() == ';') {
            const qsizetype mark = m_at++;
            const qsizetype begin = m_at;
            skipSpace();
            bool isAttribute = false;
            for (const char *key : { "type=", "filename=", "headers=", "encoder=" })
                isAttribute
                    = isAttribute || qstrnicmp(m_text.constData() + m_at, key, qstrlen(key)) == 0;
            if (isAttribute) {
                m_at = mark;
                break;
            }
            const QByteArray blanks = m_text.sliced(begin, m_at - begin);
            type += ';' + blanks + word(end);
        }
        return type;
    }

    void readHeaders(FormPart &part, char end)
    {
        if (at() == '@' || at() == '<') {
            ++m_at;
            const auto content = m_files.read(word(end));
            for (const QByteArray &line : content.value_or(QByteArray()).split('\n'))
                addHeader(part, line);
            return;
        }
        addHeader(part, word(end));
    }

    static void addHeader(FormPart &part, const QByteArray &line)
    {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && !line.startsWith('#'))
            part.fields.append({ line.first(colon).trimmed(), line.sliced(colon + 1).trimmed() });
    }

    void setEncoder(FormPart &part, const QByteArray &encoder)
    {
        const QByteArray name = encoder.toLower();
        if (name == "base64" || name == "quoted-printable")
            m_files.remark(
                QStringLiteral("The form's encoder=%1 is not supported: the part is sent as it is.")
                    .arg(QString::fromLatin1(name)));
        else
            part.fields.prepend({ "Content-Transfer-Encoding", encoder });
    }

    void setFile(FormPart &part, const QByteArray &path)
    {
        if (path == "-") {
            part.value = m_files.read(path).value_or(QByteArray());
            part.fileName = "-";
            return;
        }
        part.filePath = QString::fromUtf8(path);
        part.fileName = QFileInfo(part.filePath).fileName().toUtf8();
    }

    // By the name that is told, then by the file's own.
    static QByteArray typeOf(const FormPart &part, const QByteArray &path)
    {
        const QByteArray unknown = typeOfFile({});
        const QByteArray told = typeOfFile(QString::fromUtf8(part.fileName));
        return told == unknown ? typeOfFile(QString::fromUtf8(path)) : told;
    }

    const QByteArray m_text;
    Files &m_files;
    qsizetype m_at = 0;
};

} // namespace

bool addFormParts(const QByteArray &argument, Files &files, QList<FormPart> &parts)
{
    const qsizetype equals = argument.indexOf('=');
    if (equals < 0)
        return false;
    const QByteArray name = equals == 0 ? QByteArray() : argument.first(equals);
    const QByteArray content = argument.sliced(equals + 1);
    if (content.startsWith("(") || (name.isNull() && content.startsWith(")"))) {
        files.remark(QStringLiteral("Forms within forms (-F '=(…') are not supported."));
        return true;
    }
    const qsizetype before = parts.size();
    Reader(content, files).read(name, parts);
    if (content.startsWith('@') && parts.size() - before > 1)
        files.remark(QStringLiteral(
            "Each file of one -F is a part of its own here; curl sends them as multipart/mixed."));
    return true;
}

bool addFormString(const QByteArray &argument, QList<FormPart> &parts)
{
    const qsizetype equals = argument.indexOf('=');
    if (equals < 0)
        return false;
    FormPart part;
    part.name = equals == 0 ? QByteArray() : argument.first(equals);
    part.value = argument.sliced(equals + 1);
    parts.append(part);
    return true;
}

} // namespace headrace::formats::curl
