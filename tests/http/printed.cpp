#include "printed.h"

namespace headrace::http::test {

namespace {

QStringList kept;
QtMessageHandler before = nullptr;

void keep(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type == QtInfoMsg || type == QtWarningMsg)
        kept.append(message.trimmed());
    else
        before(type, context, message);
}

} // namespace

Printed::Printed()
{
    kept.clear();
    before = qInstallMessageHandler(keep);
}

Printed::~Printed() { qInstallMessageHandler(before); }

QStringList Printed::lines() const { return kept; }

QString Printed::text() const { return kept.join(u'\n'); }

} // namespace headrace::http::test
