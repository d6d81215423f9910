#include "composer/draftfile.h"

#include "composer/draftjson.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("DraftFile", text); }

} // namespace

DraftFile::DraftFile(const QString &path)
    : m_path(path)
{
}

SavedDrafts DraftFile::load()
{
    m_problem.clear();
    SavedDrafts saved;
    QFile file(m_path);
    if (m_path.isEmpty() || !file.exists())
        return saved;
    if (!file.open(QIODevice::ReadOnly)) {
        m_problem = tr("The drafts in %1 cannot be read: %2").arg(m_path, file.errorString());
        return saved;
    }
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    file.close();
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        putAside(error.errorString());
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
    if (m_path.isEmpty())
        return true;
    QJsonArray drafts;
    for (const session::RequestDraft &draft : saved.drafts)
        drafts.append(toJson(draft));
    const QJsonObject object { { QStringLiteral("drafts"), drafts },
        { QStringLiteral("current"), saved.current } };

    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0
        || !file.commit()) {
        m_problem = tr("The drafts cannot be saved in %1: %2").arg(m_path, file.errorString());
        return false;
    }
    return true;
}

QString DraftFile::problem() const { return m_problem; }

void DraftFile::putAside(const QString &reason)
{
    QString aside = m_path + QStringLiteral(".broken");
    for (int i = 2; QFile::exists(aside); ++i)
        aside = m_path + QStringLiteral(".broken%1").arg(i);
    QFile::rename(m_path, aside);
    m_problem
        = tr("The saved drafts could not be read (%1); the file is kept as %2.").arg(reason, aside);
}

} // namespace headrace::ui
