#include "inspector/bodydecoding.h"

#include "shell/format.h"

#include <exchange/bodydecoder.h>

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace headrace::ui {

namespace {

QString problemOf(const QByteArray &decoded, const std::optional<exchange::DecodeError> &error)
{
    if (error)
        return BodyDecoding::tr("%1 at octet %2: %3 What could be decoded before it is shown.")
            .arg(displayText(error->coding), formatCount(error->offset), error->message);
    if (decoded.size() >= BodyDecoding::Limit)
        return BodyDecoding::tr("Only the first %1 of the decoded body are shown.")
            .arg(formatOctets(decoded.size()));
    return {};
}

} // namespace

void BodyDecoding::start(const exchange::Message &message)
{
    ++m_generation;
    QThreadPool::globalInstance()->start(
        [decoding = QPointer(this), message, generation = m_generation] {
            std::optional<exchange::DecodeError> error;
            const QByteArray decoded = exchange::decodedBody(message, Limit, &error);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [decoding, generation, decoded, problem = problemOf(decoded, error)] {
                    if (decoding && decoding->m_generation == generation)
                        Q_EMIT decoding->done(decoded, problem);
                },
                Qt::QueuedConnection);
        });
}

void BodyDecoding::cancel() { ++m_generation; }

} // namespace headrace::ui
