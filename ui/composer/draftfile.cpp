#include "composer/draftfile.h"

#include "composer/draftjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("DraftFile", text); }

} // namespace

DraftFile::DraftFile(const QString &path)
    : m_path(path)
    , m_file(path)
{
}

SavedDrafts DraftFile::load()
{
    m_problem.clear();
    SavedDrafts saved;
    if (!m_file.exists())
        return saved;
    QByteArray octets;
    if (!m_file.read(&octets)) {
        m_problem = tr("The drafts in %1 cannot be read: %2").arg(m_path, m_file.problem());
        return saved;
    }
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(octets, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        m_problem = tr("The saved drafts could not be read (%1); the file is kept as %2.")
                        .arg(error.errorString(), m_file.putAside());
        return saved;
    }
    for (const QJsonValue &draft : document.object().value(QStringLiteral("drafts")).toArray())
        saved.drafts.append(draftFromJson(draft.toObject()));
    saved.current = document.object().value(QStringLiteral("current")).toInt();
    return saved;
}

bool DraftFile::save(const SavedDrafts &saved)
{
    m_problem.clear();
    QJsonArray drafts;
    for (const session::RequestDraft &draft : saved.drafts)
        drafts.append(toJson(draft));
    const QJsonObject object { { QStringLiteral("drafts"), drafts },
        { QStringLiteral("current"), saved.current } };
    if (m_file.write(QJsonDocument(object).toJson()))
        return true;
    m_problem = tr("The drafts cannot be saved in %1: %2").arg(m_path, m_file.problem());
    return false;
}

QString DraftFile::problem() const { return m_problem; }

} // namespace headrace::ui
