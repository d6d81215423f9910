#include "proxy/rulestorage.h"

#include "fields/keptfile.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace headrace::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RuleStorage", text); }

/// The first of \a notes, with its line; how many more there are.
QString describe(const QList<proxy::RuleFileNote> &notes)
{
    if (notes.isEmpty())
        return {};
    const proxy::RuleFileNote &first = notes.first();
    QString text
        = first.line > 0 ? tr("line %1: %2").arg(first.line).arg(first.message) : first.message;
    if (notes.size() > 1)
        text += tr(" (and %1 more)").arg(notes.size() - 1);
    return text;
}

} // namespace

OpenedRules openRules(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    KeptFile file(path);
    QByteArray octets;
    if (!file.read(&octets))
        return { {}, tr("%1 cannot be read: %2").arg(name, file.problem()), {} };
    const proxy::RuleFileResult result = proxy::readRules(octets, QFileInfo(path).absolutePath());
    if (!result.file)
        return { {}, QStringLiteral("%1, %2").arg(name, describe(result.problems)), {} };
    return { result.file, {}, describe(result.remarks) };
}

QString saveRules(const QString &path, const proxy::RuleFile &file)
{
    KeptFile kept(path);
    return kept.write(proxy::writeRules(file, QFileInfo(path).absolutePath()))
        ? QString()
        : tr("%1 cannot be written: %2").arg(path, kept.problem());
}

} // namespace headrace::ui
