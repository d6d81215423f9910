#include "session/requestdraft.h"

#include "session/requesturl.h"

#include <wire/fieldrules.h>

#include <QFileInfo>

#include <algorithm>

namespace headrace::session {

namespace {

using Where = DraftProblem::Where;

QString nameOf(wire::ErrorCode code) { return QString(wire::name(code)); }

class Checker
{
public:
    explicit Checker(const RequestDraft &draft)
        : m_draft(draft)
    {
    }

    QList<DraftProblem> check()
    {
        if (!wire::isToken(m_draft.method)) {
            add(Where::Method, -1, nameOf(wire::ErrorCode::InvalidHttpToken),
                m_draft.method.isEmpty()
                    ? QStringLiteral("Choose a method.")
                    : QStringLiteral("Methods take letters, digits and !#$%&'*+-.^_`|~ only."));
        }
        const RequestUrlResult url = parseRequestUrl(m_draft.url);
        if (!url.url)
            add(Where::Url, -1, url.code, url.message);
        checkFields(Where::Field, m_draft.fields);
        checkFields(Where::Trailer, m_draft.trailers);
        checkTrailers();
        if (m_draft.bodyKind == RequestDraft::BodyKind::File)
            checkFile(m_draft.filePath, -1);
        if (m_draft.bodyKind == RequestDraft::BodyKind::Form)
            checkParts();
        checkWire();
        return std::move(m_problems);
    }

private:
    void add(Where where, qsizetype index, const QString &code, const QString &message)
    {
        m_problems.append({ where, index, code, message });
    }

    void checkFields(Where where, const QList<DraftField> &fields)
    {
        for (qsizetype i = 0; i < fields.size(); ++i) {
            const DraftField &field = fields[i];
            if (!field.isEnabled || (field.name.isEmpty() && field.value.isEmpty()))
                continue;
            if (field.name.isEmpty()) {
                add(where, i, nameOf(wire::ErrorCode::InvalidHttpToken),
                    QStringLiteral("Give the header a name."));
            } else if (const wire::Error error = wire::validateHeaderName(field.name)) {
                add(where, i, nameOf(error.code),
                    QStringLiteral("Header names take letters, digits and !#$%&'*+-.^_`|~ only."));
            }
            if (const wire::Error error = wire::validateHeaderValue(field.name, field.value)) {
                add(where, i, nameOf(error.code),
                    QStringLiteral("Take control characters and line ends out of the value."));
            }
        }
    }

    static bool isSent(const DraftField &field)
    {
        return field.isEnabled && !(field.name.isEmpty() && field.value.isEmpty());
    }

    void checkTrailers()
    {
        const auto first = std::find_if(m_draft.trailers.cbegin(), m_draft.trailers.cend(), isSent);
        if (first == m_draft.trailers.cend())
            return;
        const qsizetype index = first - m_draft.trailers.cbegin();
        const QString code = nameOf(wire::ErrorCode::HttpTrailerInvalid);
        if (m_draft.version == RequestDraft::Version::Http10)
            add(Where::Trailer, index, code,
                QStringLiteral("Choose HTTP/1.1: HTTP/1.0 has no trailers."));
        for (const DraftField &field : m_draft.fields) {
            if (isSent(field) && wire::equalsIgnoringCase(field.name, "Content-Length"))
                add(Where::Trailer, index, code,
                    QStringLiteral(
                        "Take out the Content-Length header: trailers need a chunked body."));
        }
    }

    void checkFile(const QString &path, qsizetype part)
    {
        const auto bad = [this, part](const char *code, const QString &message) {
            add(Where::Body, part, QLatin1String(code), message);
        };
        if (path.isEmpty()) {
            bad("ENOENT", QStringLiteral("Choose a file."));
            return;
        }
        const QFileInfo info(path);
        if (!info.exists())
            bad("ENOENT", QStringLiteral("There is no file %1.").arg(path));
        else if (info.isDir())
            bad("EISDIR", QStringLiteral("%1 is a folder; choose a file.").arg(path));
        else if (!info.isReadable())
            bad("EACCES",
                QStringLiteral("%1 may not be read; change its permissions or choose another.")
                    .arg(path));
    }

    void checkParts()
    {
        for (qsizetype i = 0; i < m_draft.parts.size(); ++i) {
            const formats::FormPart &part = m_draft.parts[i];
            if (!part.filePath.isEmpty())
                checkFile(part.filePath, i);
            if (wire::validateHeaderValue("Content-Type", part.type))
                add(Where::Body, i, nameOf(wire::ErrorCode::InvalidChar),
                    QStringLiteral("Take control characters and line ends out of the type."));
        }
    }

    void checkWire()
    {
        const auto isBad = [](char octet) { return uchar(octet) <= 0x20 || octet == 0x7f; };
        if (std::any_of(m_draft.target.cbegin(), m_draft.target.cend(), isBad))
            add(Where::Wire, -1, QStringLiteral("ERR_UNESCAPED_CHARACTERS"),
                QStringLiteral("Take blanks and control characters out of the request target."));
        if (m_draft.connectTo.isEmpty())
            return;
        const RequestUrlResult place
            = parseRequestUrl(QStringLiteral("http://") + m_draft.connectTo);
        if (!place.url || place.url->target != "/" || m_draft.connectTo.contains(u'@'))
            add(Where::Wire, -1, QStringLiteral("ERR_INVALID_URL"),
                QStringLiteral("Name a host and a port to connect to: \"%1\" is none.")
                    .arg(m_draft.connectTo));
    }

    const RequestDraft &m_draft;
    QList<DraftProblem> m_problems;
};

} // namespace

QList<DraftProblem> problems(const RequestDraft &draft) { return Checker(draft).check(); }

} // namespace headrace::session
