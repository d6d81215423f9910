#pragma once

#include <exchange/exchange.h>

#include <QObject>

namespace headrace::ui {

/// Takes the codings off a body in another thread. A new start() lets go of what is under way.
class BodyDecoding : public QObject
{
    Q_OBJECT

public:
    /// More of a body is not decoded for the view. Unit: octets.
    static constexpr qint64 Limit = qint64(64) * 1024 * 1024;

    using QObject::QObject;

    /// done() follows, always later. \a message is copied, as values are: cheaply.
    void start(const exchange::Message &message);
    void cancel();

Q_SIGNALS:
    /// \a problem: for people, what is wrong or was left out; empty if nothing.
    void done(const QByteArray &decoded, const QString &problem);

private:
    quint64 m_generation = 0;
};

} // namespace headrace::ui
