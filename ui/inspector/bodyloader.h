#pragma once

#include "inspector/bodyadapter.h"
#include "shell/background.h"

#include <exchange/store.h>
#include <exchange/storedoctets.h>

#include <QPointer>

#include <memory>

namespace headrace::ui {

/** Makes the body of an exchange ready for its view: finds the octets that are not in memory, and takes codings off,
    both beside the GUI thread. What was there at the begin is told at once or early, all of it later.
    Decoded bodies lie on disk when they are large. Thread: GUI. */
class BodyLoader : public QObject
{
    Q_OBJECT

public:
    /// More of a body is not decoded for the view: so what unpacks to far more than it was is bounded. Unit: octets.
    static constexpr qint64 DefaultDecodedLimit = qint64(256) * 1024 * 1024;

    explicit BodyLoader(QObject *parent = nullptr);
    ~BodyLoader() override;

    /// Where the octets are that an exchange does not have with it. Borrowed; null: nowhere.
    void setStore(exchange::Store *store);
    void setDecodedLimit(qint64 octets);

    /** loaded() follows, at once for a body in memory that is shown as it was sent. The same exchange, direction and
        way as before: it has grown, and what was read of it is not read again. */
    void load(const std::shared_ptr<const exchange::Exchange> &exchange,
        exchange::Direction direction, bool isDecoded);
    void cancel();

Q_SIGNALS:
    /// \a source: isComplete is false when more of it follows, by this or a later load().
    void loaded(const headrace::ui::BodySource &source);

private:
    /// What is asked for.
    struct Job
    {
        std::shared_ptr<const exchange::Exchange> exchange;
        exchange::Direction direction = exchange::Direction::Response;
        bool isDecoded = false;

        const exchange::Message &message() const;
        bool isSameBody(const Job &other) const;
    };

    /// What became of it.
    struct Result
    {
        BodySource source;
        std::shared_ptr<const exchange::StoredOctets> stored;
        bool isCanceled = false;
    };

    using Flag = std::shared_ptr<std::atomic_bool>;

    BodySource begun(const Job &job) const;
    void run(const Job &job);
    Result read(const Job &job, const exchange::Store *store, const Flag &isCanceled);
    Result decode(const Job &job, const exchange::Store *store, const Flag &isCanceled);
    void tellEarly(const BodySource &source, const Flag &isCanceled);
    void finish(const Job &job, const Result &result);

    QPointer<exchange::Store> m_store;
    qint64 m_decodedLimit = DefaultDecodedLimit;
    Job m_job; ///< The last one.
    std::optional<Job> m_next; ///< The same body, longer: when the one that runs is done.
    std::shared_ptr<const exchange::StoredOctets> m_stored; ///< Of the last one.
    Flag m_isCanceled;
    bool m_isRunning = false;
    bool m_isShown = false; ///< All that there was of the body was told once.
    Background m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
