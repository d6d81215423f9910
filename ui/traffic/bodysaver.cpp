#include "traffic/bodysaver.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QSaveFile>
#include <QUrl>

namespace headrace::ui {

using exchange::Octets;
using exchange::Part;

namespace {

constexpr qint64 ProgressInterval = 100; // milliseconds
constexpr qsizetype LongestName = 80; // File systems take 255 octets.

} // namespace

BodySaver::BodySaver(const exchange::Store *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_isCanceled(std::make_shared<std::atomic_bool>(false))
{
}

BodySaver::~BodySaver() { cancel(); }

void BodySaver::save(const QList<Job> &jobs)
{
    if (*m_isCanceled)
        m_isCanceled = std::make_shared<std::atomic_bool>(false);
    m_background.run([this, jobs, flag = m_isCanceled] { return write(jobs, flag); },
        [this](const Outcome &outcome) {
            Q_EMIT finished(outcome.files, outcome.octets, outcome.error);
        });
}

void BodySaver::cancel() { *m_isCanceled = true; }

QString BodySaver::fileName(const exchange::Summary &summary, bool isRequest)
{
    const QString path = QUrl(summary.target).path();
    QString name = path.section(u'/', -1, -1, QString::SectionSkipEmpty);
    name.removeIf([](QChar c) { return !c.isPrint() || QStringView(u"\\:*?\"<>|").contains(c); });
    if (name.size() > LongestName)
        name = name.right(LongestName);
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    if (name.isEmpty())
        name = isRequest ? QStringLiteral("request") : QStringLiteral("response");
    const QString type = isRequest ? summary.requestType : summary.contentType;
    const QString suffix = QMimeDatabase().mimeTypeForName(type).preferredSuffix();
    if (QFileInfo(name).suffix().isEmpty())
        name += u'.' + (suffix.isEmpty() ? QStringLiteral("bin") : suffix);
    return name;
}

BodySaver::Outcome BodySaver::write(const QList<Job> &jobs, const Flag &isCanceled)
{
    Outcome outcome;
    for (const Job &job : jobs) {
        outcome.error = writeOne(job, *isCanceled, &outcome);
        if (!outcome.error.isEmpty())
            return outcome;
        ++outcome.files;
    }
    return outcome;
}

QString BodySaver::writeOne(const Job &job, const std::atomic_bool &isCanceled, Outcome *outcome)
{
    QSaveFile file(job.path);
    if (!file.open(QIODevice::WriteOnly))
        return tr("%1: %2").arg(QFileInfo(job.path).fileName(), file.errorString());
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    bool isWritten = true;
    m_store->readOctets(job.id, job.message, [&](const Octets &piece) {
        if (piece.part == Part::Body) {
            isWritten = file.write(piece.octets) == piece.octets.size();
            outcome->octets += piece.octets.size();
        }
        if (sinceProgress.elapsed() >= ProgressInterval) {
            sinceProgress.restart();
            Q_EMIT progressed(outcome->octets);
        }
        return isWritten && !isCanceled;
    });
    if (isCanceled)
        return tr("Canceled; %1 was not written").arg(QFileInfo(job.path).fileName());
    if (!isWritten || !file.commit())
        return tr("%1: %2").arg(QFileInfo(job.path).fileName(), file.errorString());
    return {};
}

} // namespace headrace::ui
