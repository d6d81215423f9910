#pragma once

#include "shell/background.h"

#include <exchange/store.h>
#include <exchange/storedoctets.h>
#include <exchange/wiremap.h>

#include <QPointer>

#include <memory>

namespace headrace::ui {

/// All octets of an exchange and what they mean.
struct WireContent
{
    std::shared_ptr<const exchange::Exchange> exchange;
    std::shared_ptr<const exchange::WireMap> map;
    exchange::OctetSourcePointer request; ///< Never null.
    exchange::OctetSourcePointer response; ///< Interim responses and the response; never null.
    bool isComplete = true; ///< False: the rest is being read.
};

/** Finds the octets of an exchange: those that came with it at once; if there are more, all of them are read beside the
    GUI thread: framing stays in memory, octets in their store. Thread: GUI. */
class WireLoader : public QObject
{
    Q_OBJECT

public:
    explicit WireLoader(QObject *parent = nullptr);
    ~WireLoader() override;

    /// Where the octets are that an exchange does not have with it. Borrowed; null: nowhere. What was loaded before must
    /// not be used any more.
    void setStore(exchange::Store *store);

    /// loaded() follows: at once, and once more when there is more to read. The same exchange as before has grown: once
    /// all of it was told, less of it is not.
    void load(const std::shared_ptr<const exchange::Exchange> &exchange);

Q_SIGNALS:
    void loaded(const headrace::ui::WireContent &content);

private:
    using Flag = std::shared_ptr<std::atomic_bool>;

    /// What was read of both directions.
    struct Stored
    {
        std::shared_ptr<const exchange::StoredOctets> request;
        std::shared_ptr<const exchange::StoredOctets> response;
    };

    struct Result
    {
        std::optional<exchange::WireMap> map;
        Stored stored;
    };

    void cancel();
    void run();

    QPointer<exchange::Store> m_store;
    std::shared_ptr<const exchange::Exchange> m_exchange; ///< The last one.
    Stored m_stored; ///< Of the same exchange, when it was shorter.
    bool m_isToldWhole = false;
    bool m_isRunning = false;
    bool m_isStale = false; ///< m_exchange came while another one is being read.
    Flag m_isCanceled;
    std::unique_ptr<Background> m_background; ///< Last: what it runs is waited for first.
};

} // namespace headrace::ui
